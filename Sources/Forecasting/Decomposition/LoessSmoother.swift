import RealModule

/// Local regression on equally spaced values, as the seasonal-trend decomposition uses it: tricube weights over the
/// nearest `window` values, a constant or a line, fitted at every `jump`th place and joined by straight lines.
///
/// The arithmetic is that of Cleveland, Cleveland, McRae and Terpenning (1990, section 2 and their published program),
/// so that components agree to the last digits with other implementations of it.
struct LoessSmoother {
  /// The number of values in the window.
  let window: Int
  /// 0 fits a constant, 1 a line.
  let degree: Int
  /// The distance between the places where a regression is made.
  let jump: Int

  typealias Values = UnsafeMutablePointer<Double>

  /// Smooths `count` values into `smooth`; `weights` are robustness weights or nil, `kernel` has room for `count` values.
  func smooth(_ values: Values, count: Int, weights: Values?, into smooth: Values, kernel: Values) {
    guard count >= 2 else {
      smooth[0] = values[0]
      return
    }
    let jump = min(jump, count - 1)
    var left = 1
    var right = min(window, count)
    let half = (window + 1) / 2
    for place in stride(from: 1, through: count, by: jump) {
      if window < count {
        left = max(1, min(place - half + 1, count - window + 1))
        right = left + window - 1
      }
      smooth[place - 1] =
        fit(
          values, count: count, at: Double(place), from: left, to: right, weights: weights, kernel: kernel)
        ?? values[place - 1]
    }
    guard jump > 1 else { return }
    var last = 1
    while last + jump <= count {
      join(last, last + jump, in: smooth)
      last += jump
    }
    guard last != count else { return }
    // The window at the last place is that of the last regular one, as in the published program.
    smooth[count - 1] =
      fit(
        values, count: count, at: Double(count), from: left, to: right, weights: weights, kernel: kernel)
      ?? values[count - 1]
    join(last, count, in: smooth)
  }

  /// Fills the places between two with the straight line through them.
  private func join(_ first: Int, _ second: Int, in smooth: Values) {
    let slope = (smooth[second - 1] - smooth[first - 1]) / Double(second - first)
    for place in stride(from: first + 1, to: second, by: 1) {
      smooth[place - 1] = smooth[first - 1] + slope * Double(place - first)
    }
  }

  /// The regression at one place, which may lie beyond the values; nil where no value has any weight.
  ///
  /// Places are counted from 1.
  @inline(__always)
  func fit(
    _ values: Values, count: Int, at x: Double, from left: Int, to right: Int, weights: Values?,
    kernel: Values
  ) -> Double? {
    var reach = max(x - Double(left), Double(right) - x)
    if window > count { reach += Double((window - count) / 2) }
    let outer = 0.999 * reach
    let inner = 0.001 * reach
    var sum = 0.0
    for place in left...right {
      let distance = abs(Double(place) - x)
      var weight = 0.0
      if distance <= outer {
        if distance <= inner {
          weight = 1
        } else {
          let share = distance / reach
          let cube = 1 - share * share * share
          weight = cube * cube * cube
        }
        if let weights { weight *= weights[place - 1] }
        sum += weight
      }
      kernel[place - 1] = weight
    }
    guard sum > 0 else { return nil }
    for place in left...right { kernel[place - 1] /= sum }
    if reach > 0, degree > 0 {
      var mean = 0.0
      for place in left...right { mean += kernel[place - 1] * Double(place) }
      var spread = 0.0
      for place in left...right {
        let distance = Double(place) - mean
        spread += kernel[place - 1] * distance * distance
      }
      // Where the weights stand at one place no line can be fitted.
      if spread.squareRoot() > 0.001 * Double(count - 1) {
        let slope = (x - mean) / spread
        for place in left...right { kernel[place - 1] *= slope * (Double(place) - mean) + 1 }
      }
    }
    var fitted = 0.0
    for place in left...right { fitted += kernel[place - 1] * values[place - 1] }
    return fitted
  }
}
