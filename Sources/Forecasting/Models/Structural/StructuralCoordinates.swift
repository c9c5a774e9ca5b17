import RealModule

/// The box that a structural model's parameters are searched in, and how its points become parameters.
///
/// Standard deviations, not variances, are the coordinates: the likelihood is flat to first order where one of them is
/// zero, so that a search that is led to zero arrives there. Two cases:
///
/// - The scale is concentrated out (all variances are estimated): the standard deviations, each in units of what is usual
///   for its part, lie on the unit sphere, and the coordinates are its angles in quarter turns. Every variance can be
///   zero, that of the irregular as well, though not all of them.
/// - Some variance is known: each standard deviation is a reference times the tangent of an angle of its own.
///
/// A density that is flat in an angle is half-Cauchy in the ratio of two standard deviations, which is the prior that
/// Gelman (2006) recommends for the variances of parts of which little is known.
struct StructuralCoordinates: Sendable {
  let layout: StructuralLayout
  /// Nil where the scale is concentrated out.
  let reference: Double?
  /// The places among ``StructuralLayout/parts`` of the variances that are not held at zero.
  var active: [Int]
  /// The longest period that a cycle may have.
  let longestCycle: Double

  init(layout: StructuralLayout, reference: Double?, longestCycle: Double) {
    self.layout = layout
    self.reference = reference
    self.longestCycle = longestCycle
    active = Array(layout.parts.indices)
  }

  /// The number of coordinates that belong to variances.
  var angles: Int { reference == nil ? max(0, active.count - 1) : active.count }
  /// The number of coordinates.
  var dimension: Int { angles + layout.shapes.count }
  /// The number of parameters of the system.
  var parameterCount: Int { layout.parts.count + layout.shapes.count }

  /// The standard deviation of a part that is usual beside an irregular of one: a slope changes a tenth as fast, and a
  /// season a third.
  private static func usual(_ part: StructuralLayout.Part) -> Double {
    switch part {
    case .irregular, .level, .cycle: 1
    case .slope: 0.1
    case .season: 0.3
    }
  }

  /// Nearer to an axis than this an angle counts as on it.
  private static let rounding = 1e-9
  /// The largest angle where some variance is known, as a share of a quarter turn: 64 times the reference.
  private static let widest = 0.99
  /// Damping factors at or above one would be random walks, which other trends describe.
  private static let longestMemory = 0.995

  /// The shortest period of a cycle: what is shorter belongs to the season, or to the irregular.
  var shortestCycle: Double { max(3, layout.season == .none ? 0 : 1.5 * Double(layout.seasonLength)) }

  /// Fills the parameters (the variances of all parts, then the shapes) from a point of the unit box.
  func fill(_ parameters: UnsafeMutableBufferPointer<Double>, from point: UnsafeBufferPointer<Double>) {
    for index in layout.parts.indices { parameters[index] = 0 }
    var rest = 1.0
    for (place, index) in active.enumerated() {
      let usual = Self.usual(layout.parts[index])
      var deviation = rest
      if let reference {
        deviation = reference * Double.tan(0.5 * Double.pi * Self.widest * point[place])
      } else if place < active.count - 1 {
        let angle = 0.5 * Double.pi * point[place]
        deviation = point[place] > 1 - Self.rounding ? 0 : rest * Double.cos(angle)
        rest = point[place] < Self.rounding ? 0 : rest * Double.sin(angle)
      }
      parameters[index] = deviation * deviation * usual * usual
    }
    for (index, shape) in layout.shapes.enumerated() {
      let coordinate = point[angles + index]
      switch shape {
      case .damping, .cycleDamping:
        parameters[layout.parts.count + index] = Self.longestMemory * coordinate
      case .cyclePeriod:
        parameters[layout.parts.count + index] =
          shortestCycle * Double.pow(max(1, longestCycle / shortestCycle), coordinate)
      }
    }
  }

  /// The parameters of a point.
  func parameters(at point: [Double]) -> [Double] {
    var parameters = Array(repeating: 0.0, count: parameterCount)
    parameters.withUnsafeMutableBufferPointer { parameters in
      point.withUnsafeBufferPointer { fill(parameters, from: $0) }
    }
    return parameters
  }

  /// The point whose parameters, up to a common factor of the variances where the scale is concentrated out, are given.
  func point(of parameters: [Double]) -> [Double] {
    let deviations = active.map { parameters[$0].squareRoot() / Self.usual(layout.parts[$0]) }
    var point: [Double] = []
    for place in 0..<angles {
      if let reference {
        point.append(
          min(1, Double.atan(deviations[place] / reference) / (0.5 * Double.pi * Self.widest)))
      } else {
        let rest = deviations[(place + 1)...].reduce(0) { $0 + $1 * $1 }.squareRoot()
        let isNothing = rest == 0 && deviations[place] == 0
        point.append(isNothing ? 0.5 : Double.atan2(y: rest, x: deviations[place]) / (0.5 * Double.pi))
      }
    }
    for (index, shape) in layout.shapes.enumerated() {
      let value = parameters[layout.parts.count + index]
      switch shape {
      case .damping, .cycleDamping: point.append(min(1, value / Self.longestMemory))
      case .cyclePeriod:
        let range = Double.log(longestCycle / shortestCycle)
        point.append(range > 0 ? min(1, max(0, Double.log(value / shortestCycle) / range)) : 0)
      }
    }
    return point
  }

  /// Points at which one part or two move and the others hardly do: the corners and edges of the box, where very smooth
  /// and very rough series have their maxima, and which points that fill the box evenly leave out.
  ///
  /// - Parameter shapes: the coordinates of the shapes.
  func extremes(shapes: ArraySlice<Double>) -> [[Double]] {
    var points: [[Double]] = []
    for first in active {
      for second in active where second >= first {
        var parameters = Array(repeating: 1.0, count: parameterCount)
        for index in active {
          let share = index == first || index == second ? 1 : 0.03
          let deviation = share * (reference ?? 1) * Self.usual(layout.parts[index])
          parameters[index] = deviation * deviation
        }
        points.append(Array(point(of: parameters).prefix(angles)) + Array(shapes))
      }
    }
    return points
  }
}
