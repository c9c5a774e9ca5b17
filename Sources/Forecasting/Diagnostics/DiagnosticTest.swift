/// A test of one property that the errors of a good model have, with what its outcome means.
public struct DiagnosticTest: Hashable, Sendable {
  /// The name of the test, such as `Ljung-Box`.
  public let name: String
  /// The statistic.
  public let statistic: Double
  /// The degrees of freedom of the statistic under the hypothesis: one for a chi-squared, two for an F, none
  /// for a statistic with a distribution of its own.
  public let degreesOfFreedom: [Int]
  /// The probability of a statistic at least as extreme, were the property to hold.
  public let pValue: Double
  /// What that means for the forecast, a sentence without its full stop.
  public let meaning: String

  /// Below this probability of its own outcome a test counts as failed.
  public static let level = 0.05

  /// Whether the errors lack the property at the ``level``.
  public var isFailed: Bool { pValue < Self.level }

  /// A test with the sentence that suits its outcome.
  init(
    _ name: String, statistic: Double, degreesOfFreedom: [Int] = [], pValue: Double, failed: String,
    passed: String
  ) {
    self.name = name
    self.statistic = statistic
    self.degreesOfFreedom = degreesOfFreedom
    self.pValue = pValue
    meaning = pValue < Self.level ? failed : passed
  }
}

/// The outcome of a test, or why there is none.
public enum DiagnosticOutcome: Hashable, Sendable {
  /// The test was made.
  case tested(DiagnosticTest)
  /// The errors are too few, or too much alike, for the named test; the reason is a sentence without its full
  /// stop.
  case absent(name: String, reason: String)

  /// The test, where it was made.
  public var test: DiagnosticTest? {
    if case .tested(let test) = self { test } else { nil }
  }

  /// Why there is no test.
  public var reason: String? {
    if case .absent(_, let reason) = self { reason } else { nil }
  }

  /// The name of the test, made or not.
  public var name: String {
    switch self {
    case .tested(let test): test.name
    case .absent(let name, _): name
    }
  }
}
