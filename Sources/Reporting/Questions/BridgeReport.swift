import Commissioning
import TimeSeries

/// Why one cost is another, for a terminal, a spreadsheet or a program.
public struct BridgeReport: Sendable {
  let heading: QuestionHeading
  let service: String
  let bridge: CostBridge
  let summary: CostBridgeSummary
  /// Whether only the means of both sides were compared.
  let isOfMeans: Bool

  /// Puts together a report.
  ///
  /// - Throws: ``CommissioningError`` when the means cannot be held in pence.
  public init(
    heading: QuestionHeading, service: String, bridge: CostBridge, isOfMeans: Bool
  ) throws(CommissioningError) {
    self.heading = heading
    self.service = service
    self.bridge = bridge
    summary = try bridge.summary()
    self.isOfMeans = isOfMeans
  }

  /// The parts that are shown, in their order.
  var parts: [CostBridge.Part] {
    CostBridge.Part.allCases.filter { $0 != .population || bridge.isDividedByPopulation }
  }

  // MARK: CSV and JSON

  /// The columns of the comma-separated text.
  public static let columns = ["level", "id", "name", "part", "pounds"]

  /// The bridge as comma-separated text: where it starts, its steps, where it ends, then every setting by part. Pounds
  /// are means to the penny; the steps sum to the change, exactly.
  public func csv() throws(CommissioningError) -> String {
    var text = CSVText.row(Self.columns)
    func row(_ level: String, _ id: String, _ name: String, _ part: String, _ pence: Pence) {
      text += CSVText.row([level, CSVText.text(id), CSVText.text(name), part, pence.plain])
    }
    row("side", "from", bridge.from, "", summary.from)
    for step in summary.steps { row("step", step.id, step.name, "", step.mean) }
    row("side", "to", bridge.to, "", summary.to)
    row("change", "change", "Change", "", summary.change)
    for setting in bridge.rows {
      for part in parts {
        row("setting", setting.id, setting.name, part.rawValue, setting.parts[part]?.mean ?? .zero)
      }
      row("setting", setting.id, setting.name, "change", setting.change.mean)
    }
    return text
  }

  /// The bridge as JSON, with a line feed at the end.
  ///
  /// - Throws: ``ReportingError/notRepresentable(_:)``, which pence never cause.
  public func json() throws(ReportingError) -> String { try JSONText.text(BridgeDocument(self)) }

  // MARK: Text

  /// The bridge for a terminal; fewer than 60 characters in a line are taken as 60.
  public func text(width: Int = 100) -> String {
    let width = max(60, width)
    let sections = [
      heading.lines(width: width)
        + Paragraph.lines(
          "Why the spending of \(service) goes from \(bridge.from) to \(bridge.to).", width: width),
      steps(width), settings(width), remarks(width),
    ]
    return sections.map { $0.joined(separator: "\n") + "\n" }.joined(separator: "\n")
  }

  private func steps(_ width: Int) -> [String] {
    var grid = TextGrid([
      .init("step", alignment: .left), .init("£"), .init("", alignment: .left, wraps: false),
    ])
    var running = [summary.from.pounds]
    for step in summary.steps { running.append((running.last ?? 0) + step.mean.pounds) }
    // The bars show the change alone: beside the whole cost it would be a sliver.
    let least = running.min() ?? 0
    let most = running.max() ?? 0
    grid.add([bridge.from, summary.from.grouped, ""])
    for (index, step) in summary.steps.enumerated() {
      grid.add([
        "  " + step.name, summary.steps[index].mean.grouped,
        least < most
          ? CharacterBar.between(
            [running[index], running[index + 1]], middle: running[index], in: least...most, width: 30) : "",
      ])
    }
    grid.add([bridge.to, summary.to.grouped, ""])
    grid.add(["change", summary.change.grouped, ""])
    return grid.lines(indent: 0, width: width)
  }

  private func settings(_ width: Int) -> [String] {
    let money = MoneyUnit(suiting: bridge.rows.map { $0.change.mean.pounds })
    var grid = TextGrid(
      [.init("by setting, \(money.heading)", alignment: .left)] + parts.map { .init(name(of: $0)) } + [
        .init("change")
      ])
    for setting in bridge.rows {
      grid.add(
        [setting.name] + parts.map { money.cell(setting.parts[$0]?.mean.pounds ?? 0) }
          + [money.cell(setting.change.mean.pounds)])
    }
    return grid.lines(indent: 0, width: width)
  }

  private func name(of part: CostBridge.Part) -> String {
    switch part {
    case .population: "population"
    case .volume: bridge.isDividedByPopulation ? "prevalence" : "volume"
    case .mix: "mix"
    case .price: "price"
    }
  }

  private func remarks(_ width: Int) -> [String] {
    var sentences = [
      bridge.form == .bennet
        ? "Volume, mix and price are weighed by the averages of both sides (Bennet 1920), so that the bridge back is this "
          + "one with its signs changed."
        : "Volume and mix are weighed by the first side's prices, price by the second side's numbers."
    ]
    sentences.append(
      isOfMeans
        ? "Of the earlier plan only means are known: this is the bridge of the means of both, not the mean of bridges."
        : "Worked out inside each simulated future; shown are means, to the penny. The steps sum to the change exactly."
    )
    return sentences.flatMap { Paragraph.lines($0, width: width) }
  }
}

extension Pence {
  /// Pounds and pence as programs read them: `-1234.05`.
  var plain: String {
    let magnitude = count.magnitude
    let pence = magnitude % 100
    return "\(count < 0 ? "-" : "")\(magnitude / 100).\(pence < 10 ? "0" : "")\(pence)"
  }

  /// Pounds and pence with commas between thousands: `-1,234.05`.
  var grouped: String {
    let text = plain
    let whole = text.drop { $0 == "-" }.dropLast(3)
    var result = ""
    for (place, digit) in whole.enumerated() {
      if place > 0, (whole.count - place) % 3 == 0 { result += "," }
      result.append(digit)
    }
    return (count < 0 ? "-" : "") + result + text.suffix(3)
  }
}

/// A bridge as programs read it. Pounds are means, to the penny.
public struct BridgeDocument: Codable, Hashable, Sendable {
  /// The area that is planned for.
  public let area: String
  /// What was asked for.
  public let options: PlanDocument.Options
  /// The service.
  public let service: String
  /// `bennet` or `base-weighted`.
  public let form: String
  /// Whether only the means of both sides were compared.
  public let isOfMeans: Bool
  /// Where it starts.
  public let from: Side
  /// Where it ends.
  public let to: Side
  /// The steps; in pence they sum to the change.
  public let steps: [Step]
  /// The change.
  public let change: Double
  /// Every setting by part.
  public let settings: [Setting]

  /// A side of the bridge.
  public struct Side: Codable, Hashable, Sendable {
    /// What it is called.
    public let name: String
    /// Pounds.
    public let cost: Double
  }

  /// A step.
  public struct Step: Codable, Hashable, Sendable {
    /// `population`, `volume`, `mix`, `price`, or the id of a line.
    public let id: String
    /// The name that people use.
    public let name: String
    /// Pounds.
    public let pounds: Double
  }

  /// A setting.
  public struct Setting: Codable, Hashable, Sendable {
    /// The name that scripts use.
    public let id: String
    /// The name that people use.
    public let name: String
    /// Pounds by part.
    public let parts: [String: Double]
    /// Pounds.
    public let change: Double
  }

  /// Writes out a report.
  public init(_ report: BridgeReport) {
    area = report.heading.area
    options = report.heading.options
    service = report.service
    form = report.bridge.form.rawValue
    isOfMeans = report.isOfMeans
    from = Side(name: report.bridge.from, cost: report.summary.from.pounds)
    to = Side(name: report.bridge.to, cost: report.summary.to.pounds)
    steps = report.summary.steps.map { Step(id: $0.id, name: $0.name, pounds: $0.mean.pounds) }
    change = report.summary.change.pounds
    settings = report.bridge.rows.map { row in
      Setting(
        id: row.id, name: row.name,
        parts: Dictionary(
          report.parts.map { ($0.rawValue, row.parts[$0]?.mean.pounds ?? 0) }, uniquingKeysWith: { $1 }),
        change: row.change.mean.pounds)
    }
  }
}
