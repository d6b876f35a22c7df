#ifndef SLUICE_CLINUX_H
#define SLUICE_CLINUX_H
// Linux calls that Swift's Glibc module leaves out, or that are variadic there.
//
// Prototypes with plain C types only: a system header included here would define types a second time for Swift, and
// with _GNU_SOURCE in another shape than Glibc's. `sigset` is a pointer to a sigset_t.
#include <stddef.h>
#include <stdint.h>

int sluice_eventfd(void);
int sluice_signalfd(const void *sigset);
int sluice_signalfd_read(int fd);
// From now on writes the signal's number as one byte to `fd` when the signal is delivered; 0, or -1 with errno.
int sluice_forward_signal(int number, int fd);
int sluice_pidfd_open(int pid);
int sluice_openat(int dir, const char *path, int flags, unsigned mode);
ptrdiff_t sluice_splice(int from, int to, size_t length, unsigned flags);
// Waits until all of the file system's written bytes are on the disk; 0, or -1 with errno.
int sluice_syncfs(int fd);
int sluice_set_nonblocking(int fd);
// Locks a whole file for its open file description (F_OFD_SETLK); 0, or -1 with errno (EAGAIN: another has it).
int sluice_lock_file(int fd);
// Gives such a lock up, whoever has a copy of the descriptor; 0, or -1 with errno.
int sluice_unlock_file(int fd);
// Whether another description holds such a lock, without taking one: 1, 0, or -1 with errno.
int sluice_file_is_locked(int fd);
// Swift 6 sees `environ` as a mutable global and refuses it.
char **sluice_environment(void);
// Both ends closed on exec; 0, or -1 with errno.
int sluice_pipe(int *descriptors);
// dup3 with O_CLOEXEC.
int sluice_dup_onto(int from, int to);
int sluice_set_pipe_size(int fd, int bytes);
// Names the calling thread for ps and top; the kernel keeps the first fifteen bytes.
void sluice_name_thread(const char *name);
// posix_spawnp of a program as a shell starts one: no signal blocked, and each as it is by default, whatever the caller
// blocks and ignores for itself. `actions` is a pointer to a posix_spawn_file_actions_t; returns 0 or an errno.
int sluice_spawn(int *child, const char *program, const void *actions, int in_own_session, char *const *words,
                 char *const *environment);
// Lets the child of a posix_spawn start in a directory; `actions` is a pointer to a posix_spawn_file_actions_t.
int sluice_spawn_in_directory(void *actions, const char *path);

// Terminal: size and crash guard.
// Columns and rows of a terminal; 0 when the descriptor is one, -1 when not.
int sluice_window_size(int fd, int *columns, int *rows);
// Remembers the terminal's settings and a byte string (at most 1024) that makes it usable again, and installs handlers
// for fatal signals that bring both back before the process dies by the signal. Returns 0 or an errno.
int sluice_crash_guard_arm(int fd, const char *reset, size_t length);
// Adds to the bytes an armed guard sends, up to 1024 in all. Returns 0 or an errno.
int sluice_crash_guard_extend(const char *reset, size_t length);
// From here on fatal signals do what they did before.
void sluice_crash_guard_disarm(void);
// A file in memory, for bytes that are to be read back; -1 on failure.
int sluice_memory_file(void);
#endif
