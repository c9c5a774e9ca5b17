import Foundation
import Testing

@testable import Reporting

@Suite struct MarkdownTextTests {
  /// What a text without active characters reads as: a backslash stands for the character after it.
  private func read(_ markdown: String) -> String {
    var result = ""
    var isEscaped = false
    for character in markdown {
      if character == "\\", !isEscaped {
        isEscaped = true
      } else {
        result.append(character)
        isEscaped = false
      }
    }
    return result
  }

  @Test(arguments: InventedReport.hostile)
  func `A label reads back as itself, on one line`(label: String) {
    #expect(read(MarkdownText.escaped(label)) == InventedReport.seen(label))
    #expect(!MarkdownText.escaped(label).contains("\n"))
  }

  @Test func `Figures and plain words stay as they are`() {
    for text in [
      "-£4.2m to £1.0m", "almost certain (>99%)", "2029/30", "-12.5", "It's 3.5% a year, \"at most\".",
    ] {
      #expect(MarkdownText.escaped(text) == text)
    }
  }

  @Test func `What does not show is shown by its code`() {
    #expect(MarkdownText.escaped("a\u{202E}b\u{0}c\u{FEFF}") == "a\\[U+202E\\]b\\[U+0000\\]c\\[U+FEFF\\]")
  }

  @Test(
    .enabled(
      if: Pandoc.path != nil, "pandoc is not installed, so that no second reader of Markdown is asked"),
    arguments: ["gfm", "commonmark_x", "markdown", Pandoc.dialect])
  func `Another reader of Markdown finds labels to be text, in paragraphs, lists and cells`(dialect: String)
    throws
  {
    let labels = InventedReport.hostile
    var source = ""
    for label in labels {
      let text = MarkdownText.escaped(label)
      source += "\(text)\n\n- \(text)\n\n| head | other |\n|:---|---:|\n| \(text) | x |\n\n"
    }
    let blocks = try Pandoc.blocks(of: source, dialect: dialect)
    #expect(
      blocks.kinds == Array(repeating: ["Para", "BulletList", "Table"], count: labels.count).flatMap { $0 })
    for (place, label) in labels.enumerated() {
      for kind in 0..<3 {
        let found = blocks.texts[3 * place + kind]
        #expect(found.contains(InventedReport.seen(label)), "\(label) became \(found)")
      }
    }
    #expect(blocks.inlines.isSubset(of: ["Str", "Space", "SoftBreak", "Quoted"]), "\(blocks.inlines)")
  }
}

/// pandoc, where it is installed: an independent reader of Markdown.
enum Pandoc {
  static let dialect =
    "markdown_strict+pipe_tables+all_symbols_escapable+table_captions+implicit_figures+link_attributes"

  static let path: String? = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    .map { "\($0)/pandoc" }.first { FileManager.default.isExecutableFile(atPath: $0) }

  /// The blocks of a document: their kinds, what a reader sees of each, and the kinds of inlines in them.
  struct Blocks {
    var kinds: [String] = []
    var texts: [String] = []
    var inlines: Set<String> = []
  }

  static func blocks(of source: String, dialect: String) throws -> Blocks {
    let process = Process()
    process.executableURL = URL(filePath: try #require(path))
    let extensions = dialect == "markdown" || dialect == "commonmark_x" ? "-smart" : ""
    process.arguments = ["--from=\(dialect)\(extensions)", "--to=json"]
    let folder = FileManager.default.temporaryDirectory.appending(path: "pandoc-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let (input, output) = (folder.appending(path: "in.md"), folder.appending(path: "out.json"))
    try Data(source.utf8).write(to: input)
    try Data().write(to: output)
    process.standardInput = try FileHandle(forReadingFrom: input)
    process.standardOutput = try FileHandle(forWritingTo: output)
    try process.run()
    process.waitUntilExit()
    try #require(process.terminationStatus == 0)
    let document = try JSONSerialization.jsonObject(with: Data(contentsOf: output)) as? [String: Any]
    var blocks = Blocks()
    for block in try #require(document?["blocks"] as? [[String: Any]]) {
      blocks.kinds.append(block["t"] as? String ?? "")
      var text = ""
      gather(block["c"], &text, &blocks.inlines)
      blocks.texts.append(text)
    }
    return blocks
  }

  private static let frames: Set<String> = [
    "Para", "Plain", "BulletList", "Table", "AlignLeft", "AlignRight", "AlignDefault", "ColWidth",
    "ColWidthDefault",
  ]

  private static func gather(_ node: Any?, _ text: inout String, _ inlines: inout Set<String>) {
    if let list = node as? [Any] {
      for one in list { gather(one, &text, &inlines) }
    } else if let one = node as? [String: Any], let kind = one["t"] as? String {
      if !frames.contains(kind) { inlines.insert(kind) }
      switch kind {
      case "Str": text += one["c"] as? String ?? ""
      case "Space", "SoftBreak": text += " "
      default: gather(one["c"], &text, &inlines)
      }
    }
  }
}
