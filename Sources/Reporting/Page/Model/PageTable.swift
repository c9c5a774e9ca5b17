/// A table with a caption, headings and rows that begin with one.
struct PageTable {
  /// A column.
  struct Column {
    let title: String
    /// Whether figures stand in it, which are set to the right.
    let isNumber: Bool

    /// A column of figures.
    static func figures(_ title: String) -> Column { Column(title: title, isNumber: true) }
    /// A column of words.
    static func words(_ title: String) -> Column { Column(title: title, isNumber: false) }
  }

  /// What stands in a cell.
  struct Cell {
    /// A judgement: a mark whose form says what its colour says, and the word.
    struct Badge {
      let kind: String
      let mark: String
    }

    let text: String
    let isNumber: Bool
    let badge: Badge?

    /// A figure.
    static func figure(_ text: String) -> Cell { Cell(text: text, isNumber: true, badge: nil) }
    /// Words.
    static func words(_ text: String) -> Cell { Cell(text: text, isNumber: false, badge: nil) }
    /// A judgement in a word.
    static func judgement(_ text: String, _ badge: Badge) -> Cell {
      Cell(text: text, isNumber: false, badge: badge)
    }
  }

  /// A row.
  struct Row {
    let head: String
    let cells: [Cell]
    /// Whether it sums up those before it.
    let isTotal: Bool
    /// Sentences about the row, across the whole table.
    let remark: String?

    init(_ head: String, _ cells: [Cell], isTotal: Bool = false, remark: String? = nil) {
      self.head = head
      self.cells = cells
      self.isTotal = isTotal
      self.remark = remark
    }
  }

  /// Rows that belong together.
  struct Group {
    let title: String?
    /// Sentences about all of them.
    let note: String?
    let rows: [Row]

    init(_ title: String?, note: String? = nil, _ rows: [Row]) {
      self.title = title
      self.note = note
      self.rows = rows
    }
  }

  let caption: String
  let columns: [Column]
  let groups: [Group]
  /// Its number on the page, given when the page is put together.
  var number = 0

  /// Whether it fits on a part of a sheet of paper, so that it need not be broken.
  var isShort: Bool {
    groups.reduce(0) { sum, group in
      sum + (group.title == nil ? 0 : 1) + (group.note == nil ? 0 : 2)
        + group.rows.reduce(0) { $0 + ($1.remark == nil ? 1 : 3) }
    } <= 16
  }

  init(_ caption: String, _ columns: [Column], groups: [Group]) {
    self.caption = caption
    self.columns = columns
    self.groups = groups
  }

  init(_ caption: String, _ columns: [Column], _ rows: [Row]) {
    self.init(caption, columns, groups: [Group(nil, rows)])
  }
}
