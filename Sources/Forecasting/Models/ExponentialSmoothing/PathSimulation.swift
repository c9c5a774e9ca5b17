import Statistics

extension FittedModel {
  /// How many paths stand for a distribution without a closed form.
  static var simulatedPaths: Int { 5000 }

  /// The predictive distributions of steps 1 to the horizon, from joint paths that are the same every time.
  ///
  /// - Throws: ``ForecastingError/numerical(series:model:reason:)`` when a path runs out of range.
  func simulated(horizon: Int) throws(ForecastingError) -> [SimulatedDistribution] {
    let stream = RandomStream(seed: 2008, name: "exponential smoothing")
    var draws = [[Double]](repeating: [], count: horizon)
    for step in draws.indices { draws[step].reserveCapacity(Self.simulatedPaths) }
    withUnsafeTemporaryAllocation(of: Double.self, capacity: horizon) { path in
      for index in 0..<Self.simulatedPaths {
        var own = stream.path(UInt64(index))
        draw(path: path, from: &own)
        for step in draws.indices { draws[step].append(path[step]) }
      }
    }
    var steps: [SimulatedDistribution] = []
    for draws in draws {
      guard let distribution = SimulatedDistribution(draws) else {
        throw .numerical(
          series: sample.name, model: specification, reason: "its forecast is too large for a number to hold")
      }
      steps.append(distribution)
    }
    return steps
  }
}
