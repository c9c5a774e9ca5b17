import GRDB
import TimeSeries

/// What SQLite says, as a sentence for the person who can mend it.
enum StoreFailure {
  /// A file that says what a store never says: written by another hand, or damaged.
  struct Damage: Error {
    let what: String
  }

  static func of(_ error: any Error, path: String, isWriting: Bool) -> EvidenceError {
    switch error {
    case let error as EvidenceError: error
    case let error as DatabaseError: of(error, path, isWriting)
    case let damage as Damage: .badData(Problem(file: path, message: "\(damaged) (\(damage.what))"))
    default: .badData(Problem(file: path, message: "\(damaged) (\(error))"))
    }
  }

  private static let damaged =
    "is damaged; put back a copy of it, or make a new store and import its files again"

  private static func of(_ error: DatabaseError, _ path: String, _ isWriting: Bool) -> EvidenceError {
    let reason = error.message ?? error.resultCode.description
    switch error.resultCode {
    case .SQLITE_NOTADB:
      return .badData(
        Problem(file: path, message: "is no store: it is not an SQLite file; name another file"))
    case .SQLITE_CORRUPT, .SQLITE_CONSTRAINT, .SQLITE_FORMAT, .SQLITE_MISMATCH, .SQLITE_ERROR:
      return .badData(Problem(file: path, message: "\(damaged) (\(reason))"))
    case .SQLITE_BUSY, .SQLITE_LOCKED:
      let sentence = "another process is writing to it and has not finished; try again when it has"
      return isWriting
        ? .cannotWrite(path: path, reason: sentence) : .unreadable(path: path, reason: sentence)
    default:
      return isWriting ? .cannotWrite(path: path, reason: reason) : .unreadable(path: path, reason: reason)
    }
  }
}
