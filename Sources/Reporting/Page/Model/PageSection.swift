/// A part of the page with its heading, and the parts within it.
struct PageSection {
  /// What links name; letters, digits and hyphens.
  let id: String
  /// The heading.
  let title: String
  /// What stands in it, in order.
  var blocks: [PageBlock]
  /// Parts with headings of their own; only one level of them.
  var parts: [PageSection]

  init(_ id: String, _ title: String, _ blocks: [PageBlock] = [], parts: [PageSection] = []) {
    self.id = id
    self.title = title
    self.blocks = blocks
    self.parts = parts
  }

  /// Whether it begins on a sheet of its own: what is long enough, or what people take away alone.
  var startsPage: Bool {
    let blocks = blocks + parts.flatMap(\.blocks)
    return blocks.contains {
      switch $0 {
      case .table(let table): !table.isShort
      case .figure: true
      default: false
      }
    }
  }

  /// Gives every table and figure its number, in the order in which they are read.
  mutating func number(tables: inout Int, figures: inout Int) {
    for index in blocks.indices {
      switch blocks[index] {
      case .table(var table):
        tables += 1
        table.number = tables
        blocks[index] = .table(table)
      case .figure(var figure):
        figures += 1
        figure.number = figures
        blocks[index] = .figure(figure)
      default: break
      }
    }
    for index in parts.indices { parts[index].number(tables: &tables, figures: &figures) }
  }
}

/// Something that stands in a section.
enum PageBlock {
  /// How a paragraph is set.
  enum Tone: String {
    /// What the section finds.
    case lead
    /// What explains the rest.
    case note
    /// What a reader must not miss.
    case warning
  }

  /// Sentences.
  case paragraph(String, Tone?)
  /// Sentences, each on its own.
  case list([String])
  /// Words and what is said of them.
  case terms([(term: String, text: String)])
  /// A table.
  case table(PageTable)
  /// A chart.
  case figure(PageFigure)

  /// Sentences without a tone of their own.
  static func paragraph(_ text: String) -> PageBlock { .paragraph(text, nil) }
}
