import Statistics
import Testing

func rosenbrock(_ x: UnsafeBufferPointer<Double>) -> Double {
  var sum = 0.0
  for i in 0..<x.count - 1 {
    let (a, b) = (x[i + 1] - x[i] * x[i], 1 - x[i])
    sum += 100 * a * a + b * b
  }
  return sum
}

@Suite("The simplex search")
struct NelderMeadTests {
  @Test("finds the floor of Rosenbrock's valley", arguments: [2, 4])
  func valley(_ n: Int) throws {
    let search = NelderMead(maximumEvaluations: 20_000)
    let start = (0..<n).map { $0 % 2 == 0 ? -1.2 : 1 }
    let found = try search.minimise(from: start, rosenbrock)
    #expect(found.converged)
    #expect(found.value < 1e-12)
    for x in found.point { #expect(abs(x - 1) < 1e-6) }
  }

  @Test("adaptive coefficients reach the bottom of a ten-dimensional bowl")
  func adaptive() throws {
    let search = NelderMead(coefficients: .adaptive, maximumEvaluations: 50_000)
    let found = try search.minimise(from: [Double](repeating: 3, count: 10)) { x in
      var sum = 0.0
      for i in x.indices { sum += Double(i + 1) * (x[i] - Double(i)) * (x[i] - Double(i)) }
      return sum
    }
    #expect(found.converged)
    for (i, x) in found.point.enumerated() { #expect(abs(x - Double(i)) < 1e-4) }
  }

  @Test("adaptive coefficients are the standard ones for two variables")
  func adaptiveInTwo() throws {
    let a = try NelderMead(coefficients: .adaptive).minimise(from: [-1.2, 1], rosenbrock)
    #expect(a == (try NelderMead().minimise(from: [-1.2, 1], rosenbrock)))
  }

  @Test("an optimum on the edge is found there, and nothing outside is ever tried")
  func bounded() throws {
    var isInside = true
    let found = try NelderMead(restarts: 3).minimise(from: [0.2, 0.9], lower: [0, -0.5], upper: [0.5, 1]) {
      x in
      if !(x[0] >= 0 && x[0] <= 0.5 && x[1] >= -0.5 && x[1] <= 1) { isInside = false }
      return rosenbrock(x)
    }
    #expect(isInside)
    #expect(found.converged)
    // On x = ½ the best y is ¼, with a value of ¼.
    #expect(abs(found.point[0] - 0.5) < 1e-7)
    #expect(abs(found.point[1] - 0.25) < 1e-6)
    #expect(abs(found.value - 0.25) < 1e-10)
  }

  @Test("an optimum in a corner is found, also from the corner, and from outside the box")
  func corner() throws {
    for start in [[0.3, 0.3], [1, 1], [0, 0], [-9, 9]] {
      let found = try NelderMead(restarts: 4).minimise(from: start, lower: [0, 0], upper: [1, 1]) { x in
        (x[0] - 3) * (x[0] - 3) + (x[1] + 2) * (x[1] + 2)
      }
      #expect(found.converged)
      #expect(abs(found.point[0] - 1) < 1e-6 && abs(found.point[1]) < 1e-6, "from \(start)")
    }
  }

  @Test("a coordinate whose bounds are equal stays where it is held")
  func held() throws {
    let found = try NelderMead().minimise(from: [0, 7], lower: [-5, 2], upper: [5, 2]) { x in
      (x[0] - 1) * (x[0] - 1) + x[1] * x[1]
    }
    #expect(found.point[1] == 2)
    #expect(abs(found.point[0] - 1) < 1e-4)
  }

  @Test("on a plateau it stops, and says so, without using all its evaluations")
  func plateau() throws {
    let found = try NelderMead().minimise(from: [1, 2]) { _ in 4 }
    #expect(found.converged)
    #expect(found.value == 4)
    #expect(found.evaluations < 1000)
  }

  @Test("NaN is worse than every number")
  func notANumber() throws {
    let found = try NelderMead().minimise(from: [3]) { x in x[0] < 1 ? .nan : (x[0] - 1.5) * (x[0] - 1.5) }
    #expect(found.converged)
    #expect(abs(found.point[0] - 1.5) < 1e-4)
  }

  @Test("an objective that is nowhere a number has no minimum")
  func nowhere() throws {
    let found = try NelderMead().minimise(from: [3, 4]) { _ in .nan }
    #expect(!found.converged)
    #expect(found.value == .infinity)
  }

  @Test("an objective of −∞ is not a minimum either")
  func bottomless() throws {
    let found = try NelderMead(maximumEvaluations: 300).minimise(from: [3.0]) { x in
      x[0] > 3 ? -.infinity : x[0]
    }
    #expect(!found.converged)
    #expect(found.value == -.infinity)
  }

  @Test("it counts its evaluations, keeps close to their limit and does not claim to have converged at it")
  func limited() throws {
    var calls = 0
    let found = try NelderMead(maximumEvaluations: 50).minimise(from: [-1.2, 1]) { x in
      calls += 1
      return rosenbrock(x)
    }
    #expect(!found.converged)
    #expect(found.evaluations == calls)
    // The last step may shrink the simplex, which takes n + 2 evaluations.
    #expect(calls <= 50 + 4)
  }

  @Test("a starting point, bounds or settings that cannot be used are refused")
  func refused() {
    let search = NelderMead()
    #expect(throws: StatisticsError.self) { try search.minimise(from: [], rosenbrock) }
    #expect(throws: StatisticsError.self) { try search.minimise(from: [1, .nan], rosenbrock) }
    #expect(throws: StatisticsError.self) { try search.minimise(from: [1, 1], lower: [0], rosenbrock) }
    #expect(throws: StatisticsError.self) {
      try search.minimise(from: [1, 1], upper: [0, 1, 2], rosenbrock)
    }
    #expect(throws: StatisticsError.self) {
      try search.minimise(from: [1, 1], lower: [0, 2], upper: [1, 1], rosenbrock)
    }
    #expect(throws: StatisticsError.self) {
      try search.minimise(from: [1, 1], lower: [.nan, 0], rosenbrock)
    }
    #expect(throws: StatisticsError.self) {
      try search.minimise(from: [1, 1], lower: [.infinity, 0], rosenbrock)
    }
    let settings = [
      NelderMead(valueTolerance: -1), NelderMead(pointTolerance: .nan), NelderMead(initialStep: 0),
      NelderMead(maximumEvaluations: 2),
    ]
    for search in settings {
      #expect(throws: StatisticsError.self) { try search.minimise(from: [1, 1], rosenbrock) }
    }
  }
}
