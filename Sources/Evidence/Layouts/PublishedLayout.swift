/// How a publisher lays its figures out in a file, and how such a file is read.
///
/// A layout is one type in one file and one line of ``Layouts/all``.
public protocol PublishedLayout: Sendable {
  /// The name by which the command knows it: `lait`.
  static var name: String { get }

  /// What it is, for people: "long files of the Local Authority Interactive Tool".
  static var summary: String { get }

  /// Whether a table looks like this layout.
  ///
  /// - Parameter sample: the header and the first rows.
  /// - Returns: by what it is known, or nil when it is another.
  static func recognise(_ sample: TableSample) -> Recognition?

  /// Whether the files of a folder are one input of this layout, as the two files of a return are.
  ///
  /// - Parameter files: the names of the folder's files, in order.
  /// - Returns: by what it is known; nil for layouts of single files, which need not say so.
  static func recognise(folder files: [String]) -> Recognition?

  /// Reads all figures of an input.
  ///
  /// What is wrong with single figures goes to ``PublishedFigures/problems``, what was taken for granted to its notes, and
  /// every cell that is read is counted in its tally.
  ///
  /// - Parameters:
  ///   - input: the file, and what was asked for.
  ///   - figures: takes what is read.
  /// - Throws: ``EvidenceError`` when the input cannot be read as this layout at all.
  static func read(_ input: LayoutInput, into figures: inout PublishedFigures) throws(EvidenceError)
}

extension PublishedLayout {
  /// A layout of single files.
  public static func recognise(folder files: [String]) -> Recognition? { nil }
}

/// By what a layout was known.
public struct Recognition: Hashable, Sendable {
  /// How sure it is: a layout that shares its columns with others is less so. The surest is taken.
  public enum Certainty: Int, Comparable, Hashable, Sendable {
    /// The columns allow it, and other layouts too.
    case possible
    /// The columns are those of the layout, under names that others might use.
    case likely
    /// Columns that only this layout has.
    case certain

    /// Less sure.
    public static func < (left: Certainty, right: Certainty) -> Bool { left.rawValue < right.rawValue }
  }

  /// How sure it is.
  public let certainty: Certainty
  /// Why, as the end of a sentence: `columns time_period, time_identifier and geographic_level`.
  public let reason: String

  /// A recognition.
  public init(_ certainty: Certainty, _ reason: String) {
    self.certainty = certainty
    self.reason = reason
  }
}

/// The beginning of a table, by which its layout is known.
public struct TableSample: Sendable {
  /// The file, as it was named.
  public let file: String
  /// The names of the columns, without spaces at their ends, in lower case.
  public let columns: [String]
  /// The first rows, at most ``rowLimit``, field by field.
  public let rows: [[String]]
  /// The kind of workbook that the table stands in; nil for a text file.
  public let workbook: WorkbookFormat?

  /// The most rows that are looked at.
  public static let rowLimit = 50

  /// A sample.
  public init(file: String, columns: [String], rows: [[String]] = [], workbook: WorkbookFormat? = nil) {
    self.file = file
    self.workbook = workbook
    self.columns = columns.map { $0.lowercased() }
    self.rows = rows
  }

  /// Whether the table has a column, whatever its capitals.
  public func has(_ column: String) -> Bool { columns.contains(column.lowercased()) }

  /// Whether the table has all of some columns.
  public func has(all wanted: [String]) -> Bool { wanted.allSatisfy { has($0) } }

  /// The fields of a column in the rows of the sample.
  public func values(of column: String) -> [String] {
    guard let position = columns.firstIndex(of: column.lowercased()) else { return [] }
    return rows.compactMap { position < $0.count ? $0[position] : nil }
  }
}
