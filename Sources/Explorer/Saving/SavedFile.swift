#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// A file that was written a moment ago.
enum SavedFile {
  /// Takes the file away again.
  static func remove(_ path: String) { _ = unlink(path) }
}
