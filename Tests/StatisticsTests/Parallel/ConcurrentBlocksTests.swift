import Dispatch
import Statistics
import Synchronization
import Testing

/// A buffer whose places are each written by one block alone.
private struct Places: @unchecked Sendable {
  let buffer: UnsafeMutableBufferPointer<Double>
}

@Suite("Blocks of paths on several threads")
struct ConcurrentBlocksTests {
  static func simulate(paths: Int, blockSize: Int, jobs: Int) -> [Double] {
    let origin = RandomStream(seed: 2026, name: "paths")
    return [Double](unsafeUninitializedCapacity: paths) { buffer, count in
      let places = Places(buffer: buffer)
      concurrentBlocks(count: paths, blockSize: blockSize, jobs: jobs) { block in
        for path in block {
          var stream = origin.path(UInt64(path))
          let arrivals = stream.poisson(mean: 30)
          places.buffer.initializeElement(at: path, to: arrivals * stream.gamma(shape: 3, scale: 1000))
        }
      }
      count = paths
    }
  }

  @Test("the number of threads and the size of the blocks cannot change a byte")
  func deterministic() {
    let once = Self.simulate(paths: 1003, blockSize: 64, jobs: 1).map(\.bitPattern)
    for jobs in [2, 16] {
      for blockSize in [1, 64, 5000] {
        #expect(Self.simulate(paths: 1003, blockSize: blockSize, jobs: jobs).map(\.bitPattern) == once)
      }
    }
  }

  @Test("every index is visited once, in the same blocks whatever the number of threads")
  func coverage() {
    for jobs in [-1, 0, 1, 2, 3, 16] {
      let seen = Mutex<[Range<Int>]>([])
      concurrentBlocks(count: 100, blockSize: 7, jobs: jobs) { block in seen.withLock { $0.append(block) } }
      let blocks = seen.withLock { $0 }.sorted { $0.lowerBound < $1.lowerBound }
      #expect(blocks.count == 15)
      #expect(blocks.flatMap(Array.init) == Array(0..<100))
    }
  }

  @Test("one job is a plain loop, in order")
  func plainLoop() {
    let seen = Mutex<[Int]>([])
    concurrentBlocks(count: 5, blockSize: 2, jobs: 1) { block in seen.withLock { $0 += Array(block) } }
    #expect(seen.withLock { $0 } == [0, 1, 2, 3, 4])
  }

  @Test("no indices, and blocks of no size, are harmless")
  func degenerate() {
    let calls = Mutex(0)
    for count in [0, -4, .min] {
      concurrentBlocks(count: count, blockSize: 3, jobs: 4) { _ in calls.withLock { $0 += 1 } }
    }
    #expect(calls.withLock { $0 } == 0)
    for size in [0, -5, .min] {
      concurrentBlocks(count: 3, blockSize: size, jobs: 4) { _ in calls.withLock { $0 += 1 } }
    }
    #expect(calls.withLock { $0 } == 9)
    concurrentBlocks(count: 3, blockSize: .max, jobs: .max) { _ in calls.withLock { $0 += 1 } }
    #expect(calls.withLock { $0 } == 10)
  }
}
