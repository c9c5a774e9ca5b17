import TimeSeries

/// The local authorities of England with responsibility for children's services since 2009: their numbers, codes,
/// names and regions, and what became of them.
///
/// The gazetteer that comes with the library is ``english``. It is made from four small tables beside this file:
/// `authorities.csv`, `authority-codes.csv`, `authority-changes.csv` and `combined-areas.csv`. Numbers are those of the
/// Department for Education (Get Information about Schools); codes, their days and the regions are those of the Office
/// for National Statistics (Code History Database, Register of Geographic Codes); names are those of the Department's
/// statistics. Contains public sector information licensed under the Open Government Licence v3.0. A reorganisation that
/// is still to come can be added by giving tables of one's own to
/// ``init(authorities:codes:changes:combined:)``.
public struct Gazetteer: Sendable {
  /// The authorities, by number.
  public let authorities: [Authority]
  /// The changes, the earliest first.
  public let changes: [AreaChange]
  /// The areas under which some publications report several authorities as one, by name.
  public let combinedAreas: [CombinedArea]

  private let byNumber: [Int: Authority]
  private let byCode: [String: Area]
  private let byName: [String: [Area]]

  init(authorities: [Authority], changes: [AreaChange], combinedAreas: [CombinedArea]) {
    self.authorities = authorities.sorted { $0.number < $1.number }
    self.changes = changes.sorted { ($0.day, $0.id) < ($1.day, $1.id) }
    self.combinedAreas = combinedAreas.sorted { $0.name < $1.name }
    var byNumber: [Int: Authority] = [:]
    var byCode: [String: Area] = [Area.englandCode: .england]
    var byName: [String: [Area]] = [AreaName.folded("England"): [.england]]
    func enter(_ area: Area, codes: [String], names: [String]) {
      for code in codes { byCode[code] = area }
      for name in Set(names.map(AreaName.folded)) { byName[name, default: []].append(area) }
    }
    for one in self.authorities {
      byNumber[one.number] = one
      enter(.authority(one), codes: one.codes.map(\.text), names: [one.name] + one.otherNames)
    }
    for one in self.combinedAreas {
      enter(.combined(one), codes: one.codes, names: [one.name] + one.otherNames)
    }
    for region in Region.allCases { enter(.region(region), codes: [region.code], names: region.names) }
    self.byNumber = byNumber
    self.byCode = byCode
    self.byName = byName
  }

  /// The authority with a three-digit number; nil when there is none.
  public subscript(number: Int) -> Authority? { byNumber[number] }

  /// The authorities that were there on a day, by number.
  public func authorities(on day: CivilDate) -> [Authority] { authorities.filter { $0.exists(on: day) } }

  /// The authorities of a region on a day, by number; those of both halves for London.
  public func authorities(in region: Region, on day: CivilDate) -> [Authority] {
    authorities(on: day).filter { $0.region == region || $0.region.within == region }
  }

  /// The changes that an authority came from or went into, the earliest first.
  public func changes(of number: Int) -> [AreaChange] {
    changes.filter { $0.links.contains { $0.from == number || $0.to == number } }
  }

  // MARK: What a text may mean

  /// The areas that a text may mean, whatever the day: none where it is unknown, several where authorities of different
  /// times share a name.
  ///
  /// Costs microseconds, also where the text is unknown; ``area(named:on:)`` then looks for the nearest names, which
  /// costs a hundred times as much. A reader of many rows keeps what it found for each text.
  ///
  /// - Parameter text: a number, a code or a name, as ``authority(named:on:)`` reads them.
  public func meanings(of text: String) -> [Area] {
    guard text.utf8.count <= AreaName.longest else { return [] }
    let trimmed = AreaName.trimmed(text)
    if let number = AreaName.number(trimmed) { return areas(numbered: number) }
    if let area = byCode[trimmed.uppercased()] { return [area] }
    if let areas = byName[AreaName.folded(trimmed)] { return areas }
    let plain = AreaName.withoutFootnotes(trimmed)
    if let areas = byName[AreaName.folded(plain)] { return areas }
    if let combined = combination(plain) { return [combined] }
    for (name, dropped) in AreaName.withoutStyles(plain) {
      // Only authorities have styles, and only the style that is theirs: "Nottingham County" is not Nottingham.
      let areas = byName[name, default: []].filter { area in
        guard case .authority(let one) = area else { return false }
        return dropped.isDisjoint(with: one.hasBeenCounty ? AreaName.townStyles : AreaName.countyStyles)
      }
      if !areas.isEmpty { return areas }
    }
    return []
  }

  private func areas(numbered number: Int) -> [Area] {
    if let authority = byNumber[number] { return [.authority(authority)] }
    if number == Area.englandNumber { return [.england] }
    return Region.allCases.filter { $0.number == number }.map { .region($0) }
  }

  /// The combined area that a text such as `940 / 941` or `Hackney / City of London` names part by part.
  private func combination(_ text: String) -> Area? {
    let parts = text.split(separator: "/").map { AreaName.trimmed(String($0)) }
    guard parts.count > 1, parts.count <= 4 else { return nil }
    var numbers: Set<Int> = []
    for part in parts {
      guard case .authority(let authority)? = meanings(of: part).first else { return nil }
      numbers.insert(authority.number)
    }
    return combinedArea(of: numbers.sorted()).map { .combined($0) }
  }

  /// The combined area with exactly these members; nil when there is none.
  func combinedArea(of members: [Int]) -> CombinedArea? { combinedAreas.first { $0.members == members } }

  /// The names of the areas of whose spelling a text comes nearest, at most three.
  func nearestNames(to text: String) -> [String] {
    guard text.utf8.count <= AreaName.longest else { return [] }
    let folded = AreaName.folded(AreaName.withoutFootnotes(AreaName.trimmed(text)))
    let names = Set(authorities.map(\.name) + combinedAreas.map(\.name) + Region.allCases.map(\.name))
    let ranked = names.map { (name: $0, distance: NearestName.distance(folded, AreaName.folded($0))) }
      .filter { $0.distance <= max(2, $0.name.count / 3) }
      .sorted { ($0.distance, $0.name) < ($1.distance, $1.name) }
    return ranked.prefix(3).map(\.name)
  }
}
