import Commissioning
import Indicators
import TimeSeries

/// What a number of a waiting list may refer to: the published series and the assumptions of the workspace beside its file.
struct WaitingReferences {
  /// The workspace's folder; nil where the file stands alone.
  let folder: String?
  let evidence: Panel
  let assumptions: [String: Assumption]
  /// The area of series that say none.
  let area: String?

  /// A file that stands alone.
  init(area: String?) {
    folder = nil
    evidence = Panel()
    assumptions = [:]
    self.area = area
  }

  /// A file beside a workspace.
  ///
  /// - Throws: ``EvidenceError`` where the workspace has no sound plan.
  init(_ workspace: Workspace, area: String?) throws(EvidenceError) {
    let plan = try workspace.plan()
    folder = workspace.folder
    evidence = workspace.evidence
    assumptions = Dictionary(plan.assumptions.map { ($0.id, $0) }) { first, _ in first }
    self.area = area ?? plan.area
  }
}

extension WorkspaceNode {
  /// A number, a range, the name of an assumption of the workspace, or the place of a figure in its series.
  ///
  /// - Parameters:
  ///   - name: what it counts.
  ///   - statement: where a number stands that is written here, the `source` or `reason` beside it.
  ///   - references: what it may refer to.
  ///   - isShare: whether it is a share, to be written as a percentage.
  ///   - isGrowth: whether it is a growth, which may be below 0.
  func waitingFigure(
    _ name: String, statement: WaitingStatement, references: WaitingReferences, isShare: Bool = false,
    isGrowth: Bool = false
  ) throws(EvidenceError) -> WaitingFigure {
    let numbers: (low: Double, mostLikely: Double, high: Double)
    let basis: WaitingFigure.Basis
    if value(of: "assumption") != nil {
      let node = try fields(required: ["assumption"])["assumption"]
      let assumption = try node.waitingAssumption(references)
      numbers = Self.numbers(of: assumption.value)
      basis = .assumed(reason: "\(assumption.reason) (assumption \(assumption.id))")
    } else if value(of: "series") != nil {
      let point = try publishedFigure(references)
      let value = isShare && point.unit == .percentage ? point.value / 100 : point.value
      numbers = (value, value, value)
      basis = .published(source: point.source)
    } else {
      let stated = try assumedValue().value
      numbers = Self.numbers(of: stated)
      basis = try statement.basis(of: self)
    }
    if isShare, !isGrowth {
      for number in [numbers.low, numbers.high] where !(0...1).contains(number) {
        throw problem(
          "\(WaitingNumber.plain(number)) in \(self.name) is not a share; give 0 to 1, or 0% to 100%")
      }
    }
    do {
      return try WaitingFigure(
        name, low: numbers.low, mostLikely: numbers.mostLikely, high: numbers.high, basis: basis,
        isShare: isShare || isGrowth)
    } catch {
      throw problem("\(error)")
    }
  }

  /// A length of time in weeks, as ``waitingFigure(_:statement:references:isShare:)``; days are refused.
  func waitingWeeks(
    _ name: String, statement: WaitingStatement, references: WaitingReferences
  ) throws(EvidenceError) -> WaitingFigure {
    try refuseUnits()
    if value(of: "series") != nil {
      let point = try publishedFigure(references)
      guard point.unit == .weeks else {
        throw problem("\"\(point.id)\" is in \(point.unit), and \(self.name) must be in weeks")
      }
    }
    let figure = try waitingFigure(name, statement: statement, references: references)
    guard figure.low > 0 else { throw problem("\(self.name) must be above 0 weeks") }
    guard figure.high <= Double(StartingQueue.longest) else {
      throw problem(
        "\(WaitingNumber.plain(figure.high)) in \(self.name) is longer than \(StartingQueue.longest) weeks; if these are days, divide them by 7"
      )
    }
    return figure
  }

  /// Refuses a number of weeks that is written with a unit.
  func refuseUnits() throws(EvidenceError) {
    guard case .text(let text) = content else { return }
    let words = text.split(separator: " ")
    guard words.count == 2, let number = Double(String(words[0])) else { return }
    if words[1].hasPrefix("day") {
      throw problem(
        "\"\(text)\" in \(name) is in days; write weeks, \(WaitingNumber.plain(number / 7)), as a number alone"
      )
    }
    if words[1].hasPrefix("week") {
      throw problem("\"\(text)\" in \(name) has its unit twice; write \(words[0]) alone, which is in weeks")
    }
  }

  private static func numbers(of value: Assumption.Value) -> (low: Double, mostLikely: Double, high: Double) {
    switch value {
    case .fixed(let number): (number, number, number)
    case .range(let low, let mostLikely, let high): (low, mostLikely, high)
    }
  }

  private func waitingAssumption(_ references: WaitingReferences) throws(EvidenceError) -> Assumption {
    let id = try text()
    guard references.folder != nil else {
      throw problem(
        "\(name) names the assumption \"\(id)\", and there is no workspace.yaml beside this file; put the file into the "
          + "workspace's folder, or write the number with its reason")
    }
    guard let assumption = references.assumptions[id] else {
      throw problem(
        "the workspace has no assumption \"\(id)\"; "
          + NearestName.advice(for: id, among: Array(references.assumptions.keys)))
    }
    return assumption
  }

  /// A figure of a series: the one of a period, or the latest that is before any break.
  func publishedFigure(
    _ references: WaitingReferences
  ) throws(EvidenceError) -> (id: String, value: Double, source: String, unit: Unit, period: Period) {
    let fields = try fields(required: ["series"], optional: ["area", "period"])
    let id = try fields["series"].text()
    guard references.folder != nil else {
      throw problem(
        "\(name) names the series \"\(id)\", and there is no workspace.yaml beside this file; put the file into the "
          + "workspace's folder, or write the number with its source")
    }
    let area = try fields.optional("area")?.text() ?? references.area
    guard let series = references.evidence[id, area: area] ?? references.evidence[id] else {
      let areas = references.evidence.filter { $0.id == id }.compactMap(\.area)
      if !areas.isEmpty {
        throw problem(
          "the series \"\(id)\" is not of \(area ?? "no area"); write area: \(areas.joined(separator: " or "))"
        )
      }
      throw problem(
        "the workspace has no series \"\(id)\"; "
          + NearestName.advice(for: id, among: Array(Set(references.evidence.map(\.id)))))
    }
    let point: DataPoint
    if let node = fields.optional("period") {
      let label = try node.text()
      guard
        let found = series.points.first(where: {
          $0.period.label == label || $0.period.labelAsWritten == label
        })
      else {
        throw node.problem(
          "\"\(id)\" has no figure of \(label); it has \(series.points.first?.period.label ?? "none") to "
            + "\(series.points.last?.period.label ?? "none")")
      }
      point = found
    } else {
      guard let latest = series.segmentBeforeFirstBreak.latest else {
        throw problem("\"\(id)\" has no figure before its first break; name a period")
      }
      point = latest
    }
    guard let value = point.value else {
      throw problem("\"\(id)\" has no value at \(point.period.label); name another period")
    }
    let place = series.area.map { ", \($0)" } ?? ""
    let source = point.origin?.source ?? series.measure.name
    return (id, value, "\(source); \(id)\(place), \(point.period.label)", series.measure.unit, point.period)
  }
}

/// The `source` or the `reason` that stands beside a number.
struct WaitingStatement {
  let source: String?
  let reason: String?

  init(source: WorkspaceNode?, reason: WorkspaceNode?) throws(EvidenceError) {
    self.source = try source?.text()
    self.reason = try reason?.text()
    if let reason, source != nil {
      throw reason.problem(
        "a source and a reason stand together; keep the source if somebody published the number, or else the reason"
      )
    }
  }

  func basis(of node: WorkspaceNode) throws(EvidenceError) -> WaitingFigure.Basis {
    if let source { return .published(source: source) }
    if let reason { return .assumed(reason: reason) }
    throw node.problem(
      "\(node.name) is a number on nobody's word; add a source beside it if it is published, or a reason if it is assumed"
    )
  }
}
