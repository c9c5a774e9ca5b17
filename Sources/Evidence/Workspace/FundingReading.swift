import Commissioning
import TimeSeries

extension WorkspaceNode {
  /// The shares of one placement's cost: `{care: 70%, education: 20%, health: 10%, source: ...}`.
  ///
  /// - Parameter title: the placement's name.
  func fundingSplit(
    of placement: String, title: String
  ) throws(EvidenceError) -> Placements.Funding.Split {
    let funders = Funder.allCases.map(\.rawValue)
    let fields = try fields(required: ["source"], optional: funders + ["rounded-to", "remainder"])
    _ = try fields["source"].text()
    var shares: [Funder: Double] = [:]
    for funder in Funder.allCases {
      guard let share = fields.optional(funder.rawValue) else { continue }
      shares[funder] = try share.share()
    }
    guard !shares.isEmpty else {
      throw problem(
        "\(name) says of nobody that they pay; give a share of \(funders.joined(separator: ", "))")
    }
    var remainder: FundingSplit.Remainder?
    if let node = fields.optional("remainder") {
      let own = try node.fields(required: ["share", "reason"])
      remainder = FundingSplit.Remainder(share: try own["share"].share(), reason: try own["reason"].text())
    }
    let split = Placements.Funding.Split(
      placement: placement, shares: shares, rounding: try fields.optional("rounded-to")?.share() ?? 0,
      remainder: remainder)
    do throws(CommissioningError) {
      _ = try split.checked(name: title)
    } catch {
      throw problem(
        "\(name): \(error); rounded-to says to which unit the shares are rounded, for instance 1%")
    }
    return split
  }

  /// Whose budget is planned, and what others pay beside their shares; nil where nothing of it is given.
  ///
  /// - Parameters:
  ///   - fields: the service's.
  ///   - splits: the shares that its placements give.
  ///   - placements: its placements.
  func placementFunding(
    _ fields: WorkspaceFields, splits: [Placements.Funding.Split], placements: [Placements.Placement]
  ) throws(EvidenceError) -> Placements.Funding? {
    let care = fields.optional("continuing-care")
    let unaccompanied = fields.optional("unaccompanied-children")
    let bearer = fields.optional("bearer")
    guard !splits.isEmpty || care != nil || unaccompanied != nil else {
      guard let bearer else { return nil }
      throw bearer.problem(
        "\(bearer.name) bears what others leave, and nobody else is said to pay; give a placement's funding, "
          + "continuing-care or unaccompanied-children, or leave it out")
    }
    guard let bearer else {
      throw problem(
        "\(name) says what others pay and not whose budget it is; give \"bearer\", one of "
          + Funder.allCases.map(\.rawValue).joined(separator: ", "))
    }
    return Placements.Funding(
      bearer: try bearer.choice(Funder.self), splits: splits,
      continuingCare: try care?.continuingCare(placements) ?? [],
      unaccompanied: try unaccompanied?.unaccompaniedChildren() ?? [])
  }

  private func continuingCare(
    _ placements: [Placements.Placement]
  ) throws(EvidenceError) -> [Placements.Funding.ContinuingCareGroup] {
    let priced = placements.filter { $0.weeklyCost != nil }.map(\.id)
    var groups: [Placements.Funding.ContinuingCareGroup] = []
    for (key, value) in try entries() {
      let fields = try value.fields(
        required: ["name", "placement", "number", "weekly-contribution", "probability"])
      let placement = try fields["placement"]
      let id = try placement.text()
      guard priced.contains(id) else {
        throw placement.problem(
          "\(placement.name): there is no placement \"\(id)\" with a weekly cost; "
            + NearestName.advice(for: id, among: priced))
      }
      groups.append(
        Placements.Funding.ContinuingCareGroup(
          id: key.name, name: try fields["name"].text(), placement: id, children: try fields["number"].text(),
          weeklyContribution: try fields["weekly-contribution"].text(),
          probability: try fields["probability"].text()))
    }
    return groups
  }

  private func unaccompaniedChildren() throws(EvidenceError) -> [Placements.Funding.UnaccompaniedBand] {
    var bands: [Placements.Funding.UnaccompaniedBand] = []
    for (key, value) in try entries() {
      let fields = try value.fields(required: ["name", "weekly-rates"], optional: ["number", "series"])
      let number = fields.optional("number")
      let series = fields.optional("series")
      guard (number == nil) != (series == nil) else {
        throw value.problem(
          "\(value.name) needs either \"number\", an assumption, or \"series\", a series of their number at 31 March"
        )
      }
      let rates = try fields["weekly-rates"].rules("pounds") { node throws(EvidenceError) in
        let pounds = try node.number("pounds a week, such as 1001")
        guard pounds >= 0 else {
          throw node.problem(
            "\"\(try node.text())\" in \(node.name) is below nothing; give pounds of 0 or more")
        }
        return pounds
      }
      guard !rates.isEmpty else {
        throw try fields["weekly-rates"].problem(
          "\(value.name).weekly-rates is empty; give the rate of one date at least")
      }
      let children: Placements.Funding.UnaccompaniedBand.Children
      if let number {
        children = .assumption(try number.text())
      } else {
        children = .series(try series?.text() ?? "")
      }
      bands.append(
        Placements.Funding.UnaccompaniedBand(
          id: key.name, name: try fields["name"].text(), children: children, weeklyRates: rates))
    }
    return bands
  }
}
