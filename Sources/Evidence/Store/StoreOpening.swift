import GRDB

/// What is looked at before a file is taken for a store.
enum StoreOpening {
  /// Makes an empty file a store, and brings a store of an earlier version to the current one.
  ///
  /// - Throws: ``EvidenceError`` for what is no store or of a later version, and what SQLite throws.
  static func prepare(_ queue: DatabaseQueue, path: String, mode: Store.Mode) throws {
    let found = try queue.read(Found.init)
    switch found.kind {
    case .empty:
      guard mode == .writing else {
        throw problem(path, "holds nothing: it is no store yet; import something into it first")
      }
    case .foreign:
      throw problem(
        path,
        "is an SQLite database of another program, and no store; nothing was changed: name another file")
    case .store:
      if found.isNewer {
        throw problem(
          path,
          "was written by a later version of Needscast (its schema is version \(found.version), and this one knows "
            + "versions up to \(Store.version)); nothing was changed: use that version, or a store of its own"
        )
      }
      if found.isCurrent { return }
    }
    try StoreSchema.migrate(queue)
  }

  private static func problem(_ path: String, _ message: String) -> EvidenceError {
    .badData(Problem(file: path, message: message))
  }

  /// What a file turned out to be.
  private struct Found {
    enum Kind { case empty, foreign, store }
    let kind: Kind
    let version: Int
    let isNewer: Bool
    let isCurrent: Bool

    init(_ database: Database) throws {
      let mark = try Int32.fetchOne(database, sql: "PRAGMA application_id") ?? 0
      version = try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
      let tables = try String.fetchAll(
        database, sql: "SELECT name FROM sqlite_master WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\'")
      if mark == StoreSchema.applicationID {
        kind = .store
      } else if mark == 0, version == 0, tables.allSatisfy({ $0 == "grdb_migrations" }) {
        // The table of migrations alone is left behind by a process that ended before the first of them.
        kind = .empty
      } else {
        kind = .foreign
      }
      let applied =
        tables.contains("grdb_migrations") ? try StoreSchema.migrator.appliedIdentifiers(database) : []
      let known = Set(StoreSchema.versions.map(\.name))
      isNewer = version > StoreSchema.versions.count || !applied.isSubset(of: known)
      isCurrent = applied == known
    }
  }
}
