#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Tells a workspace from a series file by its path.
public enum WorkspacePath {
  /// Whether a path is a folder, or the `workspace.yaml` in one.
  public static func isWorkspace(_ path: String) -> Bool {
    var status = stat()
    return path.hasSuffix("workspace.yaml")
      || (stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR)
  }
}
