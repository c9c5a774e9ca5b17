@testable import Evidence

/// Invented tables of small counts.
enum InventedTables {
  /// A table of rows and columns with their totals; areas may be gathered into regions.
  static func twoWay(
    _ values: [[Int]], name: String = "invented", regions: Int = 0, national: Bool = false
  ) throws -> DisclosureTable {
    try layered([values], name: name, regions: regions, national: national)
  }

  /// The same table in several versions: `values[version][row][column]`.
  static func layered(
    _ values: [[[Int]]], name: String = "invented", regions: Int = 0, national: Bool = false
  ) throws -> DisclosureTable {
    var table = DisclosureTable(name: name, versions: values.count)
    let rows = values[0].count
    let columns = values[0][0].count
    var cells: [[Int]] = []
    func sum(_ wantedRows: [Int], _ wantedColumns: [Int]) -> [Int] {
      values.map { one in
        var total = 0
        for row in wantedRows { for column in wantedColumns { total += one[row][column] } }
        return total
      }
    }
    // Lines of the table: each row, each region, all; columns: each, all.
    var lines: [(name: String, rows: [Int], standing: DisclosureCell.Standing)] = (0..<rows).map {
      ("row \($0)", [$0], .detail)
    }
    for region in 0..<regions {
      lines.append(("region \(region)", (0..<rows).filter { $0 % regions == region }, .total))
    }
    lines.append(("all rows", Array(0..<rows), national ? .national : .total))
    for line in lines {
      var own: [Int] = []
      for column in 0...columns {
        let isAll = column == columns
        own.append(
          try table.add(
            DisclosureCell(
              name: "\(line.name), \(isAll ? "all" : "column \(column)")",
              values: sum(line.rows, isAll ? Array(0..<columns) : [column]),
              standing: max(line.standing, isAll ? .total : .detail))))
      }
      cells.append(own)
      try table.relate(total: own[columns], parts: Array(own[..<columns]))
    }
    for column in 0...columns {
      if regions > 0 {
        for region in 0..<regions {
          try table.relate(
            total: cells[rows + region][column],
            parts: (0..<rows).filter { $0 % regions == region }.map { cells[$0][column] })
        }
        try table.relate(
          total: cells[rows + regions][column], parts: (0..<regions).map { cells[rows + $0][column] })
      } else {
        try table.relate(total: cells[rows][column], parts: (0..<rows).map { cells[$0][column] })
      }
    }
    return table
  }

  /// Sparse small counts: many zeros, some below any threshold, a few large.
  static func sparse(_ rows: Int, _ columns: Int, _ generator: inout SeededGenerator, largest: Int = 30) -> [[Int]] {
    (0..<rows).map { _ in
      (0..<columns).map { _ in
        switch Int.random(in: 0..<10, using: &generator) {
        case 0..<3: 0
        case 3..<6: Int.random(in: 1...4, using: &generator)
        case 6..<9: Int.random(in: 5...12, using: &generator)
        default: Int.random(in: 12...largest, using: &generator)
        }
      }
    }
  }
}
