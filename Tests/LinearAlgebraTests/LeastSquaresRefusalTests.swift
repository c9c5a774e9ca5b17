import LinearAlgebra
import Testing

@Suite("A regression that cannot be answered is refused by name")
struct LeastSquaresRefusalTests {
  let good = Matrix(rows: 4, columns: 2) { Double($1 == 0 ? 1 : $0) }

  @Test("A column that repeats others is named, with those others")
  func dependentColumn() throws {
    let design = Matrix(rows: 5, columns: 4) { row, column in
      let x = Double(row)
      return [1, x, x * x, 3 + 2 * x][column]
    }
    let names = ["constant", "year", "square", "months"]
    let error = LinearAlgebraError.rankDeficient(
      column: .init(index: 3, name: "months"),
      dependsOn: [.init(index: 0, name: "constant"), .init(index: 1, name: "year")], rank: 3, columns: 4)
    #expect(throws: error) { try LeastSquaresProblem(design: design, columnNames: names) }
    #expect(
      error.description
        == "The design has 4 columns but rank 3: column 4 (months) is a linear combination of "
        + "column 1 (constant), column 2 (year); leave it out.")
  }

  @Test("A column of zeros is named")
  func zeroColumn() {
    let design = Matrix(rows: 3, columns: 2) { Double($1 == 0 ? 0 : $0 + 1) }
    #expect(
      throws: LinearAlgebraError.rankDeficient(column: .init(index: 0), dependsOn: [], rank: 1, columns: 2)
    ) { try LeastSquaresProblem(design: design) }
  }

  @Test("A column that lives only where the weights are zero is named")
  func weightsBringDependence() throws {
    let problem = try LeastSquaresProblem(
      design: try Matrix([[1, 0], [1, 0], [1, 0], [1, 7]]), columnNames: ["constant", "event"])
    #expect(
      throws: LinearAlgebraError.rankDeficient(
        column: .init(index: 1, name: "event"), dependsOn: [], rank: 1, columns: 2)
    ) { try problem.fit([1, 2, 3, 4], weights: [1, 1, 1, 0]) }
    #expect(throws: LinearAlgebraError.tooFewRows(rows: 1, columns: 2)) {
      try problem.fit([1, 2, 3, 4], weights: [1, 0, 0, 0])
    }
  }

  @Test("A value that is not a number is named by row and column")
  func nonFinite() {
    var design = good
    design[2, 1] = .infinity
    #expect(throws: LinearAlgebraError.nonFinite(column: .init(index: 1, name: "age"), row: 2)) {
      try LeastSquaresProblem(design: design, columnNames: ["constant", "age"])
    }
  }

  @Test("Shapes that do not fit are refused")
  func shapes() throws {
    #expect(throws: LinearAlgebraError.empty(rows: 0, columns: 0)) {
      try LeastSquaresProblem(design: Matrix(rows: 0, columns: 0, repeating: 0))
    }
    #expect(throws: LinearAlgebraError.tooFewRows(rows: 1, columns: 2)) {
      try LeastSquaresProblem(design: Matrix(rows: 1, columns: 2, repeating: 1))
    }
    #expect(throws: LinearAlgebraError.shapeMismatch(what: "column names", expected: 2, found: 1)) {
      try LeastSquaresProblem(design: good, columnNames: ["constant"])
    }
    let problem = try LeastSquaresProblem(design: good)
    #expect(throws: LinearAlgebraError.shapeMismatch(what: "responses", expected: 4, found: 2)) {
      try problem.fit([1, 2])
    }
    #expect(throws: LinearAlgebraError.nonFiniteResponse(row: 3)) { try problem.fit([1, 2, 3, .nan]) }
    #expect(throws: LinearAlgebraError.shapeMismatch(what: "weights", expected: 4, found: 1)) {
      try problem.fit([1, 2, 3, 4], weights: [1])
    }
    for weight in [-1, Double.nan, .infinity] {
      #expect(throws: LinearAlgebraError.invalidWeight(row: 1)) {
        try problem.fit([1, 2, 3, 4], weights: [1, weight, 1, 1])
      }
    }
  }

  @Test(
    "Columns that differ in their last bits only are refused, or solved exactly: never guessed",
    arguments: 1...200)
  func nearlyDependent(seed: Int) throws {
    var generator = SplitMix64(seed: UInt64(seed))
    let base = generator.vector(6).map { $0 + 3 }
    let gap = Double(sign: .plus, exponent: -40 - seed % 14, significand: 1)
    let other = zip(base, generator.vector(6)).map { $0 + gap * $1 }
    let design = try Matrix(rows: 6, columns: 2, columnMajor: base + other)
    do {
      let fit = try LeastSquaresProblem(design: design).fit(zip(base, other).map { 2 * $0 - $1 })
      // The response is rounded to 2⁻⁵¹ of itself, which moves the coefficients by that over the gap.
      #expect(relativeDistance(fit.coefficients, [2, -1]) < 0x1p-48 / gap)
    } catch {
      switch error {
      case .rankDeficient(let column, let dependsOn, _, _):
        #expect(column.index == 1 && dependsOn.map(\.index) == [0])
      case .illConditioned(_, let condition): #expect(condition > 1e13)
      default: Issue.record("an unexpected refusal: \(error)")
      }
    }
  }

  @Test("A coefficient beyond the range of doubles is named")
  func overflow() throws {
    let design = try Matrix([[1, 1e-200], [1, 2e-200], [1, 4e-200]])
    #expect(throws: LinearAlgebraError.overflow(column: .init(index: 1, name: "tiny"))) {
      try LeastSquaresProblem(design: design, columnNames: ["constant", "tiny"]).fit([1e200, 5e200, 7e200])
    }
  }

  @Test("Every refusal is a sentence that says where and what would do")
  func sentences() {
    let column = ColumnReference(index: 2, name: "pupils")
    let cases: [(LinearAlgebraError, String)] = [
      (.empty(rows: 0, columns: 3), "0 rows and 3 columns"),
      (.shapeMismatch(what: "weights", expected: 4, found: 3), "3 weights, but 4"),
      (.raggedRow(row: 1, expected: 2, found: 1), "Row 2 has 1 values"),
      (.tooLarge(dimension: 3_000_000_000), "3000000000"),
      (.nonFinite(column: column, row: 0), "row 1 of column 3 (pupils)"),
      (.nonFiniteResponse(row: 6), "response in row 7"), (.invalidWeight(row: 2), "weight in row 3"),
      (.tooFewRows(rows: 2, columns: 3), "2 rows that carry weight cannot determine 3"),
      (.rankDeficient(column: column, dependsOn: [], rank: 2, columns: 3), "column 3 (pupils) is zero"),
      (.illConditioned(column: column, conditionEstimate: 1e16), "column 3 (pupils) first of all"),
      (.overflow(column: column), "The result for column 3 (pupils)"),
      (.notSymmetric(row: 0, column: 1), "row 1, column 2"),
      (.notPositiveDefinite(column: .init(index: 0)), "fails at column 1,"),
      (.negativeDegree(-2), "degree -2"),
      (.tooFewDistinctAbscissae(found: 2, degree: 3), "needs at least 4"),
      (.notConverged(routine: "dgesdd"), "dgesdd"),
      (.routineRefused(routine: "dgeqrf", argument: 4), "argument 4"),
    ]
    for (error, part) in cases {
      #expect(error.description.contains(part))
      #expect(error.description.hasSuffix("."))
    }
  }
}
