import Foundation

@testable import Evidence

/// Real published files, which lie beside the package and are no part of it.
enum SharedData {
  static let folder = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()
    .appendingPathComponent("../shared/data").standardizedFileURL.path

  static let isPresent = FileManager.default.fileExists(atPath: folder + "/lait.csv.gz")

  static func path(_ name: String) -> String { folder + "/" + name }
}
