/// Why evidence cannot be read or written.
public enum EvidenceError: Error, Hashable, Sendable {
  /// There is nothing at the path.
  case noSuchFile(path: String)
  /// A workspace in memory names a file that was not given with it.
  case notGiven(path: String)
  /// The path is a folder where a file is wanted.
  case isDirectory(path: String)
  /// The system refuses to read the file.
  case unreadable(path: String, reason: String)
  /// A gzip file ends before its contents do.
  case truncatedGzip(path: String)
  /// A gzip file is damaged, or no gzip file at all.
  case damagedGzip(path: String)
  /// The contents are larger than the reader holds.
  case tooLarge(path: String, limit: Int)
  /// The file to be written is there already.
  case alreadyExists(path: String)
  /// The system refuses to write the file.
  case cannotWrite(path: String, reason: String)
  /// The contents are wrong: the problems in the order of the rows, and the number of those left out.
  case badData(problems: [Problem], omitted: Int)

  /// What was asked for on the command line cannot be had: a scenario that is not there, a change to a value that is
  /// not there or to one that it cannot have. The sentence begins with the argument, as in `--set PATH=VALUE`.
  case badArgument(String)

  /// The error with one problem.
  static func badData(_ problem: Problem) -> EvidenceError { .badData(problems: [problem], omitted: 0) }

  /// The exit code of a command that ends with this error, after BSD's sysexits: 64 wrong arguments, 65 bad data,
  /// 66 no input, 73 cannot write.
  public var exitCode: Int32 {
    switch self {
    case .badArgument: 64
    case .noSuchFile, .notGiven, .isDirectory, .unreadable: 66
    case .truncatedGzip, .damagedGzip, .tooLarge, .badData: 65
    case .alreadyExists, .cannotWrite: 73
    }
  }
}

extension EvidenceError: CustomStringConvertible {
  /// The error as a sentence; of bad data, a line for each problem.
  public var description: String {
    switch self {
    case .noSuchFile(let path):
      "\(path): there is no such file; check the name and the folder"
    case .notGiven(let path):
      "\(path): this file is not among those that were given; give its text under its path in the workspace"
    case .isDirectory(let path):
      "\(path): this is a folder; name a file in it"
    case .unreadable(let path, let reason):
      "\(path): cannot be read (\(reason)); check that it may be read"
    case .truncatedGzip(let path):
      "\(path): the compressed file ends too early; fetch or compress it again"
    case .damagedGzip(let path):
      "\(path): this is not a sound gzip file; compress it again, or name an uncompressed file without .gz"
    case .tooLarge(let path, let limit):
      "\(path): the contents are larger than \(limit) bytes; split the file"
    case .alreadyExists(let path):
      "\(path): the file is there already; name another, or use --force to replace it"
    case .cannotWrite(let path, let reason):
      "\(path): cannot be written (\(reason)); check the folder and that it may be written to"
    case .badArgument(let sentence): sentence
    case .badData(let problems, let omitted):
      (problems.map(\.description) + (omitted > 0 ? ["and \(omitted) more problems"] : []))
        .joined(separator: "\n")
    }
  }
}
