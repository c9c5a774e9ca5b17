import TimeSeries

// Finding an area by what a file calls it, and saying what became of it where it was not there on the day.

extension Gazetteer {
  /// The authority that a file means by a three-digit number (`343`, or `343.0` as spreadsheets write it), a code
  /// (`E08000014`) or a name (`SEFTON`, `St Helens`, `Bristol City of`, `London Borough of Camden`, `Dorset [2]`).
  ///
  /// A code finds its authority on every day on which the authority was there, because files restate earlier years
  /// under the code of the day of publication.
  ///
  /// - Parameters:
  ///   - text: what the file says.
  ///   - day: a day of the figure; nil where it is not known, when a name that two authorities had one after the other
  ///     is refused.
  /// - Throws: a sentence that says what the text might mean, or what became of the authority: who followed it, or
  ///   whom it followed.
  public func authority(named text: String, on day: CivilDate? = nil) throws(UnreadableText) -> Authority {
    let areas = meanings(of: text)
    let authorities = areas.compactMap { area -> Authority? in
      if case .authority(let one) = area { one } else { nil }
    }
    guard let first = authorities.first else {
      if let area = areas.first { throw notAnAuthority(text, area) }
      throw unknown(text)
    }
    guard let day else {
      if authorities.count > 1 { throw ambiguous(text, authorities) }
      return first
    }
    if let one = authorities.first(where: { $0.exists(on: day) }) { return one }
    throw absent(text, first, on: day)
  }

  /// The authority with a three-digit number, on a day.
  ///
  /// - Parameters:
  ///   - number: the number of the Department for Education.
  ///   - day: a day on which it is wanted; nil for any.
  /// - Throws: as ``authority(named:on:)``.
  public func authority(numbered number: Int, on day: CivilDate? = nil) throws(UnreadableText) -> Authority {
    guard let authority = self[number] else { throw unknown(String(number)) }
    if let day, !authority.exists(on: day) { throw absent(String(number), authority, on: day) }
    return authority
  }

  /// The area that a file means: an authority, authorities reported as one (`940 / 941`), a region or England.
  ///
  /// - Parameters:
  ///   - text: a number, a code or a name.
  ///   - day: a day of the figure; nil where it is not known.
  /// - Throws: as ``authority(named:on:)``. Areas of other kinds, such as integrated care boards, are not in the
  ///   gazetteer; a reader that knows its file to hold them makes ``Area/other(_:)`` itself.
  public func area(named text: String, on day: CivilDate? = nil) throws(UnreadableText) -> Area {
    let areas = meanings(of: text)
    guard let first = areas.first else { throw unknown(text) }
    switch first {
    case .authority: return .authority(try authority(named: text, on: day))
    case .combined(let area):
      if let day, !area.exists(on: day) { throw absentCombination(text, area) }
      return first
    case .region, .england, .other: return first
    }
  }

  /// The authorities that came directly after one that ended, by number; none for one that is there still.
  public func successors(of number: Int) -> [Authority] {
    Set(joins.filter { $0.from == number && $0.to != number }.map(\.to)).sorted().compactMap { self[$0] }
  }

  /// The authorities that were there directly before one that began after 2009, by number; none for the others.
  public func predecessors(of number: Int) -> [Authority] {
    Set(joins.filter { $0.to == number && $0.from != number }.map(\.from)).sorted().compactMap { self[$0] }
  }

  /// What went from authorities to others when they ended or began; not the land that moves between two that stay.
  var joins: [AreaChange.Link] { changes.filter { $0.kind != .boundaryMove }.flatMap(\.links) }
}

// MARK: What the errors say

extension Gazetteer {
  private func unknown(_ text: String) -> UnreadableText {
    let near = nearestNames(to: text)
    return UnreadableText(
      text: Self.shortened(text), problem: "is no authority, region or country of England that is known",
      remedy: near.isEmpty
        ? "give a name (Sefton), a three-digit number (343) or a code (E08000014)"
        : "did you mean \(Self.alternatives(near))?")
  }

  private func notAnAuthority(_ text: String, _ area: Area) -> UnreadableText {
    if case .combined(let combined) = area {
      let members = combined.members.compactMap { self[$0]?.label }
      return UnreadableText(
        text: Self.shortened(text), problem: "stands for several authorities",
        remedy: "name one of them: \(Self.alternatives(members))")
    }
    return UnreadableText(
      text: Self.shortened(text), problem: "is \(area.name), not a local authority",
      remedy: "give the name, the three-digit number or the code of an authority")
  }

  private func ambiguous(_ text: String, _ authorities: [Authority]) -> UnreadableText {
    let each = authorities.map { one in
      switch (one.firstDay, one.lastDay) {
      case (_, let last?): "\(one.number) until \(last.inWords)"
      case (let first?, nil): "\(one.number) since \(first.inWords)"
      case (nil, nil): String(one.number)
      }
    }
    return UnreadableText(
      text: Self.shortened(text),
      problem: "is the name of several authorities, \(each.joined(separator: " and "))",
      remedy: "give the number, or the day of the figure")
  }

  private func absent(_ text: String, _ authority: Authority, on day: CivilDate) -> UnreadableText {
    if let last = authority.lastDay, day > last {
      let after = successors(of: authority.number).map(\.label)
      return UnreadableText(
        text: Self.shortened(text),
        problem: "is \(authority.label), which ended on \(last.inWords): \(Self.list(after)) "
          + (after.count == 1 ? "follows it" : "follow it"),
        remedy: "name the authority that was there on \(day.inWords), or carry the figures through")
    }
    let before = predecessors(of: authority.number).map(\.label)
    return UnreadableText(
      text: Self.shortened(text),
      problem: "is \(authority.label), which began on \(authority.firstDay?.inWords ?? "an unknown day"): "
        + "before it came \(Self.list(before))",
      remedy: "name the authority that was there on \(day.inWords), or carry the figures through")
  }

  private func absentCombination(_ text: String, _ area: CombinedArea) -> UnreadableText {
    let since = area.firstDay.map { "began on \($0.inWords)" } ?? "is not there on the day"
    return UnreadableText(
      text: Self.shortened(text), problem: "is \(area.name), which \(since)",
      remedy: "name the authority or authorities that were there on the day")
  }

  private static func alternatives(_ names: [String]) -> String {
    joined(names.map { "\"\($0)\"" }, by: "or")
  }

  static func list(_ names: [String]) -> String { joined(names, by: "and") }

  private static func joined(_ names: [String], by word: String) -> String {
    guard let last = names.last, names.count > 1 else { return names.first ?? "" }
    return names.dropLast().joined(separator: ", ") + " \(word) " + last
  }

  /// A text for a message, cut where it is long.
  static func shortened(_ text: String) -> String {
    text.utf8.count <= AreaName.longest ? text : String(text.prefix(40)) + "…"
  }
}

extension CivilDate {
  /// The day as it is written in a sentence: `31 March 2023`.
  var inWords: String {
    let (year, month, day) = components
    let months = [
      "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
      "November",
      "December",
    ]
    guard months.indices.contains(month - 1) else { return description }
    return "\(day) \(months[month - 1]) \(year)"
  }
}
