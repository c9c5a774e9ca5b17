/// Why the explorer cannot begin or cannot go on. Each case is a sentence for the person who can mend it.
public enum ExplorerError: Error, Hashable, Sendable, CustomStringConvertible {
  /// Something else listens on the port.
  case portTaken(Int)
  /// The system does not let the explorer listen.
  case cannotListen(reason: String)
  /// No row of the workspace says when it was published, so that there is no date to plan from.
  case noDate(folder: String)
  /// One path is set twice before the page is opened.
  case setTwice(path: String)

  /// The exit code of a command that ends with this error, after BSD's sysexits: 64 wrong arguments, 65 bad data,
  /// 73 where a port cannot be had.
  public var exitCode: Int32 {
    switch self {
    case .portTaken, .cannotListen: 73
    case .noDate: 65
    case .setTwice: 64
    }
  }

  /// The sentence.
  public var description: String {
    switch self {
    case .portTaken(let port):
      "port \(port) is taken on \(ExplorerAddress.host); give another with --port, or leave it out for one that is free"
    case .cannotListen(let reason):
      "the page cannot be served on \(ExplorerAddress.host): \(reason)"
    case .noDate(let folder):
      "\(folder): no row says when it was published, so there is no date to plan from; give --as-of"
    case .setTwice(let path):
      "--set \(path): this path is set twice; keep one of the two"
    }
  }
}
