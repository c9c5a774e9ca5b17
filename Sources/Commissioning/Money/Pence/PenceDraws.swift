/// An uncertain amount of money, held to the penny in every simulated future; one amount where it is known.
///
/// ``Draws`` are for arithmetic, of rates, numbers and prices; what is spent, received or carried forward is an amount
/// of whole pence, and once rounded it is never rounded again. Element `p` belongs to the simulated future `p`, as in
/// ``Draws``.
public struct PenceDraws: Hashable, Sendable {
  /// How the amounts are held.
  enum Storage: Hashable, Sendable {
    case known(Int64)
    case sampled([Int64])
  }

  let storage: Storage

  init(storage: Storage) { self.storage = storage }

  /// An amount that is the same in every simulated future.
  public init(_ amount: Pence) { storage = .known(amount.count) }

  /// An amount for each simulated future, in pence, in the order of the futures.
  ///
  /// - Throws: ``CommissioningError/invalid(service:reason:)`` where there are none.
  public init(pence: [Int64]) throws(CommissioningError) {
    guard !pence.isEmpty else { throw .money("an amount needs a value in at least one simulated future") }
    storage = .sampled(pence)
  }

  /// Nothing, in every future.
  public static let zero = PenceDraws(.zero)

  /// Pounds rounded to the penny in every simulated future, a half penny to the even one, as ``Pence/init(pounds:)``
  /// rounds.
  ///
  /// - Throws: ``CommissioningError/invalid(service:reason:)`` that names the amount, the future and the value that
  ///   cannot be held.
  public init(
    pounds: Draws, _ what: @autoclosure () -> String = "an amount", service: String = "money"
  ) throws(CommissioningError) {
    switch pounds.storage {
    case .known(let value):
      guard let count = Pence.count(ofPounds: value) else {
        throw Self.unusable(value, what(), path: nil, service)
      }
      storage = .known(count)
    case .sampled(let values):
      guard !values.isEmpty else {
        throw .invalid(service: service, reason: "\(what()) has a value in no simulated future")
      }
      var failure: Int?
      let counts = [Int64](unsafeUninitializedCapacity: values.count) { buffer, count in
        for path in values.indices {
          guard let pence = Pence.count(ofPounds: values[path]) else {
            failure = path
            break
          }
          buffer.initializeElement(at: path, to: pence)
          count = path + 1
        }
      }
      if let failure { throw Self.unusable(values[failure], what(), path: failure, service) }
      storage = .sampled(counts)
    }
  }

  private static func unusable(
    _ value: Double, _ what: String, path: Int?, _ service: String
  ) -> CommissioningError {
    let place = path.map { " in simulated future \($0 + 1)" } ?? ""
    return .invalid(
      service: service,
      reason: "\(what) is \(value) pounds\(place), which cannot be held to the penny; a finite amount below "
        + "£90,071,992,547,409 is needed")
  }

  /// The amounts in pounds; each is the nearest floating-point number, and rounds back to its pence.
  public var pounds: Draws {
    switch storage {
    case .known(let count): Draws(Double(count) / 100)
    case .sampled(let counts): Draws(counts.map { Double($0) / 100 })
    }
  }

  /// The amount, where it is known.
  public var known: Pence? {
    if case .known(let count) = storage { Pence(count) } else { nil }
  }

  /// The number of simulated futures; nil where the amount is known and the same in any number of them.
  public var futures: Int? {
    if case .sampled(let counts) = storage { counts.count } else { nil }
  }

  /// The amount in one simulated future, counted from 0; nil for a future that was not simulated.
  public subscript(path: Int) -> Pence? {
    switch storage {
    case .known(let count): Pence(count)
    case .sampled(let counts): counts.indices.contains(path) ? Pence(counts[path]) : nil
    }
  }

  /// Whether the amount is nothing in every future.
  public var isZero: Bool {
    switch storage {
    case .known(let count): count == 0
    case .sampled(let counts): counts.allSatisfy { $0 == 0 }
    }
  }

  /// The sum of the pence over the futures, and of how many futures: the mean as an exact fraction.
  var exactMean: (sum: Int128, futures: Int128) {
    switch storage {
    case .known(let count): (Int128(count), 1)
    case .sampled(let counts): (counts.reduce(into: Int128(0)) { $0 += Int128($1) }, Int128(counts.count))
    }
  }

  /// The mean over the futures to the nearest penny, a half penny to the higher one.
  ///
  /// Halves go up and not to the even penny because then adding whole pence moves the rounded mean by just these
  /// pence, on which ``AccountYear/summary()`` rests.
  public var mean: Pence {
    let (sum, futures) = exactMean
    let rounded = (2 * sum + futures).flooredQuotientAndRemainder(dividingBy: 2 * futures).quotient
    return Pence(Int64(truncatingIfNeeded: rounded))
  }
}

// MARK: Arithmetic inside a future

extension PenceDraws {
  /// The number of futures that all of some amounts have; nil where all are known.
  ///
  /// - Throws: ``CommissioningError/invalid(service:reason:)`` where two belong to runs of different length.
  static func futures(
    of amounts: [PenceDraws], service: String
  ) throws(CommissioningError) -> Int? {
    var shared: Int?
    for amount in amounts {
      guard let futures = amount.futures else { continue }
      if let shared, shared != futures {
        throw .invalid(
          service: service,
          reason: "amounts of \(shared) and of \(futures) simulated futures cannot be added; they belong to "
            + "different runs")
      }
      shared = futures
    }
    return shared
  }

  /// The sum of some amounts, and the others taken off, in every simulated future.
  ///
  /// - Throws: ``CommissioningError/invalid(service:reason:)`` when a sum cannot be held, or the amounts belong to runs
  ///   of different length.
  public static func sum(
    _ added: [PenceDraws], less taken: [PenceDraws] = [], service: String = "money"
  ) throws(CommissioningError) -> PenceDraws {
    let all = added + taken
    guard let futures = try futures(of: all, service: service) else {
      var sum: Int64 = 0
      for (place, amount) in all.enumerated() {
        let count = amount.known?.count ?? 0
        let (next, overflow) =
          place < added.count ? sum.addingReportingOverflow(count) : sum.subtractingReportingOverflow(count)
        guard !overflow else { throw .tooMuchMoney("the lines") }
        sum = next
      }
      return PenceDraws(Pence(sum))
    }
    var sums = [Int64](repeating: 0, count: futures)
    var hasOverflow = false
    sums.withUnsafeMutableBufferPointer { sums in
      for (place, amount) in all.enumerated() {
        let isAdded = place < added.count
        switch amount.storage {
        case .known(let count):
          for path in sums.indices {
            let (next, overflow) =
              isAdded
              ? sums[path].addingReportingOverflow(count) : sums[path].subtractingReportingOverflow(count)
            sums[path] = next
            hasOverflow = hasOverflow || overflow
          }
        case .sampled(let counts):
          for path in sums.indices {
            let (next, overflow) =
              isAdded
              ? sums[path].addingReportingOverflow(counts[path])
              : sums[path].subtractingReportingOverflow(counts[path])
            sums[path] = next
            hasOverflow = hasOverflow || overflow
          }
        }
      }
    }
    guard !hasOverflow else { throw .tooMuchMoney("the lines") }
    return PenceDraws(storage: .sampled(sums))
  }

  /// The deficit that a balance is, in every future: its size where it is negative, and nothing elsewhere.
  ///
  /// - Throws: ``CommissioningError/invalid(service:reason:)`` for the one balance whose size cannot be held.
  public func deficit() throws(CommissioningError) -> PenceDraws {
    func deficit(_ count: Int64) -> Int64 { count >= 0 ? 0 : count == Int64.min ? -1 : -count }
    switch storage {
    case .known(let count):
      guard count != Int64.min else { throw .tooMuchMoney("a deficit") }
      return PenceDraws(Pence(deficit(count)))
    case .sampled(let counts):
      guard !counts.contains(Int64.min) else { throw .tooMuchMoney("a deficit") }
      return PenceDraws(storage: .sampled(counts.map(deficit)))
    }
  }
}
