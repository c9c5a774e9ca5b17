import GRDB

extension Store {
  /// Looks through the whole file: its pages and indexes, the rules of its tables, and that nothing points nowhere.
  ///
  /// - Returns: what is wrong; nothing when the store is sound.
  /// - Throws: ``EvidenceError`` when the file cannot be read, or is damaged so that it cannot be looked through.
  public func check() throws(EvidenceError) -> [Problem] {
    try reading { database in
      var problems: [Problem] = []
      for line in try String.fetchAll(database, sql: "PRAGMA integrity_check") where line != "ok" {
        problems.append(Problem(file: path, message: "is damaged: \(line)"))
      }
      let dangling = try Row.fetchAll(database, sql: "PRAGMA foreign_key_check")
      for row in dangling {
        let table: String = row["table"] ?? ""
        let parent: String = row["parent"] ?? ""
        problems.append(
          Problem(
            file: path, message: "is damaged: a row of \(table) points to one of \(parent) that is not there")
        )
      }
      return problems
    }
  }
}
