#ifndef SLUICE_CCURL_H
#define SLUICE_CCURL_H
#include <curl/curl.h>
// curl_easy_setopt is variadic, which Swift cannot call: one function per type of value.
static inline CURLcode sluice_curl_set_long(CURL *handle, CURLoption option, long value) {
  return curl_easy_setopt(handle, option, value);
}
static inline CURLcode sluice_curl_set_large(CURL *handle, CURLoption option, curl_off_t value) {
  return curl_easy_setopt(handle, option, value);
}
static inline CURLcode sluice_curl_set_string(CURL *handle, CURLoption option, const char *value) {
  return curl_easy_setopt(handle, option, value);
}
static inline CURLcode sluice_curl_set_pointer(CURL *handle, CURLoption option, const void *value) {
  return curl_easy_setopt(handle, option, value);
}
typedef size_t (*sluice_curl_callback)(char *data, size_t size, size_t count, void *context);
static inline CURLcode sluice_curl_set_callback(CURL *handle, CURLoption option, sluice_curl_callback value) {
  return curl_easy_setopt(handle, option, value);
}
static inline CURLcode sluice_curl_response_code(CURL *handle, long *code) {
  return curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, code);
}
#endif
