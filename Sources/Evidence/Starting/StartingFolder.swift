#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The folder in which a workspace is begun.
struct StartingFolder {
  let path: String

  /// A folder that has no workspace.
  ///
  /// - Throws: ``EvidenceError/cannotWrite(path:reason:)`` where it has one.
  init(_ path: String) throws(EvidenceError) {
    self.path = path
    var status = stat()
    if stat("\(path)/workspace.yaml", &status) == 0 {
      throw .cannotWrite(
        path: path,
        reason: """
          it has a workspace.yaml already; name another folder, or add series to this one with needscast import FILE \
          --workspace FOLDER
          """)
    }
  }

  /// Writes files, all or none; the workspace's own comes last, so that there is no workspace before all of it is there.
  func write(_ files: [StartingWorkspace.File]) throws(EvidenceError) {
    let isNew = mkdir(path, 0o777) == 0
    let series = files.filter { $0.name.hasPrefix("series/") }
    let others = files.filter { !$0.name.hasPrefix("series/") }
    let folder = "\(path)/series"
    var status = stat()
    let hadSeries = stat(folder, &status) == 0
    do throws(EvidenceError) {
      try FolderOutput.write(
        series.map { (name: String($0.name.dropFirst("series/".count)), text: $0.text) }, to: folder,
        overwrite: false)
      do throws(EvidenceError) {
        try FolderOutput.write(others.map { (name: $0.name, text: $0.text) }, to: path, overwrite: false)
      } catch {
        for file in series { unlink("\(path)/\(file.name)") }
        if !hadSeries { rmdir(folder) }
        throw error
      }
    } catch {
      if isNew { rmdir(path) }
      if case .alreadyExists(let file) = error {
        throw .cannotWrite(
          path: file, reason: "it is there already, and nothing is replaced; name another folder")
      }
      throw error
    }
  }
}
