import Testing

@testable import Forecasting

@Suite("What a pool does together") struct SharedMovementTests {
  private func movement(
    _ changes: [Double], pandemic: [Bool] = [], typical: Double, horizon: Int = 3
  ) -> SharedMovement {
    SharedMovement(
      changes.enumerated().map { year, size in
        SharedMovement.Change(
          size: size, from: year, to: year + 1,
          isPandemic: pandemic.indices.contains(year) && pandemic[year])
      }, typical: typical, last: changes.count, horizon: horizon)
  }

  // Worked out with numpy and scipy from the definition in the comment on SharedMovement: Gaussian changes with the
  // covariances of each hypothesis, their variance integrated out, mixture quantiles by Brent's method.
  @Test("the weights and quantiles are those of an independent computation") func reference() {
    let growing = movement([0.02, 0.05, 0.04, 0.08, 0.07], typical: 0.03)
    #expect(abs(growing.probabilities[0].probability - 0.021998540128391874) < 1e-10)
    #expect(abs(growing.probabilities[1].probability - 0.0013272832330833615) < 1e-10)
    #expect(growing.pandemicProbability == nil)
    let expected = [
      [0.0402733, 0.0716397, 0.126756], [0.0827051, 0.145485, 0.2546396], [0.1216824, 0.2211185, 0.3941296],
    ]
    for (step, quantiles) in expected.enumerated() {
      let points = growing.nodes(step: step + 1).points
      for (place, quantile) in zip([4, 8, 14], quantiles) {
        #expect(abs(points[place] - quantile) < 2e-5, "step \(step + 1)")
      }
    }
    let disturbed = movement(
      [0.03, 0.028, -0.05, 0.02, 0.03, 0.031], pandemic: [false, false, true, true, false, false],
      typical: 0.02)
    #expect(abs(disturbed.probabilities[0].probability - 0.1804458522939461) < 1e-10)
    #expect(abs(disturbed.probabilities[1].probability - 0.06453364457752928) < 1e-10)
    #expect(abs((disturbed.pandemicProbability ?? 0) - 0.5334767160698324) < 1e-10)
    let later = [
      [-0.009503, 0.0244234, 0.0642536], [-0.012215, 0.0483572, 0.1179685],
      [-0.0150416, 0.0719372, 0.1755737],
    ]
    for (step, quantiles) in later.enumerated() {
      let points = disturbed.nodes(step: step + 1).points
      for (place, quantile) in zip([4, 8, 14], quantiles) {
        #expect(abs(points[place] - quantile) < 5e-5, "step \(step + 1)")
      }
    }
  }

  @Test("noise about nothing is not taken for a trend") func noise() {
    let movement = movement([0.03, -0.04, 0.01, -0.02, 0.035, -0.02], typical: 0.03)
    #expect(movement.probabilities[0].probability + movement.probabilities[1].probability > 0.9)
    #expect(abs(movement.nodes(step: 1).points[8]) < 0.01)
  }

  @Test("a pool that has not moved stays where it is, and is not sure of it") func still() {
    let points = movement([0, 0, 0, 0], typical: 0.02).nodes(step: 1).points
    #expect(abs(points[8]) < 1e-9)
    #expect(points[0] < 0 && points[16] > 0)
  }

  @Test("one change is nearly no evidence: zero stays likely and the spread is wide") func one() {
    let movement = movement([0.1], typical: 0.05)
    let points = movement.nodes(step: 1).points
    #expect(points[1] < -0.05 && points[15] > 0.15)
    #expect(movement.probabilities.map(\.probability).reduce(0, +) > 0.999_999)
  }

  @Test("no change at all is a distribution about zero") func none() {
    let points = movement([], typical: 0.05).nodes(step: 2).points
    #expect(abs(points[8]) < 1e-9 && points[15] > 0.05)
  }

  @Test("the nodes are in order and widen with the steps") func order() {
    let movement = movement([0.02, 0.05, 0.04, 0.08, 0.07], typical: 0.03, horizon: 8)
    var width = 0.0
    for step in 1...8 {
      let points = movement.nodes(step: step).points
      #expect(zip(points, points.dropFirst()).allSatisfy { $0 <= $1 })
      #expect(points[15] - points[1] > width)
      width = points[15] - points[1]
    }
    #expect(movement.nodes(step: 0).points.allSatisfy { $0 == 0 })
  }

  @Test("a change over a gap counts for the years that it spans") func gap() {
    let steady = SharedMovement(
      [
        .init(size: 0.05, from: 0, to: 1, isPandemic: false),
        .init(size: 0.05, from: 1, to: 2, isPandemic: false),
        .init(size: 0.15, from: 2, to: 5, isPandemic: false),
        .init(size: 0.05, from: 5, to: 6, isPandemic: false),
      ], typical: 0.02, last: 6, horizon: 1)
    #expect(abs(steady.nodes(step: 1).points[8] - 0.05) < 0.004)
  }

  @Test("the weights of the nodes sum to one") func weights() {
    #expect(abs(MixtureNodes.weights.reduce(0, +) - 1) < 1e-12)
    #expect(MixtureNodes.weights.count == MixtureNodes.probabilities.count)
  }
}
