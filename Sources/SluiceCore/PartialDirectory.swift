/// Where a transfer keeps the pieces of files that are not whole yet, beside each file's own place.
package enum PartialDirectory {
  /// The directory's name; what lies in one is no data of the lake.
  package static let name = ".rsync-partial"
}
