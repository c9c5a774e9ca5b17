import Commissioning
import TimeSeries

extension WorkspaceNode {
  /// The register of measures: each with its owner, its evidence, what it does and how likely it is.
  ///
  /// A measure that was withdrawn stays in the file, is checked, and is left out of the register.
  ///
  /// - Parameters:
  ///   - overlaps: what measures have in common; nil where nothing is stated.
  ///   - years: the plan's years.
  ///   - services: the services, which know their flows, and the lines that each of them moves.
  ///   - unread: services that are there and could not be read.
  func mitigations(
    overlaps: WorkspaceNode?, years: ClosedRange<FinancialYear>, services: [any ServiceDefinition],
    unread: Set<String>
  ) throws(EvidenceError) -> MitigationRegister {
    var measures: [Mitigation] = []
    var withdrawn: Set<String> = []
    for (key, value) in try entries() {
      let measure = try value.mitigation(id: key.name)
      if try value.isWithdrawn { withdrawn.insert(key.name) } else { measures.append(measure) }
    }
    for (_, measure) in try entries() {
      for effect in try measure.value(of: "effects")?.items() ?? [] {
        try effect.checkTarget(among: services, unread: unread)
      }
    }
    var common: [Overlap] = []
    for item in try overlaps?.items() ?? [] {
      let fields = try item.fields(required: ["measures", "share", "reason"])
      let named = try fields["measures"].texts()
      let left = named.filter { !withdrawn.contains($0) }
      let overlap = Overlap(
        measures: left, share: try fields["share"].share(), reason: try fields["reason"].text())
      // What is withdrawn has nothing in common with anything any more.
      if left.count == named.count || left.count > 1 { common.append(overlap) }
    }
    var lines: [Flow: Set<String>] = [:]
    for service in services {
      for flow in service.flows {
        lines[Flow(service: service.id, name: flow.id)] = service.lines(movedBy: flow.id)
      }
    }
    do throws(CommissioningError) {
      return try MitigationRegister(measures: measures, overlaps: common, years: years, lines: lines)
    } catch {
      // The measure that is named in the refusal is the place to mend.
      let text = "\(error)"
      let named = try entries().first { text.contains("\"\($0.key.name)\"") }?.value
      throw (named ?? self).problem(text)
    }
  }

  /// Refuses an effect on a service that is not there, or on a flow that it does not have.
  private func checkTarget(
    among services: [any ServiceDefinition], unread: Set<String>
  ) throws(EvidenceError) {
    guard let node = value(of: "flow") ?? value(of: "line") else { return }
    let (name, flow) = try node.serviceAndName()
    guard let service = services.first(where: { $0.id == name }) else {
      if unread.contains(name) { return }
      throw node.problem(
        "\(node.name): there is no service \"\(name)\"; "
          + NearestName.advice(for: name, among: services.map(\.id)))
    }
    guard value(of: "flow") != nil, !service.flows.contains(where: { $0.id == flow }) else { return }
    throw node.problem(
      "\(node.name): \(name) has no flow \"\(flow)\"; "
        + NearestName.advice(for: flow, among: service.flows.map(\.id)))
  }

  /// Parts `SERVICE.NAME`.
  private func serviceAndName() throws(EvidenceError) -> (service: String, name: String) {
    let text = try text()
    guard let point = text.firstIndex(of: "."), point != text.startIndex,
      text.index(after: point) != text.endIndex
    else { throw problem("\"\(text)\" in \(name) must be SERVICE.NAME, such as high-needs.requests") }
    return (String(text[..<point]), String(text[text.index(after: point)...]))
  }

  private func mitigation(id: String) throws(EvidenceError) -> Mitigation {
    let fields = try fields(
      required: ["name", "owner", "evidence", "status", "start"],
      optional: ["end", "ramp", "probability", "spread", "effects", "cost", "saving"])
    let status = try fields["status"].mitigationStatus(saving: fields.optional("saving"))
    var effects: [MitigationEffect] = []
    for item in try fields.optional("effects")?.items() ?? [] { effects.append(try item.mitigationEffect()) }
    let probability = fields.optional("probability")
    if probability == nil, case .inBudget = status {
    } else if probability == nil {
      throw problem("\(name) needs the key \"probability\", how likely it is to be delivered, 0% to 100%")
    }
    return Mitigation(
      id: id, name: try fields["name"].text(), owner: try fields["owner"].text(),
      evidence: try fields["evidence"].text(), status: status, start: try fields["start"].date(),
      end: try fields.optional("end")?.date(), ramp: try fields.optional("ramp")?.ramp() ?? .immediate,
      probability: try probability?.share() ?? 1,
      spread: try fields.optional("spread")?.assumedValue().value ?? .fixed(1), effects: effects,
      cost: try fields.optional("cost")?.mitigationCost() ?? Mitigation.Cost())
  }

  /// Whether a measure is no longer pursued.
  private var isWithdrawn: Bool {
    get throws(EvidenceError) { try value(of: "status")?.text() == "withdrawn" }
  }

  private func mitigationStatus(saving: WorkspaceNode?) throws(EvidenceError) -> Mitigation.Status {
    let words = ["in-budget", "planned", "proposed", "withdrawn"]
    let text = try text()
    switch (text, saving) {
    case ("in-budget", let saving?): return .inBudget(saving: try saving.number())
    case ("in-budget", nil):
      throw problem("\(name): what the budget has already needs \"saving\", the pounds a year it counts on")
    case ("planned", nil): return .planned
    case ("proposed", nil): return .proposed
    // It may state what the budget counted on, and is not in the register whatever its status would be there.
    case ("withdrawn", _): return .proposed
    case ("planned", let saving?), ("proposed", let saving?):
      throw saving.problem(
        "\(saving.name): only what the budget has already states its saving; what a measure saves follows from its effects"
      )
    default:
      throw problem("\"\(text)\" in \(name) is not one of \(words.joined(separator: ", "))")
    }
  }

  /// `immediate`, `{months: 24}` or `{years: [25%, 60%, 100%]}`.
  private func ramp() throws(EvidenceError) -> Ramp {
    guard isMapping else {
      let text = try text()
      guard text == "immediate" else {
        throw problem(
          "\"\(text)\" in \(name) is no ramp; write immediate, {months: 24} or {years: [25%, 60%, 100%]}")
      }
      return .immediate
    }
    let fields = try fields(required: [], optional: ["months", "years"])
    switch (fields.optional("months"), fields.optional("years")) {
    case (let months?, nil): return .months(try months.number())
    case (nil, let years?):
      var shares: [Double] = []
      for item in try years.items() { shares.append(try item.share()) }
      return .years(shares)
    default:
      throw problem("\(name) must be immediate, {months: 24} or {years: [25%, 60%, 100%]}, one of them")
    }
  }

  private func mitigationEffect() throws(EvidenceError) -> MitigationEffect {
    let fields = try fields(required: [], optional: ["flow", "multiply", "add", "line", "save", "cohort"])
    let cohort = try fields.optional("cohort")?.text()
    switch (fields.optional("flow"), fields.optional("multiply"), fields.optional("add")) {
    case (let flow?, let factor?, nil):
      let (service, name) = try flow.serviceAndName()
      return MitigationEffect(
        .multiply(Flow(service: service, name: name)), size: try factor.assumedValue().value, cohort: cohort)
    case (let flow?, nil, let addition?):
      let (service, name) = try flow.serviceAndName()
      return MitigationEffect(
        .add(Flow(service: service, name: name)), size: try addition.assumedValue().value, cohort: cohort)
    case (nil, nil, nil):
      guard let line = fields.optional("line"), let saved = fields.optional("save") else { break }
      let (service, name) = try line.serviceAndName()
      return MitigationEffect(
        .save(service: service, line: name), size: try saved.assumedValue().value, cohort: cohort)
    default: break
    }
    throw problem(
      "\(name) must be {flow: SERVICE.FLOW, multiply: 0.95}, {flow: SERVICE.FLOW, add: 60} or {line: SERVICE.LINE, save: POUNDS}"
    )
  }

  private func mitigationCost() throws(EvidenceError) -> Mitigation.Cost {
    let fields = try fields(
      required: [], optional: ["one-off", "recurring", "even-if-not-delivered", "service"])
    var even = true
    if let node = fields.optional("even-if-not-delivered") {
      switch try node.text() {
      case "yes": even = true
      case "no": even = false
      default: throw node.problem("\"\(try node.text())\" in \(node.name) must be yes or no")
      }
    }
    return Mitigation.Cost(
      oneOff: try fields.optional("one-off")?.assumedValue().value ?? .fixed(0),
      recurring: try fields.optional("recurring")?.assumedValue().value ?? .fixed(0),
      evenIfNotDelivered: even,
      service: try fields.optional("service")?.text())
  }
}
