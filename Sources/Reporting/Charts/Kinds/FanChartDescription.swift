extension FanChart {
  /// What a reader who does not see the chart is told.
  public var description: String {
    let figures = figures
    var sentences = [subtitle]
    let published = points.filter { $0.published != nil }
    if let first = published.first, let last = published.last, let from = first.published,
      let to = last.published
    {
      sentences.append(
        first == last
          ? "Published for \(last.label): \(figures.text(to))."
          : "Published from \(first.label), \(figures.text(from)), to \(last.label), \(figures.text(to)).")
    }
    let ahead = points.filter { $0.fan != nil }
    if let first = ahead.first, let last = ahead.last, let fan = last.fan {
      sentences.append(
        "Forecast from \(first.label) to \(last.label), for which the median is \(figures.text(fan.median))"
          + (fan.isCertain
            ? "."
            : ", the 80 per cent interval \(range(fan.interval80)) "
              + "and the 95 per cent interval \(range(fan.interval95))."))
    }
    if let last = points.last(where: { $0.level != nil }), let level = last.level {
      sentences.append("The \(levelName) for \(last.label) is \(figures.text(level)).")
    }
    for point in points {
      guard let earlier = point.hindcast, let value = point.published else { continue }
      sentences.append(
        "For \(point.label), \(figures.text(earlier)) had been forecast and \(figures.text(value)) came.")
    }
    for point in points {
      guard let value = point.outturn, let fan = point.fan else { continue }
      let place =
        fan.interval80.contains(value)
        ? "inside the 80 per cent interval"
        : fan.interval95.contains(value)
          ? "inside the 95 per cent interval and outside the 80" : "outside the 95 per cent interval"
      sentences.append("For \(point.label), \(figures.text(value)) has been published since, \(place).")
    }
    return Self.told(sentences + [figures.unitNote] + notes)
  }

  private func range(_ interval: ClosedRange<Double>) -> String {
    "\(figures.text(interval.lowerBound)) to \(figures.text(interval.upperBound))"
  }
}
