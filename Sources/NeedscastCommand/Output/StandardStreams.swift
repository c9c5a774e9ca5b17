#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Standard output and standard error, written whole and without buffering in between.
enum StandardStreams {
  /// Writes to standard output. A reader that has gone away, as `head` does, wants no more: the rest is dropped, and
  /// the command ends as it would have.
  ///
  /// - Throws: ``Failure`` with exit code 73 when the system refuses, for example because a disk is full.
  static func output(_ text: String) throws(Failure) { _ = try output(Array(text.utf8)) }

  /// Writes a part of the result to standard output.
  ///
  /// - Returns: false when the reader has gone away: nobody wants the rest.
  /// - Throws: ``Failure`` with exit code 73 when the system refuses, for example because a disk is full.
  static func output(_ bytes: [UInt8]) throws(Failure) -> Bool {
    let code = ProgressLine.clearing { write(bytes, to: STDOUT_FILENO) }
    guard code == 0 || code == EPIPE else {
      throw Failure(
        "standard output: cannot be written (\(SystemReason.of(code))); the result is not whole, write it elsewhere",
        code: Failure.cannotWrite)
    }
    return code == 0
  }

  /// Writes to standard error. Where that is refused there is nobody left to tell.
  static func error(_ text: String) { ProgressLine.clearing { unguarded(text) } }

  /// Writes to standard error for who holds the line of progress already.
  static func unguarded(_ text: String) { _ = write(Array(text.utf8), to: STDERR_FILENO) }

  /// Writes every byte; gives the system's error number, or zero.
  private static func write(_ bytes: [UInt8], to descriptor: Int32) -> Int32 {
    // Without this, the signal of a pipe that nobody reads would end the process in the middle.
    signal(SIGPIPE, SIG_IGN)
    return bytes.withUnsafeBytes { bytes in
      var rest = bytes
      while !rest.isEmpty, let base = rest.baseAddress {
        #if canImport(Glibc)
          let count = Glibc.write(descriptor, base, rest.count)
        #elseif canImport(Musl)
          let count = Musl.write(descriptor, base, rest.count)
        #else
          let count = Darwin.write(descriptor, base, rest.count)
        #endif
        if count < 0 {
          let code = errno
          if code == EINTR { continue }
          if code == EAGAIN {
            // A terminal or pipe that was set not to block: wait until it takes more.
            var state = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
            _ = poll(&state, 1, -1)
            continue
          }
          return code
        }
        rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(count))
      }
      return 0
    }
  }
}

/// The system's own words for an error number.
enum SystemReason {
  static func of(_ code: Int32) -> String {
    guard let text = strerror(code) else { return "error \(code)" }
    return String(cString: text)
  }
}
