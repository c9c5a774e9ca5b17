import TimeSeries

@testable import Evidence

/// Invented tables of small counts.
enum InventedCounts {
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
  static func sparse(_ rows: Int, _ columns: Int, _ generator: inout SeededGenerator, largest: Int = 30)
    -> [[Int]]
  {
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

  /// Two tables of rows and columns, and their sum: three ways, all totals.
  static func threeWay(_ first: [[Int]], _ second: [[Int]]) throws -> DisclosureTable {
    var table = DisclosureTable(name: "three ways")
    let rows = first.count
    let columns = first[0].count
    var cells: [[[Int]]] = []
    for layer in 0...2 {
      cells.append([])
      for row in 0...rows {
        cells[layer].append([])
        for column in 0...columns {
          var value = 0
          for (number, one) in [first, second].enumerated() where layer == 2 || layer == number {
            for (r, line) in one.enumerated() where row == rows || row == r {
              for (c, cell) in line.enumerated() where column == columns || column == c { value += cell }
            }
          }
          let isTotal = layer == 2 || row == rows || column == columns
          cells[layer][row].append(
            try table.add(
              DisclosureCell(
                name: "\(layer)/\(row)/\(column)", values: [value], standing: isTotal ? .total : .detail)))
        }
      }
    }
    for layer in 0...2 {
      for row in 0...rows {
        try table.relate(total: cells[layer][row][columns], parts: Array(cells[layer][row][..<columns]))
      }
      for column in 0...columns {
        try table.relate(
          total: cells[layer][rows][column], parts: (0..<rows).map { cells[layer][$0][column] })
      }
    }
    for row in 0...rows {
      for column in 0...columns {
        try table.relate(total: cells[2][row][column], parts: [cells[0][row][column], cells[1][row][column]])
      }
    }
    return table
  }

  /// Running totals of a table over years, with what each year adds as figures that are not shown.
  static func runningTotals(_ added: [[[Int]]]) throws -> DisclosureTable {
    var table = DisclosureTable(name: "running totals")
    let rows = added[0].count
    let columns = added[0][0].count
    var before: [[Int]] = []
    var sums = Array(repeating: Array(repeating: 0, count: columns + 1), count: rows + 1)
    for (year, new) in added.enumerated() {
      var now: [[Int]] = []
      for row in 0...rows {
        now.append([])
        for column in 0...columns {
          var value = 0
          for (r, line) in new.enumerated() where row == rows || row == r {
            for (c, cell) in line.enumerated() where column == columns || column == c { value += cell }
          }
          sums[row][column] += value
          let isTotal = row == rows || column == columns
          let cell = try table.add(
            DisclosureCell(
              name: "\(year): \(row)/\(column)", values: [sums[row][column]],
              standing: isTotal ? .total : .detail,
              family: "\(row)/\(column)"))
          now[row].append(cell)
          if year > 0 {
            let hidden = try table.add(
              DisclosureCell(name: "new in \(year): \(row)/\(column)", values: [value], visibility: .hidden))
            try table.relate(total: cell, parts: [before[row][column], hidden])
          }
        }
        try table.relate(total: now[row][columns], parts: Array(now[row][..<columns]))
      }
      for column in 0...columns {
        try table.relate(total: now[rows][column], parts: (0..<rows).map { now[$0][column] })
      }
      before = now
    }
    return table
  }

  /// Two versions of a table as one table, in which every difference between them is known.
  static func joined(_ table: DisclosureTable) throws -> Joined {
    var joint = DisclosureTable(name: table.name)
    let count = table.cells.count
    for version in 0..<2 {
      for cell in table.cells {
        try joint.add(DisclosureCell(name: cell.name, values: [cell.values[version]]))
      }
    }
    for relation in table.relations {
      for version in 0..<2 {
        try joint.relate(relation.map { ($0.cell + version * count, $0.coefficient) })
      }
    }
    for (position, cell) in table.cells.enumerated() {
      let difference = cell.values[1] - cell.values[0]
      let known = try joint.add(
        DisclosureCell(
          name: "difference of \(cell.name)", values: [difference], people: [abs(difference)],
          visibility: .known,
          mayBeNegative: true))
      try joint.relate([(position + count, 1), (position, -1), (known, -1)])
    }
    return Joined(table: joint, count: count)
  }

  /// A table of two versions as one.
  struct Joined {
    let table: DisclosureTable
    let count: Int

    func position(_ cell: Int, _ version: Int) -> Int { cell + version * count }

    /// What was published of both versions, and the differences.
    func outcome(_ outcome: DisclosureControl.Outcome) -> DisclosureControl.Outcome {
      var observations: [[Observation]] = []
      for version in 0..<2 { observations += outcome.observations.map { [$0[version]] } }
      observations += table.cells[(2 * count)...].map { [.value(Double($0.values[0]))] }
      return DisclosureControl.Outcome(
        observations: observations, treatments: observations.map { _ in [.published] }, report: outcome.report
      )
    }
  }
}
