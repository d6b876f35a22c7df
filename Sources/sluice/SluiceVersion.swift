/// The program's version.
enum SluiceVersion {
  static let text = "0.1.0"
}
