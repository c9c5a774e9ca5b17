import Foundation
import Statistics
import Testing

@Suite("Normal draws of many paths at once")
struct NormalBlocksTests {
  private func fill(
    _ paths: Range<UInt64>, first: Int = 0, count: Int, stride: Int, room: Int? = nil
  ) -> [Double]? {
    let room = room ?? paths.count * stride
    var draws = [Double](repeating: .nan, count: room)
    let done = draws.withUnsafeMutableBufferPointer {
      RandomStream(seed: 9, name: "block").fillNormals(
        paths: paths, from: first, count: count, stride: stride, into: $0)
    }
    return done ? draws : nil
  }

  @Test("Each is the inverse of the distribution function at the middle of its word's interval")
  func inversion() throws {
    let draws = try #require(fill(40..<140, first: 8, count: 19, stride: 21))
    for path in 0..<100 {
      var stream = RandomStream(seed: 9, name: "block", path: UInt64(40 + path))
      for _ in 0..<8 { _ = stream.next() }
      for draw in 0..<19 {
        let p = (Double(stream.next() >> 12) + 0.5) * 0x1p-52
        let expected = StandardNormal.quantile(p)
        #expect(abs(draws[path * 21 + draw] - expected) <= 4e-15 * max(0.01, abs(expected)))
      }
    }
  }

  @Test("A path's draws do not depend on what is drawn beside them")
  func pathsAlone() throws {
    let together = try #require(fill(0..<33, count: 12, stride: 12))
    for path in [0, 7, 32] {
      let alone = try #require(fill(UInt64(path)..<UInt64(path + 1), first: 4, count: 3, stride: 4))
      #expect(Array(alone.prefix(3)) == Array(together[(path * 12 + 4)..<(path * 12 + 7)]))
    }
  }

  @Test("Mean, variance and tails are those of the normal distribution")
  func moments() throws {
    let draws = try #require(fill(0..<5000, count: 8, stride: 8))
    #expect(abs(try DescriptiveStatistics.mean(draws)) < 0.02)
    #expect(abs(try DescriptiveStatistics.variance(draws) - 1) < 0.03)
    let tail = Double(draws.count { $0 < -1.959963984540054 }) / 40_000
    #expect(abs(tail - 0.025) < 0.004)
  }

  @Test("Room that does not suffice is refused, and nothing is nothing")
  func room() {
    #expect(fill(0..<10, count: 8, stride: 4) == nil)
    #expect(fill(0..<10, count: 5, stride: 5) == nil)
    #expect(fill(0..<10, first: 2, count: 4, stride: 4) == nil)
    #expect(fill(0..<10, count: 4, stride: 4, room: 39) == nil)
    #expect(fill(0..<10, count: -1, stride: 4) == nil)
    #expect(fill(3..<3, count: 4, stride: 4) == [])
  }

  @Test("The exponential of many is that of each within two units in the last place")
  func exponential() {
    var inputs: [Double] = []
    for index in 0...4000 {
      let offset = 1e-7 * Double(index % 17)
      inputs.append(-690 + Double(index) * 0.345 + offset)
    }
    let special: [Double] = [
      0, -0.0, 1, 700, 709.7, 710, -700, -745, -746, .nan, .infinity, -.infinity, .leastNonzeroMagnitude,
    ]
    inputs += special
    var values = inputs
    values.withUnsafeMutableBufferPointer { VectorFunctions.exponentiate($0) }
    for (x, y) in zip(inputs, values) {
      let expected: Double = exp(x)
      let isNear = abs(y / expected - 1) < 4.5e-16
      #expect(y == expected || (y.isNaN && x.isNaN) || isNear)
    }
    // Where a value stands does not matter.
    var single = [inputs[1234]]
    single.withUnsafeMutableBufferPointer { VectorFunctions.exponentiate($0) }
    #expect(single[0] == values[1234])
    var empty: [Double] = []
    empty.withUnsafeMutableBufferPointer { VectorFunctions.exponentiate($0) }
    #expect(empty.isEmpty)
  }
}
