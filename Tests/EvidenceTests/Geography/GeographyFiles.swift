import Foundation
import Testing

@testable import Evidence

/// The published files that lie beside the package where they are at hand.
enum GeographyFiles {
  private static let package: URL = {
    var url = URL(fileURLWithPath: #filePath)
    for _ in 0..<4 { url.deleteLastPathComponent() }
    return url
  }()

  private static let folder = package.appendingPathComponent("../shared/data").standardizedFileURL

  /// The path of a page of the module's documentation.
  static func page(_ name: String) -> String {
    package.appendingPathComponent("Sources/Evidence/Documentation.docc/\(name)").path
  }

  /// The path of a file; nil where it is not there.
  static func path(_ name: String) -> String? {
    let path = folder.appendingPathComponent(name).path
    return FileManager.default.fileExists(atPath: path) ? path : nil
  }

  /// Whether all the files are there.
  static func has(_ names: String...) -> Bool { names.allSatisfy { path($0) != nil } }

  /// The rows of a table, by the names of its columns in lower case.
  static func rows(_ name: String, _ body: ([String: String]) throws -> Void) throws {
    let path = try #require(Self.path(name))
    let table = try DelimitedText(DecodedText(FileContents.read(path)))
    let names = table.header.map { $0.lowercased() }
    var reader = try table.rows()
    while try reader.next() {
      var row: [String: String] = [:]
      for (position, column) in names.enumerated() where position < reader.fieldCount {
        row[column] = reader.text(position)
      }
      try body(row)
    }
  }
}
