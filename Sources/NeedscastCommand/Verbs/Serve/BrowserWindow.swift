import Foundation

/// The window of a browser, where the system has a way to open one.
enum BrowserWindow {
  /// Opens an address with the system's own opener; where there is none, or it fails, that is said.
  static func open(_ address: String) {
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin").split(separator: ":")
    for opener in ["xdg-open", "open"] {
      for folder in folders where FileManager.default.isExecutableFile(atPath: "\(folder)/\(opener)") {
        let process = Process()
        process.executableURL = URL(filePath: "\(folder)/\(opener)")
        process.arguments = [address]
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        do {
          try process.run()
        } catch {
          StandardStreams.error("the browser could not be opened (\(error)); open the address yourself\n")
        }
        return
      }
    }
    StandardStreams.error("neither xdg-open nor open is on this machine; open the address yourself\n")
  }
}
