// The header wraps these two in checks of their arguments, which are of no use to pointers.
#define CURL_DISABLE_TYPECHECK 1
#include "CCurl.h"
#undef curl_easy_setopt
#undef curl_easy_getinfo
#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>

// Every function used, of the type its declaration gives it.
#define FUNCTIONS(X) \
  X(curl_global_init) X(curl_easy_init) X(curl_easy_cleanup) X(curl_easy_reset) X(curl_easy_perform) \
  X(curl_easy_strerror) X(curl_easy_setopt) X(curl_easy_getinfo) X(curl_slist_append) X(curl_slist_free_all)

#define POINTER(name) static __typeof__(&name) p_##name;
FUNCTIONS(POINTER)

static pthread_once_t once = PTHREAD_ONCE_INIT;
static char problem[300];

static void load(void) {
  // The number in the name is that of the interface the header describes.
  void *library = dlopen("libcurl.so.4", RTLD_NOW | RTLD_LOCAL);
  if (library == NULL) {
    const char *reason = dlerror();
    snprintf(problem, sizeof problem, "%s", reason != NULL ? reason : "libcurl.so.4 cannot be loaded");
    return;
  }
#define FIND(name) \
  p_##name = (__typeof__(&name))dlsym(library, #name); \
  if (p_##name == NULL) { snprintf(problem, sizeof problem, "libcurl.so.4 has no function " #name); return; }
  FUNCTIONS(FIND)
  CURLcode result = p_curl_global_init(CURL_GLOBAL_DEFAULT);
  if (result != CURLE_OK) snprintf(problem, sizeof problem, "libcurl.so.4: %s", p_curl_easy_strerror(result));
}

const char *sluice_curl_load(void) {
  pthread_once(&once, load);
  return problem[0] != 0 ? problem : NULL;
}

CURL *sluice_curl_open(void) { return p_curl_easy_init(); }
void sluice_curl_close(CURL *handle) { p_curl_easy_cleanup(handle); }
void sluice_curl_reset(CURL *handle) { p_curl_easy_reset(handle); }
CURLcode sluice_curl_perform(CURL *handle) { return p_curl_easy_perform(handle); }
const char *sluice_curl_reason(CURLcode code) { return p_curl_easy_strerror(code); }
struct curl_slist *sluice_curl_list_append(struct curl_slist *list, const char *text) {
  return p_curl_slist_append(list, text);
}
void sluice_curl_list_free(struct curl_slist *list) { p_curl_slist_free_all(list); }
CURLcode sluice_curl_response_code(CURL *handle, long *code) {
  return p_curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, code);
}
CURLcode sluice_curl_set_long(CURL *handle, CURLoption option, long value) {
  return p_curl_easy_setopt(handle, option, value);
}
CURLcode sluice_curl_set_large(CURL *handle, CURLoption option, curl_off_t value) {
  return p_curl_easy_setopt(handle, option, value);
}
CURLcode sluice_curl_set_string(CURL *handle, CURLoption option, const char *value) {
  return p_curl_easy_setopt(handle, option, value);
}
CURLcode sluice_curl_set_pointer(CURL *handle, CURLoption option, const void *value) {
  return p_curl_easy_setopt(handle, option, value);
}
CURLcode sluice_curl_set_callback(CURL *handle, CURLoption option, sluice_curl_callback value) {
  return p_curl_easy_setopt(handle, option, value);
}
