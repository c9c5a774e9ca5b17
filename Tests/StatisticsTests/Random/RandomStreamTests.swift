import Statistics
import Testing

@Suite("A stream is settled by its seed, name and path")
struct RandomStreamTests {
  static func words(_ stream: RandomStream, _ count: Int = 64) -> [UInt64] {
    var stream = stream
    return (0..<count).map { _ in stream.next() }
  }

  @Test("same seed, same bytes")
  func repeatable() {
    let a = RandomStream(seed: 2026, name: "arrivals", path: 3)
    #expect(Self.words(a) == Self.words(RandomStream(seed: 2026, name: "arrivals", path: 3)))
  }

  @Test("the first words never change from one version to the next")
  func frozen() throws {
    // FNV-1a of "arrivals" with the finaliser of MurmurHash3, then Philox, in Python with numpy 2.4.6.
    let expected: [UInt64] = [
      0xD2B6_78B6_FCF6_1BBB, 0xA07E_82F2_3C06_57BF, 0x4B67_8EC9_1CAD_3A8C,
      0xA826_95D6_EBEA_A325, 0x9DF0_1979_9648_D5A6,
    ]
    #expect(Self.words(RandomStream(seed: 2026, name: "arrivals", path: 3), 5) == expected)
  }

  @Test("another seed, name or path is another stream")
  func different() {
    let streams = [
      RandomStream(seed: 1, name: "arrivals"), RandomStream(seed: 2, name: "arrivals"),
      RandomStream(seed: 1, name: "arrivalt"), RandomStream(seed: 1, name: "arrivals", path: 1),
      RandomStream(seed: 1, name: ""), RandomStream(seed: 1, name: "arrivals", path: .max),
    ]
    var all: Set<UInt64> = []
    for stream in streams { all.formUnion(Self.words(stream)) }
    #expect(all.count == streams.count * 64)
  }

  @Test("the order in which paths are simulated does not matter")
  func order() {
    let origin = RandomStream(seed: 5, name: "costs")
    let forwards = (0..<50).map { Self.words(origin.path(UInt64($0)), 9) }
    let backwards = (0..<50).reversed().map { Self.words(origin.path(UInt64($0)), 9) }
    #expect(forwards == backwards.reversed())
  }

  @Test("a path starts at its beginning however much of another has been used")
  func fresh() {
    var used = RandomStream(seed: 5, name: "costs")
    for _ in 0..<7 { _ = used.next() }
    let path = used.path(4)
    #expect(path.pathIndex == 4)
    #expect(Self.words(path) == Self.words(RandomStream(seed: 5, name: "costs", path: 4)))
  }

  @Test("a copy goes on from where it was taken")
  func copies() {
    var stream = RandomStream(seed: 5, name: "costs")
    for _ in 0..<6 { _ = stream.next() }
    let copy = stream
    #expect(Self.words(copy) == Self.words(stream))
  }

  @Test("neighbouring paths are uncorrelated, and so are the words of one path")
  func uncorrelated() {
    let origin = RandomStream(seed: 11, name: "correlation")
    let count = 20_000
    var (across, along) = (0.0, 0.0)
    var previous = 0.0
    for i in 0..<count {
      var stream = origin.path(UInt64(i))
      let (x, y) = (stream.normal(), stream.normal())
      across += x * previous
      along += x * y
      previous = x
    }
    let error = Double(count).squareRoot()
    #expect(abs(across) / error < 4)
    #expect(abs(along) / error < 4)
  }

  @Test("each of the 64 bits is set half the time")
  func bits() {
    var stream = RandomStream(seed: 3, name: "bits")
    var counts = [Int](repeating: 0, count: 64)
    for _ in 0..<20_000 {
      let word = stream.next()
      for bit in 0..<64 where word & (1 << UInt64(bit)) != 0 { counts[bit] += 1 }
    }
    for (bit, count) in counts.enumerated() {
      #expect(abs(Double(count) - 10_000) < 4.5 * 70.8, "bit \(bit)")
    }
  }

  @Test("it serves the standard library's own random functions")
  func standardLibrary() {
    var (a, b) = (RandomStream(seed: 3, name: "shuffle"), RandomStream(seed: 3, name: "shuffle"))
    let shuffled = Array(0..<100).shuffled(using: &a)
    #expect(shuffled == Array(0..<100).shuffled(using: &b))
    #expect(shuffled != Array(0..<100))
  }
}
