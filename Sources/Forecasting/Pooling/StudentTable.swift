import RealModule
import Statistics

/// The distribution function of Student's t read from a table: a pool asks for it a hundred thousand times.
///
/// Between nodes a fiftieth apart the function is a straight line, which is within 0.00002 of it everywhere.
struct StudentTable: Sendable {
  /// The degrees of freedom.
  let degreesOfFreedom: Double
  private let values: [Double]
  private static let reach = 40.0
  private static let step = 0.02

  /// The tables of 1 to 30 degrees of freedom.
  private static let whole: [StudentTable] = (1...30).compactMap { StudentTable(Double($0)) }
  /// Degrees of freedom that the errors of a pool may have, heaviest tails first, with what tells them apart.
  static let candidates: [(table: StudentTable, ninetieth: Double, ratio: Double)] =
    [2.5, 3, 4, 5, 7, 10, 20, 30].compactMap { degrees in
      guard let table = StudentTable(degrees),
        let student = try? StudentT(degreesOfFreedom: degrees, location: 0, scale: 1),
        let ninetieth = try? student.quantile(0.9), let upper = try? student.quantile(0.975)
      else { return nil }
      return (table, ninetieth, upper / ninetieth)
    }

  /// The table for a whole number of degrees of freedom; 30 stand for all that are more.
  static func table(_ degrees: Int) -> StudentTable { whole[min(max(degrees, 1), whole.count) - 1] }

  private init?(_ degrees: Double) {
    guard let student = try? StudentT(degreesOfFreedom: degrees, location: 0, scale: 1),
      let end = try? student.cumulative(Self.reach)
    else { return nil }
    let count = Int((Self.reach / Self.step).rounded())
    func density(_ t: Double) -> Double {
      Double.exp(-(degrees + 1) / 2 * Double.log(onePlus: t * t / degrees))
    }
    // Simpson's rule between the nodes; the library's function fixes the whole.
    var sums = [Double](repeating: 0, count: count + 1)
    var left = density(0)
    for node in 0..<count {
      let t = Double(node) * Self.step
      let right = density(t + Self.step)
      sums[node + 1] = sums[node] + (left + 4 * density(t + Self.step / 2) + right) * Self.step / 6
      left = right
    }
    let factor = (end - 0.5) / sums[count]
    degreesOfFreedom = degrees
    values = sums.map { 0.5 + $0 * factor }
  }

  /// The probability of a standard variate no greater than `t`.
  func cumulative(_ t: Double) -> Double {
    let upper = complementOfNegative(abs(t))
    return t < 0 ? 1 - upper : upper
  }

  /// The distribution function at a `t` that is not negative.
  private func complementOfNegative(_ t: Double) -> Double {
    let place = t / Self.step
    guard place < Double(values.count - 1) else {
      // The tail falls with the power of the degrees of freedom.
      return 1 - (1 - values[values.count - 1]) * Double.pow(Self.reach / t, degreesOfFreedom)
    }
    let node = Int(place)
    return values[node] + (place - Double(node)) * (values[node + 1] - values[node])
  }
}
