/// The figures that a chart draws, one by one: what a reader has who wants the numbers behind the picture.
public struct ChartTable: Hashable, Sendable {
  /// A figure.
  public struct Figure: Hashable, Sendable {
    /// The name that programs read: `median`, `lower_80`.
    public let name: String
    /// What heads its column; the name unless it says more.
    public let heading: String
    /// The figure.
    public let value: Double
    /// What it counts; nil for what the panel counts.
    public let unit: ChartUnit?

    init(_ name: String, _ value: Double, heading: String? = nil, unit: ChartUnit? = nil) {
      self.name = name
      self.heading = heading ?? name.replacing("_", with: " ")
      self.value = value
      self.unit = unit
    }
  }

  /// The figures of one period, step, area or interval.
  public struct Row: Hashable, Sendable {
    /// What they are of.
    public let label: String
    /// The figures, in the order of the chart.
    public let figures: [Figure]

    init(_ label: String, _ figures: [Figure]) {
      self.label = label
      self.figures = figures
    }
  }

  /// The figures of one picture; a chart of small multiples has one for each.
  public struct Panel: Hashable, Sendable {
    /// What the picture is called; empty where the chart is one picture.
    public let title: String
    /// What its figures count.
    public let unit: ChartUnit
    /// Its rows, in the order of the chart.
    public let rows: [Row]

    init(_ title: String = "", unit: ChartUnit, rows: [Row]) {
      self.title = title
      self.unit = unit
      self.rows = rows
    }
  }

  /// The pictures, in the order of the chart.
  public let panels: [Panel]

  init(_ panels: [Panel]) { self.panels = panels }
}

/// A chart that tells the figures it draws.
public protocol TabulatedChart: Chart {
  /// The figures that are drawn.
  var table: ChartTable { get }
  /// Notes at the foot.
  var notes: [String] { get }
}

extension ChartUnit {
  /// Whether it is neither pounds nor a share.
  var isCount: Bool {
    if case .count = self { true } else { false }
  }

  /// The unit as programs read it: `pounds`, `per cent`, or the name of what is counted.
  var plainName: String {
    switch self {
    case .pounds: "pounds"
    case .percentage: "per cent"
    case .count(let name): name
    }
  }
}
