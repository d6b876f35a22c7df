import Glibc

/// The system's words for an errno.
enum SystemError {
  // glibc keeps the text per thread, so the pointer is good until this thread asks again.
  static func text(_ code: Int32) -> String { String(cString: strerror(code)) }
}
