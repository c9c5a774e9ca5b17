extension FanChart: TabulatedChart {
  /// The figures of every period: what is published, the median and the ends of the intervals, the level to be kept
  /// to, what had been forecast and what has been published since.
  public var table: ChartTable { ChartTable([panel()]) }

  /// The figures under a title.
  func panel(_ title: String = "") -> ChartTable.Panel {
    // Where nothing varies, as in a plan of one future, intervals would only repeat the figure.
    let varies = points.contains { $0.fan.map { !$0.isCertain } ?? false }
    return ChartTable.Panel(
      title, unit: unit,
      rows: points.map { point in
        var figures: [ChartTable.Figure] = []
        func add(_ name: String, _ value: Double?, heading: String? = nil) {
          if let value { figures.append(ChartTable.Figure(name, value, heading: heading)) }
        }
        add("published", point.published)
        add("median", point.fan?.median)
        for (name, interval) in [
          ("50", point.fan?.interval50), ("80", point.fan?.interval80), ("95", point.fan?.interval95),
        ] where varies {
          add("lower_\(name)", interval?.lowerBound, heading: "\(name)% from")
          add("upper_\(name)", interval?.upperBound, heading: "to")
        }
        add("level", point.level, heading: levelName)
        add("hindcast", point.hindcast, heading: "had been forecast")
        add("outturn", point.outturn, heading: "published since")
        return ChartTable.Row(point.label, figures)
      })
  }
}

extension SmallMultiples: TabulatedChart {
  /// The figures of each chart, in a panel under its title.
  public var table: ChartTable { ChartTable(charts.map { $0.panel($0.title) }) }
}

extension WaterfallChart: TabulatedChart {
  /// The amounts at both ends and the change of each step.
  public var table: ChartTable {
    ChartTable([
      ChartTable.Panel(
        unit: unit,
        rows: [ChartTable.Row(start.name, [ChartTable.Figure("amount", start.value)])]
          + steps.map { ChartTable.Row($0.name, [ChartTable.Figure("change", $0.value)]) }
          + [ChartTable.Row(end.name, [ChartTable.Figure("amount", end.value)])])
    ])
  }
}

extension TornadoChart: TabulatedChart {
  /// The outcome as it is, then at the low and the high value of each assumption.
  public var table: ChartTable {
    ChartTable([
      ChartTable.Panel(
        unit: unit,
        rows: [ChartTable.Row("every assumption as it is", [ChartTable.Figure("base", base)])]
          + bars.map {
            ChartTable.Row(
              $0.name,
              [
                ChartTable.Figure("low", $0.low, heading: "at its low value"),
                ChartTable.Figure("high", $0.high, heading: "at its high value"),
              ])
          })
    ])
  }
}

extension DumbbellChart: TabulatedChart {
  /// Both figures of every area that has them.
  public var table: ChartTable { .pairs(rows, unit, fromName, toName) }
}

extension SlopeChart: TabulatedChart {
  /// Both figures of every area that has both.
  public var table: ChartTable { .pairs(rows, unit, fromName, toName) }
}

extension ChartTable {
  fileprivate static func pairs(
    _ rows: [DumbbellChart.Row], _ unit: ChartUnit, _ fromName: String, _ toName: String
  ) -> ChartTable {
    ChartTable([
      Panel(
        unit: unit,
        rows: rows.map { row in
          Row(
            row.name,
            [
              row.from.map { Figure("from", $0, heading: fromName) },
              row.to.map { Figure("to", $0, heading: toName) },
            ].compactMap { $0 })
        })
    ])
  }
}

extension StackedAreaChart: TabulatedChart {
  /// The figures of each part by period.
  public var table: ChartTable {
    ChartTable([
      ChartTable.Panel(
        unit: unit,
        rows: layers.map { layer in
          ChartTable.Row(layer.name, zip(labels, layer.values).map { ChartTable.Figure($0, $1, heading: $0) })
        })
    ])
  }
}

extension HistogramChart: TabulatedChart {
  /// The share of the futures in each interval, then the share beyond the threshold.
  public var table: ChartTable {
    let ends = FigureText(unit, showing: bins.flatMap { [$0.lower, $0.upper] })
    func share(_ name: String, _ share: Double, _ heading: String) -> ChartTable.Figure {
      ChartTable.Figure(name, share * 100, heading: heading, unit: .percentage)
    }
    return ChartTable([
      ChartTable.Panel(
        unit: unit,
        rows: bins.map { bin in
          ChartTable.Row(
            "\(ends.text(bin.lower)) to \(ends.text(bin.upper))",
            [
              ChartTable.Figure("lower", bin.lower), ChartTable.Figure("upper", bin.upper),
              share("per_cent", bin.share, "futures"),
            ])
        } + [
          ChartTable.Row(
            sideName.isEmpty ? "beyond the threshold" : sideName,
            [
              ChartTable.Figure(side == .below ? "upper" : "lower", threshold),
              share("per_cent", shareBeyond, "futures"),
            ])
        ])
    ])
  }
}
