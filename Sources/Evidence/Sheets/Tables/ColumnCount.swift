import TimeSeries

/// What the cells of a table's column are.
struct ColumnCount {
  /// Numbers, also typed as text.
  private(set) var figures = 0
  /// Codes, errors and truths in place of numbers.
  private(set) var others = 0
  /// Texts and dates.
  private(set) var texts = 0
  private(set) var percentages = 0
  private(set) var pounds = 0
  /// The first figure whose unit is not that of the first figure of all.
  private(set) var firstOfOtherUnit: CellAddress?
  private var firstUnit: Unit??

  var cells: Int { figures + others + texts }
  var holdsFigures: Bool { figures > 0 && figures + others > texts }

  /// The unit that every figure has.
  var unit: Unit? {
    guard figures > 0 else { return nil }
    return percentages == figures ? .percentage : pounds == figures ? .pounds : nil
  }

  /// Counts a cell.
  mutating func count(_ content: CellContent, _ address: CellAddress) {
    switch content {
    case .number: countFigure(nil, address)
    case .percentage: countFigure(.percentage, address)
    case .currency(_, let code): countFigure(code == "GBP" ? .pounds : nil, address)
    case .text(let text):
      switch FigureText(LooseText.trimmed(text)) {
      case .number?: countFigure(nil, address)
      case .loose(let number)?: countFigure(number.unit, address)
      case .code?: others += 1
      case nil: texts += 1
      }
    case .error, .formulaWithoutValue, .impossibleDate, .boolean, .duration: others += 1
    case .date, .month, .year, .dateTime: texts += 1
    case .blank: break
    }
  }

  private mutating func countFigure(_ unit: Unit?, _ address: CellAddress) {
    figures += 1
    if unit == .percentage { percentages += 1 }
    if unit == .pounds { pounds += 1 }
    if let first = firstUnit {
      if first != unit, firstOfOtherUnit == nil { firstOfOtherUnit = address }
    } else {
      firstUnit = .some(unit)
    }
  }
}
