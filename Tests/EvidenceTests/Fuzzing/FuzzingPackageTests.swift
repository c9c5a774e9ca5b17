import Foundation
import Testing

/// The package that is built for fuzzing lists the product's sources anew and must not fall behind.
@Suite("The package that fuzzes")
struct FuzzingPackageTests {
  private static func text(_ path: String) throws -> String {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("../../..")
    return try String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)
  }

  @Test("It embeds the files that the readers of the product embed")
  func embedded() throws {
    let embedded = { (path: String) in
      let target = try Self.text(path).components(separatedBy: "name: \"Evidence\",").last ?? ""
      return (target.components(separatedBy: "swiftSettings").first ?? "").split(separator: "\n")
        .filter { $0.contains(".embedInCode(") }
    }
    let product = try embedded("Package.swift")
    #expect(product.count > 3)
    #expect(try embedded("Fuzzing/Package.swift") == product)
  }
}
