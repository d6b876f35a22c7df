import FoundationEssentials
import Glibc

/// `strerror` in lower case at the start, so that it stands inside a sentence.
package func systemReason(_ number: Int32) -> String {
  guard number != 0 else { return "no reason given" }
  let text = String(cString: strerror(number))
  return text.prefix(1).lowercased() + text.dropFirst()
}
