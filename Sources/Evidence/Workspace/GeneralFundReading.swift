import Commissioning
import TimeSeries

extension WorkspaceNode {
  /// What high needs costs the General Fund beside the grant: any of transport, carrying cost, capital and reserves.
  func generalFund(
    settings: [RingFencedGrant.Setting], capacities: [RingFencedGrant.SettingCapacity]
  ) throws(EvidenceError) -> RingFencedGrant.GeneralFund {
    let fields = try fields(
      required: [], optional: ["transport", "carrying-cost", "capital", "reserves"])
    guard try !entries().isEmpty else {
      throw problem(
        "\(name) states nothing; give transport, carrying-cost, capital or reserves, or leave it out")
    }
    let capital = fields.optional("capital")
    if let capital, !capacities.contains(where: { $0.changes.contains(where: \.isOpening) }) {
      throw capital.problem(
        "\(capital.name) pays for places that open, and none does; state openings under capacity, or leave it out"
      )
    }
    return RingFencedGrant.GeneralFund(
      transport: try fields.optional("transport")?.transport(settings),
      carryingCost: try fields.optional("carrying-cost")?.text(), capital: try capital?.capital(),
      reserves: try fields.optional("reserves")?.reserves())
  }

  private func transport(
    _ settings: [RingFencedGrant.Setting]
  ) throws(EvidenceError) -> RingFencedGrant.GeneralFund.Transport {
    let fields = try fields(required: ["price-year", "price-growth", "school-days", "settings"])
    let described = try fields["settings"]
    var travels: [RingFencedGrant.GeneralFund.Transport.Travel] = []
    for (key, value) in try described.entries() {
      guard settings.contains(where: { $0.id == key.name }) else {
        throw problem(
          at: key,
          "there is no setting \"\(key.name)\"; "
            + NearestName.advice(for: key.name, among: settings.map(\.id)))
      }
      let travel = try value.fields(required: ["travel-share", "cost-per-day"])
      travels.append(
        RingFencedGrant.GeneralFund.Transport.Travel(
          setting: key.name, share: try travel["travel-share"].text(),
          costPerDay: try travel["cost-per-day"].text()))
    }
    if let left = settings.first(where: { setting in !travels.contains { $0.setting == setting.id } }) {
      throw described.problem(
        "\(described.name) does not say how the children of \"\(left.id)\" travel; add it, with an assumption of 0 as "
          + "travel-share if nobody does")
    }
    let days = try fields["school-days"].rules("days") { node throws(EvidenceError) in
      let days = try node.number("a number of days, such as 190")
      guard (0...366).contains(days) else {
        throw node.problem(
          "\"\(try node.text())\" in \(node.name) is no number of school days; give 0 to 366")
      }
      return days
    }
    guard !days.isEmpty else {
      throw try fields["school-days"].problem(
        "\(name).school-days is empty; give the number of one date at least")
    }
    return RingFencedGrant.GeneralFund.Transport(
      settings: travels, priceYear: try fields["price-year"].financialYear(),
      priceGrowth: try fields["price-growth"].text(), schoolDays: days)
  }

  private func capital() throws(EvidenceError) -> RingFencedGrant.GeneralFund.Capital {
    let fields = try fields(required: [], optional: ["grant-share", "borrowing"])
    let granted = fields.optional("grant-share")
    let borrowing = fields.optional("borrowing")
    guard granted != nil || borrowing != nil else {
      throw problem(
        "\(name) does not say who pays; give borrowing, grant-share (the part of the cost that a grant pays) or both"
      )
    }
    var loan: RingFencedGrant.GeneralFund.Capital.Borrowing?
    if let borrowing {
      let own = try borrowing.fields(required: ["rate", "years"])
      loan = RingFencedGrant.GeneralFund.Capital.Borrowing(
        rate: try own["rate"].text(), years: try own["years"].wholeNumber(1...100))
    }
    return RingFencedGrant.GeneralFund.Capital(grantShare: try granted?.text(), borrowing: loan)
  }

  private func reserves() throws(EvidenceError) -> RingFencedGrant.GeneralFund.ReservesHeld {
    let fields = try fields(required: ["usable", "planned-use", "budgeted", "minimum"])
    let usable = try fields["usable"]
    let own = try usable.fields(required: ["year", "amount", "known", "source"])
    let year = try own["year"].financialYear()
    let known = try own["known"].date()
    guard known >= year.lastDay else {
      throw try own["known"].problem(
        "\(usable.name): the reserves of \(year.lastDay) cannot have been known on \(known); give what was counted, not "
          + "what was forecast")
    }
    let minimum = try fields["minimum"].rules("amount") { node throws(EvidenceError) in
      try node.poundsNotNegative()
    }
    guard !minimum.isEmpty else {
      throw try fields["minimum"].problem("\(name).minimum is empty; give the level as it was set")
    }
    return RingFencedGrant.GeneralFund.ReservesHeld(
      usable: RingFencedGrant.Statement(
        year: year, amount: try own["amount"].poundsNotNegative(), known: known,
        source: try own["source"].text()),
      plannedUse: try fields["planned-use"].poundsByYear(after: year) { node throws(EvidenceError) in
        try node.number("pounds, such as 1500000")
      },
      budgeted: try fields["budgeted"].poundsByYear(after: year) { node throws(EvidenceError) in
        try node.poundsNotNegative()
      }, minimum: minimum)
  }

  private func poundsNotNegative() throws(EvidenceError) -> Double {
    let pounds = try number("pounds, such as 1500000")
    guard pounds >= 0 else {
      throw problem("\"\(try text())\" in \(name) is below nothing; give pounds of 0 or more")
    }
    return pounds
  }

  /// Pounds by financial year, each year after another one and once.
  private func poundsByYear(
    after first: FinancialYear, _ read: (WorkspaceNode) throws(EvidenceError) -> Double
  ) throws(EvidenceError) -> [FinancialYear: Double] {
    var result: [FinancialYear: Double] = [:]
    for (key, value) in try entries() {
      guard let year = FinancialYear(key.name) else {
        throw problem(at: key, "\"\(key.name)\" in \(name) is not a financial year; write it as 2024/25")
      }
      guard year > first else {
        throw problem(
          at: key, "\(name): \(year) is not after \(first), at whose end the reserves were counted")
      }
      guard result.updateValue(try read(value), forKey: year) == nil else {
        throw problem(at: key, "\(name) gives \(year) twice; keep one of them")
      }
    }
    return result
  }
}
