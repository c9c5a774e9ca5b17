/// One column of a ``RegressionDesign``: a rule that gives a value for every period.
public struct RegressionColumn: Hashable, Sendable {
  /// What the column is called in reports and errors.
  public let name: String
  /// The term that it comes from.
  public let term: RegressionTerm
  /// How its values come about.
  let rule: Rule

  /// How a value comes from a position, counted in periods from the first observation.
  enum Rule: Hashable, Sendable {
    case constant
    /// 1 at the first observation, then 2, 3 …
    case time
    case polynomial(degree: Int)
    /// 1 in a season of the cycle; −1 in the reference season where effects sum to zero, else 0 there.
    case season(Int, length: Int, reference: Int, sumsToZero: Bool)
    case cosine(frequency: Int, length: Int)
    case sine(frequency: Int, length: Int)
    /// The place among the regressors of the sample.
    case regressor(Int)
    case intervention(Intervention.Shape, from: Int, until: Int?)
    case knot(Int)
  }
}

extension RegressionColumn {
  /// The columns of a Fourier term: at half the length of an even season the sine is zero everywhere and left
  /// out.
  static func fourier(_ term: RegressionTerm, harmonics: Int, length: Int) -> [RegressionColumn] {
    (1...harmonics).flatMap { k in
      let cosine = RegressionColumn(
        name: "cosine \(k)", term: term, rule: .cosine(frequency: k, length: length))
      let sine = RegressionColumn(name: "sine \(k)", term: term, rule: .sine(frequency: k, length: length))
      return 2 * k == length ? [cosine] : [cosine, sine]
    }
  }
}
