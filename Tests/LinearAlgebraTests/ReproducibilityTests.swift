import LinearAlgebra
import Testing

@Suite("The same problem has the same bits", .serialized)
struct ReproducibilityTests {
  /// All numbers of a fit as bits.
  static func fingerprint(_ seed: Int) throws -> [UInt64] {
    var generator = SplitMix64(seed: UInt64(seed))
    let (design, response) = (try generator.design(60, 6), generator.vector(60))
    let weights = generator.vector(60).map { $0 + 1.5 }
    let fit = try LeastSquaresProblem(design: design).fit(response, weights: weights)
    let eigen = try SymmetricEigendecomposition(try design.transposedTimes(design))
    return bits(
      fit.coefficients + (fit.standardErrors ?? []) + fit.residuals + fit.leverages
        + fit.unscaledCovariance.columnMajor + eigen.values + eigen.vectors.columnMajor)
  }

  @Test("BLAS uses one thread unless equal bytes are given up")
  func oneThread() {
    #expect(BLASThreading.threads == 1)
    BLASThreading.giveUpEqualBytes(threads: 2)
    #expect(BLASThreading.threads == 2)
    BLASThreading.giveUpEqualBytes(threads: 0)
    #expect(BLASThreading.threads == 1)
    BLASThreading.giveUpEqualBytes(threads: 2)
    BLASThreading.restoreEqualBytes()
    #expect(BLASThreading.threads == 1)
  }

  @Test("Twice in a row")
  func twice() throws {
    #expect(try Self.fingerprint(1) == Self.fingerprint(1))
    #expect(try Self.fingerprint(1) != Self.fingerprint(2))
  }

  @Test("One after the other and many at once")
  func parallel() async throws {
    let alone = try (0..<64).map(Self.fingerprint)
    let together = try await withThrowingTaskGroup(of: (Int, [UInt64]).self) { group in
      for seed in 0..<64 { group.addTask { (seed, try Self.fingerprint(seed)) } }
      var results = [[UInt64]](repeating: [], count: 64)
      for try await (seed, fingerprint) in group { results[seed] = fingerprint }
      return results
    }
    #expect(together == alone)
  }

  @Test("A large product does not depend on when it is taken")
  func largeProduct() throws {
    var generator = SplitMix64(seed: 6)
    let matrix = try generator.matrix(400, 300)
    let first = try matrix.transposedTimes(matrix)
    let second = try matrix.transposedTimes(matrix)
    #expect(bits(first.columnMajor) == bits(second.columnMajor))
  }
}
