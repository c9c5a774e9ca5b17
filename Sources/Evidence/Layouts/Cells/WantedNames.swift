/// The areas and measures that were asked for, of which each is known by any of its names.
struct WantedNames {
  private let areas: [String]
  private let measures: Set<String>
  /// The wanted areas that have been met.
  private var metAreas: Set<String> = []
  private var metMeasures: Set<String> = []
  /// Names that were met and not wanted, of which one may be what was meant.
  private var otherAreas: Set<String> = []
  private var otherMeasures: Set<String> = []

  /// The most names of each kind that are kept to say what may have been meant.
  private static let nameLimit = 2000

  init(_ options: LayoutInput.Options) {
    areas = options.areas
    measures = Set(options.measures.map { $0.lowercased() })
  }

  /// Whether an area is wanted.
  mutating func wants(_ area: PublishedArea) -> Bool {
    if areas.isEmpty { return true }
    var isWanted = false
    for name in areas where area.isNamed(name) {
      metAreas.insert(name)
      isWanted = true
    }
    if !isWanted, otherAreas.count < Self.nameLimit { otherAreas.insert(area.name) }
    return isWanted
  }

  /// Whether a measure is wanted, by any of its names.
  mutating func wants(measure names: String...) -> Bool {
    if measures.isEmpty { return true }
    var isWanted = false
    for name in names where measures.contains(name.lowercased()) {
      metMeasures.insert(name.lowercased())
      isWanted = true
    }
    if !isWanted, otherMeasures.count < Self.nameLimit, let name = names.first { otherMeasures.insert(name) }
    return isWanted
  }

  /// The names that nothing in the file has, as sentences.
  var notes: [String] {
    let missingAreas = areas.filter { !metAreas.contains($0) }
    let missingMeasures = measures.subtracting(metMeasures).sorted()
    return [
      missingAreas.isEmpty
        ? nil
        : "nothing in the file is of \(missingAreas.joined(separator: ", ")): check the name or code of the area"
          + Self.nearest(missingAreas, otherAreas),
      missingMeasures.isEmpty
        ? nil
        : "the file has no measure \(missingMeasures.joined(separator: ", ")): check its name"
          + Self.nearest(missingMeasures, otherMeasures),
    ].compactMap { $0 }
  }

  /// What may have been meant, as the end of a sentence; empty where nothing is near.
  private static func nearest(_ missing: [String], _ others: Set<String>) -> String {
    let sorted = others.sorted()
    let near = missing.compactMap { NearestName.nearest(to: $0, among: sorted) }
    return near.isEmpty ? "" : "; did you mean \(near.map { "\"\($0)\"" }.joined(separator: ", "))?"
  }
}
