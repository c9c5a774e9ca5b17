import Indicators
import TimeSeries

/// Reads performance measures one after another; what is wrong with one does not stop the others.
struct TrajectoryReading {
  let evidence: Panel
  let area: String
  /// What "plus 10%" of a measure in per cent adds, where the file declares it.
  let increase: MilestoneRule.Increase?
  /// The actions that the file names; empty where it names none.
  let actions: Set<Int>

  private(set) var entries: [TrajectoryFile.Entry] = []
  private(set) var problems: [Problem] = []
  /// The names that were met, with the lines on which they stand.
  private var lines: [String: Int?] = [:]

  init(evidence: Panel, area: String, increase: MilestoneRule.Increase?, actions: Set<Int>) {
    self.evidence = evidence
    self.area = area
    self.increase = increase
    self.actions = actions
  }

  /// Reads one measure.
  mutating func read(_ node: WorkspaceNode) {
    let before = problems.count
    do throws(EvidenceError) {
      let entry = try entry(node)
      if problems.count == before, let entry { entries.append(entry) }
    } catch {
      problems += error.problems
    }
  }

  /// Tries a part of a measure; what is wrong with it is noted, and the other parts are tried as well.
  private mutating func attempt<Value>(
    _ part: (inout TrajectoryReading) throws(EvidenceError) -> Value
  ) -> Value? {
    do throws(EvidenceError) {
      return try part(&self)
    } catch {
      problems += error.problems
      return nil
    }
  }

  private static let required = [
    "id", "reference", "action", "wording", "unit", "polarity", "baseline", "milestones",
  ]
  private static let optional = [
    "part", "owner", "frequency", "levels", "baseline-plus", "measured-by", "not-collected", "notes",
  ]

  private mutating func entry(_ node: WorkspaceNode) throws(EvidenceError) -> TrajectoryFile.Entry? {
    let fields = try node.fields(required: Self.required, optional: Self.optional)
    let idNode = try fields["id"]
    let id = try idNode.text()
    if let other = lines.updateValue(idNode.line, forKey: id) {
      problems.append(
        idNode.remark(
          "there is a measure \"\(id)\" already\(other.map { ", on line \($0)" } ?? ""); give each row an id of its own"
        ))
    }
    let reference = attempt { _ throws(EvidenceError) in try fields["reference"].text() }
    let wording = attempt { _ throws(EvidenceError) in try fields["wording"].text() }
    let action = attempt { reading throws(EvidenceError) in try reading.action(try fields["action"]) }
    let unit = attempt { _ throws(EvidenceError) in try Self.unit(try fields["unit"]) }
    let polarity = attempt { _ throws(EvidenceError) in try Self.polarity(try fields["polarity"], of: id) }
    let texts = attempt { _ throws(EvidenceError) in
      (
        try fields.optional("part")?.text(), try fields.optional("owner")?.text(),
        try fields.optional("frequency")?.text(), try fields.optional("notes")?.texts() ?? []
      )
    }
    let notCollected = attempt { _ throws(EvidenceError) in
      try Self.reasons(fields.optional("not-collected"))
    }
    let plusMeans = attempt { reading throws(EvidenceError) in
      try fields.optional("baseline-plus")?.choice(MilestoneRule.Increase.self) ?? reading.increase
    }
    guard let unit else { return nil }
    let baseline = attempt { reading throws(EvidenceError) in
      try reading.baseline(try fields["baseline"], unit: unit)
    }
    let levels = attempt { reading throws(EvidenceError) in
      try fields.optional("levels").map { node throws(EvidenceError) in
        try reading.series(node, unit: unit, polarity: nil)
      }
    }
    let measured = attempt { reading throws(EvidenceError) in
      try reading.measured(
        fields.optional("measured-by"), unit: unit, polarity: polarity,
        frequency: fields.optional("frequency"))
    }
    var milestones: [Trajectory.Milestone] = []
    let nodes = attempt { _ throws(EvidenceError) in try fields["milestones"].items() } ?? []
    var isWhole = true
    for one in nodes {
      let read = attempt { reading throws(EvidenceError) in
        try MilestoneReading(
          unit: unit, plusMeans: plusMeans ?? reading.increase, levels: levels ?? nil, of: id
        ).milestone(one)
      }
      if let read { milestones.append(read) } else { isWhole = false }
    }
    guard let reference, let wording, let action, let polarity, let texts, let notCollected, let baseline,
      let measured
    else { return nil }
    let trajectory = Trajectory(
      id: id, reference: reference, action: action, wording: wording, part: texts.0, owner: texts.1,
      frequency: texts.2, unit: unit, polarity: polarity, baseline: baseline, milestones: milestones,
      judgedBy: measured.judgedBy, notCollected: notCollected, notes: texts.3)
    // Without some of the milestones the others may look wrong and be right.
    for fault in trajectory.faults where isWhole || fault.milestone == nil && !milestones.isEmpty {
      let place = fault.milestone.flatMap { nodes.indices.contains($0) ? nodes[$0] : nil }
      problems.append((place ?? node).remark("\(fault.error)"))
    }
    return TrajectoryFile.Entry(trajectory: trajectory, series: measured.series, proxy: measured.proxy)
  }

  // MARK: Parts

  private func action(_ node: WorkspaceNode) throws(EvidenceError) -> Int {
    let number = try node.wholeNumber(1...9999)
    guard actions.isEmpty || actions.contains(number) else {
      throw node.problem(
        "there is no action \(number); accepted are \(actions.sorted().map { "\($0)" }.joined(separator: ", "))"
      )
    }
    return number
  }

  private static func unit(_ node: WorkspaceNode) throws(EvidenceError) -> Unit {
    let text = try node.text()
    do throws(UnreadableText) {
      return try Unit(parsing: text)
    } catch {
      throw node.problem("\(error)")
    }
  }

  private static func polarity(_ node: WorkspaceNode, of id: String) throws(EvidenceError) -> Polarity {
    let text = try node.text()
    switch text.lowercased() {
    case "higher is better": return .higherIsBetter
    case "lower is better": return .lowerIsBetter
    default:
      throw node.problem(
        "\(id): polarity \"\(text)\" is not one that a milestone can be judged by; write higher is better or lower is better"
      )
    }
  }

  private static func reasons(
    _ node: WorkspaceNode?
  ) throws(EvidenceError) -> [String: Trajectory.Uncollected] {
    var reasons: [String: Trajectory.Uncollected] = [:]
    for (key, value) in try node?.entries() ?? [] {
      if value.isMapping {
        let fields = try value.fields(required: ["reason"], optional: ["known"])
        reasons[key.name] = Trajectory.Uncollected(
          reason: try fields["reason"].text(), known: try fields.optional("known")?.date())
      } else {
        reasons[key.name] = Trajectory.Uncollected(reason: try value.text())
      }
    }
    return reasons
  }

  /// A series of the area, in the unit of the measure.
  private func series(
    _ node: WorkspaceNode, unit: Unit, polarity: Polarity?
  ) throws(EvidenceError) -> Series {
    let id = try node.text()
    guard let series = evidence[id, area: area] else {
      let names = Set(evidence.lazy.filter { $0.area == area }.map(\.id))
      throw node.problem(
        "there is no series \"\(id)\" of \(area); "
          + (NearestName.nearest(to: id, among: names.sorted()).map { "did you mean \"\($0)\"?" }
            ?? "name one of the workspace's series files"))
    }
    guard series.measure.unit == unit else {
      throw node.problem(
        "the series \"\(id)\" is in \(series.measure.unit) and the measure in \(unit); name one in \(unit), or mend the unit"
      )
    }
    let said = series.attribute("polarity")?.lowercased()
    if let polarity, let said, said == "higher is better" || said == "lower is better",
      (said == "higher is better") != (polarity == .higherIsBetter)
    {
      throw node.problem(
        "the series \"\(id)\" says that \(said), and the measure says the contrary; mend one of them")
    }
    return series
  }

  private func baseline(_ node: WorkspaceNode, unit: Unit) throws(EvidenceError) -> Trajectory.Baseline {
    let fields = try node.fields(required: ["date"], optional: ["value", "wording", "series"])
    let date = try fields["date"].date()
    guard let named = fields.optional("series") else {
      let value = try fields.optional("value").map { value throws(EvidenceError) in
        try value.level(unit: unit)
      }
      guard let wording = try fields.optional("wording")?.text() ?? value.map({ LevelText.text($0, unit) })
      else {
        throw node.problem(
          "\(node.name) needs the plan's wording, such as wording: NA, or a value; write one of them")
      }
      return Trajectory.Baseline(value: value, date: date, wording: wording)
    }
    if let value = fields.optional("value") {
      throw value.problem("\(node.name) has a value and a series; write one of them")
    }
    let series = try series(named, unit: unit, polarity: nil)
    guard let value = series.value(by: date) else {
      throw named.problem(
        "the series \"\(series.id)\" has no figure by \(date); name a date on which one of its periods is over"
      )
    }
    return Trajectory.Baseline(
      value: value, date: date, wording: try fields.optional("wording")?.text() ?? LevelText.text(value, unit)
    )
  }

  private struct Measured {
    var series: String?
    var proxy: String?
    var judgedBy = Trajectory.JudgedBy.lastOver
  }

  private func measured(
    _ node: WorkspaceNode?, unit: Unit, polarity: Polarity?, frequency: WorkspaceNode?
  ) throws(EvidenceError) -> Measured {
    guard let node else { return Measured() }
    let fields = try node.fields(required: [], optional: ["series", "proxy", "judged-by"])
    let series = try fields.optional("series").map { name throws(EvidenceError) in
      try self.series(name, unit: unit, polarity: polarity)
    }
    if let series, let name = fields.optional("series"), fields.optional("proxy") == nil,
      let complaint = StatedFrequency.complaint(about: series, wanted: try frequency?.text())
    {
      throw name.problem(
        "the series \(complaint); name one with figures as often, or say with proxy: why it will do")
    }
    return Measured(
      series: series?.id, proxy: try fields.optional("proxy")?.text(),
      judgedBy: try fields.optional("judged-by")?.choice(Trajectory.JudgedBy.self) ?? .lastOver)
  }
}

extension WorkspaceNode {
  /// A level in the unit of a measure: `3%`, `9 weeks`, `-6.70`.
  fileprivate func level(unit: Unit) throws(EvidenceError) -> Double {
    let text = try text()
    guard let rule = try? MilestoneRule(parsing: text, unit: unit), case .level(let value) = rule else {
      throw problem(
        "\"\(text)\" in \(name) is not a value in \(unit); write a number, alone or with that unit")
    }
    return value
  }
}
