/// B-splines on equally spaced knots (de Boor, 1978): every position has `degree + 1` of them that are not zero, and the
/// basis goes on beyond the observations for as far as anyone asks.
struct SplineBasis: Hashable, Sendable {
  let degree: Int
  /// The number of equal intervals between the first observation and the last.
  let intervals: Int
  /// The periods between the first observation and the last.
  let span: Int

  static let highestDegree = 5

  /// The number of splines that reach into the observations.
  var count: Int { intervals + degree }

  /// The distance of two knots, in periods.
  var spacing: Double { Double(span) / Double(intervals) }

  /// The splines that are not zero at a position: the index of the first, and the values of `degree + 1` of them, which
  /// sum to one.
  ///
  /// The last observation belongs to the last interval between the observations, and later positions to those after it.
  func values(at position: Int, into values: UnsafeMutableBufferPointer<Double>) -> Int {
    let place = Double(position) * Double(intervals) / Double(span)
    var interval = Int(place.rounded(.down))
    if position <= span { interval = min(interval, intervals - 1) }
    // The recursion of de Boor and Cox; on equal knots its denominators are the degrees.
    let x = place - Double(interval)
    values[0] = 1
    for degree in stride(from: 1, through: degree, by: 1) {
      let whole = Double(degree)
      values[degree] = values[degree - 1] * x / whole
      for index in stride(from: degree - 1, to: 0, by: -1) {
        values[index] =
          (values[index - 1] * (x + whole - Double(index)) + values[index] * (Double(index) + 1 - x)) / whole
      }
      values[0] *= (1 - x) / whole
    }
    return interval
  }
}
