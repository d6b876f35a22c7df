#ifndef SLUICE_CZLIB_H
#define SLUICE_CZLIB_H
#include <zlib.h>
// Macros, which Swift cannot call: raw deflate without the header zlib puts before it.
static inline int sluice_inflate_begin(z_stream *stream) { return inflateInit2(stream, -MAX_WBITS); }
// For tests, which make archives.
static inline int sluice_deflate_begin(z_stream *stream) {
  return deflateInit2(stream, 1, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY);
}
#endif
