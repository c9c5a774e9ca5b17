/// An amount of money in whole pence: what an account is held in, so that parts sum to totals exactly.
///
/// Pounds in binary floating point cannot hold a tenth of a penny nor a penny: 0.10 + 0.20 is not 0.30 there. Pence are
/// whole numbers, their sums are exact in any order, and a sum that a 64-bit integer cannot hold (some 92,000 million
/// million pounds) is an error and never wraps or traps.
public struct Pence: Hashable, Sendable {
  /// The number of pence; negative for what is owed or taken off.
  public let count: Int64

  /// So many pence.
  public init(_ count: Int64) { self.count = count }

  /// Nothing.
  public static let zero = Pence(0)

  /// The largest amount that pounds in floating point hold to the penny: 2^53 pence, some 90 million million pounds.
  static let largestOfPounds = 9_007_199_254_740_992.0

  /// An amount of pounds rounded to the nearest penny, a half penny to the even one.
  ///
  /// It is the floating-point number itself that is rounded, not its product with 100, which is a rounded number
  /// already: 1.115 is stored a little below 1.115, and is 111 pence, although 1.115 * 100 is computed as 111.5. For
  /// amounts written by people use ``init(text:)``, which never passes through floating point.
  ///
  /// - Throws: ``CommissioningError/invalid(service:reason:)`` for what is not a number, is infinite, or is beyond
  ///   2^53 pence, above which floating point has no pennies.
  public init(pounds: Double) throws(CommissioningError) {
    guard let count = Self.count(ofPounds: pounds) else {
      throw .money(
        "an amount of \(pounds) pounds cannot be held to the penny; give a finite number, of less than "
          + "£90,071,992,547,409")
    }
    self.count = count
  }

  /// The nearest penny to an amount of pounds, a half to the even one; nil where there is none.
  @inline(__always)
  static func count(ofPounds pounds: Double) -> Int64? {
    let product = pounds * 100
    guard abs(product) < largestOfPounds else { return nil }
    let rounded = product.rounded(.toNearestOrEven)
    let tie = abs(product - rounded)
    guard tie == 0.5 else { return Int64(rounded) }
    // The product looks like a half. What it was rounded by, exact by a fused multiplication, says on which side it is.
    let error = (-product).addingProduct(pounds, 100)
    guard error != 0 else { return Int64(rounded) }
    return Int64(error > 0 ? product.rounded(.up) : product.rounded(.down))
  }

  /// The amount in pounds, the nearest floating-point number.
  public var pounds: Double { Double(count) / 100 }
}

// MARK: Arithmetic

extension Pence {
  /// The sum of two amounts.
  ///
  /// - Throws: ``CommissioningError/invalid(service:reason:)`` when it is too large to be held.
  public func adding(_ other: Pence) throws(CommissioningError) -> Pence {
    let (sum, overflow) = count.addingReportingOverflow(other.count)
    guard !overflow else { throw .tooMuchMoney("\(self) and \(other)") }
    return Pence(sum)
  }

  /// The difference of two amounts.
  ///
  /// - Throws: ``CommissioningError/invalid(service:reason:)`` when it is too large to be held.
  public func subtracting(_ other: Pence) throws(CommissioningError) -> Pence {
    let (difference, overflow) = count.subtractingReportingOverflow(other.count)
    guard !overflow else { throw .tooMuchMoney("\(self) less \(other)") }
    return Pence(difference)
  }

  /// The amount so many times.
  ///
  /// - Throws: ``CommissioningError/invalid(service:reason:)`` when it is too large to be held.
  public func times(_ factor: Int64) throws(CommissioningError) -> Pence {
    let (product, overflow) = count.multipliedReportingOverflow(by: factor)
    guard !overflow else { throw .tooMuchMoney("\(self) times \(factor)") }
    return Pence(product)
  }

  /// The amount with its sign changed.
  ///
  /// - Throws: ``CommissioningError/invalid(service:reason:)`` for the one amount that has no opposite, `Int64.min`.
  public func negated() throws(CommissioningError) -> Pence { try Pence.zero.subtracting(self) }

  /// The sum of any number of amounts; nothing for none.
  ///
  /// Amounts are summed in 128 bits, so that the order of large amounts of opposite signs does not matter.
  ///
  /// - Throws: ``CommissioningError/invalid(service:reason:)`` when the sum is too large to be held.
  public static func sum(_ amounts: some Sequence<Pence>) throws(CommissioningError) -> Pence {
    var sum: Int128 = 0
    for amount in amounts { sum += Int128(amount.count) }
    guard let count = Int64(exactly: sum) else { throw .tooMuchMoney("the sum") }
    return Pence(count)
  }
}

extension Pence: Comparable {
  /// Whether the left amount is the lesser.
  public static func < (left: Pence, right: Pence) -> Bool { left.count < right.count }
}

extension CommissioningError {
  /// What is wrong with an amount of money that belongs to no service.
  static func money(_ reason: String) -> CommissioningError { .invalid(service: "money", reason: reason) }

  /// Arithmetic that a 64-bit number of pence cannot hold.
  static func tooMuchMoney(_ what: String) -> CommissioningError {
    .money(
      "\(what) come to more than £92,233,720,368,547,758.07, the most that is held in pence; "
        + "look for an amount in the wrong unit")
  }
}
