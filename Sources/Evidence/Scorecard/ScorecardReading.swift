import Indicators
import TimeSeries

/// A scorecard on its way from a file: what is sound is kept, what is not becomes a problem with its place.
struct ScorecardReading {
  let evidence: Panel
  let area: String
  private(set) var themes: [Scorecard.Theme] = []
  private(set) var priorities: [Scorecard.Priority] = []
  private(set) var indicators: [ScorecardIndicator] = []
  private(set) var statedTargets: [Scorecard.StatedTarget] = []
  private(set) var problems: [Problem] = []
  /// The indicators that are in the file, whether or not they could be read.
  private var named: Set<String> = []

  init(evidence: Panel, area: String) {
    self.evidence = evidence
    self.area = area
  }

  /// Keeps a complaint; of a file that could not be read, at the place that names it.
  mutating func note(_ error: EvidenceError, at node: WorkspaceNode) {
    if case .badData(let found, _) = error {
      problems += found
    } else {
      problems.append(node.remark("\(error)"))
    }
  }

  /// Reads themes and priorities, without which there is no card.
  mutating func read(themes: WorkspaceNode, priorities: WorkspaceNode) throws(EvidenceError) {
    for (key, value) in try themes.entries() {
      self.themes.append(Scorecard.Theme(id: key.name, name: try value.text()))
    }
    for (key, value) in try priorities.entries() {
      do throws(EvidenceError) {
        guard let number = Int(key.name), number >= 1 else {
          throw value.problem("\"\(key.name)\" is not the number of a priority; write 1, 2 and so on")
        }
        let fields = try value.fields(required: ["theme", "text"])
        self.priorities.append(
          Scorecard.Priority(
            number: number, theme: try theme(fields["theme"]), text: try fields["text"].text()))
      } catch {
        note(error, at: value)
      }
    }
  }

  /// Reads the indicators of a list.
  mutating func read(_ node: WorkspaceNode, list: String) throws(EvidenceError) {
    for (key, value) in try node.entries() {
      guard named.insert(key.name).inserted else {
        problems.append(
          value.remark("\(value.name): the id \"\(key.name)\" stands in two lists; give it another"))
        continue
      }
      do throws(EvidenceError) {
        indicators.append(try indicator(value, id: key.name, list: list))
      } catch {
        note(error, at: value)
      }
    }
  }

  /// Reads the targets that the plan words.
  mutating func read(statedTargets node: WorkspaceNode?) {
    guard let node else { return }
    do throws(EvidenceError) {
      for (key, value) in try node.entries() {
        do throws(EvidenceError) {
          statedTargets.append(try statedTarget(value, id: key.name))
        } catch {
          note(error, at: value)
        }
      }
    } catch {
      note(error, at: node)
    }
  }

  private func statedTarget(_ node: WorkspaceNode, id: String) throws(EvidenceError) -> Scorecard.StatedTarget
  {
    let fields = try node.fields(required: ["text"], optional: ["indicator", "none"])
    let text = try fields["text"].text()
    switch (fields.optional("indicator"), fields.optional("none")) {
    case (let indicator?, nil):
      let measure = try indicator.text()
      guard named.contains(measure) else {
        throw indicator.problem(
          "\(indicator.name): there is no indicator \"\(measure)\"; "
            + NearestName.advice(for: measure, among: named.sorted()))
      }
      return Scorecard.StatedTarget(id: id, text: text, indicator: measure)
    case (nil, let reason?):
      return Scorecard.StatedTarget(id: id, text: text, indicator: nil, reason: try reason.text())
    default:
      throw node.problem("\(node.name) needs one of indicator and none, the reason why there is none")
    }
  }

  /// An area that must have a series of its own.
  mutating func area(_ node: WorkspaceNode?) -> String? {
    guard let node else { return nil }
    do throws(EvidenceError) {
      let name = try node.text()
      guard evidence.areas.contains(name) else {
        throw node.problem(
          "\(node.name): no series of the workspace is of \"\(name)\"; "
            + NearestName.advice(for: name, among: evidence.areas))
      }
      return name
    } catch {
      note(error, at: node)
      return nil
    }
  }

  // MARK: An indicator

  /// Reads an indicator. What is wrong with its target, its rule or its series is kept as a problem and does not stop it;
  /// what it is and where it belongs must be right. Every value is looked at, so that each complaint is made.
  private mutating func indicator(
    _ node: WorkspaceNode, id: String, list: String
  ) throws(EvidenceError) -> ScorecardIndicator {
    let fields = try node.fields(
      required: ["name", "theme", "priority", "definition", "owner", "polarity", "unit", "source"],
      optional: ["series", "proxy", "none", "population", "target", "judged-by"])
    var found = GatheredFaults()
    let theme = found.keep { () throws(EvidenceError) in try self.theme(fields["theme"]) }
    let priority = found.keep { () throws(EvidenceError) in
      try self.priority(fields["priority"], theme: theme)
    }
    let polarity = found.keep { () throws(EvidenceError) in
      try fields["polarity"].indicatorPolarity(of: id)
    }
    let evidence = found.keep { () throws(EvidenceError) in try self.source(fields, of: node) }
    let population = found.keep { () throws(EvidenceError) in
      try self.population(fields.optional("population"))
    }
    let name = found.keep { () throws(EvidenceError) in try fields["name"].text() }
    let definition = found.keep { () throws(EvidenceError) in try fields["definition"].text() }
    let owner = found.keep { () throws(EvidenceError) in try fields["owner"].text() }
    let unit = found.keep { () throws(EvidenceError) in try fields["unit"].text() }
    let source = found.keep { () throws(EvidenceError) in try fields["source"].text() }
    // What is refused here is also kept with the indicator, which is then not judged by what is left of its definition.
    var refused = GatheredFaults()
    var target: ScorecardTarget?
    if let stated = fields.optional("target"), let polarity {
      target = refused.keep { () throws(EvidenceError) in
        try stated.scorecardTarget(of: id, polarity: polarity)
      }
      if let level = target?.measurable?.level, let unit, let parsed = try? TimeSeries.Unit(parsing: unit),
        let why = LevelText.impossibility(of: level, parsed)
      {
        refused.add(stated.remark("\(id): the target cannot be: \(why)"))
        target = nil
      }
    }
    var rule = RatingRule.automatic
    if let stated = fields.optional("judged-by") {
      rule =
        refused.keep { () throws(EvidenceError) in try stated.choice(RatingRule.self) } ?? .automatic
    }
    if case .series(let id)? = evidence, let problem = otherUnit(try fields["unit"], than: id) {
      refused.add(problem)
    }
    problems += refused.problems
    guard let theme, let priority, let polarity, let evidence, let population, let name, let definition,
      let owner, let unit, let source
    else { throw .badData(problems: found.problems, omitted: 0) }
    return ScorecardIndicator(
      id: id, list: list, name: name, theme: theme, priority: priority, definition: definition, owner: owner,
      polarity: polarity, unit: unit, source: source, evidence: evidence, population: population,
      target: target, rule: rule,
      definitionFault: refused.problems.isEmpty
        ? nil : refused.problems.map(\.message).joined(separator: "; "))
  }

  private func theme(_ node: WorkspaceNode) throws(EvidenceError) -> String {
    let id = try node.text()
    guard themes.contains(where: { $0.id == id }) else {
      throw node.problem(
        "\(node.name): there is no theme \"\(id)\"; " + NearestName.advice(for: id, among: themes.map(\.id)))
    }
    return id
  }

  private func priority(_ node: WorkspaceNode, theme: String?) throws(EvidenceError) -> Int {
    let text = try node.text()
    guard let priority = priorities.first(where: { "\($0.number)" == text }) else {
      throw node.problem(
        "\(node.name): there is no priority \"\(text)\"; accepted are "
          + priorities.map { "\($0.number)" }.joined(separator: ", "))
    }
    if let theme, priority.theme != theme {
      throw node.problem(
        "\(node.name): priority \(text) is of the theme \(priority.theme), not of \(theme); change one of them"
      )
    }
    return priority.number
  }

  private mutating func source(
    _ fields: WorkspaceFields, of node: WorkspaceNode
  ) throws(EvidenceError) -> ScorecardIndicator.Evidence {
    switch (fields.optional("series"), fields.optional("proxy"), fields.optional("none")) {
    case (let series?, nil, nil):
      return .series(try held(series))
    case (nil, let proxy?, nil):
      let parts = try proxy.fields(required: ["series", "reason"])
      return .proxy(try held(parts["series"]), reason: try parts["reason"].text())
    case (nil, nil, let reason?):
      return .none(reason: try reason.text())
    default:
      throw node.problem(
        "\(node.name) needs one of series (its id), proxy (a series and the reason why it only stands for it) and none "
          + "(the reason why there is nothing)")
    }
  }

  /// The unit that an indicator states must be that of its series; a proxy may have another.
  private func otherUnit(_ node: WorkspaceNode, than id: String) -> Problem? {
    guard let series = evidence[id, area: area], case .text(let text) = node.content,
      let unit = try? TimeSeries.Unit(parsing: text), unit != series.measure.unit
    else { return nil }
    return node.remark(
      "\(node.name): the unit is \(text) and that of the series \"\(id)\" is \(series.measure.unit); change one of them, "
        + "or name the series as a proxy with the reason")
  }

  private mutating func population(_ node: WorkspaceNode?) throws(EvidenceError) -> String? {
    guard let node else { return nil }
    return try held(node)
  }

  /// The id of a series; a series that the workspace does not have, of the area, is a problem, and the report says so too.
  private mutating func held(_ node: WorkspaceNode) throws(EvidenceError) -> String {
    let id = try node.text()
    guard evidence[id, area: area] == nil else { return id }
    if evidence.contains(where: { $0.id == id }) {
      problems.append(
        node.remark(
          "\(node.name): the series \"\(id)\" of the workspace has no figures of \(area); name another, or write none with the reason"
        ))
      return id
    }
    var seen: Set<String> = []
    let names = evidence.map(\.id).filter { seen.insert($0).inserted }
    let nearest = NearestName.nearest(to: id, among: names)
    problems.append(
      node.remark(
        "\(node.name): there is no series \"\(id)\" in the workspace; "
          + (nearest.map { "did you mean \"\($0)\"?" }
            ?? "name one of its series, or write none with the reason")))
    return id
  }
}
