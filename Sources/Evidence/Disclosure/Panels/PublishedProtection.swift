import TimeSeries

extension PublishedFigures {
  /// The rule by which counts made from rows of single children are protected unless another is named: small counts are
  /// held back and the others rounded, so that neither sums nor differences between years and measures tell them.
  public static let childLevelRule = DisclosureRule.hospitalEpisodes

  /// The figures as they may be shown: protected by a rule, with what was done.
  ///
  /// What adds up is found from the areas (authorities, their regions and England, by the gazetteer) and from the
  /// breakdowns, of which a series without a value is the whole. Of several vintages the last alone is kept, because the
  /// difference between two would tell.
  ///
  /// - Parameter rule: the rule.
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
    let protection = PanelProtection(
      control: DisclosureControl(rule: rule), parents: try Self.parents(of: panel.areas),
      breakdowns: names.map { PanelProtection.Breakdown(attribute: $0, total: whole(of: $0)) })
    let (safe, report) = try protection.protect(panel)
    var result = PublishedFigures(file: file, layout: layout)
    result.tally = tally
    for sentence in notes { result.note(sentence) }
    for problem in self.problems + problems { result.report(problem) }
    let ids = SeriesFileNames(series)
    for (one, name) in zip(series, ids.names) {
      guard let known = safe[name.id, area: name.area.isEmpty ? nil : name.area],
        let truth = panel[name.id, area: name.area.isEmpty ? nil : name.area]
      else { continue }
      let position = result.position(of: one.key)
      let published = Dictionary(
        one.figures.map { ($0.period, $0) }, uniquingKeysWith: { first, _ in first })
      for (point, original) in zip(known.points, truth.points) {
        guard var figure = published[point.period] else { continue }
        let isChanged = point.observation != original.observation
        figure.observation = point.observation
        figure.numerator = point.numerator
        figure.denominator = point.denominator
        // Limits of confidence tell the count behind a rate.
        if isChanged || point.numerator != original.numerator { figure.limits = nil }
        if isChanged, let unit = rule.rounding, point.value != nil { figure.rounding = Double(unit) }
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

  /// The region of each authority and the nation of each region, as far as both are among the areas.
  private static func parents(of areas: [String]) throws(EvidenceError) -> [String: String] {
    let gazetteer = try Gazetteer.english
    var regions: [Region: String] = [:]
    var nation: String?
    for name in areas {
      switch gazetteer.meanings(of: name).first {
      case .region(let region): regions[region] = name
      case .england: nation = name
      case .authority, .combined, .other, nil: break
      }
    }
    var parents: [String: String] = [:]
    for name in areas {
      switch gazetteer.meanings(of: name).first {
      case .authority(let one):
        parents[name] = regions[one.region] ?? one.region.within.flatMap { regions[$0] } ?? nation
      case .region(let region):
        parents[name] = region.within.flatMap { regions[$0] } ?? nation
      case .combined, .england, .other, nil: break
      }
    }
    return parents
  }
}
