import GRDB

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Published figures with every vintage, and forecasts and plans with what they were made from, in one SQLite file.
///
/// Nothing is ever changed or taken out: what is published again with another value is a new vintage beside the old one.
/// Whatever is written is written whole or not at all, whenever the process ends; several processes may use one file at
/// once, and wait for one another.
///
/// The file has a rollback journal and no write-ahead log: at rest it is one file, which can be copied, sent and kept on
/// a network drive or a read-only disk, none of which a write-ahead log allows. One writer at a time is what imports
/// need.
public final class Store: Sendable {
  /// What a store is opened for.
  public enum Mode: Hashable, Sendable {
    /// To read what is there; the file must be.
    case reading
    /// To read and to add; a file that is not there is made.
    case writing
  }

  /// The version of the schema that this library writes. Files of earlier versions are brought to it when they are
  /// opened, with all that they hold; later ones are refused.
  public static let version = StoreSchema.versions.count

  /// How long another process's writing is waited for, unless said otherwise: a minute.
  public static let defaultPatience = 60.0

  /// The file.
  public let path: String
  /// What it was opened for.
  public let mode: Mode
  private let queue: DatabaseQueue

  /// Opens a store, and makes or migrates it where that is needed.
  ///
  /// A file of an earlier version is migrated in either mode, a version at a time and each whole or not at all.
  ///
  /// - Parameters:
  ///   - path: the file.
  ///   - mode: for reading, or for writing too.
  ///   - patience: the seconds for which another process's writing is waited for.
  /// - Throws: ``EvidenceError``: no such file, a folder, a file that cannot be read or made, one that is no store, a
  ///   store of a later version, a damaged file.
  public init(at path: String, mode: Mode, patience: Double = Store.defaultPatience) throws(EvidenceError) {
    var status = stat()
    let isThere = stat(path, &status) == 0
    if !isThere, mode == .reading || path.isEmpty { throw .noSuchFile(path: path) }
    if isThere, status.st_mode & S_IFMT == S_IFDIR { throw .isDirectory(path: path) }
    self.path = path
    self.mode = mode
    var configuration = Configuration()
    configuration.busyMode = .timeout(patience)
    configuration.prepareDatabase { database in
      // A file from elsewhere runs nothing of its own; a damaged page is found when it is read.
      try database.execute(
        sql: "PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; PRAGMA cache_size = -65536")
    }
    do {
      // A name that begins with a colon would otherwise be taken for a database in memory.
      queue = try DatabaseQueue(path: path.hasPrefix(":") ? "./\(path)" : path, configuration: configuration)
      try StoreOpening.prepare(queue, path: path, mode: mode)
    } catch {
      throw StoreFailure.of(error, path: path, isWriting: mode == .writing)
    }
  }

  /// Reads in one transaction, which sees the store at one instant.
  func reading<Result>(_ body: (Database) throws -> Result) throws(EvidenceError) -> Result {
    do {
      return try queue.read(body)
    } catch {
      throw StoreFailure.of(error, path: path, isWriting: false)
    }
  }

  /// Writes in one transaction, which has the right to write from its beginning: two that would both read and then
  /// write cannot wait for each other.
  ///
  /// - Parameter body: returns whether what it wrote is kept, and its result.
  func writing<Result>(_ body: (Database) throws -> (keeps: Bool, result: Result)) throws(EvidenceError)
    -> Result
  {
    guard mode == .writing else {
      throw .cannotWrite(path: path, reason: "the store was opened for reading alone")
    }
    do {
      return try queue.writeWithoutTransaction { database in
        var result: Result?
        try database.inTransaction(.immediate) {
          let outcome = try body(database)
          result = outcome.result
          return outcome.keeps ? .commit : .rollback
        }
        guard let result else { throw StoreFailure.Damage(what: "a transaction gave no result") }
        return result
      }
    } catch {
      throw StoreFailure.of(error, path: path, isWriting: true)
    }
  }
}
