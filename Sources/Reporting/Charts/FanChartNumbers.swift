/// The axis of a fan chart and its numbers in words.
extension FanChart {
  /// The least and the greatest figure that the axis spans.
  ///
  /// Figures of one sign start from zero, unless that would squeeze them into the far half of the axis.
  var ticks: AxisTicks {
    let figures = points.flatMap(\.figures)
    let least = figures.min() ?? 0
    let greatest = figures.max() ?? 1
    let unit = divisor
    return AxisTicks(
      spanning: (least > 0 && least < greatest / 2 ? 0 : least < 0 && greatest < 0 ? least : least) / unit,
      (greatest < 0 && greatest > least / 2 ? 0 : greatest) / unit)
  }

  /// The pounds of one unit of the axis; 1 where it does not count pounds.
  var divisor: Double {
    guard axis == .pounds else { return 1 }
    let greatest = points.flatMap(\.figures).map(\.magnitude).max() ?? 0
    return greatest >= 1e6 ? 1e6 : greatest >= 1e4 ? 1e3 : 1
  }

  /// The name of the axis.
  var axisName: String {
    switch axis {
    case .count(let name): name
    case .pounds: divisor == 1e6 ? "£ million" : divisor == 1e3 ? "£ thousand" : "£"
    }
  }

  /// A tick of the axis.
  func tickText(_ value: Double, decimals: Int) -> String { NumberText.fixed(value, decimals: decimals) }

  /// A figure in a label or a sentence.
  func text(_ figure: Double) -> String {
    switch axis {
    case .count:
      return NumberText.fixed(
        figure, decimals: NumberText.decimals(showing: points.flatMap(\.figures)))
    case .pounds:
      let power = divisor == 1e6 ? 6 : divisor == 1e3 ? 3 : 0
      let number = NumberText.fixed(figure, decimals: power == 6 ? 1 : 0, dividedByTenTo: power)
      let suffix = power == 6 ? "m" : power == 3 ? "k" : ""
      return number.hasPrefix("-") ? "-£\(number.dropFirst())\(suffix)" : "£\(number)\(suffix)"
    }
  }

  /// What a reader who does not see the chart is told.
  var summary: String {
    var sentences: [String] = []
    let published = points.filter { $0.published != nil }
    if let first = published.first, let last = published.last, let from = first.published,
      let to = last.published
    {
      sentences.append(
        first == last
          ? "Published for \(last.label): \(text(to))."
          : "Published from \(first.label), \(text(from)), to \(last.label), \(text(to)).")
    }
    let ahead = points.filter { $0.fan != nil }
    if let first = ahead.first, let last = ahead.last, let fan = last.fan {
      sentences.append(
        "Forecast from \(first.label) to \(last.label), for which the median is \(text(fan.median)), the 80 per cent "
          + "interval \(text(fan.interval80.lowerBound)) to \(text(fan.interval80.upperBound)) and the 95 per cent "
          + "interval \(text(fan.interval95.lowerBound)) to \(text(fan.interval95.upperBound)).")
    }
    let ticks = ticks
    if let low = ticks.values.first, let high = ticks.values.last {
      sentences.append(
        "The axis, \(axisName), runs from \(tickText(low, decimals: ticks.decimals)) to "
          + "\(tickText(high, decimals: ticks.decimals)).")
    }
    return sentences.joined(separator: " ")
  }
}
