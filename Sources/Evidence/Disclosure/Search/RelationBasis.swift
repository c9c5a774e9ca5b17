/// The relations of a table without those that follow from the others.
///
/// In a table of areas in regions by groups, the rows of the regions add up because the rows of the areas do. Without such
/// relations most tables turn out to be networks.
enum RelationBasis {
  /// A prime below 2^31. Elimination modulo it can take a relation for one that follows when it does not, though only if
  /// the prime divides a determinant of small numbers; nothing unsafe comes of it, since every proof is checked against
  /// all relations of the table.
  private static let prime = 2_147_483_647

  /// Relations that imply all of some, in their order.
  ///
  /// - Parameters:
  ///   - relations: the relations.
  ///   - state: the table; only figures that can move count.
  static func independent(_ relations: [Int], _ state: inout SuppressionState) -> [Int] {
    var columns: [Int: Int] = [:]
    var counts: [Int: Int] = [:]
    for relation in relations {
      for term in state.table.relations[relation] where state.isMovable(term.cell) {
        if columns[term.cell] == nil { columns[term.cell] = columns.count }
        counts[term.cell, default: 0] += 1
      }
    }
    // Those whose figures stand in too many relations come last, so that they are the ones to follow from the rest.
    let crowding = relations.map { relation in
      (
        state.table.relations[relation].count { (counts[$0.cell] ?? 0) > 2 }, relation
      )
    }.sorted { $0 < $1 }
    var solved: [(column: Int, row: [Int: Int])] = []
    var rowOfColumn: [Int: Int] = [:]
    var kept: [Int] = []
    for (_, relation) in crowding {
      var row: [Int: Int] = [:]
      for term in state.table.relations[relation] {
        if let column = columns[term.cell] { row[column] = ((term.coefficient % prime) + prime) % prime }
      }
      // Rows are taken out in the order in which they were solved: none brings back a column of an earlier one.
      var waiting = SearchQueue()
      for column in row.keys { if let next = rowOfColumn[column] { waiting.insert(next, priority: next) } }
      var last = -1
      while let next = waiting.popLeast() {
        if next == last { continue }
        last = next
        let (column, other) = solved[next]
        guard let factor = row[column] else { continue }
        state.work += other.count * 20
        for (place, value) in other {
          let left = ((row[place] ?? 0) + (prime - factor) * value) % prime
          row[place] = left == 0 ? nil : left
          if left != 0, let later = rowOfColumn[place], later > next {
            waiting.insert(later, priority: later)
          }
        }
      }
      guard let column = row.keys.max() else { continue }
      let scale = inverse(row[column] ?? 1)
      solved.append((column, row.mapValues { $0 * scale % prime }))
      rowOfColumn[column] = solved.count - 1
      kept.append(relation)
    }
    return kept.sorted()
  }

  /// The inverse modulo the prime (Fermat).
  private static func inverse(_ value: Int) -> Int {
    var result = 1
    var base = value
    var power = prime - 2
    while power > 0 {
      if power & 1 == 1 { result = result * base % prime }
      base = base * base % prime
      power >>= 1
    }
    return result
  }
}
