/// The search for the orders of an ARIMA model whose differences are settled.
struct ARIMAOrderSearch {
  /// The degrees of the polynomials, and whether there is a constant.
  private struct Orders: Hashable {
    var p = 0
    var q = 0
    var seasonalP = 0
    var seasonalQ = 0
    var hasConstant: Bool

    var total: Int { p + q + seasonalP + seasonalQ }
  }

  private let sample: Sample
  private let terms: [RegressionTerm]
  private let differences: Int
  private let seasonalDifferences: Int
  private let season: Int
  private let maximumOrder: Int
  private var tried: [Orders: Int] = [:]
  private var candidates: [AutomaticARIMA.Candidate] = []

  init(
    sample: Sample, terms: [RegressionTerm], differences: Int, seasonalDifferences: Int, season: Int,
    maximumOrder: Int
  ) {
    self.sample = sample
    self.terms = terms
    self.differences = differences
    self.seasonalDifferences = seasonalDifferences
    self.season = season
    self.maximumOrder = maximumOrder
  }

  /// Whether a constant says anything beside the differences.
  private var allowsConstant: Bool { differences + seasonalDifferences <= 1 }

  /// Every model tried, best first; those refused follow in the order of the search.
  var ranking: [AutomaticARIMA.Candidate] {
    let ranked = candidates.enumerated().sorted { first, second in
      let (a, b) = (first.element.criterion ?? .infinity, second.element.criterion ?? .infinity)
      return a != b ? a < b : first.offset < second.offset
    }
    return ranked.map(\.element)
  }

  /// Tries models until there is no better neighbour; all of them where there is no season.
  mutating func run() {
    let constants = allowsConstant ? [true, false] : [false]
    if season == 1 {
      let greatest = AutomaticARIMA.greatestDegrees.regular
      for hasConstant in constants {
        for p in 0...greatest {
          for q in 0...greatest { _ = criterion(Orders(p: p, q: q, hasConstant: hasConstant)) }
        }
      }
      return
    }
    var beginnings: [Orders] = []
    for hasConstant in constants {
      beginnings += [
        Orders(hasConstant: hasConstant),
        Orders(p: 1, seasonalP: 1, hasConstant: hasConstant),
        Orders(q: 1, seasonalQ: 1, hasConstant: hasConstant),
        Orders(p: 2, q: 1, seasonalQ: 1, hasConstant: hasConstant),
        Orders(p: 1, q: 1, seasonalP: 1, seasonalQ: 1, hasConstant: hasConstant),
      ]
    }
    let ranked = beginnings.map { (orders: $0, value: criterion($0) ?? .infinity) }
      .sorted { $0.value < $1.value }
    for start in ranked.prefix(3) { descend(from: start.orders, start.value) }
  }

  private mutating func descend(from start: Orders, _ value: Double) {
    var current = start
    var best = value
    while true {
      var next: Orders?
      for neighbour in neighbours(of: current) {
        guard let value = criterion(neighbour), value < best else { continue }
        (next, best) = (neighbour, value)
      }
      guard let next else { return }
      current = next
    }
  }

  private func neighbours(of orders: Orders) -> [Orders] {
    var list: [Orders] = []
    for (p, q) in [(1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (-1, -1), (1, -1), (-1, 1)] {
      var changed = orders
      changed.p += p
      changed.q += q
      list.append(changed)
      changed = orders
      changed.seasonalP += p
      changed.seasonalQ += q
      list.append(changed)
    }
    if allowsConstant {
      var changed = orders
      changed.hasConstant.toggle()
      list.append(changed)
    }
    return list
  }

  /// The criterion of a model, computed once; nil where it is not among those allowed or was refused.
  private mutating func criterion(_ orders: Orders) -> Double? {
    let greatest = AutomaticARIMA.greatestDegrees
    guard (0...greatest.regular).contains(orders.p), (0...greatest.regular).contains(orders.q),
      (0...greatest.seasonal).contains(orders.seasonalP), (0...greatest.seasonal).contains(orders.seasonalQ),
      orders.total <= maximumOrder
    else { return nil }
    if let index = tried[orders] { return candidates[index].criterion }
    let constant: ARIMA.Constant =
      !orders.hasConstant ? .none : differences + seasonalDifferences == 0 ? .mean : .drift
    let seasonal = ARIMA.Order(orders.seasonalP, seasonalDifferences, orders.seasonalQ)
    let model = ARIMA(
      order: .init(orders.p, differences, orders.q), seasonal: seasonal,
      season: seasonal == .none ? nil : season, constant: constant, terms: terms)
    tried[orders] = candidates.count
    candidates.append(Self.candidate(model, sample))
    return candidates.last?.criterion
  }

  /// The criterion of a model at the maximum of its likelihood, without what only a forecast needs.
  private static func candidate(_ model: ARIMA, _ sample: Sample) -> AutomaticARIMA.Candidate {
    func refused(_ reason: String) -> AutomaticARIMA.Candidate {
      AutomaticARIMA.Candidate(model: model, criterion: nil, refusal: reason)
    }
    let design: ARIMADesign
    do { design = try ARIMADesign(model, sample) } catch { return refused("cannot be fitted: \(error)") }
    let likelihood = ARMALikelihood(
      orders: design.orders, response: design.response, gaps: design.differencedGaps,
      regressors: design.differencedColumns, leastSumOfSquares: design.leastSumOfSquares)
    guard
      let maximum = ARIMASearch(likelihood: likelihood).maximum(
        response: design.withoutRegression, descents: 2)
    else { return refused("has a likelihood that cannot be computed") }
    let (phi, theta) = design.orders.expanded(maximum.coefficients)
    guard ARMAPolynomials.hasRoots(of: phi, beyond: AutomaticARIMA.leastRoot) else {
      return refused("is nearly not stationary")
    }
    guard ARMAPolynomials.hasRoots(of: theta.map { -$0 }, beyond: AutomaticARIMA.leastRoot) else {
      return refused("is nearly not invertible")
    }
    let criterion = Likelihood(
      likelihood.logLikelihood(maximum.value), convention: design.difference.count > 1 ? .differenced : .full,
      observations: design.observations, parameters: design.coefficientCount + 1
    ).correctedAkaike
    guard criterion.isFinite else { return refused("has too many parameters for the series") }
    return AutomaticARIMA.Candidate(model: model, criterion: criterion, refusal: nil)
  }
}
