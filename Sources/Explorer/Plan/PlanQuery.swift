import Needscast

/// A question of a page: what a service comes to with some settings.
struct PlanQuery: Hashable, Sendable {
  let settings: ExplorerSettings
  /// The service; nil for all together.
  let service: String?
  /// The figure that is drawn; nil for the balance.
  let figure: PlanFigure?
  /// The width of the charts, in pixels.
  let width: Double
}

extension ExplorerPlan {
  /// What a service comes to with some settings, beside what it comes to without them.
  ///
  /// - Parameters:
  ///   - query: the question.
  ///   - base: gives the same without the page's changes.
  func answer(
    _ query: PlanQuery, base: (ExplorerSettings, String?) throws -> Subject?
  ) throws -> PlanAnswer {
    let paths = try paths(query.settings, service: query.service)
    let outcome = try PlanOutcome(paths)
    let refusals = outcome.refusals.map { refusal in
      SettingFault(
        refusal.reason.hasPrefix(refusal.service) ? refusal.reason : "\(refusal.service): \(refusal.reason)",
        changes: query.settings.changes)
    }
    guard let subject = Subject(outcome, paths: paths, service: query.service) else {
      throw NotPlanned(faults: refusals)
    }
    let isChanged = !query.settings.changes.isEmpty
    let before =
      isChanged ? try base(ExplorerSettings(scenario: query.settings.scenario), query.service) : nil
    let figure = query.figure ?? subject.balance
    guard subject.figures.contains(figure) else {
      let known = subject.figures.map(\.rawValue).joined(separator: ", ")
      throw NotPlanned(faults: [
        SettingFault("\(subject.name) has no figure \"\(figure.rawValue)\"; it has \(known)", changes: [])
      ])
    }
    let document = try PlanDocument([outcome])
    let years =
      query.service == nil
      ? document.scenarios.first?.total.years : document.scenarios.first?.services.first?.years
    return PlanAnswer(
      scenario: query.settings.scenario, service: subject.id, name: subject.name, figure: figure.rawValue,
      figures: subject.figures.map { PlanAnswer.Choice(id: $0.rawValue, name: subject.name(of: $0)) },
      changes: changes(query.settings).map(\.text), sentence: subject.sentence,
      compared: before.flatMap { subject.compared(with: $0) }, short: subject.short, years: years ?? [],
      table: subject.table, fan: try subject.fan(figure).svg(width: query.width),
      histogram: try subject.histogram()?.svg(width: query.width), refusals: refusals,
      notes: (subject.service?.notes ?? []) + outcome.notes, command: command(query.settings))
  }
}

/// A service that could not be planned with some settings.
struct NotPlanned: Error {
  let faults: [SettingFault]
}
