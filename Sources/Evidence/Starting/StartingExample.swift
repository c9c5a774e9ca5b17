import Commissioning
import TimeSeries

/// The workspace of an invented area, Exampleshire: small, complete, and no figure of it of any real place.
struct StartingExample {
  static let area = "Exampleshire"
  static let board = "Exampleshire Care Board"
  static let years = FinancialYear(2025)...FinancialYear(2029)
  static let leftOutReason =
    "the example has one waiting list; a second one is written as speech and language therapy is."

  let files: [StartingWorkspace.File]
  let series: Set<String>

  /// The example that comes with the library.
  ///
  /// - Throws: ``EvidenceError`` only if the library was built with a table that cannot be read.
  init() throws(EvidenceError) {
    let bytes = PackageResources.example_series_csv
    let name = "series/example.csv"
    let file = try SeriesFile(FileContents(path: name, bytes: bytes))
    series = Set(file.keys.map(\.id))
    files = [
      StartingWorkspace.File(name: name, text: String(decoding: bytes, as: UTF8.self), rows: file.rowCount)
    ]
  }

  /// Said at the head of the file.
  var provenance: String {
    """
    #
    # EVERYTHING HERE IS INVENTED. Exampleshire is no real place, and every row of its series says so. For a real council:
    #   needscast init FOLDER --area NAME --from FILE --from FILE ...
    """
  }

  /// The values of the template.
  var texts: [String: String] {
    [
      "title": "Exampleshire, an invented area", "area": Self.area, "from": "\(Self.years.lowerBound)",
      "to": "\(Self.years.upperBound)", "base-year": "2024/25", "board": Self.board, "board-text": Self.board,
      "price-year": "2023/24", "census": "2024-01-15", "grant-next-year": "2026/27", "other-blocks": "400000",
      "import-export": "200000", "neet-places": "120", "neet-budget": "288000",
      "share-reason": "an invented part.", "speech-share": "{low: 20%, most-likely: 25%, high: 30%}",
      "speech-referrals": "{low: 900, most-likely: 1150, high: 1400}",
      "speech-capacity": "{low: 900, most-likely: 1000, high: 1100}", "speech-budget": "650000",
      "paediatrics-share": "0", "paediatrics-referrals": "0", "paediatrics-capacity": "0",
      "paediatrics-budget": "0",
      "therapy-share": "0", "therapy-referrals": "0", "therapy-capacity": "0", "therapy-budget": "0",
    ]
  }
}
