import Testing

@testable import LinearAlgebra

@Suite("Two doubles keep twice the digits of one")
struct DoubleDoubleTests {
  @Test("Sums and products of doubles are exact")
  func errorFree() {
    let sum = DoubleDouble.sum(1, 0x1p-80)
    #expect(sum.high == 1 && sum.low == 0x1p-80)
    let product = DoubleDouble.product(1 + 0x1p-40, 1 + 0x1p-40)
    #expect(product.high == 1 + 0x1p-39 && product.low == 0x1p-80)
  }

  @Test("A third times three is one to 32 digits")
  func division() {
    let third = DoubleDouble.one / DoubleDouble(3)
    let rest = third * DoubleDouble(3) - .one
    #expect(rest.rounded.magnitude < 0x1p-100)
    #expect(third.low != 0)
  }

  @Test("What is added can be taken away again")
  func addition() {
    var generator = SplitMix64(seed: 3)
    for _ in 0..<200 {
      let parts = generator.vector(4)
      let a = DoubleDouble.sum(parts[0], parts[1] * 0x1p-54)
      let b = DoubleDouble.sum(parts[2] * 1e10, parts[3] * 0x1p-54)
      #expect(((a + b) - b - a).rounded.magnitude < 1e10 * 0x1p-100)
      #expect((a * b / b - a).rounded.magnitude < 0x1p-98)
    }
  }

  @Test("Scaling by powers of two is exact in both parts")
  func scaling() {
    let value = DoubleDouble.sum(3, 0x1p-70)
    #expect(value.scaled(byPowerOfTwo: 5).scaled(byPowerOfTwo: -5) == value)
    #expect(1.0.scaled(byPowerOfTwo: -1074) == .leastNonzeroMagnitude)
    #expect(Double.leastNonzeroMagnitude.scaled(byPowerOfTwo: 1074) == 1)
  }

  @Test("An inner product survives the cancellation that ruins a plain one")
  func cancellation() {
    let vector = DoubleDoubleVector([1e16, 1, -1e16])
    let ones = [1.0, 1, 1]
    #expect(ones.withUnsafeBufferPointer { vector.dot($0, from: 0).rounded } == 1)
    var sum = vector
    ones.withUnsafeBufferPointer { sum.add($0, times: DoubleDouble(0x1p-60), from: 0) }
    #expect(sum[1].low == 0x1p-60)
    #expect(sum.count == 3)
  }

  @Test(
    "Refinement ends when the next correction would be too small to see, and fails when they do not shrink")
  func progress() {
    func record(_ change: Double, in progress: inout RefinementProgress) {
      progress.record(
        unknowns: [1], corrections: [change], residuals: [1], residualCorrections: [change], response: [1])
    }
    // Well conditioned: 10⁻¹⁵ after 1 promises 10⁻³⁰ next.
    var quick = RefinementProgress(condition: 10)
    record(1, in: &quick)
    #expect(!quick.isFinished && !quick.hasFailed)
    record(1e-15, in: &quick)
    #expect(quick.isFinished && !quick.hasFailed)
    // Badly conditioned: the same correction is no promise.
    var slow = RefinementProgress(condition: 1e14)
    record(1, in: &slow)
    record(1e-15, in: &slow)
    #expect(!slow.isFinished && !slow.hasFailed)
    record(1e-28, in: &slow)
    #expect(slow.isFinished)
    // Corrections that stay as they are lead nowhere.
    var stuck = RefinementProgress(condition: 1e16)
    record(1, in: &stuck)
    record(0.9, in: &stuck)
    #expect(stuck.hasFailed)
    var broken = RefinementProgress(condition: 1)
    record(.nan, in: &broken)
    #expect(broken.hasFailed)
  }
}
