import Needscast

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The families of models that can be asked for, how each is written, and what each says about the future.
enum ModelList {
  private struct Entry: Encodable {
    let model: String
    let usage: String
    let summary: String
    let example: String
    let minimumObservations: Int
  }

  private static func entries() throws -> [Entry] {
    try ModelCatalogue.families.map { family in
      Entry(
        model: family.name, usage: family.usage, summary: family.summary, example: family.example,
        minimumObservations: try ModelCatalogue.model(named: family.example).minimumObservations)
    }
  }

  /// How the list is to be read.
  private static let legend = """

    Options stand in parentheses; | separates what may stand in one place, and capitals are for you to
    fill in. SEASON is the number of periods after which the season returns, by default that of the
    frequency. Every model also takes
        \(ModelCatalogue.scaleUsage)
    TERMS are any of
        \(ModelCatalogue.termsUsage)

    """

  /// The list in a form.
  static func text(_ format: OutputFormat) throws -> String {
    let entries = try entries()
    switch format {
    case .text:
      return entries.map { "\($0.usage)\n    \($0.summary)\n" }.joined() + legend
    case .csv:
      return CSVText.row(["model", "usage", "summary", "example", "minimumObservations"])
        + entries.map {
          CSVText.row(
            [$0.model, $0.usage, $0.summary, $0.example].map(CSVText.text) + ["\($0.minimumObservations)"])
        }.joined()
    case .json:
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
      return String(decoding: try encoder.encode(entries), as: UTF8.self) + "\n"
    }
  }
}
