import Needscast

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The models that can be asked for, with what each says about the future.
enum ModelList {
  private struct Entry: Encodable {
    let model: String
    let summary: String
    let minimumObservations: Int
  }

  private static var entries: [Entry] {
    ([Automatic() as any ForecastModel] + ModelCatalogue.models).map {
      Entry(model: $0.specification, summary: $0.summary, minimumObservations: $0.minimumObservations)
    }
  }

  /// The list in a form.
  static func text(_ format: OutputFormat) throws -> String {
    let entries = entries
    switch format {
    case .text:
      let width = entries.map(\.model.count).max() ?? 0
      return entries.map { entry in
        let padding = String(repeating: " ", count: width - entry.model.count + 2)
        return "\(entry.model)\(padding)\(entry.summary) (from \(entry.minimumObservations) observations)\n"
      }.joined()
    case .csv:
      return CSVText.row(["model", "summary", "minimumObservations"])
        + entries.map {
          CSVText.row([CSVText.text($0.model), CSVText.text($0.summary), "\($0.minimumObservations)"])
        }.joined()
    case .json:
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
      return String(decoding: try encoder.encode(entries), as: UTF8.self) + "\n"
    }
  }
}
