/// The areas and measures that were asked for, and which of them a file turns out to have.
struct WantedFigures {
  private let areas: [String]
  private let measures: [String]
  private var foundAreas: Set<Int> = []
  private var foundMeasures: Set<Int> = []
  private var otherAreas: Set<String> = []
  private var otherMeasures: Set<String> = []

  /// The most names that are kept to say what was near to one that was not found.
  private static let nameLimit = 2000

  init(_ options: LayoutInput.Options) {
    areas = options.areas
    measures = options.measures
  }

  /// Whether an area is wanted: by its name, code or number, whatever the capitals.
  mutating func wants(area: PublishedArea) -> Bool {
    guard !areas.isEmpty else { return true }
    var isWanted = false
    for (position, text) in areas.enumerated() where area.isNamed(text) {
      foundAreas.insert(position)
      isWanted = true
    }
    if !isWanted, otherAreas.count < Self.nameLimit, !area.name.isEmpty { otherAreas.insert(area.name) }
    return isWanted
  }

  /// Whether a measure is wanted: by any of its names, whatever the capitals.
  mutating func wants(measure names: String...) -> Bool {
    guard !measures.isEmpty else { return true }
    var isWanted = false
    for (position, text) in measures.enumerated() {
      let wanted = text.lowercased()
      guard names.contains(where: { $0.lowercased() == wanted }) else { continue }
      foundMeasures.insert(position)
      isWanted = true
    }
    if !isWanted, otherMeasures.count < Self.nameLimit, let first = names.first {
      otherMeasures.insert(first)
    }
    return isWanted
  }

  /// Says which of the areas and measures that were asked for are not in the file.
  func report(to figures: inout PublishedFigures) {
    for (position, text) in areas.enumerated() where !foundAreas.contains(position) {
      Self.report(text, "area", otherAreas, to: &figures)
    }
    for (position, text) in measures.enumerated() where !foundMeasures.contains(position) {
      Self.report(text, "measure", otherMeasures, to: &figures)
    }
  }

  private static func report(
    _ text: String, _ noun: String, _ others: Set<String>, to figures: inout PublishedFigures
  ) {
    let near = NearestName.nearest(to: text, among: others.sorted())
    figures.warn(
      """
      there is no \(noun) "\(PublishedText.shown(text))" in the file; \
      \(near.map { "did you mean \"\($0)\"?" } ?? "check how the file writes it")
      """)
  }
}
