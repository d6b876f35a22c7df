#define _GNU_SOURCE 1
#include "CLinux.h"
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/syscall.h>
#include <termios.h>
#include <unistd.h>

int sluice_eventfd(void) { return eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK); }

int sluice_signalfd(const void *sigset) { return signalfd(-1, sigset, SFD_CLOEXEC | SFD_NONBLOCK); }

int sluice_signalfd_read(int fd) {
  struct signalfd_siginfo info;
  return read(fd, &info, sizeof info) == (ssize_t)sizeof info ? (int)info.ssi_signo : 0;
}

static volatile int forwarding_fd = -1;

static void forward(int number) {
  int saved = errno;
  unsigned char byte = (unsigned char)number;
  // A full pipe already holds enough signals.
  if (write(forwarding_fd, &byte, 1) < 0) errno = saved;
  errno = saved;
}

int sluice_forward_signal(int number, int fd) {
  struct sigaction action = {0};
  action.sa_handler = forward;
  action.sa_flags = SA_RESTART;
  sigfillset(&action.sa_mask);
  forwarding_fd = fd;
  return sigaction(number, &action, NULL);
}

int sluice_pidfd_open(int pid) { return (int)syscall(SYS_pidfd_open, pid, 0); }

int sluice_openat(int dir, const char *path, int flags, unsigned mode) { return openat(dir, path, flags, mode); }

ptrdiff_t sluice_splice(int from, int to, size_t length, unsigned flags) {
  return splice(from, NULL, to, NULL, length, flags);
}

int sluice_syncfs(int fd) { return syncfs(fd); }

int sluice_set_nonblocking(int fd) {
  int flags = fcntl(fd, F_GETFL);
  return flags < 0 ? -1 : fcntl(fd, F_SETFL, flags | O_NONBLOCK);
}

int sluice_lock_file(int fd) {
  struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
  return fcntl(fd, F_OFD_SETLK, &lock);
}

int sluice_unlock_file(int fd) {
  struct flock lock = {.l_type = F_UNLCK, .l_whence = SEEK_SET};
  return fcntl(fd, F_OFD_SETLK, &lock);
}

int sluice_file_is_locked(int fd) {
  struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
  return fcntl(fd, F_OFD_GETLK, &lock) != 0 ? -1 : lock.l_type != F_UNLCK;
}

char **sluice_environment(void) { return environ; }

int sluice_pipe(int *descriptors) { return pipe2(descriptors, O_CLOEXEC); }

int sluice_dup_onto(int from, int to) { return dup3(from, to, O_CLOEXEC); }

int sluice_set_pipe_size(int fd, int bytes) { return fcntl(fd, F_SETPIPE_SZ, bytes); }

int sluice_spawn(int *child, const char *program, const void *actions, int in_own_session, char *const *words,
                 char *const *environment) {
  posix_spawnattr_t attributes;
  int failure = posix_spawnattr_init(&attributes);
  if (failure != 0) return failure;
  sigset_t signals;
  sigemptyset(&signals);
  posix_spawnattr_setsigmask(&attributes, &signals);
  sigfillset(&signals);
  posix_spawnattr_setsigdefault(&attributes, &signals);
  short flags = POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF;
  if (in_own_session) flags |= POSIX_SPAWN_SETSID;
  posix_spawnattr_setflags(&attributes, flags);
  failure = posix_spawnp(child, program, actions, &attributes, words, environment);
  posix_spawnattr_destroy(&attributes);
  return failure;
}

int sluice_spawn_in_directory(void *actions, const char *path) {
  return posix_spawn_file_actions_addchdir_np(actions, path);
}

int sluice_window_size(int fd, int *columns, int *rows) {
  struct winsize size;
  if (ioctl(fd, TIOCGWINSZ, &size) != 0) return -1;
  *columns = size.ws_col;
  *rows = size.ws_row;
  return 0;
}

// What the handlers need lies in static storage: a handler may neither allocate nor lock.
static const int crash_signals[] = {SIGILL, SIGTRAP, SIGSEGV, SIGBUS, SIGFPE, SIGABRT};
enum { crash_signal_count = sizeof crash_signals / sizeof *crash_signals };
static struct sigaction crash_previous[crash_signal_count];
static struct termios crash_termios;
static char crash_reset[1024];
static size_t crash_reset_length;
static int crash_fd = -1;
static volatile sig_atomic_t crash_armed;
// The handler needs a stack of its own where the fault is that the thread's stack is full.
static char crash_stack[65536];

static void crash_restore(void) {
  if (!crash_armed) return;
  crash_armed = 0;
  tcsetattr(crash_fd, TCSANOW, &crash_termios);
  size_t done = 0;
  while (done < crash_reset_length) {
    ssize_t written = write(crash_fd, crash_reset + done, crash_reset_length - done);
    if (written <= 0) break;
    done += (size_t)written;
  }
}

static void crash_handler(int number) {
  int saved = errno;
  crash_restore();
  signal(number, SIG_DFL);
  // Blocked until the handler returns, then the process dies by it, faulting instruction or not.
  raise(number);
  errno = saved;
}

int sluice_crash_guard_arm(int fd, const char *reset, size_t length) {
  static int registered;
  if (length > sizeof crash_reset) return E2BIG;
  if (tcgetattr(fd, &crash_termios) != 0) return errno;
  memcpy(crash_reset, reset, length);
  crash_reset_length = length;
  crash_fd = fd;
  stack_t stack = {.ss_sp = crash_stack, .ss_size = sizeof crash_stack};
  sigaltstack(&stack, NULL);
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_handler = crash_handler;
  action.sa_flags = SA_ONSTACK;
  // Everything waits meanwhile; SIGTTOU would stop a background process in tcsetattr.
  sigfillset(&action.sa_mask);
  for (int i = 0; i < crash_signal_count; i++) sigaction(crash_signals[i], &action, &crash_previous[i]);
  // exit() from anywhere must leave a usable terminal too.
  if (!registered) registered = atexit(crash_restore) == 0;
  crash_armed = 1;
  return 0;
}

int sluice_crash_guard_extend(const char *reset, size_t length) {
  if (length > sizeof crash_reset - crash_reset_length) return E2BIG;
  memcpy(crash_reset + crash_reset_length, reset, length);
  // Last: until then a crash sends what was there before.
  crash_reset_length += length;
  return 0;
}

void sluice_crash_guard_disarm(void) {
  if (!crash_armed) return;
  crash_armed = 0;
  for (int i = 0; i < crash_signal_count; i++) sigaction(crash_signals[i], &crash_previous[i], NULL);
}

void sluice_name_thread(const char *name) { prctl(PR_SET_NAME, name, 0, 0, 0); }

int sluice_memory_file(void) { return memfd_create("sluice", MFD_CLOEXEC); }
