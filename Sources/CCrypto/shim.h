#ifndef SLUICE_CCRYPTO_H
#define SLUICE_CCRYPTO_H
// The few calls the archives' checksums need. libcurl loads libcrypto anyway, and it uses the processor's SHA instructions:
// an implementation of our own would cost as much time as inflating does.
#include <openssl/evp.h>
#include <openssl/sha.h>
#endif
