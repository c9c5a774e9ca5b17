import LinearAlgebra
import Testing

@Suite("Many small problems")
struct SmallLeastSquaresTests {
  /// Contiguous problems of one shape and what came of them.
  struct Batch {
    let (rows, columns, count): (Int, Int, Int)
    var designs: [Double]
    var responses: [Double]
    var coefficients: [Double]
    var variances: [Double]
    var outcomes: [SmallLeastSquares.Outcome]

    init(rows: Int, columns: Int, count: Int, seed: UInt64) {
      var generator = SplitMix64(seed: seed)
      (self.rows, self.columns, self.count) = (rows, columns, count)
      designs = generator.vector(rows * columns * count)
      responses = generator.vector(rows * count)
      coefficients = [Double](repeating: .nan, count: columns * count)
      variances = coefficients
      outcomes = [SmallLeastSquares.Outcome](repeating: .notFinite(column: -1), count: count)
    }

    mutating func solve() throws {
      var workspace = try SmallLeastSquares(rows: rows, columns: columns)
      workspace.solve(
        count: count, designs: designs, responses: responses, coefficients: &coefficients,
        unscaledVariances: &variances, outcomes: &outcomes)
    }
  }

  @Test(
    "A small problem has the answer of the careful solver", arguments: [(1, 1), (4, 4), (10, 3), (25, 7)])
  func agreesWithProblem(rows: Int, columns: Int) throws {
    var batch = Batch(rows: rows, columns: columns, count: 20, seed: UInt64(rows))
    try batch.solve()
    for problem in 0..<batch.count {
      let cells = batch.designs[(problem * rows * columns)..<((problem + 1) * rows * columns)]
      let design = try Matrix(rows: rows, columns: columns, columnMajor: Array(cells))
      let response = Array(batch.responses[(problem * rows)..<((problem + 1) * rows)])
      let fit = try LeastSquaresProblem(design: design).fit(response)
      let range = (problem * columns)..<((problem + 1) * columns)
      // Working precision loses what the condition costs.
      let tolerance = 1e-15 * fit.conditionEstimate * fit.conditionEstimate + 1e-14
      #expect(relativeDistance(Array(batch.coefficients[range]), fit.coefficients) < tolerance)
      #expect(relativeDistance(Array(batch.variances[range]), fit.unscaledCovariance.diagonal) < tolerance)
      guard case .solved(let squares) = batch.outcomes[problem] else {
        Issue.record("problem \(problem) was not solved")
        continue
      }
      #expect(abs(squares - fit.residualSumOfSquares) < 1e-13)
    }
  }

  @Test("A batch gives each problem the bits it gets alone")
  func batchEqualsSingle() throws {
    var batch = Batch(rows: 10, columns: 3, count: 50, seed: 4)
    try batch.solve()
    var workspace = try SmallLeastSquares(rows: 10, columns: 3)
    for problem in (0..<50).reversed() {
      var coefficients = [0.0, 0, 0]
      let outcome = workspace.solve(
        design: Array(batch.designs[(problem * 30)..<(problem * 30 + 30)]),
        response: Array(batch.responses[(problem * 10)..<(problem * 10 + 10)]), coefficients: &coefficients)
      #expect(outcome == batch.outcomes[problem])
      #expect(bits(coefficients) == bits(Array(batch.coefficients[(problem * 3)..<(problem * 3 + 3)])))
    }
  }

  @Test("One bad problem does not stop the others, and keeps no coefficients")
  func failuresAreValues() throws {
    var batch = Batch(rows: 6, columns: 2, count: 6, seed: 8)
    for row in 0..<6 {
      // The second column doubles the first.
      batch.designs[1 * 12 + 6 + row] = 2 * batch.designs[1 * 12 + row]
      batch.designs[2 * 12 + row] = 0
    }
    batch.designs[3 * 12 + 7] = .nan
    batch.responses[4 * 6] = .infinity
    batch.designs[5 * 12] = 1e200
    try batch.solve()
    guard case .solved = batch.outcomes[0] else {
      Issue.record("the good problem was not solved")
      return
    }
    #expect(
      Array(batch.outcomes[1...]) == [
        .rankDeficient(column: 1), .rankDeficient(column: 0), .notFinite(column: 1), .notFinite(column: 2),
        .notFinite(column: 0),
      ])
    #expect(batch.coefficients[2...].allSatisfy { $0.isNaN })
    #expect(batch.coefficients[..<2].allSatisfy { $0.isFinite })
  }

  @Test("A shape without an answer is refused")
  func shapes() {
    #expect(throws: LinearAlgebraError.empty(rows: 3, columns: 0)) {
      try SmallLeastSquares(rows: 3, columns: 0)
    }
    #expect(throws: LinearAlgebraError.tooFewRows(rows: 2, columns: 3)) {
      try SmallLeastSquares(rows: 2, columns: 3)
    }
  }
}
