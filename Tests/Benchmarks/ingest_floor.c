// The floor of an ingest: inflate every ZIP given, check its CRC, parse the lines, lay the columns out as Native blocks
// of some 250,000 rows, and throw them away. No checks of the rows, no server, no ledger, one thread.
//
//     ingest_floor FILE...        prints rows, sum of trades, wrapping sum of the close prices' bits, seconds of parsing
//     ingest_floor --sqlite DATABASE FILE...
//
// The second puts the rows into a new SQLite file, with sluice's table, pages, statements and commits, and prints the
// seconds that took instead of those of parsing.
#include <fcntl.h>
#include <libdeflate.h>
#include <sqlite3.h>
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

static double seconds(clockid_t clock) {
  struct timespec now;
  clock_gettime(clock, &now);
  return now.tv_sec + now.tv_nsec / 1e9;
}

static double cpu(void) { return seconds(CLOCK_THREAD_CPUTIME_ID); }

// SQLite: 64 rows a statement, some 100,000 a transaction.
enum { MANY = 64, BATCH = 100000, SHARED = 4 };
static const int order[] = {0, 6, 1, 2, 3, 4, 5, 7, 8, 9, 10};
static struct { char symbol[40]; size_t end; } files[ROOM];
static sqlite3 *database;
static sqlite3_stmt *many, *one;

static void must(int result) {
  if (result == SQLITE_OK || result == SQLITE_DONE || result == SQLITE_ROW) return;
  fprintf(stderr, "%s\n", sqlite3_errmsg(database));
  exit(1);
}

static sqlite3_stmt *statement(const char *conflict, int rows) {
  static char text[MANY * 100 + 1000];
  sqlite3_stmt *made;
  char *to = text + sprintf(text, "INSERT OR %s INTO klines (market, symbol, interval, version, open_time, close_time,"
    "open_price, high_price, low_price, close_price, volume, quote_volume, trades_count, taker_buy_volume,"
    "taker_buy_quote_volume) VALUES ", conflict);
  for (int row = 0, mark = SHARED + 1; row < rows; row++) {
    to += sprintf(to, "%s(?1,?2,?3,?4", row ? "," : "");
    for (int column = 0; column < COLUMNS; column++) to += sprintf(to, ",?%d", mark++);
    to += sprintf(to, ")");
  }
  must(sqlite3_prepare_v2(database, text, -1, &made, NULL));
  return made;
}

static void open_database(const char *path) {
  must(sqlite3_open(path, &database));
  must(sqlite3_exec(database, "PRAGMA page_size = 16384; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
    "PRAGMA journal_size_limit = 16777216; CREATE TABLE klines (market TEXT NOT NULL, symbol TEXT NOT NULL,"
    "interval TEXT NOT NULL, open_time INTEGER NOT NULL, close_time INTEGER NOT NULL, open_price REAL NOT NULL,"
    "high_price REAL NOT NULL, low_price REAL NOT NULL, close_price REAL NOT NULL, volume REAL NOT NULL,"
    "quote_volume REAL NOT NULL, trades_count INTEGER NOT NULL, taker_buy_volume REAL NOT NULL,"
    "taker_buy_quote_volume REAL NOT NULL, version INTEGER NOT NULL,"
    "PRIMARY KEY (market, symbol, interval, open_time)) WITHOUT ROWID", NULL, NULL, NULL));
  many = statement("FAIL", MANY);
  one = statement("REPLACE", 1);
}

static void put(sqlite3_stmt *to, const char *symbol, int64_t version, size_t row, int rows) {
  sqlite3_bind_text(to, 1, "um", -1, SQLITE_STATIC);
  sqlite3_bind_text(to, 2, symbol, -1, SQLITE_STATIC);
  sqlite3_bind_text(to, 3, "1m", -1, SQLITE_STATIC);
  sqlite3_bind_int64(to, 4, version);
  for (int mark = SHARED + 1, last = mark + rows * COLUMNS; mark < last; row++)
    for (int index = 0; index < COLUMNS; index++, mark++) {
      int64_t whole = columns[order[index]][row];
      double value;
      memcpy(&value, &whole, 8);
      if (index < 2 || index == 8) sqlite3_bind_int64(to, mark, whole);
      else sqlite3_bind_double(to, mark, value);
    }
  must(sqlite3_step(to));
  sqlite3_reset(to);
}

static double commit(int count) {
  static int64_t version = 1800000000000000;
  double start = seconds(CLOCK_MONOTONIC);
  size_t row = 0;
  must(sqlite3_exec(database, "BEGIN IMMEDIATE", NULL, NULL, NULL));
  for (int file = 0; file < count; file++, version++) {
    for (; row + MANY <= files[file].end; row += MANY) put(many, files[file].symbol, version, row, MANY);
    for (; row < files[file].end; row++) put(one, files[file].symbol, version, row, 1);
  }
  must(sqlite3_exec(database, "COMMIT", NULL, NULL, NULL));
  return seconds(CLOCK_MONOTONIC) - start;
}

// The file's symbol, which ends before the first of two hyphens and a date.
static void note(int index, const char *path, size_t end) {
  const char *name = strrchr(path, '/') ? strrchr(path, '/') + 1 : path;
  snprintf(files[index].symbol, sizeof files[index].symbol, "%.*s", (int)strcspn(name, "-"), name);
  files[index].end = end;
}

int main(int count, char **paths) {
  struct libdeflate_decompressor *inflater = libdeflate_alloc_decompressor();
  static uint8_t zip[64 << 20];
  static char text[256 << 20];
  uint64_t sums[3] = {0};
  size_t rows = 0;
  double parsing = 0, putting = 0;
  int first = 1, batch = 0;
  if (count > 2 && strcmp(paths[1], "--sqlite") == 0) open_database(paths[2]), first = 3;
  block = malloc((size_t)ROOM * (COLUMNS * 8 + 16));
  for (int index = first; index < count; index++) {
    int file = open(paths[index], O_RDONLY);
    ssize_t size = read(file, zip, sizeof zip);
    close(file);
    if (size < 22) return fprintf(stderr, "%s: no ZIP\n", paths[index]), 1;
    const uint8_t *end = zip + size - 22;
    while (end > zip && four(end) != 0x06054b50) end--;
    const uint8_t *entry = zip + four(end + 16), *local = zip + four(entry + 42);
    const uint8_t *data = local + 30 + two(local + 26) + two(local + 28);
    uint32_t plain = four(entry + 24);
    if (libdeflate_deflate_decompress(inflater, data, four(entry + 20), text, plain, NULL) != LIBDEFLATE_SUCCESS
        || libdeflate_crc32(0, text, plain) != four(entry + 16))
      return fprintf(stderr, "%s: broken\n", paths[index]), 1;
    text[plain] = 0;
    double start = cpu();
    rows = parse(text, text + plain, rows);
    parsing += cpu() - start;
    if (database) note(batch++, paths[index], rows);
    if (rows < (database ? BATCH : BLOCK)) continue;
    if (database) putting += commit(batch), batch = 0;
    flush(rows, sums), rows = 0;
  }
  if (database) putting += commit(batch), sqlite3_close(database);
  flush(rows, sums);
  printf("%lu\t%lu\t%lu\t%.4f\n", sums[0], sums[1], sums[2], database ? putting : parsing);
  return 0;
}
