import Testing

@testable import Commissioning

@Suite("The exponential of a matrix")
struct MatrixExponentialTests {
  @Test func agreesWithAnIndependentImplementation() throws {
    for (days, reference) in ReferenceExponentials.byDays {
      let found = try #require(
        MatrixExponential.of(ReferenceExponentials.generator.map { $0 * days }, order: 3))
      for (value, wanted) in zip(found, reference) {
        #expect(abs(value - wanted) <= 1e-14, "\(days) days")
      }
    }
  }

  @Test func aNilpotentMatrixHasAFiniteSeries() throws {
    let found = try #require(MatrixExponential.of([0, 2, 3, 0, 0, 4, 0, 0, 0], order: 3))
    for (value, wanted) in zip(found, [1.0, 2, 7, 0, 1, 4, 0, 0, 1]) { #expect(abs(value - wanted) < 1e-14) }
  }

  @Test func ofLargeNegativeExponentsNothingIsLeft() throws {
    let found = try #require(MatrixExponential.of([-1e4, 1e4, 0, 0], order: 2))
    #expect(abs(found[0]) < 1e-12)
    #expect(abs(found[1] - 1) < 1e-9)
  }

  @Test func whatHasNoExponentialIsRefused() {
    #expect(MatrixExponential.of([1, 2, 3], order: 2) == nil)
    #expect(MatrixExponential.of([], order: 0) == nil)
    #expect(MatrixExponential.of([.nan], order: 1) == nil)
    #expect(MatrixExponential.of([1e4], order: 1) == nil)
    #expect(MatrixExponential.of([1e308, 1e308, 1e308, 1e308], order: 2) == nil)
  }

  @Test func rowsAreSwappedWhereAPivotVanishes() throws {
    // exp of a rotation by a right angle; its denominator needs no pivot, its products do not stay diagonal.
    let angle = Double.pi / 2
    let found = try #require(MatrixExponential.of([0, angle, -angle, 0], order: 2))
    for (value, wanted) in zip(found, [0.0, 1, -1, 0]) { #expect(abs(value - wanted) < 1e-14) }
  }
}
