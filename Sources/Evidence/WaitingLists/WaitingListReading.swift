import Indicators
import TimeSeries

extension WorkspaceNode {
  private static let waitingListKeys = [
    "name", "referral-growth", "leaving", "calendar", "discipline", "priorities", "one-offs", "mean-wait",
    "target-mean-wait", "standards", "unit-cost", "variation", "assessment",
  ]

  /// A waiting list under its name.
  func waitingListDefinition(
    id: String, references: WaitingReferences, calendars: [String: WaitingListCalendar]
  ) throws(EvidenceError) -> WaitingListDefinition {
    let fields = try fields(
      required: ["kind", "start", "waiting", "referrals", "capacity"], optional: Self.waitingListKeys)
    var remarks: [String] = []
    let referrals = try fields["referrals"].waitingFlow("referrals", references)
    let growth = try fields.optional("referral-growth")?.waitingValue(
      "growth of referrals a year", key: "a-year", references, isGrowth: true)
    let capacity = try fields["capacity"].waitingFlow("children who can be seen in", references)
    guard capacity.low >= WaitingListDefinition.leastCapacity else {
      throw try fields["capacity"].problem(
        "capacity is \(WaitingNumber.plain(capacity.low)); a list from which nobody is seen has no wait that could be worked out, so write a number "
          + "above 0, at least \(WaitingListDefinition.leastCapacity) a year")
    }
    var calendar = WaitingListCalendar()
    if let node = fields.optional("calendar") {
      let name = try node.text()
      guard let found = calendars[name] else {
        throw node.problem(
          "there is no calendar \"\(name)\"; "
            + (calendars.isEmpty
              ? "define it under calendars" : NearestName.advice(for: name, among: Array(calendars.keys))))
      }
      calendar = found
    }
    let queue = try fields["waiting"].startingQueue(referrals, references)
    let discipline = try fields.optional("discipline")?.waitingDiscipline(&remarks) ?? .firstInFirstOut
    let priorities = try fields.optional("priorities")?.waitingPriorities(&remarks) ?? []
    let variation = try fields.optional("variation")?.waitingVariation(&remarks)
    let standards = try fields.optional("standards")?.waitingStandards() ?? [Weeks(18), Weeks(52)]
    let name = try fields.optional("name")?.text() ?? id
    let kind = try fields["kind"].text()
    let start = try fields["start"].date()
    let leaving = try fields.optional("leaving")?.waitingLeaving(references) ?? .nobody
    let changes = try fields.optional("one-offs")?.waitingChanges(from: start) ?? []
    let target = try fields.optional("target-mean-wait")?.waitingTime("mean wait aimed at, weeks", references)
    let published = try fields.optional("mean-wait")?.waitingTime("mean wait, weeks", references)
    let unitCost = try fields.optional("unit-cost")?.waitingValue(
      "pounds for each child seen", key: "pounds", references)
    let assessment = try fields.optional("assessment")?.waitingAssessment(references)
    do {
      return try WaitingListDefinition(
        id: id, name: name, kind: kind, start: start, waiting: queue.children, weeksWaited: queue.shares,
        layout: queue.layout, referrals: referrals, growth: growth, capacity: capacity, calendar: calendar,
        leaving: leaving, discipline: discipline, priorities: priorities, changes: changes,
        targetMeanWait: target, publishedMeanWait: published, standards: standards,
        referralVariation: variation?.referrals ?? 1, capacityVariation: variation?.capacity ?? 1,
        unitCost: unitCost, assessment: assessment, remarks: remarks)
    } catch {
      throw problem("\(error)")
    }
  }

  // MARK: Numbers

  /// The value of one key, with its source or reason beside it.
  private func waitingValue(
    _ name: String, key: String, _ references: WaitingReferences, isShare: Bool = false,
    isGrowth: Bool = false
  ) throws(EvidenceError) -> WaitingFigure {
    let fields = try fields(required: [key], optional: ["source", "reason"])
    let statement = try WaitingStatement(
      source: fields.optional("source"), reason: fields.optional("reason"))
    return try fields[key].waitingFigure(
      name, statement: statement, references: references, isShare: isShare, isGrowth: isGrowth)
  }

  /// A flow by the year, whether it is written `a-year` or `a-week`.
  private func waitingFlow(
    _ name: String, _ references: WaitingReferences
  ) throws(EvidenceError) -> WaitingFigure {
    guard value(of: "a-week") != nil else {
      return try nonnegative(try waitingValue("\(name) a year", key: "a-year", references))
    }
    let weekly = try nonnegative(try waitingValue("\(name) a week", key: "a-week", references))
    return weekly.times(PerWeek(1).perYear, named: "\(name) a year")
  }

  private func nonnegative(_ figure: WaitingFigure) throws(EvidenceError) -> WaitingFigure {
    guard figure.low >= 0 else {
      throw problem("\(WaitingNumber.plain(figure.low)) in \(name) is below 0; write 0 or more")
    }
    return figure
  }

  /// A wait in weeks, with its source or reason beside it.
  private func waitingTime(
    _ name: String, _ references: WaitingReferences
  ) throws(EvidenceError) -> WaitingFigure {
    let fields = try fields(required: ["weeks"], optional: ["source", "reason"])
    let statement = try WaitingStatement(
      source: fields.optional("source"), reason: fields.optional("reason"))
    return try fields["weeks"].waitingWeeks(name, statement: statement, references: references)
  }

  private func waitingLeaving(
    _ references: WaitingReferences
  ) throws(EvidenceError) -> WaitingListDefinition.Leaving {
    if value(of: "of-referrals") != nil {
      return .ofReferrals(
        try waitingValue(
          "share of referrals that leaves unseen", key: "of-referrals", references, isShare: true))
    }
    return .ofThoseWaiting(
      try waitingValue(
        "share of those waiting that leaves in a week", key: "a-week", references, isShare: true))
  }

  private func waitingAssessment(
    _ references: WaitingReferences
  ) throws(EvidenceError) -> WaitingListDefinition.Assessment {
    let fields = try fields(required: ["refused", "issued", "drafting"], optional: ["in-20-weeks"])
    return WaitingListDefinition.Assessment(
      refused: try fields["refused"].waitingValue(
        "share of requests for which it is decided not to assess", key: "share", references, isShare: true),
      issued: try fields["issued"].waitingValue(
        "share of assessments that ends in a plan", key: "share", references, isShare: true),
      drafting: try fields["drafting"].nonnegative(
        try fields["drafting"].waitingValue(
          "children whose plan is being drafted", key: "children", references)),
      published: try fields.optional("in-20-weeks")?.waitingValue(
        "share of plans issued within 20 weeks", key: "share", references, isShare: true))
  }

  // MARK: Order

  private func waitingDiscipline(
    _ remarks: inout [String]
  ) throws(EvidenceError) -> WaitingListModel.Discipline {
    if case .text(let text) = content {
      guard text == "first-in-first-out" else {
        throw problem(
          "\"\(text)\" in \(name) is no order; write first-in-first-out, or {longest-first: 80%, reason: ...}"
        )
      }
      return .firstInFirstOut
    }
    let fields = try fields(required: ["longest-first", "reason"])
    let share = try fields["longest-first"].share()
    remarks.append("Order: \(try fields["reason"].text())")
    return .mixed(longestFirst: share)
  }

  private func waitingPriorities(
    _ remarks: inout [String]
  ) throws(EvidenceError) -> [WaitingListModel.Priority] {
    let fields = try fields(required: ["shares", "reason"])
    var priorities: [WaitingListModel.Priority] = []
    for (key, value) in try fields["shares"].entries() {
      priorities.append(WaitingListModel.Priority(name: key.name, share: try value.share()))
    }
    let sum = priorities.reduce(0) { $0 + $1.share }
    guard abs(sum - 1) < 1e-9 else {
      throw try fields["shares"].problem(
        "the shares of priorities sum to \(sum); they must sum to 1, or 100%")
    }
    remarks.append("Priorities: \(try fields["reason"].text())")
    return priorities
  }

  private func waitingVariation(
    _ remarks: inout [String]
  ) throws(EvidenceError) -> (referrals: Double, capacity: Double) {
    let fields = try fields(required: ["referrals", "capacity", "reason"])
    let values = (try fields["referrals"].number(), try fields["capacity"].number())
    guard values.0 >= 0, values.1 >= 0 else {
      throw problem("\(name) holds a coefficient below 0; write 0 or more, 1 where children come by chance")
    }
    remarks.append("Variation: \(try fields["reason"].text())")
    return values
  }

  private func waitingStandards() throws(EvidenceError) -> [Weeks] {
    var standards: [Weeks] = []
    for item in try items() {
      try item.refuseUnits()
      let weeks = try item.number("a number of weeks, such as 18")
      guard weeks > 0, weeks <= Double(StartingQueue.longest) else {
        throw item.problem(
          "\(WaitingNumber.plain(weeks)) in \(item.name) is no standard; write weeks above 0, to \(StartingQueue.longest) at most"
        )
      }
      standards.append(Weeks(weeks))
    }
    return standards
  }

  private func waitingChanges(
    from start: CivilDate
  ) throws(EvidenceError) -> [WaitingListDefinition.DatedChange] {
    var changes: [WaitingListDefinition.DatedChange] = []
    for item in try items() {
      let fields = try item.fields(required: ["date", "reason"], optional: ["capacity", "referrals"])
      let date = try fields["date"].date()
      guard date >= start else {
        throw try fields["date"].problem(
          "\(date) is before the list begins on \(start); leave it out or move it")
      }
      let found = WaitingListModel.OneOff.Kind.allCases.compactMap { kind in
        fields.optional(kind.rawValue).map { (kind, $0) }
      }
      guard let (kind, node) = found.first, found.count == 1 else {
        throw item.problem("\(item.name) needs either capacity or referrals, the number of children")
      }
      changes.append(
        WaitingListDefinition.DatedChange(
          date: date, kind: kind, children: try node.number(), reason: try fields["reason"].text()))
    }
    return changes
  }
}
