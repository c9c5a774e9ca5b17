#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The lines of standard input, one at a time: no more is read before a line is asked for than came with the one before.
struct RequestLines {
  /// A line.
  enum Line: Equatable {
    /// Its bytes, without the end of the line.
    case text([UInt8])
    /// It is longer than may be held, and was passed over.
    case tooLong
  }

  /// The longest line that is held: 256 MiB, some two hundred times the files of a whole workspace.
  static let longest = 1 << 28
  private static let blockSize = 1 << 17

  private let descriptor: Int32
  private let longest: Int
  /// What was read and not yet given.
  private var held: [UInt8] = []
  /// How much of it is known to hold no end of a line.
  private var searched = 0
  private var isPassingOver = false
  private var isAtEnd = false
  /// The number of the line that was given last, from 1.
  private(set) var number = 0

  init(_ descriptor: Int32 = STDIN_FILENO, longest: Int = Self.longest) {
    self.descriptor = descriptor
    self.longest = longest
  }

  /// The next line; nil at the end. The last line needs no end of its own.
  ///
  /// - Throws: ``Failure`` when standard input cannot be read.
  mutating func next() throws(Failure) -> Line? {
    while true {
      if let end = held[searched...].firstIndex(of: 0x0A) {
        let line = held[..<end]
        let given = isPassingOver || line.count > longest ? Line.tooLong : .text(Array(line))
        // A new buffer, so that one long line does not keep its memory for the rest of the run.
        held = Array(held[(end + 1)...])
        return give(given)
      }
      searched = held.count
      if held.count > longest {
        isPassingOver = true
        forget()
      }
      guard !isAtEnd else {
        guard !held.isEmpty || isPassingOver else { return nil }
        let given = isPassingOver ? Line.tooLong : .text(held)
        forget()
        return give(given)
      }
      try read()
      if isPassingOver, !held.contains(0x0A) { forget() }
    }
  }

  private mutating func give(_ line: Line) -> Line {
    number += 1
    searched = 0
    isPassingOver = false
    return line
  }

  private mutating func forget() {
    held = []
    searched = 0
  }

  private mutating func read() throws(Failure) {
    var block = [UInt8](repeating: 0, count: Self.blockSize)
    let count = block.withUnsafeMutableBytes { Self.fill($0, from: descriptor) }
    guard count >= 0 else {
      throw Failure("standard input: cannot be read (\(SystemReason.of(errno)))", code: Failure.noInput)
    }
    if count == 0 { isAtEnd = true }
    held += block[..<count]
  }

  /// Takes what there is, and waits only where there is nothing.
  private static func fill(_ block: UnsafeMutableRawBufferPointer, from descriptor: Int32) -> Int {
    while true {
      #if canImport(Glibc)
        let count = Glibc.read(descriptor, block.baseAddress, block.count)
      #elseif canImport(Musl)
        let count = Musl.read(descriptor, block.baseAddress, block.count)
      #else
        let count = Darwin.read(descriptor, block.baseAddress, block.count)
      #endif
      if count >= 0 || errno != EINTR { return count }
    }
  }
}
