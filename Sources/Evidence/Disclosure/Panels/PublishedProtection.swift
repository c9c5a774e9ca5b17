import TimeSeries

extension PublishedFigures {
  /// The rule by which counts made from rows of single children are protected unless another is named: small counts are
  /// held back and the others rounded, so that neither sums nor differences between years and measures tell them.
  public static let childLevelRule = DisclosureRule.hospitalEpisodes

  /// The figures as they may be shown: protected by a rule, with what was done.
  ///
  /// What adds up is found from the areas (authorities, their regions and England, by the gazetteer) and from the
  /// breakdowns, of which a series without a value is the whole. Of several vintages the last alone is kept, because the
  /// difference between two would tell. Limits of confidence go with the figures that are changed, and under a rule that
  /// rounds with all that it rounds: those that stayed would tell which counts were round to begin with.
  ///
  /// - Parameter rule: the rule.
  /// - Returns: the figures, and what was done.
  /// - Throws: ``EvidenceError/badData(problems:omitted:)`` where a count is not whole, is negative or larger than its
  ///   denominator, or two series stand for the same figure.
  public func protected(
    by rule: DisclosureRule
  ) throws(EvidenceError) -> (figures: PublishedFigures, report: DisclosureReport) {
    let (panel, problems) = panel()
    var names: [String] = []
    for one in series {
      for attribute in one.key.breakdown where !names.contains(attribute.name) {
        names.append(attribute.name)
      }
    }
    let ids = SeriesFileNames(series)
    let (parents, nations) = try Self.nesting(
      zip(series, ids.names).map { (name: $1.area, area: $0.key.area) })
    let protection = PanelProtection(
      control: DisclosureControl(rule: rule), parents: parents, nations: nations,
      breakdowns: names.map { PanelProtection.Breakdown(attribute: $0, total: whole(of: $0)) })
    let (safe, report) = try protection.protect(panel)
    var result = PublishedFigures(file: file, layout: layout)
    result.tally = tally
    for sentence in notes { result.note(sentence) }
    result.report(self.problems + problems, omitted: omittedProblems)
    for (one, name) in zip(series, ids.names) {
      guard let known = safe[name.id, area: name.area.isEmpty ? nil : name.area],
        let truth = panel[name.id, area: name.area.isEmpty ? nil : name.area]
      else { continue }
      let position = result.position(of: one.key)
      // The vintage that the panel took, so that its day, row and remarks stay with it.
      let published = Dictionary(
        VintageChoice(one.figures).figures.map { ($0.period, $0) }, uniquingKeysWith: { first, _ in first })
      for (point, original) in zip(known.points, truth.points) {
        guard var figure = published[point.period] else { continue }
        figure.observation = point.observation
        figure.numerator = point.numerator
        figure.denominator = point.denominator
        figure.rounding = point.rounding
        // Limits of confidence tell the count behind a rate.
        let isSpared = rule.rounding == nil || rule.sparesNational && nations.contains(name.area)
        let isSame =
          point.observation == original.observation && point.numerator == original.numerator
          && point.denominator == original.denominator
        if !(isSpared && isSame) { figure.limits = nil }
        result.append(figure, to: position)
      }
    }
    return (result, report)
  }

  /// The value of a breakdown that stands for the whole: `Total` or a word like it, where some series has it; else nothing.
  private func whole(of name: String) -> String {
    let values = Set(
      series.compactMap { one in one.key.breakdown.first { $0.name == name }?.value })
    return ["Total", "total", "All", "all", "Persons", "All ages"].first { values.contains($0) } ?? ""
  }

  /// The region of each authority and the nation of each region, as far as both are among the areas, and the nations.
  ///
  /// - Parameter areas: what each area is called in the panel, and what its publisher says of it.
  private static func nesting(
    _ areas: [(name: String, area: PublishedArea)]
  ) throws(EvidenceError) -> (parents: [String: String], nations: Set<String>) {
    let gazetteer = try Gazetteer.english
    var meanings: [(name: String, meaning: Area)] = []
    var met: Set<String> = []
    for (name, area) in areas where met.insert(name).inserted {
      // A code says it best: a name may be that of an authority and of a region, or have a mark to tell two apart.
      let texts = [area.code, area.number, area.name].compactMap { $0 }
      if let meaning = texts.lazy.compactMap({ gazetteer.meanings(of: $0).first }).first {
        meanings.append((name, meaning))
      }
    }
    var regions: [Region: String] = [:]
    var nation: String?
    var nations: Set<String> = []
    var authorities: Set<Int> = []
    for (name, meaning) in meanings {
      switch meaning {
      case .region(let region): if regions[region] == nil { regions[region] = name }
      case .england:
        if nation == nil { nation = name }
        nations.insert(name)
      case .authority(let one): authorities.insert(one.number)
      case .combined, .other: break
      }
    }
    func whole(of region: Region) -> String? {
      regions[region] ?? region.within.flatMap { regions[$0] } ?? nation
    }
    var parents: [String: String] = [:]
    for (name, meaning) in meanings {
      switch meaning {
      case .authority(let one):
        parents[name] = whole(of: one.region)
      case .region(let region):
        parents[name] = region.within.flatMap { regions[$0] } ?? nation
      case .combined(let area):
        // Beside one of its members it would be counted twice.
        guard authorities.isDisjoint(with: area.members) else { continue }
        parents[name] = area.members.first.flatMap { gazetteer[$0] }.flatMap { whole(of: $0.region) }
      case .england, .other: break
      }
    }
    return (parents, nations)
  }
}
