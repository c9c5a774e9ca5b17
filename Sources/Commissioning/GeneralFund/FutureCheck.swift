import TimeSeries

/// Holds the uncertain inputs of one calculation to one number of simulated futures, and each to the values that it
/// may have, before anything is computed from them.
struct FutureCheck {
  /// What the values of an input may be.
  enum Domain {
    /// Pounds, children, places: not negative.
    case amount
    /// A part of a whole, a probability, or a rate of interest: 0 to 1.
    case share
    /// Growth a year as a share: above -1.
    case growth
    /// Any finite number.
    case number
    /// What is divided by: above zero.
    case divisor

    var wanted: String {
      switch self {
      case .amount: "a number that is not negative"
      case .share: "a share, 0 to 1 (write 0.045 for 4.5 per cent),"
      case .growth: "growth a year above -1 (write 0.03 for 3 per cent)"
      case .number: "a finite number"
      case .divisor: "a number above zero"
      }
    }

    func holds(_ value: Double) -> Bool {
      guard value.isFinite else { return false }
      switch self {
      case .amount: return value >= 0
      case .share: return value >= 0 && value <= 1
      case .growth: return value > -1
      case .number: return true
      case .divisor: return value > 0
      }
    }
  }

  /// The name under which refusals are made.
  let service: String
  /// The number of futures that the sampled inputs so far have; nil while all of them are known.
  private(set) var futures: Int?

  init(_ service: String, futures: Int? = nil) {
    self.service = service
    self.futures = futures
  }

  /// Takes an input, or refuses it with the future and the value at fault.
  mutating func take(_ draws: Draws, _ what: String, _ domain: Domain) throws(CommissioningError) {
    switch draws.storage {
    case .known(let value):
      guard domain.holds(value) else { throw refusal("\(what) is \(plainText(value))", domain) }
    case .sampled(let values):
      guard !values.isEmpty else {
        throw .invalid(service: service, reason: "\(what) has no simulated futures; give at least one value")
      }
      if let futures, futures != values.count {
        throw .invalid(
          service: service,
          reason: "\(what) has \(values.count) simulated futures and other inputs have \(futures); "
            + "take all of them from one run")
      }
      futures = values.count
      if let path = values.firstIndex(where: { !domain.holds($0) }) {
        throw refusal("\(what) is \(plainText(values[path])) in simulated future \(path)", domain)
      }
    }
  }

  /// Takes an input of a year, which must be given.
  mutating func take(
    _ byYear: [FinancialYear: Draws], _ year: FinancialYear, _ what: String, _ domain: Domain
  ) throws(CommissioningError) -> Draws {
    guard let draws = byYear[year] else {
      throw .missing(service: service, what: what, period: "\(year)")
    }
    try take(draws, "\(what) in \(year)", domain)
    return draws
  }

  /// Refuses names that are empty or used twice.
  func requireUnique(_ ids: [String], _ what: String) throws(CommissioningError) {
    var seen: Set<String> = []
    for id in ids {
      guard !id.isEmpty else {
        throw .invalid(service: service, reason: "\(what) has no name; give it one")
      }
      guard seen.insert(id).inserted else {
        throw .invalid(service: service, reason: "\(what) \"\(id)\" is given twice; keep one of them")
      }
    }
  }

  /// Refuses names of one list that another does not have.
  func requireKnown(
    _ given: some Sequence<String>, among known: [String], _ what: String, _ advice: String
  ) throws(CommissioningError) {
    let names = Set(known)
    guard let stranger = given.filter({ !names.contains($0) }).min() else { return }
    throw .invalid(
      service: service,
      reason:
        "\(what) \"\(stranger)\" is not among \(known.map { "\"\($0)\"" }.joined(separator: ", ")); \(advice)"
    )
  }

  private func refusal(_ fault: String, _ domain: Domain) -> CommissioningError {
    .invalid(service: service, reason: "\(fault), and \(domain.wanted) is needed")
  }
}

extension DatedRule {
  /// The rule that was known on a date and is in force on a day; nil where there is none.
  static func inForce(_ rules: [DatedRule], on day: CivilDate, asOf date: CivilDate) -> DatedRule? {
    latest(rules.filter { $0.known <= date }, effectiveBy: day)
  }
}
