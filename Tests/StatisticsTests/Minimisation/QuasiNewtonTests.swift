import Foundation
import Testing

@testable import Statistics

@Suite("The quasi-Newton search")
struct QuasiNewtonTests {
  static func rosenbrock(_ x: UnsafeBufferPointer<Double>) -> Double {
    var sum = 0.0
    for i in 0..<(x.count - 1) {
      let valley = x[i + 1] - x[i] * x[i]
      sum += 100 * valley * valley + (1 - x[i]) * (1 - x[i])
    }
    return sum
  }

  @Test("Rosenbrock's valley is followed to its end", arguments: [2, 5, 10])
  func valley(dimension: Int) throws {
    let start = (0..<dimension).map { $0.isMultiple(of: 2) ? -1.2 : 1 }
    let minimum = try QuasiNewton(maximumIterations: 1000).minimise(from: start) { Self.rosenbrock($0) }
    #expect(minimum.converged)
    #expect(minimum.value < 1e-10)
    for coordinate in minimum.point { #expect(abs(coordinate - 1) < 1e-4) }
  }

  @Test("with the gradient given, the same minimum is found in fewer calls")
  func gradient() throws {
    let search = QuasiNewton()
    let differences = try search.minimise(from: [-1.2, 1]) { Self.rosenbrock($0) }
    let exact = try search.minimise(from: [-1.2, 1]) { x, gradient in
      let valley = x[1] - x[0] * x[0]
      if let gradient {
        gradient[0] = -400 * x[0] * valley - 2 * (1 - x[0])
        gradient[1] = 200 * valley
      }
      return 100 * valley * valley + (1 - x[0]) * (1 - x[0])
    }
    #expect(exact.value < 1e-14)
    #expect(exact.evaluations < differences.evaluations)
  }

  @Test("bounds are kept, and a minimum on a bound is found exactly there")
  func bounds() throws {
    var outside = 0
    let minimum = try QuasiNewton().minimise(from: [0.5, 0.5], lower: [0, 0], upper: [1, 1]) { x in
      if x[0] < 0 || x[0] > 1 || x[1] < 0 || x[1] > 1 { outside += 1 }
      return (x[0] - 2) * (x[0] - 2) + (x[1] - 0.25) * (x[1] - 0.25) + 0.5 * x[0] * x[1]
    }
    #expect(outside == 0)
    #expect(minimum.converged)
    #expect(minimum.point[0] == 1)
    #expect(abs(minimum.point[1]) < 1e-6)
    let corner = try QuasiNewton().minimise(from: [3, 3], lower: [0, 0], upper: [1, 1]) { $0[0] + $0[1] }
    #expect(corner.point == [0, 0])
  }

  @Test("points that the objective refuses are stepped back from")
  func refusedPoints() throws {
    let minimum = try QuasiNewton().minimise(from: [5]) { x in
      x[0] <= 0 ? .nan : x[0] - 3 * Foundation.log(x[0])
    }
    #expect(abs(minimum.point[0] - 3) < 1e-5)
    let hopeless = try QuasiNewton().minimise(from: [1]) { _ in .nan }
    #expect(!hopeless.converged)
    #expect(hopeless.value == .infinity)
  }

  @Test("a level objective, and one without end, stop without claiming too much")
  func degenerate() throws {
    let level = try QuasiNewton().minimise(from: [1, 2]) { _ in 7 }
    #expect(level.converged)
    #expect(level.point == [1, 2])
    let endless = try QuasiNewton(maximumIterations: 30).minimise(from: [0]) { -$0[0] }
    #expect(!endless.converged)
    let pinned = try QuasiNewton().minimise(from: [4], lower: [4], upper: [4]) { $0[0] * $0[0] }
    #expect(pinned.point == [4])
    #expect(pinned.converged)
  }

  @Test("a start or bounds that cannot be used are refused with a sentence")
  func refusals() {
    let cases: [([Double], [Double]?, [Double]?, String)] = [
      ([], nil, nil, "has no coordinates"), ([.nan], nil, nil, "coordinate 0 of the starting point is nan"),
      ([1], [2, 3], nil, "2 lower bounds for 1 coordinates"), ([1], [2], [0], "the bounds of coordinate 0"),
    ]
    for (start, lower, upper, said) in cases {
      do {
        _ = try QuasiNewton().minimise(from: start, lower: lower, upper: upper) { _ in 0 }
        Issue.record("accepted \(start)")
      } catch {
        #expect("\(error)".contains(said), "\(error)")
        #expect("\(error)".contains("quasi-Newton"))
      }
    }
  }

  @Test("the minimum of a random quadratic is the solution of its equations")
  func quadratics() throws {
    var stream = RandomStream(seed: 7, name: "quadratics")
    for _ in 0..<30 {
      let n = 6
      let factor = (0..<(n * n)).map { _ in stream.normal() }
      let target = (0..<n).map { _ in 3 * stream.normal() }
      let minimum = try QuasiNewton().minimise(from: [Double](repeating: 0, count: n)) { x, gradient in
        // |L (x - target)|² with an extra identity, so that it is never flat.
        var value = 0.0
        for i in 0..<n { gradient?[i] = 2 * (x[i] - target[i]) }
        for i in 0..<n {
          value += (x[i] - target[i]) * (x[i] - target[i])
          var row = 0.0
          for j in 0..<n { row += factor[i * n + j] * (x[j] - target[j]) }
          value += row * row
          if let gradient {
            for j in 0..<n { gradient[j] += 2 * row * factor[i * n + j] }
          }
        }
        return value
      }
      #expect(minimum.converged)
      for (found, wanted) in zip(minimum.point, target) { #expect(abs(found - wanted) < 1e-6) }
    }
  }
}
