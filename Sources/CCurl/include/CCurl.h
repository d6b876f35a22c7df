#ifndef SLUICE_CCURL_H
#define SLUICE_CCURL_H
// libcurl, loaded when it is first needed: with the thirty libraries it brings, it would cost every start of the
// program more than all the rest, and few commands speak HTTP.
//
// The types and numbers are those of curl's own header; its functions have other names here and are found at run time.
#include <curl/curl.h>
#include <stddef.h>

// Loads and initialises libcurl, once, from any thread; returns NULL, or why it cannot be used. The text lives for
// ever. Nothing below may be called before this has returned NULL.
const char *sluice_curl_load(void);

CURL *sluice_curl_open(void);
void sluice_curl_close(CURL *handle);
void sluice_curl_reset(CURL *handle);
CURLcode sluice_curl_perform(CURL *handle);
const char *sluice_curl_reason(CURLcode code);
struct curl_slist *sluice_curl_list_append(struct curl_slist *list, const char *text);
void sluice_curl_list_free(struct curl_slist *list);
CURLcode sluice_curl_response_code(CURL *handle, long *code);

// curl_easy_setopt is variadic, which Swift cannot call: one function per type of value.
typedef size_t (*sluice_curl_callback)(char *data, size_t size, size_t count, void *context);
CURLcode sluice_curl_set_long(CURL *handle, CURLoption option, long value);
CURLcode sluice_curl_set_large(CURL *handle, CURLoption option, curl_off_t value);
CURLcode sluice_curl_set_string(CURL *handle, CURLoption option, const char *value);
CURLcode sluice_curl_set_pointer(CURL *handle, CURLoption option, const void *value);
CURLcode sluice_curl_set_callback(CURL *handle, CURLoption option, sluice_curl_callback value);
#endif
