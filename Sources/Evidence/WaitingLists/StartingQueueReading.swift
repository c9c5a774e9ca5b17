import Indicators

extension WorkspaceNode {
  /// The children who wait at the start, and how they are laid out by weeks waited.
  ///
  /// - Parameter referrals: referrals in a year, from which a list follows where only its mean wait is published.
  func startingQueue(
    _ referrals: WaitingFigure, _ references: WaitingReferences
  ) throws(EvidenceError) -> (children: WaitingFigure, shares: [Double], layout: String) {
    do {
      if value(of: "from-mean-wait") != nil { return try queueFromMeanWait(referrals, references) }
      if value(of: "weeks-waited") != nil { return try queueByWeeks() }
      if value(of: "over-18-weeks") != nil { return try queueInBands(references) }
      return try queueByRule(references)
    } catch let error as EvidenceError {
      throw error
    } catch {
      throw problem("\(error)")
    }
  }

  private static let name = "children waiting"

  private func statement(_ fields: WorkspaceFields) throws(EvidenceError) -> WaitingStatement {
    try WaitingStatement(source: fields.optional("source"), reason: fields.optional("reason"))
  }

  /// Little's law: as many as are referred while the mean wait lasts, laid out evenly over it.
  private func queueFromMeanWait(
    _ referrals: WaitingFigure, _ references: WaitingReferences
  ) throws -> (children: WaitingFigure, shares: [Double], layout: String) {
    let fields = try fields(required: ["from-mean-wait", "reason"])
    let reason = try fields["reason"].text()
    let wait = try fields["from-mean-wait"].waitingWeeks(
      "mean wait, weeks", statement: try statement(fields), references: references)
    let weekly = PerWeek(perYear: 1).count
    let children = try WaitingFigure(
      Self.name, low: referrals.low * weekly * wait.low,
      mostLikely: referrals.mostLikely * weekly * wait.mostLikely, high: referrals.high * weekly * wait.high,
      basis: .assumed(
        reason:
          "By Little's law, referrals a week times a mean wait of \(Self.plain(wait.mostLikely)) weeks (\(Self.place(wait.basis))). \(reason)"
      ))
    return (
      children, try StartingQueue.evenly(1, over: Weeks(wait.mean)),
      "laid out evenly over \(Self.plain(wait.mean)) weeks, as a steady list stands that is seen in order"
    )
  }

  /// Children by whole weeks waited, as they were counted.
  private func queueByWeeks() throws -> (children: WaitingFigure, shares: [Double], layout: String) {
    let fields = try fields(required: ["weeks-waited"], optional: ["source", "reason"])
    let node = try fields["weeks-waited"]
    var counts: [Double] = []
    for item in try node.items() {
      let count = try item.number("a number of children")
      guard count >= 0 else {
        throw item.problem("\(WaitingNumber.plain(count)) in \(item.name) is below 0; write 0 or more")
      }
      counts.append(count)
    }
    let total = counts.reduce(0, +)
    guard total > 0, counts.count <= StartingQueue.longest else {
      throw node.problem(
        "\(node.name) must hold children of 1 to \(StartingQueue.longest) weeks, and more than none altogether"
      )
    }
    return (
      try WaitingFigure(Self.name, total, basis: try statement(fields).basis(of: node)),
      counts.map { $0 / total }, "counted by weeks waited"
    )
  }

  /// A number with those of them over 18 and over 52 weeks, as the published waiting lists of community services have it.
  private func queueInBands(
    _ references: WaitingReferences
  ) throws -> (children: WaitingFigure, shares: [Double], layout: String) {
    let fields = try fields(
      required: ["children", "over-18-weeks", "over-52-weeks", "longest-weeks"],
      optional: ["share", "source", "reason"])
    let statement = try statement(fields)
    func figure(_ key: String) throws(EvidenceError) -> WaitingFigure {
      try fields[key].waitingFigure(Self.name, statement: statement, references: references)
    }
    let (all, over18, over52) = (
      try figure("children"), try figure("over-18-weeks"), try figure("over-52-weeks")
    )
    let early = all.mean - over18.mean - over52.mean
    guard early >= 0, over18.mean >= 0, over52.mean >= 0, all.mean > 0 else {
      throw problem(
        "\(Self.plain(all.mean)) children waiting cannot hold \(Self.plain(over18.mean)) of 18 to 52 weeks and "
          + "\(Self.plain(over52.mean)) over 52; over-18-weeks counts those of 18 to 52 weeks alone")
    }
    let longest = try fields["longest-weeks"].wholeNumber(53...StartingQueue.longest)
    let buckets = try StartingQueue.inBands([
      StartingQueue.Band(from: 0, to: 18, children: early / all.mean),
      StartingQueue.Band(from: 18, to: 52, children: over18.mean / all.mean),
      StartingQueue.Band(from: 52, to: longest, children: over52.mean / all.mean),
    ])
    let layout =
      "laid out evenly within 0 to 18, 18 to 52 and 52 to \(longest) weeks, the longest wait being assumed"
    guard let node = fields.optional("share") else { return (all, buckets, layout) }
    let share = try node.waitingFigure(
      "share of the list", statement: statement, references: references, isShare: true)
    return (
      try WaitingFigure(
        Self.name, low: all.low * share.low, mostLikely: all.mostLikely * share.mostLikely,
        high: all.high * share.high,
        basis: .assumed(
          reason:
            "\(Self.plain(all.mostLikely)) waiting (\(Self.place(all.basis))), of them the share: \(Self.place(share.basis))"
        )), buckets, layout
    )
  }

  /// A number, laid out by a rule.
  private func queueByRule(
    _ references: WaitingReferences
  ) throws -> (children: WaitingFigure, shares: [Double], layout: String) {
    let fields = try fields(
      required: ["children"],
      optional: ["share", "evenly-over-weeks", "falling-off-with-mean-weeks", "source", "reason"])
    let statement = try statement(fields)
    var children = try fields["children"].waitingFigure(
      Self.name, statement: statement, references: references)
    guard children.low >= 0 else {
      throw problem("\(WaitingNumber.plain(children.low)) children wait; write 0 or more")
    }
    if let node = fields.optional("share") {
      let share = try node.waitingFigure(
        "share of the list", statement: statement, references: references, isShare: true)
      children = try WaitingFigure(
        Self.name, low: children.low * share.low, mostLikely: children.mostLikely * share.mostLikely,
        high: children.high * share.high,
        basis: .assumed(
          reason:
            "\(Self.plain(children.mostLikely)) waiting (\(Self.place(children.basis))), of them the share: \(Self.place(share.basis))"
        ))
    }
    let rules = (fields.optional("evenly-over-weeks"), fields.optional("falling-off-with-mean-weeks"))
    switch rules {
    case (let node?, nil):
      try node.refuseUnits()
      let weeks = try node.number("a number of weeks, such as 30")
      return (
        children, try StartingQueue.evenly(1, over: Weeks(weeks)),
        "laid out evenly over \(Self.plain(weeks)) weeks"
      )
    case (nil, let node?):
      try node.refuseUnits()
      let weeks = try node.number("a number of weeks, such as 15")
      return (
        children, try StartingQueue.fallingOff(1, mean: Weeks(weeks)),
        "laid out so that fewer have waited longer, \(Self.plain(weeks)) weeks on average"
      )
    default:
      throw problem(
        "\(name) must say how the children are laid out by weeks waited; write either evenly-over-weeks or "
          + "falling-off-with-mean-weeks, or give weeks-waited, or over-18-weeks and over-52-weeks")
    }
  }

  /// Where a number stands, or why it is assumed.
  private static func place(_ basis: WaitingFigure.Basis) -> String {
    switch basis {
    case .published(let source), .estimated(let source): source
    case .assumed(let reason): reason
    }
  }

  /// A number as people write it: at most two decimals.
  private static func plain(_ number: Double) -> String {
    let rounded = (number * 100).rounded() / 100
    guard let whole = Int(exactly: rounded) else { return "\(rounded)" }
    return "\(whole)"
  }
}
