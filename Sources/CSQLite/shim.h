#ifndef SLUICE_CSQLITE_H
#define SLUICE_CSQLITE_H
#include <sqlite3.h>
// A cast, which Swift cannot import: SQLite copies the text before the call returns.
static inline int sluice_bind_text(sqlite3_stmt *statement, int position, const char *text, int length) {
  return sqlite3_bind_text(statement, position, text, length, SQLITE_TRANSIENT);
}
#endif
