/// The sums of squares of a Theta model over its parameters, for one series.
///
/// Given alpha the errors are linear in the starting level and in the share of the line, omega = 1 - 1/theta. Both are
/// solved for, and only alpha is searched, on which the published methods search in three dimensions.
///
/// The first value is taken out of the series and of the height of the line, which only renames the starting level, so
/// that sums of squares do not cancel. A fixed line needs no height: it cannot be told from the starting level.
///
/// In the dynamic models the first three errors are not counted, because a line through fewer than three points is not
/// yet one (the authors leave out two; statsforecast, with which the sum of squares is compared, three). What is solved
/// for is then the level before the first error that counts.
struct ThetaProblem: Sendable {
  /// The values less the first.
  let values: [Double]
  /// What was taken out.
  let origin: Double
  let isDynamic: Bool
  /// The number of errors at the start that are not counted.
  let uncounted: Int
  /// Height and slope of the line by which each value is forecast.
  private let heights: [Double]
  private let slopes: [Double]
  /// Mean of the values, and slope of the line, at the end.
  let finalMean: Double
  let finalSlope: Double

  /// The number of observations before a moving line is one.
  static let start = 3

  /// The number of errors that are counted.
  var counted: Int { values.count - uncounted }

  init(_ series: [Double], isDynamic: Bool) {
    let origin = series.first ?? 0
    let values = series.map { $0 - origin }
    self.values = values
    self.origin = origin
    self.isDynamic = isDynamic
    uncounted = isDynamic ? Self.start : 0
    let count = Double(values.count)
    var heights = [Double](repeating: 0, count: values.count)
    var slopes = heights
    var mean = 0.0
    var slope = 0.0
    if isDynamic {
      for (index, value) in values.enumerated() {
        let before = Double(index)
        heights[index] = mean - slope * (before + 1) / 2
        slopes[index] = slope
        // Fiorucci and others (2016), equations 14 to 16.
        if index > 0 {
          slope = ((before - 1) * slope + 6 * (value - mean) / (before + 1)) / (before + 2)
        }
        mean += (value - mean) / (before + 1)
      }
    } else {
      let centre = (count - 1) / 2
      for (index, value) in values.enumerated() {
        mean += value / count
        slope += value * (Double(index) - centre)
      }
      slope /= count * (count * count - 1) / 12
      slopes = values.map { _ in slope }
    }
    self.heights = heights
    self.slopes = slopes
    finalMean = mean
    finalSlope = slope
  }

  /// Sums of squares and products over the errors that count: of `u`, what a unit of the level adds to a forecast; `w`,
  /// what the whole of the line adds; and `r`, what the data leave.
  struct Sums {
    /// The level after the last value where it starts from zero.
    var endLevel = 0.0
    var uu = 0.0
    var uw = 0.0
    var ww = 0.0
    var ur = 0.0
    var wr = 0.0
    var rr = 0.0

    /// The sum of squares of the line's part that the level cannot imitate.
    var line: Double { ww - uw * uw / uu }
    /// Whether there is a line to speak of.
    var hasLine: Bool { line > 1e-12 * ww && line > 0 }
    /// The share of the line that the data would choose without bounds.
    var freeShare: Double { (wr - uw * ur / uu) / line }
    /// The level that goes with a share.
    func level(_ share: Double) -> Double { (ur - share * uw) / uu }
    /// The least sum of squared errors for a share.
    func squares(_ share: Double) -> Double {
      max(0, rr - ur * ur / uu - share * (2 * (wr - uw * ur / uu) - share * line))
    }
  }

  /// One pass over the values for a given alpha.
  func sums(alpha: Double) -> Sums {
    var sums = Sums()
    let keep = 1 - alpha
    var level = 0.0
    var power = 1.0
    var unit = 1.0
    values.withUnsafeBufferPointer { values in
      heights.withUnsafeBufferPointer { heights in
        slopes.withUnsafeBufferPointer { slopes in
          for index in 0..<values.count {
            let r = values[index] - level
            if index >= uncounted {
              let w = power * heights[index] + (1 - power * keep) / alpha * slopes[index]
              sums.uu += unit * unit
              sums.uw += unit * w
              sums.ww += w * w
              sums.ur += unit * r
              sums.wr += w * r
              sums.rr += r * r
              unit *= keep
            }
            level += alpha * r
            power *= keep
          }
        }
      }
    }
    sums.endLevel = level
    return sums
  }

  /// The errors, all of them: those that are not counted are zero.
  func errors(alpha: Double, share: Double, level: Double) -> [Double] {
    let keep = 1 - alpha
    var data = 0.0
    var power = 1.0
    var start = level
    var errors = [Double](repeating: 0, count: values.count)
    for index in values.indices {
      let r = values[index] - data
      if index >= uncounted {
        let w = power * heights[index] + (1 - power * keep) / alpha * slopes[index]
        errors[index] = r - start - share * w
        start *= keep
      }
      data += alpha * r
      power *= keep
    }
    return errors
  }

  /// The variance of the slope of a fixed line in units of the error variance, under the model: each value holds its own
  /// error and alpha times every earlier one. A moving line is part of the model's state and known.
  func slopeFactor(alpha: Double) -> Double {
    if isDynamic { return 0 }
    let count = Double(values.count)
    let centre = (count - 1) / 2
    let squares = count * (count * count - 1) / 12
    var later = 0.0
    var factor = 0.0
    for index in values.indices.reversed() {
      let own = (Double(index) - centre) / squares
      let total = own + alpha * later
      factor += total * total
      later += own
    }
    return factor
  }
}
