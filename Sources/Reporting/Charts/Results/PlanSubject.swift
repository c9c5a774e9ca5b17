import Commissioning

/// A service of a plan, or all of its services together, as the heading of a chart names it.
struct PlanSubject {
  /// The name that people use.
  let name: String
  /// The years, in order.
  let years: [ServiceYear]
  /// What the columns of the service count; nil for all services together.
  let meaning: ServiceMeaning?
  private let paths: PlanPaths

  /// Finds a service in a plan; nil for all of them together.
  ///
  /// - Throws: ``ReportingError/chart(_:)`` where the plan has no such service, or no total.
  init(_ paths: PlanPaths, service: String?) throws(ReportingError) {
    guard let service else {
      guard !paths.total.isEmpty else {
        let refused = paths.refusals.map(\.service).joined(separator: ", ")
        throw .chart(
          "there is no total of all services"
            + (refused.isEmpty
              ? ", because not all were run or they have no year in common; name one service"
              : ", because some could not be planned (\(refused)); name one service"))
      }
      self.init(name: "All services", years: paths.total, meaning: nil, paths: paths)
      return
    }
    guard let found = paths.services.first(where: { $0.id == service }) else {
      if let refusal = paths.refusals.first(where: { $0.service == service }) {
        throw .chart("\(service) could not be planned: \(refusal.reason)")
      }
      let known = paths.services.map(\.id).joined(separator: ", ")
      throw .chart("the plan has no service \"\(service)\"; it has \(known.isEmpty ? "none" : known)")
    }
    self.init(found, of: paths)
  }

  /// A service of a plan.
  init(_ service: ServicePaths, of paths: PlanPaths) {
    self.init(name: service.name, years: service.years, meaning: service.meaning, paths: paths)
  }

  private init(name: String, years: [ServiceYear], meaning: ServiceMeaning?, paths: PlanPaths) {
    self.name = name
    self.years = years
    self.meaning = meaning
    self.paths = paths
  }

  /// Whether there is one simulated future only, in which no chance can be counted.
  var isOneFuture: Bool { paths.draws == 1 }

  /// Whether a balance is carried from year to year.
  var isRingFenced: Bool { years.contains { $0.closingBalance != nil } }

  /// The balance by which the service is judged.
  var balance: PlanFigure { isRingFenced ? .closingBalance : .inYearBalance }

  /// What the figure is called within a sentence.
  func words(_ figure: PlanFigure) -> String {
    switch figure {
    case .need: meaning?.need ?? "need"
    case .demand: meaning?.demand ?? "demand"
    case .supply: meaning?.supply ?? "supply"
    case .unmetNeed: meaning?.unmetNeed ?? "unmet need"
    case .spend: "spend"
    case .budget: "budget"
    case .inYearBalance: isRingFenced ? "in-year balance" : "budget less spend"
    case .closingBalance: "balance carried forward"
    case .generalFund: "cost to the General Fund beside the grant"
    case .netSpend: "spend after contributions of others"
    }
  }

  /// The service and what of it a chart shows, the name once: `High needs, spend`.
  func headed(_ figure: PlanFigure) -> String {
    let words = words(figure)
    return words.lowercased().hasPrefix(name.lowercased())
      ? name + words.dropFirst(name.count) : "\(name), \(words)"
  }

  /// What the axis of a figure counts.
  func unit(of figure: PlanFigure) -> ChartUnit { figure.isMoney ? .pounds : .count(words(figure)) }

  /// What a chart shows, and what it was made from.
  func subtitle(_ figure: PlanFigure, in year: FinancialYear? = nil) -> String {
    let sign =
      figure == .closingBalance
      ? " (a deficit is below nothing)" : figure == .inYearBalance ? " (an overspend is below nothing)" : ""
    return "\(paths.area): \(headed(figure))\(sign)\(year.map { " of \($0)" } ?? ""). \(paths.made)"
  }

  /// The complaint that the service has no such figure.
  func lacks(_ figure: PlanFigure) -> ReportingError {
    let known = PlanFigure.allCases.filter { one in years.contains { one.draws(of: $0) != nil } }
    return .chart(
      "\(name) has no \(figure.words) in any year; it has \(known.map(\.words).joined(separator: ", "))")
  }
}

extension PlanPaths {
  /// What the plan was made from, as a sentence.
  var made: String {
    "Scenario \(scenario), as known on \(asOf), "
      + (draws == 1 ? "1 simulated future." : "\(NumberText.whole(draws)) simulated futures.")
  }
}

extension Draws {
  /// The median.
  ///
  /// - Throws: ``ReportingError/chart(_:)`` where the quantity is not a finite number in some future.
  var middle: Double {
    get throws(ReportingError) {
      if let knownValue { return knownValue }
      return try drawn(at: [0.5]).first ?? .nan
    }
  }

  /// Quantiles in ascending order, to be drawn.
  func drawn(at probabilities: [Double]) throws(ReportingError) -> [Double] {
    do {
      return try quantiles(at: probabilities)
    } catch {
      throw .chart("\(error)")
    }
  }

  /// The probability of lying below a value.
  func chance(below value: Double) throws(ReportingError) -> Probability {
    do {
      return try probability(below: value)
    } catch {
      throw .chart("\(error)")
    }
  }

  /// The probability of lying above a value.
  func chance(above value: Double) throws(ReportingError) -> Probability {
    do {
      return try probability(above: value)
    } catch {
      throw .chart("\(error)")
    }
  }
}
