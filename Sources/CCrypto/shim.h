#ifndef SLUICE_CCRYPTO_H
#define SLUICE_CCRYPTO_H
// The one sum the archives' checksums need. libcrypto uses the processor's SHA instructions: an implementation of our
// own would cost as much time as inflating does.
//
// The three calls below are the algorithm alone; the newer interface would load providers and a configuration.
#define OPENSSL_SUPPRESS_DEPRECATED 1
#include <openssl/sha.h>
static inline void sluice_sha256(const void *bytes, size_t count, unsigned char *digest) {
  SHA256_CTX context;
  SHA256_Init(&context);
  if (count > 0) SHA256_Update(&context, bytes, count);
  SHA256_Final(digest, &context);
}
#endif
