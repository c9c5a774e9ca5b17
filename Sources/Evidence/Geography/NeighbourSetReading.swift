import TimeSeries

extension NeighbourSet {
  /// Reads a set of statistical neighbours.
  ///
  /// Two layouts are known. The long one has a row for each neighbour, `la_number, la_name, rank,
  /// neighbour_la_number, closeness`. The wide ones of the Department for Education have a row for each authority and
  /// groups of columns for its neighbours, whose headers may repeat (`SN1, SNP, SN2, SNP …`, `SN_1, SN_1P …`, or `SN1,
  /// SN1, SN1` for name, closeness and number): a group is told by its number, and what a cell of it holds by the cell.
  ///
  /// - Parameters:
  ///   - contents: the file.
  ///   - name: the name by which the set is asked for, such as `2025`.
  ///   - firstDay: the day from which it is the set in use.
  ///   - gazetteer: knows the authorities.
  /// - Throws: ``EvidenceError/badData(problems:omitted:)`` with every row that is wrong: an unknown authority, a number
  ///   and a name that do not agree, a rank or a neighbour that stands twice, an authority that is its own neighbour,
  ///   ranks that do not count up from 1, words that are no closeness.
  public init(
    reading contents: FileContents, name: String, firstDay: CivilDate, gazetteer: Gazetteer
  ) throws(EvidenceError) {
    let text = try DecodedText(contents)
    var reader = DelimitedReader(bytes: text.bytes, file: text.file, separator: .comma)
    _ = try reader.findSeparator()
    guard try reader.next() else {
      throw .badData(Problem(file: text.file, message: "the file is empty; a header and rows are wanted"))
    }
    let header = (0..<reader.fieldCount).map { [reader] in reader.text($0) }
    guard let layout = NeighbourLayout(header: header) else {
      throw .badData(
        Problem(
          file: text.file, row: reader.row,
          message: """
            this is no set of statistical neighbours; wanted are the columns la_number, rank, neighbour_la_number and \
            closeness, or LA number and groups of columns SN1, SN2 and so on
            """))
    }
    var rows = NeighbourRows(file: text.file, layout: layout, gazetteer: gazetteer)
    while try reader.next() {
      let cells = (0..<reader.fieldCount).map { [reader] in AreaName.trimmed(reader.text($0)) }
      rows.take(cells, row: reader.row)
    }
    rows.check()
    guard rows.problems.isEmpty else { throw .badData(problems: rows.problems, omitted: rows.omitted) }
    self.init(
      name: name, firstDay: firstDay, notes: text.notes + rows.notes, warnings: rows.warnings,
      neighbours: rows.neighbours)
  }
}

/// Which columns hold what.
struct NeighbourLayout {
  /// The column of the authority's number, where there is one.
  let number: Int?
  /// The column of the authority's name, where there is one.
  let name: Int?
  /// The column of the rank, in the long layout.
  let rank: Int?
  /// The columns of each neighbour, by rank; in the long layout one group.
  let groups: [(rank: Int, columns: [Int])]

  /// The layout of a header; nil where it is none of those known.
  init?(header: [String]) {
    let names = header.map { AreaName.folded($0).filter { $0 != " " } }
    number = names.firstIndex { ["lanumber", "lanum", "lacode", "oldlacode"].contains($0) }
    name = names.firstIndex { ["laname", "area", "authority"].contains($0) }
    guard number != nil || name != nil else { return nil }
    if let rank = names.firstIndex(of: "rank") {
      let columns = ["neighbourlanumber", "neighbourlaname", "closeness"].compactMap(names.firstIndex)
      guard names.contains("neighbourlanumber") || names.contains("neighbourlaname") else { return nil }
      self.rank = rank
      groups = [(1, columns)]
      return
    }
    rank = nil
    var found: [(rank: Int, columns: [Int])] = []
    for (position, text) in names.enumerated() where text.hasPrefix("sn") {
      let middle = text.dropFirst(2)
      let digits = middle.prefix { $0.isASCII && $0.isNumber }
      guard ["", "p", "name", "number", "proximity", "closeness"].contains(middle.dropFirst(digits.count))
      else {
        continue
      }
      if let rank = Int(digits) {
        if let index = found.firstIndex(where: { $0.rank == rank }) {
          found[index].columns.append(position)
        } else {
          found.append((rank, [position]))
        }
      } else if digits.isEmpty, !found.isEmpty {
        // A closeness without a number belongs to the neighbour before it.
        found[found.count - 1].columns.append(position)
      }
    }
    guard !found.isEmpty else { return nil }
    groups = found
  }
}

/// Takes up the rows of a set of neighbours.
struct NeighbourRows {
  let file: String
  let layout: NeighbourLayout
  let gazetteer: Gazetteer
  private(set) var neighbours: [Int: [NeighbourSet.Neighbour]] = [:]
  private(set) var problems: [Problem] = []
  private(set) var warnings: [Problem] = []
  private(set) var notes: [String] = []
  /// The number of problems that are not held.
  private(set) var omitted = 0
  /// The number of problems, warnings and notes that are held of each.
  private static let limit = 100
  /// What was warned of, to say it once; with more than the limit, the file is refused.
  private var warned: Set<String> = []
  /// The row in which an authority is first.
  private var firstRows: [Int: Int] = [:]

  init(file: String, layout: NeighbourLayout, gazetteer: Gazetteer) {
    self.file = file
    self.layout = layout
    self.gazetteer = gazetteer
  }

  mutating func take(_ cells: [String], row: Int) {
    if cells.allSatisfy(\.isEmpty) { return }
    let filled = cells.filter { !$0.isEmpty }
    if filled.count == 1, let heading = filled.first, gazetteer.meanings(of: heading).isEmpty {
      guard notes.count < Self.limit else { return refuse(row, "there are too many rows of one cell") }
      notes.append("\(file):\(row): \"\(Gazetteer.shortened(heading))\" is taken for a heading")
      return
    }
    guard let authority = authority(cells, row: row) else { return }
    if layout.rank == nil, neighbours[authority] != nil {
      return refuse(row, "\(label(authority)) has a row already (row \(firstRows[authority] ?? 0)); keep one")
    }
    firstRows[authority] = firstRows[authority] ?? row
    for group in layout.groups {
      var rank = group.rank
      if let column = layout.rank {
        let text = cell(cells, column)
        guard let value = Int(text), (1...1000).contains(value) else {
          return refuse(row, "rank \"\(Gazetteer.shortened(text))\" is no whole number from 1")
        }
        rank = value
      }
      let texts = group.columns.map { cell(cells, $0) }.filter { !$0.isEmpty }
      if let neighbour = neighbour(texts, rank: rank, of: authority, row: row) {
        neighbours[authority, default: []].append(neighbour)
      }
    }
  }

  /// Says what is wrong with the authorities as a whole.
  mutating func check() {
    let lengths = neighbours.mapValues(\.count)
    let counts = Dictionary(grouping: lengths.keys, by: { lengths[$0] ?? 0 })
    // The usual number; of two as usual, the greater.
    let usual = counts.max { ($0.value.count, $0.key) < ($1.value.count, $1.key) }?.key
    for number in neighbours.keys.sorted() {
      let ranks = (neighbours[number] ?? []).map(\.rank).sorted()
      let row = firstRows[number] ?? 1
      if ranks != Array(1..<(ranks.count + 1)) {
        refuse(row, "the ranks of the neighbours of \(label(number)) do not count up from 1, each once")
      } else if let usual, ranks.count != usual {
        warn(
          row,
          "\(label(number)) has \(ranks.count == 1 ? "1 neighbour" : "\(ranks.count) neighbours"), most have \(usual)"
        )
      }
    }
    if neighbours.isEmpty, problems.isEmpty { refuse(1, "there is no authority in the table") }
  }

  // MARK: A row

  private mutating func authority(_ cells: [String], row: Int) -> Int? {
    let number = layout.number.map { cell(cells, $0) } ?? ""
    let name = layout.name.map { cell(cells, $0) } ?? ""
    return resolve(number: number.isEmpty ? nil : number, name: name.isEmpty ? nil : name, row: row)
  }

  private mutating func neighbour(
    _ texts: [String], rank: Int, of authority: Int, row: Int
  ) -> NeighbourSet.Neighbour? {
    var number: String?
    var name: String?
    var closeness: Closeness?
    for text in texts {
      if AreaName.number(text) != nil {
        number = text
      } else if let words = Closeness(text) {
        closeness = words
      } else {
        name = text
      }
    }
    guard number != nil || name != nil else {
      refuse(row, "neighbour \(rank) of \(label(authority)) is missing; give its number")
      return nil
    }
    if number != nil, let text = name, gazetteer.meanings(of: text).isEmpty {
      let words = Closeness.allCases.map(\.words)
      refuse(
        row,
        "\"\(Gazetteer.shortened(text))\" beside neighbour \(rank) is neither a name nor a closeness; "
          + NearestName.advice(for: Gazetteer.shortened(text), among: words))
      return nil
    }
    guard let found = resolve(number: number, name: name, row: row) else { return nil }
    if found == authority {
      refuse(row, "\(label(found)) is its own neighbour; mend the number")
      return nil
    }
    if let other = neighbours[authority]?.first(where: { $0.number == found }) {
      refuse(
        row,
        "\(label(found)) is neighbour \(other.rank) and neighbour \(rank) of \(label(authority)); keep one")
      return nil
    }
    return NeighbourSet.Neighbour(rank: rank, number: found, closeness: closeness)
  }

  /// The authority that a number and a name mean, which must agree.
  private mutating func resolve(number: String?, name: String?, row: Int) -> Int? {
    if let number {
      guard let value = AreaName.number(number), gazetteer[value] != nil else {
        refuse(row, "\"\(Gazetteer.shortened(number))\" is not the three-digit number of an authority")
        return nil
      }
      guard let name else { return value }
      let meant = gazetteer.meanings(of: name)
      if meant.isEmpty {
        warn(
          row,
          "the name \"\(Gazetteer.shortened(name))\" is not known for \(label(value)); the number is taken")
      } else if !meant.contains(where: { $0 == gazetteer[value].map(Area.authority) }) {
        refuse(
          row,
          "number \(value) is \(label(value)), but the name is \"\(Gazetteer.shortened(name))\"; mend one")
        return nil
      }
      return value
    }
    do {
      return try gazetteer.authority(named: name ?? "").number
    } catch {
      refuse(row, error.description)
      return nil
    }
  }

  private func cell(_ cells: [String], _ column: Int) -> String {
    cells.indices.contains(column) ? cells[column] : ""
  }

  private func label(_ number: Int) -> String { gazetteer[number]?.label ?? String(number) }

  private mutating func refuse(_ row: Int, _ message: String) {
    guard problems.count < Self.limit else { return omitted += 1 }
    problems.append(Problem(file: file, row: row, message: message))
  }

  private mutating func warn(_ row: Int, _ message: String) {
    guard warned.insert(message).inserted else { return }
    guard warnings.count < Self.limit else { return refuse(row, message) }
    warnings.append(Problem(file: file, row: row, message: message, severity: .warning))
  }
}
