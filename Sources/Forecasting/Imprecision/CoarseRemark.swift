import TimeSeries

/// What a reader must know of figures that were imputed.
struct CoarseRemark {
  /// The sentence, without its full stop.
  let text: String

  /// More figures than these are counted.
  private static let named = 3

  init(_ coarse: CoarseFigures, origin: Period, takesRounded: Bool, completions: Int) {
    let drawn = coarse.figures.filter { takesRounded || !$0.hasValue }
    var items = drawn.prefix(Self.named).map { figure in
      "\(origin.advanced(by: figure.position).labelAsWritten) from \(Self.number(figure.bounds.lowerBound)) to "
        + Self.number(figure.bounds.upperBound)
    }
    if drawn.count > items.count { items.append("\(drawn.count - items.count) more") }
    text =
      "\(drawn.count == 1 ? "one figure is" : "\(drawn.count) figures are") known only within bounds "
      + "(\(items.joined(separator: ", "))): the forecast is the mixture of those from \(completions) completions of the "
      + "series, drawn inside these bounds"
  }

  private static func number(_ value: Double) -> String {
    NumberText.plain((value * 1e6).rounded() / 1e6)
  }
}
