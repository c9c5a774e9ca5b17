/// Cuts the text of a table into chunks of whole rows, for several threads to take apart.
///
/// A row ends with a line outside quotes. Where a quote stands that does not belong, this cuts elsewhere than the rows end,
/// but never inside a row before that one; whoever reads the chunks in order meets it first.
struct RowChunks {
  /// A part of the text.
  enum Chunk {
    /// Whole rows.
    case rows([UInt8])
    /// What is at hand when the feed ends or fails, or when a row does not end for long; what follows is still to come
    /// from the feed.
    case rest([UInt8])
  }

  private let feed: TextFeed
  private let size: Int
  /// Where rows are searched for no more, and the rest is left to a reader that knows why.
  private let longest: Int
  private var bytes: [UInt8]
  /// Where the next chunk begins.
  private var start = 0
  /// How far the text has been looked through, and whether that is inside quotes.
  private var seen = 0
  private var isQuoted = false
  private var isOver = false

  /// - Parameters:
  ///   - bytes: the text that is at hand, from the start of a row.
  ///   - feed: what follows.
  ///   - size: about how many bytes make a chunk.
  init(_ bytes: ArraySlice<UInt8>, feed: TextFeed, size: Int) {
    self.bytes = Array(bytes)
    self.feed = feed
    self.size = max(1, size)
    longest = 8 * max(size, 1 << 17)
  }

  /// The next chunk; nil after the rest.
  mutating func next() -> Chunk? {
    if isOver { return nil }
    while true {
      if let end = findEnd() {
        defer { (start, seen) = (end, end) }
        return .rows(Array(bytes[start..<end]))
      }
      var isMore = false
      if bytes.count - start < longest {
        bytes.removeSubrange(..<start)
        seen -= start
        start = 0
        // What is thrown here is thrown again when the rest is read.
        isMore = (try? feed.append(to: &bytes)) ?? false
      }
      if !isMore {
        isOver = true
        return .rest(Array(bytes[start...]))
      }
    }
  }

  /// Where the first row ends that makes the chunk large enough; nil when it needs more text.
  private mutating func findEnd() -> Int? {
    let (count, least) = (bytes.count, start + size)
    var position = seen
    var isQuoted = isQuoted
    let end: Int? = bytes.withUnsafeBufferPointer { bytes in
      let enough = min(max(least - 1, position), count)
      while position < enough {
        isQuoted = isQuoted != (bytes[position] == 0x22)
        position += 1
      }
      while position < count {
        let byte = bytes[position]
        if byte == 0x22 {
          isQuoted.toggle()
        } else if !isQuoted {
          if byte == 0x0A { return position + 1 }
          // Whether a line feed belongs to it is seen with the next byte.
          if byte == 0x0D {
            if position + 1 == count { return nil }
            if bytes[position + 1] != 0x0A { return position + 1 }
          }
        }
        position += 1
      }
      return nil
    }
    seen = position
    self.isQuoted = isQuoted
    if end != nil { self.isQuoted = false }
    return end
  }
}
