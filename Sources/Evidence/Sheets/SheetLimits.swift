/// How much of a workbook is read before it is refused: what keeps memory bounded whatever a file claims to hold.
///
/// The defaults are far above what councils keep and far below what a machine has: the cells of the largest sheet take
/// some 250 MB.
public struct SheetLimits: Hashable, Sendable {
  /// The most bytes of the file itself: 256 MiB.
  public var fileBytes = 1 << 28
  /// The most parts (files inside the file) that it may list: 10,000.
  public var parts = 10_000
  /// The most bytes that one part may inflate to: 1 GiB.
  public var partBytes = 1 << 30
  /// How many times its compressed size a part above ``ratioFloor`` may inflate to: 400. Sheets of a million like rows
  /// stay below 150; deflate can reach 1,032.
  public var inflation = 400
  /// The inflated size up to which ``inflation`` is not held against a part: 16 MiB.
  public var ratioFloor = 1 << 24
  /// The most cells that are held of a sheet, blank ones not counted: 10 million.
  public var cells = 10_000_000
  /// The most bytes of distinct texts in the cells of a sheet: 256 MiB.
  public var textBytes = 1 << 28
  /// The most bytes of text in a cell: 1 MiB. Excel holds 32,767 characters.
  public var cellText = 1 << 20
  /// The most merged ranges of a sheet: 100,000.
  public var merges = 100_000
  /// The most sheets, named ranges and number formats of a workbook, each: 100,000.
  public var entries = 100_000
  /// The most bytes that a table gives as delimited text or as long rows: 1 GiB.
  public var tableBytes = 1 << 30

  /// The limits above; any of them may then be set.
  public init() {}

  /// Limits under which anything at all is read within some megabytes and a second, for tests with damaged files.
  static var small: SheetLimits {
    var limits = SheetLimits()
    limits.parts = 200
    limits.partBytes = 1 << 22
    limits.ratioFloor = 1 << 18
    limits.cells = 50_000
    limits.textBytes = 1 << 20
    limits.cellText = 1 << 16
    limits.merges = 500
    limits.entries = 500
    limits.tableBytes = 1 << 21
    return limits
  }
}

/// The last row and the last column that a sheet can have, which are Excel's.
enum SheetExtent {
  static let lastRow = 1_048_576
  static let lastColumn = 16_384
}
