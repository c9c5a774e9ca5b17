import Commissioning
import TimeSeries

/// How a plan's setting divides among the seven of the management plan, by the counts of the series behind it.
struct SettingShares {
  private let grant: RingFencedGrant
  private let evidence: [PlanOutcome.UsedSeries]

  init(_ grant: RingFencedGrant, evidence: [PlanOutcome.UsedSeries]) {
    self.grant = grant
    self.evidence = evidence
  }

  /// The shares of a line in the order of ``PlanSetting/standard``, with what is none of them at the end, and a word
  /// on where they come from.
  func shares(of line: String) -> (shares: [Double], source: String) {
    var shares = [Double](repeating: 0, count: PlanSetting.standard.count + 1)
    let none = shares.count - 1
    guard let setting = grant.settings.first(where: { $0.id == line }) else {
      shares[none] = 1
      return (shares, "not a setting of the plan")
    }
    let counts = setting.plans.map { (category: Self.category(of: $0), count: count(of: $0)) }
    let total = counts.reduce(0) { $0 + ($1.count ?? 0) }
    if counts.allSatisfy({ $0.count != nil }), total > 0 {
      for (category, count) in counts { shares[category ?? none] += (count ?? 0) / total }
      return (shares, "\(setting.plans.joined(separator: " + ")), census of \(grant.census.label)")
    }
    // One category needs no counts.
    let categories = Set(counts.map { $0.category ?? none })
    if let only = categories.first, categories.count == 1 {
      shares[only] = 1
      return (shares, setting.plans.joined(separator: " + "))
    }
    shares[none] = 1
    return (shares, "no counts are known; replace by your own return")
  }

  private func count(of series: String) -> Double? {
    evidence.first { $0.series.id == series }?.series.points.first { $0.period == grant.census }?.value
  }

  /// The setting of the management plan that a series' name speaks of; nil where it names none.
  static func category(of series: String) -> Int? {
    let words = Set(series.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init))
    func has(_ names: String...) -> Bool { names.contains { words.contains($0) } }
    let id: String? =
      if has("independent", "nmss") {
        "independent"
      } else if has("resourced", "unit", "units") {
        "resourced"
      } else if has("mainstream") {
        "mainstream"
      } else if has("hospital", "ap", "alternative") {
        "hospital"
      } else if has("post16", "further") || (has("post") && has("16")) {
        "post-16"
      } else if has("special") {
        "special"
      } else if has("other", "direct") {
        "other"
      } else {
        nil
      }
    return id.flatMap { id in PlanSetting.standard.firstIndex { $0.id == id } }
  }
}
