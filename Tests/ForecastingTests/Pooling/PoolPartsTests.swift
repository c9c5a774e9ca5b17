import Statistics
import Testing

@testable import Forecasting

@Suite("The parts of a pool's forecast") struct PoolPartsTests {
  @Test("the tables of Student's t are those of the library") func studentTables() throws {
    for degrees in [1, 2, 3, 7, 30] {
      let student = try StudentT(degreesOfFreedom: Double(degrees), location: 0, scale: 1)
      let table = StudentTable.table(degrees)
      for t in [-300, -45, -12.34, -3, -0.711, 0, 0.01, 1, 2.573, 39.99, 41, 1000] {
        #expect(abs(table.cumulative(t) - (try student.cumulative(t))) < 4e-5, "\(degrees) at \(t)")
      }
    }
    #expect(StudentTable.table(400).degreesOfFreedom == 30)
    #expect(StudentTable.table(0).degreesOfFreedom == 1)
  }

  @Test("a table of quantiles of a normal distribution answers as the normal does") func quantileTable()
    throws
  {
    let table = QuantileTable(quantiles: QuantileTable.scores.map { 10 + 2 * $0 })
    let normal = try Normal(mean: 10, standardDeviation: 2)
    for p in [0.0001, 0.013, 0.2, 0.5, 0.77, 0.999] {
      let x = try table.quantile(p)
      #expect(abs(x - (try normal.quantile(p))) < 1e-9)
      #expect(abs(table.cumulative(x) - p) < 1e-9)
      #expect(abs(table.density(x) - (try normal.density(x))) < 1e-9)
    }
    #expect(abs(table.mean - 10) < 1e-9)
    #expect(abs(QuantileTable.weights.reduce(0, +) - 1) < 1e-12)
    #expect(table.cumulative(.nan).isNaN && table.density(.nan).isNaN)
    #expect(throws: ForecastingError.probability(1)) { try table.quantile(1) }
  }

  @Test("a table without spread is a point") func point() throws {
    let table = QuantileTable(quantiles: QuantileTable.scores.map { _ in 4 })
    #expect(try table.quantile(0.9) == 4)
    #expect(table.cumulative(3.9) == 0 && table.cumulative(4.1) == 1)
    #expect(table.density(3) == 0 && table.density(4) > 1)
    #expect(abs(table.mean - 4) < 1e-12)
  }

  @Test("the sum of a known movement and an error is the error, moved") func errors() throws {
    let shape = StudentTable.table(4)
    let student = try StudentT(degreesOfFreedom: 4, location: 0, scale: 1)
    let errors = PooledErrors(common: MixtureNodes(known: 0.5), tails: shape, range: 0.1...0.4)
    // At the ends the quantiles are exact; between them they lie on a line.
    for (size, tolerance) in [(0.1, 2e-4), (0.4, 2e-4), (0.23, 2e-3)] {
      let table = errors.table(size: size, centre: 1)
      for p in [0.025, 0.1, 0.5, 0.9, 0.975] {
        let exact = (1.5 + size * (try student.quantile(p)))
        #expect(abs(try table.quantile(p) - exact) < tolerance * 2)
      }
    }
  }

  @Test("the tails of errors are found again") func tails() throws {
    var stream = RandomStream(seed: 3, name: "tails")
    let heavy = try #require(ErrorTails((0..<20_000).map { _ in 0.7 * stream.studentT(degreesOfFreedom: 3) }))
    #expect(heavy.table.degreesOfFreedom == 3)
    #expect(abs(heavy.scale - 0.7) < 0.03)
    let light = try #require(ErrorTails((0..<20_000).map { _ in stream.normal() }))
    #expect(light.table.degreesOfFreedom >= 20)
    #expect(ErrorTails([0, 0, 0]) == nil)
    #expect(ErrorTails.assumed.scale == 1)
  }

  // Computed with numpy from the same rows: six rounds of reweighted least squares with the ridge.
  @Test("the robust ridge is that of an independent computation") func ridge() {
    let rows: [[Double]] = [
      [2.04, -2.56, 0.42], [-0.57, -0.45, -0.22], [-2.02, -0.23, -0.87], [3.32, 0.23, -0.35],
      [-0.28, -0.67, -1.06], [-0.39, 0.48, -0.24], [0.96, -0.2, 0.02], [1.55, 0.55, -0.51],
      [-0.18, 0.54, 1.94], [-0.27, -0.24, 1.0], [-0.89, -0.29, 0.88], [0.58, 0.09, 0.67],
      [-2.83, 1.02, -0.96], [-1.67, 0.28, 0.7], [-0.44, -1.08, 0.03], [-0.05, 1.41, 0.75],
      [0.19, 1.11, -0.21], [-0.93, 0.58, 0.58], [-0.21, -0.78, 0.23], [-2.49, 0.69, 0.49],
      [-1.64, 0.06, -0.96], [0.76, -2.03, -0.91], [0.71, 1.16, -2.16], [-0.5, 0.33, -0.61],
    ]
    let targets = [
      3.16, 0.02, -0.47, 1.48, 0.34, 0.41, 0.65, 0.43, 0.37, -0.23, -0.22, -0.1, -1.82, -0.6, -0.27, -0.47,
      -0.48,
      -0.6, 0.25, -0.8, -1.36, 0.39, -0.85, -0.17,
    ]
    var problem = RobustRidge()
    for (row, target) in zip(rows, targets) { problem.append((row[0], row[1], row[2]), target) }
    let solution = problem.solve(ridge: 0.2)
    #expect(abs(solution.momentum - 0.38430745) < 1e-7)
    #expect(abs(solution.mean + 0.28598514) < 1e-7)
    #expect(abs(solution.others - 0.16268488) < 1e-7)
    #expect(problem.errors.count == 24)
  }

  @Test("the middle of numbers") func middle() {
    #expect(Middle.median([3, 1, 2]) == 2 && Middle.median([4, 1, 2, 3]) == 2.5 && Middle.median([]) == 0)
    #expect(Middle.interquartileMean([100, 1, 2, 3, 4, 5, 6, -100]) == 3.5)
    #expect(Middle.interquartileMean([]) == 0)
    #expect(Middle.quantile([1, 2, 3, 4, 5], 0.8) == 4.2 && Middle.quantile([], 0.5) == 0)
    #expect(Bracket.solve(lower: 0, upper: 4) { $0 * $0 - 2 } - 2.squareRoot() < 1e-6)
    #expect(
      Bracket.solve(lower: 3, upper: 4) { $0 } == 3 && Bracket.solve(lower: 0, upper: 1) { $0 - 2 } == 1)
  }
}
