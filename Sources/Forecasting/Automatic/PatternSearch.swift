/// A search for the least value of a function inside a box, by steps along the axes that are halved when none of them
/// leads down (Hooke and Jeeves, 1961, without their pattern moves).
///
/// It needs no derivative, allocates nothing and always takes the same path, and a smooth function of two or three
/// smoothing parameters asks for no more than a rough minimum: a forecast changes little along a flat valley.
struct PatternSearch {
  /// The least values of the coordinates.
  var lower: SIMD4<Double>
  /// The greatest values of the coordinates.
  var upper: SIMD4<Double>
  /// The first steps.
  var step: SIMD4<Double>
  /// How many coordinates there are.
  var dimensions: Int
  /// How often the steps are halved.
  var halvings: Int

  /// The point of the least value found from a start, and that value.
  func minimise(
    from start: SIMD4<Double>, _ function: (SIMD4<Double>) -> Double
  ) -> (point: SIMD4<Double>, value: Double) {
    var best = start
    var least = function(start)
    var step = step
    for _ in 0...halvings {
      var moves = 0
      var improved = true
      while improved, moves < 12 {
        improved = false
        moves += 1
        for axis in 0..<dimensions {
          for sign in [1.0, -1.0] {
            var point = best
            point[axis] = min(max(point[axis] + sign * step[axis], lower[axis]), upper[axis])
            guard point[axis] != best[axis] else { continue }
            let value = function(point)
            if value < least {
              (best, least) = (point, value)
              improved = true
              break
            }
          }
        }
      }
      step *= 0.5
    }
    return (best, least)
  }
}
