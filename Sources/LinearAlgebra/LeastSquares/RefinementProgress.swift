/// Decides when iterative refinement of one right-hand side has done its work, or cannot.
///
/// It is done when the next correction could no longer reach digits that a double shows, with a wide margin,
/// or when corrections stop shrinking because they have met the rounding of double-double. It has failed when
/// they stop shrinking before. The next correction is foreseen from the shrinkage seen so far, but never taken
/// to be smaller than the condition number allows.
struct RefinementProgress: Sendable {
  /// Corrections shrink by at least 4 a step or refinement has failed, so this is never reached in practice.
  static let limit = 60

  /// The least factor by which corrections are trusted to shrink from step to step.
  private let slowestTrusted: Double
  private var unknowns = Track()
  private var residuals = Track()

  /// - Parameter condition: an estimate of the condition number of the factorised design.
  init(condition: Double) {
    slowestTrusted = min(1, condition * 0x1p-50)
  }

  var isFinished: Bool { unknowns.isFinished && residuals.isFinished }
  var hasFailed: Bool { unknowns.hasFailed || residuals.hasFailed }

  mutating func record(
    unknowns values: ArraySlice<Double>, corrections: ArraySlice<Double>, residuals rest: ArraySlice<Double>,
    residualCorrections: ArraySlice<Double>, response: ArraySlice<Double>?
  ) {
    let (size, change) = (Self.largest(values), Self.largest(corrections))
    let rate = unknowns.rate(of: change, atLeast: slowestTrusted)
    // Each unknown counts by itself: a small coefficient deserves its digits as much as a large one.
    let everyDigit = zip(values, corrections).allSatisfy {
      $1.magnitude * rate <= 0x1p-70 * $0.magnitude
    }
    unknowns.record(change: change, next: change * rate, scale: size, isPrecise: everyDigit)

    let (restSize, restChange) = (Self.largest(rest), Self.largest(residualCorrections))
    let restNext = restChange * residuals.rate(of: restChange, atLeast: slowestTrusted)
    // The columns have norms near one, so X x is about as large as x.
    let scale = max(size, response.map(Self.largest) ?? 0)
    residuals.record(
      change: restChange, next: restNext, scale: scale, isPrecise: restNext <= 0x1p-60 * restSize)
  }

  private static func largest(_ values: ArraySlice<Double>) -> Double {
    values.reduce(0) { $1.isNaN ? .infinity : max($0, $1.magnitude) }
  }

  /// The corrections of the unknowns, or of the residuals, from step to step.
  private struct Track: Sendable {
    var isFinished = false
    var hasFailed = false
    private var last = Double.infinity

    /// By which factor the correction after `change` may be expected to be smaller; one after the first.
    func rate(of change: Double, atLeast slowest: Double) -> Double {
      last.isFinite && last > 0 ? min(1, max(slowest, change / last)) : 1
    }

    mutating func record(change: Double, next: Double, scale: Double, isPrecise: Bool) {
      guard change.isFinite, scale.isFinite else {
        hasFailed = true
        return
      }
      let shrinks = change <= last / 4
      let isSmall = change <= 0x1p-53 * scale
      isFinished = isPrecise || next <= 0x1p-100 * scale || (isSmall && !shrinks)
      // Where the exact residuals are zero the first solution has nothing but rounding in them, a few units in the
      // last place of the response, and the first correction is as large as what it removes: that is no failure.
      hasFailed = !isFinished && !shrinks && change > 0x1p-44 * scale
      last = change
    }
  }
}
