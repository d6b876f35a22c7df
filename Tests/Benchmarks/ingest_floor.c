// The floor of an ingest: inflate every ZIP given, check its CRC, parse the lines, lay the columns out as Native blocks
// of some 250,000 rows, and throw them away. No checks of the rows, no server, no ledger, one thread.
//
//     ingest_floor FILE...        prints rows, sum of trades, wrapping sum of the close prices' bits, seconds of parsing
#include <fcntl.h>
#include <libdeflate.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { BLOCK = 250000, ROOM = BLOCK + 100000, COLUMNS = 11 };
static int64_t columns[COLUMNS][ROOM];
static char *block;
static const double tens[] = {1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};

static uint16_t two(const uint8_t *at) { return at[0] | at[1] << 8; }
static uint32_t four(const uint8_t *at) { return two(at) | (uint32_t)two(at + 2) << 16; }

// Digits and at most one point: exact in a double as long as the digits make at most 2^53 (Clinger's quick path).
static const char *number(const char *at, int64_t *whole, double *value) {
  const char *start = at;
  uint64_t digits = 0;
  int decimals = 0, point = 0;
  for (;; at++) {
    unsigned digit = (unsigned)(*at - '0');
    if (digit <= 9) digits = digits * 10 + digit, decimals += point;
    else if (*at == '.') point = 1;
    else break;
  }
  *whole = (int64_t)digits;
  *value = digits <= 1ull << 53 && decimals <= 15 ? (double)digits / tens[decimals] : strtod(start, NULL);
  return at;
}

static size_t parse(const char *at, const char *end, size_t row) {
  if (*at == 'o') at = memchr(at, '\n', end - at) + 1;
  for (; at < end; row++) {
    for (int column = 0; column < COLUMNS; column++) {
      int64_t whole;
      double value;
      at = number(at, &whole, &value) + 1;
      if (column == 0 || column == 6 || column == 8) columns[column][row] = whole;
      else memcpy(&columns[column][row], &value, 8);
    }
    at = (const char *)memchr(at, '\n', end - at) + 1;
  }
  return row;
}

static void flush(size_t rows, uint64_t sums[3]) {
  for (size_t row = 0; row < rows; row++) sums[1] += columns[8][row], sums[2] += columns[4][row];
  sums[0] += rows;
  char *to = block;
  for (int column = 0; column < COLUMNS; column++) memcpy(to, columns[column], rows * 8), to += rows * 8;
  for (const char *text[] = {"\2um", "\7BTCUSDT", "\2" "1m", NULL}, **each = text; *each; each++)
    for (size_t row = 0, length = strlen(*each); row < rows; row++) memcpy(to, *each, length), to += length;
}

static double cpu(void) {
  struct timespec now;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return now.tv_sec + now.tv_nsec / 1e9;
}

int main(int count, char **files) {
  struct libdeflate_decompressor *inflater = libdeflate_alloc_decompressor();
  static uint8_t zip[64 << 20];
  static char text[256 << 20];
  uint64_t sums[3] = {0};
  size_t rows = 0;
  double parsing = 0;
  block = malloc((size_t)ROOM * (COLUMNS * 8 + 16));
  for (int index = 1; index < count; index++) {
    int file = open(files[index], O_RDONLY);
    ssize_t size = read(file, zip, sizeof zip);
    close(file);
    if (size < 22) return fprintf(stderr, "%s: no ZIP\n", files[index]), 1;
    const uint8_t *end = zip + size - 22;
    while (end > zip && four(end) != 0x06054b50) end--;
    const uint8_t *entry = zip + four(end + 16), *local = zip + four(entry + 42);
    const uint8_t *data = local + 30 + two(local + 26) + two(local + 28);
    uint32_t plain = four(entry + 24);
    if (libdeflate_deflate_decompress(inflater, data, four(entry + 20), text, plain, NULL) != LIBDEFLATE_SUCCESS
        || libdeflate_crc32(0, text, plain) != four(entry + 16))
      return fprintf(stderr, "%s: broken\n", files[index]), 1;
    text[plain] = 0;
    double start = cpu();
    rows = parse(text, text + plain, rows);
    parsing += cpu() - start;
    if (rows >= BLOCK) flush(rows, sums), rows = 0;
  }
  flush(rows, sums);
  printf("%lu\t%lu\t%lu\t%.4f\n", sums[0], sums[1], sums[2], parsing);
  return 0;
}
