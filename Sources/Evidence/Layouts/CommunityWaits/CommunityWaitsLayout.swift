import TimeSeries

/// Waiting lists of community health services, as NHS England publishes them by organisation, month and service.
///
/// A row has `organisation_type`, `organisation`, `month`, `service`, and measures: `waiting`, the whole list, and bands
/// of the time waited. NHS England publishes the bands 0 to 1, 1 to 2, 2 to 4, 4 to 12, 12 to 18, 18 to 52 and over 52
/// weeks (community health services situation report); files keep some of them, so every column whose name begins with
/// `waiting` is read: `waiting_18_to_52_weeks`, `waiting_over_52_weeks`.
///
/// The list is counted at the end of a month, so a figure belongs to the last day of its month, as a monthly census:
/// lists of several months do not add up to anything. Source: NHS England, Community health services waiting lists.
public enum CommunityWaitsLayout: PublishedLayout {
  /// `nhs-community-waits`.
  public static let name = "nhs-community-waits"

  /// What it is, for people.
  public static let summary = "waiting lists of community health services by organisation, month and service"

  static let keys = ["organisation_type", "organisation", "month", "service"]

  /// Knows it by its four key columns and a list that is counted.
  public static func recognise(_ sample: TableSample) -> Recognition? {
    guard sample.has(all: ["organisation", "month", "service"]),
      sample.columns.contains(where: { $0.hasPrefix("waiting") })
    else { return nil }
    let isWhole = sample.has("organisation_type") && sample.has("waiting")
    return Recognition(
      isWhole ? .certain : .likely, "columns organisation, month, service and numbers waiting")
  }

  /// Reads all figures of a file.
  ///
  /// - Throws: ``EvidenceError/badData(problems:omitted:)`` when a column is missing or the text cannot be taken apart.
  public static func read(_ input: LayoutInput, into figures: inout PublishedFigures) throws(EvidenceError) {
    try input.reading { table throws(EvidenceError) in
      figures.clear()
      var reader = try CommunityWaitsReader(table, input.options, &figures)
      try table.forEachRow(into: &figures) { row, figures in reader.read(row, &figures) }
      reader.finish(&figures)
    }
  }
}
