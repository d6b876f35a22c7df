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
static inline WINDOW *sluice_curscr(void) { return curscr; }
static inline int sluice_colors(void) { return COLORS; }
static inline int sluice_color_pairs(void) { return COLOR_PAIRS; }
static inline unsigned sluice_attributes(int bold, int dim, int underlined, int reversed) {
  return (bold ? A_BOLD : 0u) | (dim ? A_DIM : 0u) | (underlined ? A_UNDERLINE : 0u) | (reversed ? A_REVERSE : 0u);
}
// Text (in the locale's encoding) with attributes and a colour pair of any number at a place.
// The bottom right cell cannot be added without moving on, which fails after it was drawn: no error here.
static inline void sluice_put(int y, int x, const char *text, unsigned attributes, int pair) {
  wattr_set(stdscr, attributes, (short)(pair > 32767 ? 32767 : pair), &pair);
  (void)mvwaddstr(stdscr, y, x, text);
}
// What blanks look like from here on.
static inline void sluice_set_background(unsigned attributes, int pair) {
  cchar_t blank;
  const wchar_t text[] = {L' ', 0};
  if (setcchar(&blank, text, attributes, (short)(pair > 32767 ? 32767 : pair), &pair) == OK) wbkgrndset(stdscr, &blank);
}
// A string capability, or NULL: tigetstr marks what is not one by -1.
static inline const char *sluice_capability(const char *name) {
  const char *text = tigetstr((char *)name);
  return text == (char *)-1 ? NULL : text;
}
static inline void sluice_forget_terminal(void) {
  if (cur_term != NULL) del_curterm(cur_term);
}
#endif
