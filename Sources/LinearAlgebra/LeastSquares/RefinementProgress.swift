/// Decides when iterative refinement of one right-hand side has done its work, or cannot.
///
/// It is done when a correction no longer reaches digits that a double could show, with a wide margin, or
/// when corrections stop shrinking because they have met the rounding of double-double. It has failed when
/// they stop shrinking before.
struct RefinementProgress: Sendable {
  /// Corrections shrink by at least 4 a step or refinement has failed, so this is never reached in practice.
  static let limit = 60

  private var unknowns = Track()
  private var residuals = Track()

  var isFinished: Bool { unknowns.isFinished && residuals.isFinished }
  var hasFailed: Bool { unknowns.hasFailed || residuals.hasFailed }

  mutating func record(
    unknowns values: ArraySlice<Double>, corrections: ArraySlice<Double>, residuals rest: ArraySlice<Double>,
    residualCorrections: ArraySlice<Double>, response: ArraySlice<Double>?
  ) {
    let size = Self.largest(values)
    // Each unknown counts by itself: a small coefficient deserves its digits as much as a large one.
    let everyDigit = zip(values, corrections).allSatisfy { $1.magnitude <= 0x1p-70 * $0.magnitude }
    unknowns.record(change: Self.largest(corrections), scale: size, isPrecise: everyDigit)
    let (change, restSize) = (Self.largest(residualCorrections), Self.largest(rest))
    // The columns have norms near one, so X x is about as large as x.
    let scale = max(size, response.map(Self.largest) ?? 0)
    residuals.record(change: change, scale: scale, isPrecise: change <= 0x1p-60 * restSize)
  }

  private static func largest(_ values: ArraySlice<Double>) -> Double {
    values.reduce(0) { $1.isNaN ? .infinity : max($0, $1.magnitude) }
  }

  /// The corrections of the unknowns, or of the residuals, from step to step.
  private struct Track: Sendable {
    var isFinished = false
    var hasFailed = false
    private var last = Double.infinity

    mutating func record(change: Double, scale: Double, isPrecise: Bool) {
      guard change.isFinite, scale.isFinite else {
        hasFailed = true
        return
      }
      let shrinks = change <= last / 4
      let isSmall = change <= 0x1p-53 * scale
      isFinished = isPrecise || change <= 0x1p-100 * scale || (isSmall && !shrinks)
      hasFailed = !isFinished && !shrinks
      last = change
    }
  }
}
