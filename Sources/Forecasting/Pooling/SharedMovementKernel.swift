import RealModule

extension SharedMovement {
  /// The covariances of the common changes under one hypothesis, in units of the variance of the noise.
  struct Kernel {
    private let count: Int
    private let horizon: Int
    /// The covariance of the changes without their own noise, by rows.
    private let signal: [Double]
    /// How many periods each change spans: the noise of a change over two years has twice the variance.
    private let spans: [Double]
    /// The covariances of each change with the sum of the next 1, 2, ... changes.
    private let cross: [[Double]]
    /// The variance of that sum.
    private let future: [Double]

    init(_ hypothesis: Hypothesis, changes: [Change], last: Int, horizon: Int) {
      count = changes.count
      self.horizon = horizon
      let origin = changes.first.map { $0.from + 1 } ?? last + 1
      let length = Double(last + 1 - origin)
      let spans = changes.map { Double($0.to - $0.from) }
      self.spans = spans
      // The sums of the places of the periods that each change spans, from 0 for the first of all.
      let places = changes.map { change in
        Double((change.from + 1 - origin) + (change.to - origin)) / 2 * Double(change.to - change.from)
      }
      var signal = [Double](repeating: 0, count: count * count)
      var cross = [[Double]](repeating: [Double](repeating: 0, count: count), count: horizon)
      var future = [Double](repeating: 0, count: horizon)
      switch hypothesis {
      case .noTrend:
        for step in 0..<horizon { future[step] = Double(step + 1) }
      case .level:
        let theta = SharedMovement.undoing
        for row in 0..<count {
          let within: Double = spans[row] * theta * theta
          signal[row * count + row] = within + 2 * (spans[row] - 1) * theta
          if row > 0, changes[row].from == changes[row - 1].to {
            signal[row * count + row - 1] = theta
            signal[(row - 1) * count + row] = theta
          }
        }
        for step in 0..<horizon {
          if let end = changes.last?.to, end == last { cross[step][count - 1] = theta }
          let noise: Double = Double(step + 1) * (1 + theta * theta)
          future[step] = noise + 2 * Double(step) * theta
        }
      case .trend(let ratio, let bends):
        let bend = bends ? SharedMovement.bendVariance : 0
        let centred = zip(places, spans).map { $0 - $1 * length / 2 }
        for row in 0..<count {
          for column in 0...row {
            let shared =
              row == column
              ? Self.sharedWithin(changes[row], origin: origin) : places[column] * spans[row]
            var value: Double = SharedMovement.startVariance * spans[row] * spans[column]
            value += ratio * shared
            value += bend * centred[row] * centred[column]
            signal[row * count + column] = value
            signal[column * count + row] = value
          }
        }
        var placesAhead = 0.0
        var sharedAhead = 0.0
        var bendAhead = 0.0
        var bendStep = 1.0
        var bendPlace = length - 1 - length / 2
        for step in 0..<horizon {
          let place = length + Double(step)
          sharedAhead += 2 * placesAhead + place
          placesAhead += place
          bendPlace += bendStep
          bendStep *= SharedMovement.bendDamping
          bendAhead += bendPlace
          let steps = Double(step + 1)
          for row in 0..<count {
            var value: Double = SharedMovement.startVariance * spans[row] * steps
            value += ratio * places[row] * steps
            value += bend * centred[row] * bendAhead
            cross[step][row] = value
          }
          var value: Double = steps + SharedMovement.startVariance * steps * steps
          value += ratio * sharedAhead
          value += bend * bendAhead * bendAhead
          future[step] = value
        }
      }
      self.signal = signal
      self.cross = cross
      self.future = future
    }

    /// The sum over all pairs of periods of a change of the earlier one's place.
    private static func sharedWithin(_ change: Change, origin: Int) -> Double {
      var sum = 0.0
      for first in (change.from + 1)...change.to {
        for second in (change.from + 1)...change.to { sum += Double(min(first, second) - origin) }
      }
      return sum
    }

    /// The marginal likelihood of the changes and the t distributions of the sums to come; nil when the covariance is
    /// not positive definite to rounding.
    func condition(
      _ changes: [Double], noise: [Double], degrees: Int, extra: Double
    ) -> (evidence: Double, steps: [(location: Double, scale: Double)])? {
      var factor = signal
      for row in 0..<count { factor[row * count + row] += noise[row] * spans[row] }
      guard let logDeterminant = Self.factorise(&factor, count) else { return nil }
      var white = changes
      Self.forward(factor, count, &white)
      let squares = white.reduce(extra) { $0 + $1 * $1 }
      let variance = squares / Double(degrees)
      var steps: [(location: Double, scale: Double)] = []
      steps.reserveCapacity(horizon)
      for step in 0..<horizon {
        var whitened = cross[step]
        Self.forward(factor, count, &whitened)
        var location = 0.0
        var explained = 0.0
        for row in 0..<count {
          location += whitened[row] * white[row]
          explained += whitened[row] * whitened[row]
        }
        steps.append((location, (max(future[step] - explained, 1e-12) * variance).squareRoot()))
      }
      return (-logDeterminant / 2 - Double(degrees) / 2 * Double.log(squares), steps)
    }

    /// Cholesky's factor in place, and the logarithm of the determinant.
    private static func factorise(_ matrix: inout [Double], _ count: Int) -> Double? {
      var logDeterminant = 0.0
      for row in 0..<count {
        for column in 0...row {
          var sum = matrix[row * count + column]
          for inner in 0..<column { sum -= matrix[row * count + inner] * matrix[column * count + inner] }
          if row == column {
            guard sum > 0 else { return nil }
            matrix[row * count + row] = sum.squareRoot()
            logDeterminant += Double.log(sum)
          } else {
            matrix[row * count + column] = sum / matrix[column * count + column]
          }
        }
      }
      return logDeterminant
    }

    /// Solves with the factor on the left, in place.
    private static func forward(_ factor: [Double], _ count: Int, _ vector: inout [Double]) {
      for row in 0..<count {
        var sum = vector[row]
        for column in 0..<row { sum -= factor[row * count + column] * vector[column] }
        vector[row] = sum / factor[row * count + row]
      }
    }
  }
}
