import Forecasting
import TimeSeries

// A backtest as text for a terminal.

extension BacktestReport {
  /// The measures as tables, one for each group, with what they rest on and what they tell.
  ///
  /// - Parameter width: the number of characters in a line.
  public func table(width: Int = 100) -> String {
    var sections = [Paragraph.lines(heading, width: width)]
    var start = 0
    while start < result.rows.count {
      let rows = Array(result.rows[start..<min(start + result.models.count, result.rows.count)])
      sections.append(lines(rows, width: width))
      start += rows.count
    }
    sections.append(Paragraph.lines(Self.legend, width: width))
    return sections.map { $0.joined(separator: "\n") }.joined(separator: "\n\n") + "\n"
  }

  private var heading: String {
    "Forecasts of \(count(backtest.horizon, "period")) from \(count(backtest.origins, "origin")), made again "
      + (backtest.window.map { "from the last \(count($0, "period")) before each" }
        ?? "from all that came before each")
      + (backtest.followsPublication
        ? ", as published by the day on which its last figures came out." : ".")
  }

  private static let legend = """
    MASE, RMSSE, bias, pinball, CRPS and MSIS are in units of the seasonal naive error within the history; \
    bias is above zero where forecasts were too high; sMAPE lies between 0 and 200; coverage is the share of values \
    that the interval held, in per cent.
    """

  private func lines(_ rows: [BacktestResult.Row], width: Int) -> [String] {
    var grid = TextGrid(
      [.init("model", alignment: .left), .init("series"), .init("forecasts"), .init("failed")]
        + measures(rows[0].measures).map { .init(Self.title($0.name)) })
    for row in rows {
      let own = row.measures
      grid.add(
        [row.model] + [own.series, own.forecasts, own.failed].map { NumberText.whole($0) }
          + measures(own).map { Self.text($0.value, of: $0.name) })
    }
    var lines = grid.lines(indent: 0, width: width)
    if let group = rows.first?.group, group != Backtest.Place.everything || result.rows.count > rows.count {
      lines.insert(group, at: 0)
    }
    lines.append("")
    for sentence in sentences(rows) { lines += Paragraph.lines(sentence, width: width) }
    return lines
  }

  /// What a table tells, and what it rests on.
  private func sentences(_ rows: [BacktestResult.Row]) -> [String] {
    var sentences: [String] = []
    let most = rows.map(\.measures.forecasts).max() ?? 0
    let scored = rows.filter { $0.measures.forecasts > 0 }
    if scored.count > 1 {
      let best = bestModels(scored)
      if !best.isEmpty {
        sentences.append(
          "Best by " + best.map { "\(Self.listed($0.measures)): \($0.model)" }.joined(separator: "; by ")
            + ". This rests on \(count(most, "forecast")) of \(count(rows.map(\.measures.series).max() ?? 0, "series"))."
        )
      }
      if scored.contains(where: { $0.measures.forecasts != most }) {
        sentences.append(
          "The models rest on different numbers of forecasts: what one could not forecast is in none of its measures."
        )
      }
    }
    let flat = rows.map(\.measures.zeroScale).max() ?? 0
    if flat > 0 {
      sentences.append(
        "\(count(flat, "series")) never changed before an origin; scaled measures leave \(flat == 1 ? "it" : "them") out."
      )
    }
    for row in rows {
      guard let against = row.against, let comparison = row.comparison, row.measures.forecasts > 0 else {
        continue
      }
      switch comparison {
      case .absent(let reason):
        sentences.append("\(row.model) against \(against): not tested, because \(reason).")
      case .tested(let test):
        let side = test.meanDifference < 0 ? "lower" : "higher"
        sentences.append(
          "\(row.model) against \(against): the absolute scaled error is \(side) by "
            + "\(NumberText.fixed(abs(test.meanDifference), decimals: 3)) on average over "
            + "\(test.degreesOfFreedom + 1) origins; "
            + (test.pValue < Self.level ? "chance alone would seldom do that" : "chance alone could do that")
            + " (Diebold and Mariano's test, p = \(NumberText.fixed(test.pValue, decimals: 3))).")
      }
    }
    return sentences
  }

  /// Below this probability a difference is not put down to chance.
  private static let level = 0.05

  /// The measures of which each model is the best, models in their order; equal models share a measure.
  private func bestModels(_ rows: [BacktestResult.Row]) -> [(model: String, measures: [String])] {
    var wins: [String: [String]] = [:]
    var order: [String] = []
    for (index, name) in measures(rows[0].measures).map(\.name).enumerated() {
      let target = levels.names.firstIndex { "coverage_\($0)" == name }.map { levels.percentages[$0] }
      let distances = rows.map { row in
        measures(row.measures)[index].value.map { abs($0 - (target ?? 0)) }
      }
      guard let least = distances.compactMap(\.self).min() else { continue }
      let winners = zip(rows, distances).filter { $0.1 == least }.map(\.0.model)
      // A measure in which all are equal names nobody.
      guard winners.count < rows.count else { continue }
      let key = Self.listed(winners)
      if wins[key] == nil { order.append(key) }
      wins[key, default: []].append(Self.title(name))
    }
    return order.map { ($0, wins[$0] ?? []) }
  }

  private static func title(_ name: String) -> String {
    switch name {
    case "smape": "sMAPE"
    case "bias", "pinball": name
    case let name where name.hasPrefix("coverage_"): "\(name.dropFirst("coverage_".count))%"
    default: name.uppercased()
    }
  }

  private static func text(_ value: Double?, of name: String) -> String {
    guard let value else { return NumberText.absent }
    let decimals = name == "smape" ? 2 : name.hasPrefix("coverage_") ? 1 : 3
    return NumberText.fixed(value, decimals: decimals)
  }

  private static func listed(_ words: [String]) -> String {
    words.count < 2
      ? words.joined() : words.dropLast().joined(separator: ", ") + " and " + (words.last ?? "")
  }

  private func count(_ number: Int, _ word: String) -> String {
    "\(NumberText.whole(number)) \(word)\(number == 1 || word == "series" ? "" : "s")"
  }

  /// Every forecast as a table.
  public func detailTable(width: Int = 100) -> String {
    var grid = TextGrid(
      detailColumns.map { name in
        .init(name, alignment: ["series", "model", "area"].contains(name) ? .left : .right)
      })
    for record in result.forecasts { grid.add(cells(record, number: NumberText.significant)) }
    return grid.lines(indent: 0, width: width).joined(separator: "\n") + "\n"
  }
}
