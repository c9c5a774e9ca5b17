import Commissioning

/// What becomes of need, in sentences: a service each, from its last published year, or its first, to its last.
struct SummaryOfNeed {
  let outcome: PlanOutcome

  var sentences: [String] { outcome.services.compactMap(sentence) }

  /// The service and what its need counts, without saying the same twice.
  private func subject(of service: ServiceOutcome) -> String {
    let (name, need) = (service.name, service.meaning.need)
    return need.lowercased().hasPrefix(name.lowercased())
      ? SummaryWords.sentence(need) : "\(name) (\(need))"
  }

  private func sentence(_ service: ServiceOutcome) -> String? {
    let years = service.years.filter { $0.need != nil }
    guard
      let first = years.last(where: { $0.need?.distribution == nil && $0.kind != .forecast }) ?? years.first,
      let last = years.last,
      first.year < last.year, let before = first.need, let after = last.need
    else { return nil }
    func people(_ number: Double) -> String { NumberText.whole(number) }
    var text =
      "\(subject(of: service)): from \(people(before.mean)) in \(first.year) to an expected "
      + "\(people(after.mean)) in \(last.year)" + SummaryWords.range(after, people)
    if let unmet = last.unmetNeed, unmet.mean.rounded() > 0 {
      text += "; unmet then: \(people(unmet.mean)) (\(service.meaning.unmetNeed))"
    }
    return text + "."
  }
}
