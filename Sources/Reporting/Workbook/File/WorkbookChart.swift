import CXLSXWriter

/// A chart of the spreadsheet's own, which follows its cells.
struct WorkbookChart {
  /// What it is drawn as.
  enum Kind {
    case columns, stackedColumns, bars, lines

    var type: UInt8 {
      switch self {
      case .columns: UInt8(LXW_CHART_COLUMN.rawValue)
      case .stackedColumns: UInt8(LXW_CHART_COLUMN_STACKED.rawValue)
      case .bars: UInt8(LXW_CHART_BAR.rawValue)
      case .lines: UInt8(LXW_CHART_LINE.rawValue)
      }
    }
  }

  /// A row or column of numbers.
  struct Series {
    /// How it is drawn.
    enum Look { case fill(lxw_color_t), line(lxw_color_t), dashed(lxw_color_t), invisible }

    let name: String
    let values: CellRange
    let look: Look

    init(_ name: String, _ values: CellRange, _ look: Look) {
      self.name = name
      self.values = values
      self.look = look
    }
  }

  let kind: Kind
  /// What it shows.
  let title: String
  let categories: CellRange
  let series: [Series]
  let categoryAxis: String
  let valueAxis: String
  /// How the values are written along their axis; in millions where the amounts are large.
  let numberFormat: String

  /// How pounds are written along an axis: in millions, thousands or as they are.
  static func format(ofPounds amounts: [Double]) -> (format: String, unit: String) {
    switch amounts.map(\.magnitude).max() ?? 0 {
    case 3e6...: ("0.0,,;-0.0,,", "£ million")
    case 3e3...: ("#,##0,;-#,##0,", "£ thousand")
    default: ("#,##0;-#,##0", "£")
    }
  }

  /// Draws it onto a sheet.
  func insert(
    into sheet: Sheet, of book: WorkbookFile, at place: CellPlace, width: Double = 620, height: Double = 330
  ) throws(ReportingError) {
    let chart = try book.addChart(kind)
    for one in series {
      guard
        let series = chart_add_series(chart, "=\(categories.reference)", "=\(one.values.reference)")
      else { throw .workbook("there is not enough memory for a chart") }
      chart_series_set_name(series, WorkbookText.title(one.name))
      apply(one.look, to: series)
    }
    chart_title_set_name(chart, WorkbookText.title(title))
    var font = lxw_chart_font()
    font.size = 12
    font.bold = 1
    chart_title_set_name_font(chart, &font)
    chart_axis_set_name(chart.pointee.x_axis, WorkbookText.title(categoryAxis))
    chart_axis_set_name(chart.pointee.y_axis, WorkbookText.title(valueAxis))
    chart_axis_set_num_format(kind == .bars ? chart.pointee.x_axis : chart.pointee.y_axis, numberFormat)
    // Names of categories stand at the edge and never across the bars of negative amounts.
    chart_axis_set_label_position(chart.pointee.x_axis, UInt8(LXW_CHART_AXIS_LABEL_POSITION_LOW.rawValue))
    if kind == .bars {
      chart_axis_set_label_position(chart.pointee.y_axis, UInt8(LXW_CHART_AXIS_LABEL_POSITION_LOW.rawValue))
      chart_axis_set_reverse(chart.pointee.y_axis)
      chart_set_series_overlap(chart, 100)
    }
    if case .stackedColumns = kind { chart_set_series_gap(chart, 40) }
    let visible = series.filter { if case .invisible = $0.look { false } else { true } }
    if visible.count == 1 {
      chart_legend_set_position(chart, UInt8(LXW_CHART_LEGEND_NONE.rawValue))
    } else {
      chart_legend_set_position(chart, UInt8(LXW_CHART_LEGEND_BOTTOM.rawValue))
      var hidden = series.indices.filter { if case .invisible = series[$0].look { true } else { false } }
        .map { Int16(clamping: $0) }
      if !hidden.isEmpty {
        hidden.append(-1)
        try WorkbookFile.check(chart_legend_delete_series(chart, &hidden), "the legend of a chart")
      }
    }
    try sheet.insert(
      chart, at: place, width: width, height: height,
      description:
        "\(title). \(visible.map(\.name).joined(separator: ", ")); \(valueAxis), by \(categoryAxis).")
  }

  private func apply(_ look: Series.Look, to series: UnsafeMutablePointer<lxw_chart_series>) {
    var line = lxw_chart_line()
    var fill = lxw_chart_fill()
    switch look {
    case .fill(let colour):
      fill.color = colour
      chart_series_set_fill(series, &fill)
    case .line(let colour):
      line.color = colour
      line.width = 2.25
      chart_series_set_line(series, &line)
    case .dashed(let colour):
      line.color = colour
      line.width = 1.25
      line.dash_type = UInt8(LXW_CHART_LINE_DASH_DASH.rawValue)
      chart_series_set_line(series, &line)
    case .invisible:
      fill.none = 1
      line.none = 1
      chart_series_set_fill(series, &fill)
      chart_series_set_line(series, &line)
    }
  }
}
