import Needscast

/// A question put to one scenario of a workspace: the figure asked about, and the plan with some of its values changed.
struct QuestionRun {
  let study: ScenarioStudy
  let scenario: String
  let question: PlanQuestion
  /// The plan as it stands.
  let base: PlanPaths
  private let standing: Draws

  /// - Parameters:
  ///   - services: the services to run; nil for those that the question needs.
  init(
    _ study: ScenarioStudy, scenario: String, question: PlanQuestion
  ) throws {
    self.study = study
    self.scenario = scenario
    self.question = question
    base = try study.paths(of: scenario, only: question.services)
    standing = try question.figure(of: base)
  }

  var heading: QuestionHeading {
    get throws {
      QuestionHeading(
        name: try study.definition(of: scenario).name, paths: base, overrides: study.changes,
        scenarioChanges: try study.workspace.chain(of: scenario).flatMap(\.changes))
    }
  }

  /// The figure with some values changed, on the same random numbers.
  func figure(_ settings: [Setting]) throws(CommissioningError) -> Draws {
    if settings.isEmpty { return standing }
    return try question.figure(of: try paths(settings))
  }

  /// The figure with some values changed, as ``figure(_:)`` gives it; every plan that is run for it is counted.
  func counting(on progress: Progress) -> FigureOfPlan {
    { settings throws(CommissioningError) in
      defer { if !settings.isEmpty { progress.advance() } }
      return try figure(settings)
    }
  }

  private func paths(_ settings: [Setting]) throws(CommissioningError) -> PlanPaths {
    let changes = settings.map { Override(path: $0.path, value: "\($0.value)") }
    do {
      return try study.paths(of: scenario, overrides: changes, only: question.services)
    } catch let error as CommissioningError {
      throw error
    } catch {
      throw .invalid(service: settings.map(\.path).joined(separator: ", "), reason: "\(error)")
    }
  }
}

extension ScenarioStudy {
  /// What a question is about where not everything is said: the first service with a ring-fence, or the first; its
  /// closing balance, or its variance where it has none; the plan's last year.
  func question(
    scenario: String, service: String?, figure: PlanFigure?, year: FinancialYear?
  ) throws -> PlanQuestion {
    let definition = try definition(of: scenario)
    let year = year ?? definition.years.upperBound
    guard definition.years.contains(year) else {
      throw Failure(
        "--year \(year): the plan's years are \(definition.years.lowerBound) to \(definition.years.upperBound); name one "
          + "of these", code: Failure.wrongArguments)
    }
    if service == PlanCSV.totalService {
      return PlanQuestion(figure: figure ?? .inYearBalance, service: nil, year: year)
    }
    if let service {
      let names = definition.services.map(\.id) + [PlanCSV.totalService]
      guard names.contains(service) else {
        throw Failure(
          "--service \(service): the plan has no service \"\(service)\"; "
            + NearestName.advice(for: service, among: names), code: Failure.wrongArguments)
      }
    }
    let ringFenced = definition.services.first { $0 is RingFencedGrant }
    guard let chosen = service ?? ringFenced?.id ?? definition.services.first?.id else {
      throw Failure("\(workspace.folder): the plan has no services to ask about", code: Failure.wrongData)
    }
    let isRingFenced = definition.services.contains { $0.id == chosen && $0 is RingFencedGrant }
    return PlanQuestion(
      figure: figure ?? (isRingFenced ? .closingBalance : .inYearBalance), service: chosen, year: year)
  }
}
