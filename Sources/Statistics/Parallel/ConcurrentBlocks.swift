import Dispatch

/// Calls `body` once for each block of consecutive indices of `0..<count`, on up to `jobs` threads, and returns when
/// all are done.
///
/// The blocks are the same whatever `jobs` is, and in no particular order when it is above 1. So that the number of
/// threads cannot change a byte of the result, the work must be split by path: each index draws from its own
/// ``RandomStream/path(_:)``, writes only to its own place, and sums across indices are taken afterwards, in order.
///
/// - Parameters:
///   - count: The number of indices; nothing happens for 0 or fewer.
///   - blockSize: The number of indices in a block, the last being shorter; below 1 counts as 1.
///   - jobs: The most threads to use; 1 or fewer runs a plain loop on the calling thread.
///   - body: The work for one block, called from several threads at once.
public func concurrentBlocks(
  count: Int, blockSize: Int, jobs: Int, _ body: @Sendable (Range<Int>) -> Void
) {
  guard count > 0 else { return }
  let size = min(max(blockSize, 1), count)
  let blocks = (count - 1) / size + 1
  let workers = min(max(jobs, 1), blocks)
  // Worker w takes blocks w, w + workers, w + 2 workers, …: neighbours, which tend to cost alike, are dealt out
  // evenly, and no thread waits for another.
  @Sendable func work(_ worker: Int) {
    for block in stride(from: worker, to: blocks, by: workers) {
      let start = block * size
      body(start..<start + min(size, count - start))
    }
  }
  if workers == 1 {
    work(0)
  } else {
    DispatchQueue.concurrentPerform(iterations: workers, execute: work)
  }
}
