import LinearAlgebra
import Statistics

extension JointModel {
  /// The largest today's value of a line, in size: far beyond any budget, and far from the end of the numbers.
  static let greatestLevel = 1e15

  /// Throws what is wrong with the model, in the words of the one who wrote it.
  func check() throws(CommissioningError) {
    guard (1...100).contains(years) else {
      throw .invalid(service: "joint simulation", reason: "\(years) years; 1 to 100 are accepted")
    }
    guard !lines.isEmpty else {
      throw .invalid(service: "joint simulation", reason: "there are no lines; give at least one")
    }
    var seen: Set<String> = []
    for name in lines.map(\.name) + prices.map(\.name) {
      guard seen.insert(name).inserted else {
        throw .invalid(service: name, reason: "two lines or prices have this name; give each its own")
      }
    }
    let priceNames = Set(prices.map(\.name))
    for line in lines {
      guard abs(line.level) <= Self.greatestLevel else {
        throw .invalid(
          service: line.name,
          reason: "its level is \(line.level); a number up to \(Self.greatestLevel) in size is needed")
      }
      try line.walk.check(line.name, years: years)
      if let price = line.price, !priceNames.contains(price) {
        throw .invalid(
          service: line.name,
          reason: "there is no price \"\(price)\"; there are: \(prices.map(\.name).joined(separator: ", "))")
      }
    }
    for price in prices { try price.walk.check(price.name, years: years) }
    var measures: Set<String> = []
    for mitigation in mitigations {
      guard measures.insert(mitigation.name).inserted else {
        throw .invalid(
          service: mitigation.name,
          reason: "two mitigations have this name and would share their chance; give each its own")
      }
      try check(mitigation)
    }
    for threshold in thresholds { try check(threshold) }
  }

  private func check(_ mitigation: UncertainMitigation) throws(CommissioningError) {
    guard lines.contains(where: { $0.name == mitigation.line }) else {
      throw .invalid(
        service: mitigation.name, reason: "there is no line \"\(mitigation.line)\" for it to lower")
    }
    guard mitigation.probability >= 0, mitigation.probability <= 1 else {
      throw .invalid(
        service: mitigation.name, reason: "its probability is \(mitigation.probability); 0 to 1 is needed")
    }
    guard mitigation.delivery.least >= 0, mitigation.delivery.most <= 10 else {
      throw .invalid(
        service: mitigation.name,
        reason:
          "it delivers from \(mitigation.delivery.least) to \(mitigation.delivery.most) of its full effect; "
          + "0 to 10 times is accepted")
    }
    let (values, limit): ([Double], Double) =
      switch mitigation.effect {
      case .amounts(let amounts): (amounts, Self.greatestLevel)
      case .shares(let shares): (shares, 1)
      }
    guard !values.isEmpty, values.allSatisfy({ $0 >= 0 && $0 <= limit }) else {
      throw .invalid(
        service: mitigation.name,
        reason: "its effect by year is \(values); one or more values from 0 to \(limit) are needed")
    }
    _ = try pert(mitigation)
  }

  /// The distribution of what a mitigation delivers.
  func pert(_ mitigation: UncertainMitigation) throws(CommissioningError) -> PERT {
    let (least, likely, most) = mitigation.delivery
    do {
      return try PERT(minimum: least, mode: likely, maximum: most)
    } catch {
      throw .invalid(service: mitigation.name, reason: "\(error)")
    }
  }

  private func check(_ threshold: Threshold) throws(CommissioningError) {
    if case .line(let name) = threshold.subject, !lines.contains(where: { $0.name == name }) {
      throw .invalid(service: name, reason: "a threshold is set on it, and there is no such line")
    }
    guard (1...years).contains(threshold.year), threshold.value.isFinite else {
      throw .invalid(
        service: "joint simulation",
        reason:
          "a threshold of \(threshold.value) in year \(threshold.year); a finite number in year 1 to \(years) is needed"
      )
    }
  }

  /// The lower Cholesky factor of the correlations of all walks.
  func factor() throws(CommissioningError) -> Matrix {
    let count = walks.count
    guard let correlations else { return .identity(count) }
    guard correlations.rows == count, correlations.columns == count else {
      throw .invalid(
        service: "joint simulation",
        reason: "the correlations have \(correlations.rows) rows and \(correlations.columns) columns; "
          + "\(count) of each are needed, the lines first and then the prices")
    }
    guard correlations.diagonal.allSatisfy({ abs($0 - 1) < 1e-9 }) else {
      throw .invalid(
        service: "joint simulation", reason: "the correlations of lines with themselves must be 1")
    }
    do {
      return try CholeskyFactorisation(correlations).lower
    } catch {
      throw .invalid(
        service: "joint simulation",
        reason:
          "the correlations cannot all hold at once: \(error) The nearest that can are NearestCorrelation's.")
    }
  }
}
