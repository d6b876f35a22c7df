#ifndef SLUICE_CLINUX_H
#define SLUICE_CLINUX_H
// Linux calls that Swift's Glibc module leaves out, or that are variadic there.
#ifndef _GNU_SOURCE
#define _GNU_SOURCE 1
#endif
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <sys/eventfd.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

static inline int sluice_eventfd(void) { return eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK); }
static inline int sluice_signalfd(const sigset_t *set) { return signalfd(-1, set, SFD_CLOEXEC | SFD_NONBLOCK); }
static inline int sluice_signalfd_read(int fd) {
  struct signalfd_siginfo info;
  return read(fd, &info, sizeof info) == (ssize_t)sizeof info ? (int)info.ssi_signo : 0;
}
static inline int sluice_pidfd_open(pid_t pid) { return (int)syscall(SYS_pidfd_open, pid, 0); }
static inline int sluice_openat(int dir, const char *path, int flags, mode_t mode) {
  return openat(dir, path, flags, mode);
}
static inline ssize_t sluice_splice(int from, int to, size_t length, unsigned flags) {
  return splice(from, NULL, to, NULL, length, flags);
}
static inline int sluice_set_pipe_size(int fd, int bytes) { return fcntl(fd, F_SETPIPE_SZ, bytes); }

// Terminal: size and crash guard.
// Columns and rows of a terminal; 0 when the descriptor is one, -1 when not.
int sluice_window_size(int fd, int *columns, int *rows);
// Remembers the terminal's settings and a byte string (at most 1024) that makes it usable again, and installs handlers
// for fatal signals that bring both back before the process dies by the signal. Returns 0 or an errno.
int sluice_crash_guard_arm(int fd, const char *reset, size_t length);
// From here on fatal signals do what they did before.
void sluice_crash_guard_disarm(void);
// A file in memory, for bytes that are to be read back; -1 on failure.
int sluice_memory_file(void);
#endif
