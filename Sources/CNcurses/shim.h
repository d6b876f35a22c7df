#ifndef SLUICE_CNCURSES_H
#define SLUICE_CNCURSES_H
#define _GNU_SOURCE 1
#define NCURSES_WIDECHAR 1
#include <locale.h>
#include <langinfo.h>
#include <ncurses.h>
#include <term.h>
#include <wchar.h>
// term.h defines these as macros, which would swallow ordinary names in Swift.
#undef lines
#undef columns

// Macros and globals do not import into Swift (or are not concurrency-safe there): one function each.
static inline WINDOW *sluice_stdscr(void) { return stdscr; }
#endif
