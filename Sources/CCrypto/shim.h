#ifndef SLUICE_CCRYPTO_H
#define SLUICE_CCRYPTO_H
// The one sum the archives' checksums need. libcrypto uses the processor's SHA instructions: an implementation of our
// own would cost as much time as inflating does.
//
// The three calls below are the algorithm alone; the newer interface would load providers and a configuration.
#define OPENSSL_SUPPRESS_DEPRECATED 1
#include <openssl/sha.h>
static inline void sluice_sha256_begin(SHA256_CTX *context) { SHA256_Init(context); }
static inline void sluice_sha256_add(SHA256_CTX *context, const void *bytes, size_t count) {
  if (count > 0) SHA256_Update(context, bytes, count);
}
static inline void sluice_sha256_end(SHA256_CTX *context, unsigned char *digest) { SHA256_Final(digest, context); }
#endif
