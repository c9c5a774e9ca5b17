import Dispatch
import Synchronization

extension SeriesFileReader {
  /// Reads all rows that there are, on as many threads as the options allow.
  ///
  /// - Throws: what ``readRows(atLeast:)`` throws; the threads change nothing about it.
  mutating func readAllRows() throws(EvidenceError) {
    guard options.threads > 1, let feed = lines.feed else {
      _ = try readRows()
      return
    }
    var chunks = RowChunks(lines.rest, feed: feed, size: options.chunkSize)
    let first = chunks.next()
    guard case .rows? = first else {
      // A small file; what it has is at hand.
      if case .rest(let bytes)? = first { goOn(with: bytes, feed: feed, line: lines.line) }
      _ = try readRows()
      return
    }
    let reading = ParallelReading(self, chunks, first: first, feed: feed)
    DispatchQueue.concurrentPerform(iterations: options.threads) { _ in reading.work() }
    self = reading.reader
    guard let failure = reading.failure else { return }
    // What the threads have met beyond the place where the text is refused changes nothing about that.
    if !reading.isAtRest { feed.forgetOtherEncoding() }
    throw failure
  }

  /// Goes on with other text of the same table, which stands at the start of a row.
  mutating func goOn(with bytes: [UInt8], feed: TextFeed?, line: Int) {
    lines = DelimitedReader(
      bytes: bytes, feed: feed, file: header.file, separator: header.separator, line: line)
  }
}

/// Rows read on several threads, with the result of one.
///
/// Each thread takes the next chunk of the text, reads it with tables of its own, waits until all chunks before it have
/// been taken in, and puts what it read behind them. What a chunk says is taken in as it stands only if nothing is wrong
/// with it and nothing contradicts the rows before; otherwise its text is read once more, as one thread would have done.
/// So there is one place that finds problems, and it finds them in the order of the file.
final class ParallelReading: @unchecked Sendable {
  // Guarded by `input`: one thread at a time cuts the text.
  private let input = Mutex(())
  private var chunks: RowChunks
  private var first: RowChunks.Chunk?
  /// Whose turn comes after the chunks that have been cut: its thread waits for it, and the one before gives it.
  private var nextTurn = DispatchSemaphore(value: 0)

  // Passed from turn to turn.
  /// What has been read.
  private(set) var reader: SeriesFileReader
  /// What ended the reading.
  private(set) var failure: EvidenceError?
  /// Whether all chunks of whole rows have been taken in.
  private(set) var isAtRest = false
  private let feed: TextFeed
  private var line: Int

  /// What a thread begins with.
  private let blank: SeriesFileReader

  init(
    _ reader: SeriesFileReader, _ chunks: RowChunks, first: RowChunks.Chunk?, feed: TextFeed
  ) {
    self.reader = reader
    self.chunks = chunks
    self.first = first
    self.feed = feed
    line = reader.lines.line
    // A semaphore must not end below the value it began with, so the first turn is given rather than begun with.
    nextTurn.signal()
    var blank = reader
    blank.warnings = ProblemList()
    blank.goOn(with: [], feed: nil, line: 1)
    self.blank = blank
  }

  /// Reads chunks until there are no more.
  func work() {
    var part = SeriesPart(blank)
    while let (chunk, turn, after) = take() {
      var isSound = false
      if case .rows(let bytes) = chunk { isSound = part.read(bytes) }
      turn.wait()
      if failure == nil {
        do throws(EvidenceError) {
          try takeIn(chunk, &part, isSound: isSound)
        } catch {
          failure = error
        }
      }
      let isOver = failure != nil
      after.signal()
      if isOver { return }
    }
  }

  private func take() -> (RowChunks.Chunk, DispatchSemaphore, DispatchSemaphore)? {
    input.withLock { _ in
      guard let chunk = first ?? chunks.next() else { return nil }
      first = nil
      let turn = nextTurn
      nextTurn = DispatchSemaphore(value: 0)
      return (chunk, turn, nextTurn)
    }
  }

  private func takeIn(
    _ chunk: RowChunks.Chunk, _ part: inout SeriesPart, isSound: Bool
  ) throws(EvidenceError) {
    switch chunk {
    case .rest(let bytes):
      isAtRest = true
      reader.goOn(with: bytes, feed: feed, line: line)
      _ = try reader.readRows()
    case .rows(let bytes):
      if isSound, part.move(to: &reader, line: line) {
        line += part.lineCount
        return
      }
      part = SeriesPart(blank)
      reader.goOn(with: bytes, feed: nil, line: line)
      _ = try reader.readRows()
      line = reader.lines.line
    }
  }
}
