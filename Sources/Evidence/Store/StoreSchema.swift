import GRDB

/// The versions of a store's schema, and how a file goes from one to the next.
///
/// What a version's SQL says never changes once it is released: a change is a new version. The tests hold a file of
/// every earlier version to it.
enum StoreSchema {
  /// The mark in a file's header that says it is a store: `Need` in ASCII.
  static let applicationID: Int32 = 0x4E65_6564

  /// A version: its name among the migrations, and what it does to the version before it.
  struct Version {
    let name: String
    let sql: String
  }

  /// The versions, oldest first; the number of a version is its place, from 1.
  static let versions = [
    Version(name: "1 evidence", sql: firstVersion),
    Version(name: "2 forecasts and plans", sql: secondVersion),
  ]

  /// Thrown by a migration that another process finished first.
  struct AlreadyApplied: Error {}

  /// Brings a file to the current version: all of a version or nothing of it.
  ///
  /// Two processes may do it at once: a version that the other has finished is found inside the transaction, and left.
  static func migrate(_ queue: DatabaseQueue) throws {
    let migrator = migrator
    for _ in 0...versions.count {
      do {
        try migrator.migrate(queue)
        return
      } catch is AlreadyApplied {
        continue
      }
    }
  }

  /// The migrations of all versions.
  static var migrator: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    for (place, version) in versions.enumerated() {
      // Nothing is dropped or renamed, so that foreign keys may stay on.
      migrator.registerMigration(version.name, foreignKeyChecks: .immediate) { database in
        let isApplied =
          try Bool.fetchOne(
            database, sql: "SELECT EXISTS (SELECT 1 FROM grdb_migrations WHERE identifier = ?)",
            arguments: [version.name]) ?? false
        if isApplied { throw AlreadyApplied() }
        try database.execute(sql: version.sql)
        try database.execute(sql: "PRAGMA application_id = \(applicationID)")
        try database.execute(sql: "PRAGMA user_version = \(place + 1)")
      }
    }
    return migrator
  }
}
