#define _GNU_SOURCE 1
#include "CLinux.h"
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <sys/syscall.h>
#include <unistd.h>

int sluice_eventfd(void) { return eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK); }

int sluice_signalfd(const void *sigset) { return signalfd(-1, sigset, SFD_CLOEXEC | SFD_NONBLOCK); }

int sluice_signalfd_read(int fd) {
  struct signalfd_siginfo info;
  return read(fd, &info, sizeof info) == (ssize_t)sizeof info ? (int)info.ssi_signo : 0;
}

int sluice_pidfd_open(int pid) { return (int)syscall(SYS_pidfd_open, pid, 0); }

int sluice_openat(int dir, const char *path, int flags, unsigned mode) { return openat(dir, path, flags, mode); }

ptrdiff_t sluice_splice(int from, int to, size_t length, unsigned flags) {
  return splice(from, NULL, to, NULL, length, flags);
}

int sluice_set_nonblocking(int fd) {
  int flags = fcntl(fd, F_GETFL);
  return flags < 0 ? -1 : fcntl(fd, F_SETFL, flags | O_NONBLOCK);
}

char **sluice_environment(void) { return environ; }

int sluice_pipe(int *descriptors) { return pipe2(descriptors, O_CLOEXEC); }

int sluice_set_pipe_size(int fd, int bytes) { return fcntl(fd, F_SETPIPE_SZ, bytes); }
