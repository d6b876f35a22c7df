/* A link of a given length and width, in user space: every byte is held back for half the round trip on its way, both
 * ways, and none comes faster than the rate.
 *
 * usage: relay TARGET-PORT ROUND-TRIP-MS [BYTES-PER-SECOND]
 *
 * Listens on a free port of 127.0.0.1, prints it on a line of its own, and hands on to the target until its standard
 * input is closed. One thread. It knows delay and rate, not loss. What is under way is bounded only by WINDOW, so that
 * the window of ssh is what is measured, not that of the relay. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { PIECE = 64 << 10, CONNECTIONS = 256 };
static const size_t WINDOW = 256u << 20;

struct piece {
  struct piece *next;
  int64_t due;
  size_t length, sent;
  char bytes[];
};

/* One direction of a connection. */
struct way {
  int from, to;
  struct piece *first, *last;
  size_t queued;
  int64_t busy_until; /* when the line has sent the last piece */
  int ended;          /* nothing more comes from `from` */
  int closed;         /* and `to` has been told */
};

static int64_t delay, rate;
static struct way ways[2 * CONNECTIONS];
static int count;

static int64_t now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec * 1000000000LL + time.tv_nsec;
}

static void fail(const char *what) {
  perror(what);
  exit(1);
}

static int prepared(int socket) {
  int on = 1;
  setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  fcntl(socket, F_SETFL, O_NONBLOCK);
  return socket;
}

static struct sockaddr_in loopback(int port) {
  return (struct sockaddr_in){
      .sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
}

static void take_connection(int listener, int target) {
  int client = accept(listener, NULL, NULL);
  if (client < 0) return;
  int server = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  struct sockaddr_in address = loopback(target);
  if (count == 2 * CONNECTIONS || server < 0 || connect(server, (struct sockaddr *)&address, sizeof address) != 0) {
    close(client);
    if (server >= 0) close(server);
    return;
  }
  prepared(client);
  prepared(server);
  ways[count++] = (struct way){.from = client, .to = server};
  ways[count++] = (struct way){.from = server, .to = client};
}

static void receive(struct way *way) {
  struct piece *piece = malloc(sizeof *piece + PIECE);
  if (!piece) fail("malloc");
  ssize_t length = read(way->from, piece->bytes, PIECE);
  if (length <= 0) {
    if (length == 0 || (errno != EAGAIN && errno != EINTR)) way->ended = 1;
    free(piece);
    return;
  }
  int64_t start = now();
  if (rate > 0) {
    if (way->busy_until > start) start = way->busy_until;
    start += length * 1000000000LL / rate;
    way->busy_until = start;
  }
  piece->next = NULL;
  piece->due = start + delay;
  piece->length = length;
  piece->sent = 0;
  if (way->last) way->last->next = piece;
  else way->first = piece;
  way->last = piece;
  way->queued += length;
}

static void deliver(struct way *way, int64_t time) {
  while (way->first && way->first->due <= time) {
    struct piece *piece = way->first;
    ssize_t sent = write(way->to, piece->bytes + piece->sent, piece->length - piece->sent);
    if (sent < 0) {
      if (errno == EAGAIN || errno == EINTR) return;
      way->ended = 1; /* nobody reads: the rest is dropped */
      sent = piece->length - piece->sent;
    }
    piece->sent += sent;
    way->queued -= sent;
    if (piece->sent < piece->length) return;
    way->first = piece->next;
    if (!way->first) way->last = NULL;
    free(piece);
  }
  if (way->ended && !way->first && !way->closed) {
    shutdown(way->to, SHUT_WR);
    way->closed = 1;
  }
}

/* Forgets connections of which both ways are done. */
static void sweep(void) {
  for (int index = 0; index < count;) {
    if (!ways[index].closed || !ways[index + 1].closed) {
      index += 2;
      continue;
    }
    close(ways[index].from);
    close(ways[index].to);
    count -= 2;
    ways[index] = ways[count];
    ways[index + 1] = ways[count + 1];
  }
}

int main(int argc, char **argv) {
  if (argc < 3) {
    fprintf(stderr, "usage: relay TARGET-PORT ROUND-TRIP-MS [BYTES-PER-SECOND]\n");
    return 2;
  }
  signal(SIGPIPE, SIG_IGN);
  int target = atoi(argv[1]);
  delay = (int64_t)(atof(argv[2]) * 1e6 / 2);
  rate = argc > 3 ? atoll(argv[3]) : 0;
  int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  struct sockaddr_in address = loopback(0);
  socklen_t size = sizeof address;
  if (listener < 0 || bind(listener, (struct sockaddr *)&address, size) != 0 || listen(listener, 64) != 0)
    fail("listen");
  getsockname(listener, (struct sockaddr *)&address, &size);
  printf("%d\n", ntohs(address.sin_port));
  fflush(stdout);
  static struct pollfd waiting[2 + 4 * CONNECTIONS];
  for (;;) {
    int64_t time = now(), next = INT64_MAX;
    waiting[0] = (struct pollfd){.fd = STDIN_FILENO, .events = POLLIN};
    waiting[1] = (struct pollfd){.fd = listener, .events = POLLIN};
    for (int index = 0; index < count; index++) {
      struct way *way = &ways[index];
      int isDue = way->first && way->first->due <= time;
      if (way->first && !isDue && way->first->due < next) next = way->first->due;
      waiting[2 + 2 * index] =
          (struct pollfd){.fd = way->ended || way->queued >= WINDOW ? -1 : way->from, .events = POLLIN};
      waiting[3 + 2 * index] = (struct pollfd){.fd = isDue ? way->to : -1, .events = POLLOUT};
    }
    int64_t wait = next == INT64_MAX ? 1000000000LL : next - time;
    struct timespec timeout = {wait / 1000000000LL, wait % 1000000000LL};
    int polled = 2 + 2 * count;
    if (ppoll(waiting, polled, &timeout, NULL) < 0 && errno != EINTR) fail("poll");
    if (waiting[0].revents) {
      char bytes[64];
      if (read(STDIN_FILENO, bytes, sizeof bytes) <= 0) return 0;
    }
    for (int index = 0; index < (polled - 2) / 2; index++) {
      if (waiting[2 + 2 * index].revents) receive(&ways[index]);
    }
    time = now();
    for (int index = 0; index < count; index++) deliver(&ways[index], time);
    sweep();
    if (waiting[1].revents) take_connection(listener, target);
  }
}
