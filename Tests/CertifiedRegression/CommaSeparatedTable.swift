import Foundation

/// A small table with a header, as the fixtures are written: commas, and double quotes around a cell that has
/// one.
public struct CommaSeparatedTable: Sendable {
  /// What a fixture can get wrong.
  public enum Failure: Error, Equatable {
    /// The file cannot be read.
    case unreadable(path: String)
    /// A column is missing from the header or a row.
    case missingColumn(String)
    /// A cell is not a number.
    case notANumber(String)
  }

  /// The names of the columns.
  public let header: [String]
  /// The cells of the rows below the header.
  public let rows: [[String]]

  /// Reads a file.
  public init(path: String) throws {
    guard let data = FileManager.default.contents(atPath: path) else { throw Failure.unreadable(path: path) }
    let lines = String(decoding: data, as: UTF8.self).split(whereSeparator: \.isNewline).map(Self.cells)
    header = lines.first ?? []
    rows = Array(lines.dropFirst())
  }

  /// The cell of a row in a column.
  public func text(_ column: String, in row: [String]) throws -> String {
    guard let index = header.firstIndex(of: column), row.indices.contains(index) else {
      throw Failure.missingColumn(column)
    }
    return row[index]
  }

  /// The number in a cell.
  public func number(_ column: String, in row: [String]) throws -> Double {
    let text = try text(column, in: row)
    // NIST writes some numbers with a point at their end, which Swift does not accept.
    guard let number = Double(text.hasSuffix(".") ? text + "0" : text) else { throw Failure.notANumber(text) }
    return number
  }

  /// All numbers of a column.
  public func column(_ name: String) throws -> [Double] {
    try rows.map { try number(name, in: $0) }
  }

  private static func cells(_ line: Substring) -> [String] {
    var cells = [""]
    var isQuoted = false
    for character in line {
      switch character {
      case "\"": isQuoted.toggle()
      case "," where !isQuoted: cells.append("")
      default: cells[cells.count - 1].append(character)
      }
    }
    return cells
  }
}
