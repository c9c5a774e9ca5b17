/// A minimum of a function of one variable between two bounds, by golden sections with parabolic steps where they
/// help: R. P. Brent, *Algorithms for Minimization without Derivatives* (1973), chapter 5.
///
/// A local minimum if there are several. The ends themselves are not tried, but approached to within the
/// tolerance. NaN counts as +∞.
///
/// - Parameters:
///   - lower: The lower end, finite.
///   - upper: The upper end, finite and not below `lower`.
///   - tolerance: The error allowed in the point, relative to one plus the size of the point; below the square root of the rounding unit
///     (1.5 × 10⁻⁸) nothing is gained, as the function is level there to the last digit.
///   - maximumEvaluations: The most times that `objective` may be called.
///   - objective: The function.
/// - Throws: ``StatisticsError/invalidSearch(method:problem:accepted:)`` for unusable bounds or settings.
public func minimiseUnivariate(
  lower: Double, upper: Double, tolerance: Double = 1e-8, maximumEvaluations: Int = 500,
  _ objective: (Double) -> Double
) throws(StatisticsError) -> Minimum<Double> {
  func refuse(_ problem: String, _ accepted: String) -> StatisticsError {
    .invalidSearch(method: "Brent's search", problem: problem, accepted: accepted)
  }
  guard lower <= upper, (upper - lower).isFinite else {
    throw refuse("the bounds are \(lower) and \(upper)", "give finite bounds, the lower first")
  }
  guard tolerance > 0, tolerance.isFinite else {
    throw refuse("the tolerance is \(tolerance)", "give a finite number above 0")
  }
  guard maximumEvaluations > 0 else {
    throw refuse("\(maximumEvaluations) evaluations are allowed", "allow at least one")
  }

  let golden = 0.381966011250105151795413165634
  var (a, b) = (lower, upper)
  // x is the best point so far, w the second best and v the one before that.
  var x = a + golden * (b - a)
  var (v, w) = (x, x)
  var fx = ordered(objective(x))
  var (fv, fw) = (fx, fx)
  var step = 0.0
  var stepBeforeLast = 0.0
  var evaluations = 1

  while true {
    let middle = a + 0.5 * (b - a)
    let least = tolerance * (1 + abs(x)) / 3
    if abs(x - middle) <= 2 * least - 0.5 * (b - a) {
      return Minimum(point: x, value: fx, evaluations: evaluations, converged: fx.isFinite)
    }
    guard evaluations < maximumEvaluations else {
      return Minimum(point: x, value: fx, evaluations: evaluations, converged: false)
    }

    var isParabolic = false
    if abs(stepBeforeLast) > least, fv.isFinite, fw.isFinite, fx.isFinite {
      // The minimum of the parabola through v, w and x is at x + p/q.
      let r = (x - w) * (fx - fv)
      var q = (x - v) * (fx - fw)
      var p = (x - v) * q - (x - w) * r
      q = 2 * (q - r)
      if q > 0 { p = -p } else { q = -q }
      if abs(p) < abs(0.5 * q * stepBeforeLast), p > q * (a - x), p < q * (b - x) {
        stepBeforeLast = step
        step = p / q
        let u = x + step
        if u - a < 2 * least || b - u < 2 * least { step = x < middle ? least : -least }
        isParabolic = true
      }
    }
    if !isParabolic {
      stepBeforeLast = x < middle ? b - x : a - x
      step = golden * stepBeforeLast
    }

    let u = abs(step) >= least ? x + step : x + (step > 0 ? least : -least)
    let fu = ordered(objective(u))
    evaluations += 1
    if fu <= fx {
      if u < x { b = x } else { a = x }
      (v, fv, w, fw, x, fx) = (w, fw, x, fx, u, fu)
    } else {
      if u < x { a = u } else { b = u }
      if fu <= fw || w == x {
        (v, fv, w, fw) = (w, fw, u, fu)
      } else if fu <= fv || v == x || v == w {
        (v, fv) = (u, fu)
      }
    }
  }
}
