import Commissioning
import TimeSeries

extension WorkspaceNode {
  /// A service that places children and pays for each by the week.
  func placements(
    id: String, returns: CareReturnStore
  ) throws(EvidenceError) -> Placements {
    let fields = try fields(
      required: [
        "kind", "name", "meaning", "children", "population", "spend", "own-places", "placed-in-own-places",
        "placements", "budget-uplift", "hold-spread",
      ], optional: ["flows", "episodes", "bearer", "continuing-care", "unaccompanied-children"])
    var placements: [Placements.Placement] = []
    var splits: [Placements.Funding.Split] = []
    for (key, value) in try fields["placements"].entries() {
      let placement = try value.fields(
        required: ["name", "share"], optional: ["weekly-cost", "no-weekly-cost", "codes", "funding"])
      let cost = placement.optional("weekly-cost")
      let reason = placement.optional("no-weekly-cost")
      guard (cost == nil) != (reason == nil) else {
        throw value.problem(
          "\(value.name) needs either \"weekly-cost\", a series, or \"no-weekly-cost\", the reason")
      }
      if let funding = placement.optional("funding") {
        guard cost != nil else {
          throw funding.problem(
            "\(funding.name) shares a cost, and there is no weekly-cost; give it, or leave funding out")
        }
        splits.append(try funding.fundingSplit(of: key.name, title: try placement["name"].text()))
      }
      placements.append(
        Placements.Placement(
          id: key.name, name: try placement["name"].text(), share: try placement["share"].text(),
          weeklyCost: try cost?.text(), unpricedReason: try reason?.text(),
          codes: try placement.optional("codes")?.placementCodes() ?? []))
    }
    let own = try fields["placed-in-own-places"]
    let ownName = try own.text()
    guard placements.contains(where: { $0.id == ownName }) else {
      throw own.problem(
        "\(own.name) must be one of the placements, \(placements.map(\.id).joined(separator: ", "))")
    }
    return Placements(
      id: id, name: try fields["name"].text(), meaning: try fields["meaning"].meaning(),
      evidence: Placements.Evidence(
        children: try fields["children"].text(), population: try fields["population"].text(),
        spend: try fields["spend"].text(), places: try fields["own-places"].text()),
      flowEvidence: try fields.optional("flows")?.placementFlows(),
      episodeEvidence: try fields.optional("episodes")?.placementEpisodes(of: placements, returns: returns),
      placements: placements, placedInOwnPlaces: ownName,
      budgetUplift: try fields["budget-uplift"].text(), holdSpread: try fields["hold-spread"].text(),
      funding: try placementFunding(fields, splits: splits, placements: placements))
  }

  private func placementFlows() throws(EvidenceError) -> Placements.FlowEvidence {
    let fields = try fields(required: ["starts", "ceased"])
    return Placements.FlowEvidence(starts: try fields["starts"].text(), ceased: try fields["ceased"].text())
  }

  /// Codes of placements as returns of children looked after write them.
  private func placementCodes() throws(EvidenceError) -> Set<String> {
    var codes: Set<String> = []
    for item in try items() {
      let code = try item.text()
      guard PlacementCode.all.contains(code) else {
        throw item.problem(
          "\"\(code)\" in \(name) is no placement code; known are \(PlacementCode.all.sorted().joined(separator: ", "))"
        )
      }
      guard codes.insert(code).inserted else { throw item.problem("\"\(code)\" stands twice in \(name)") }
    }
    return codes
  }

  /// Episodes from the returns of several years, in the categories of the service's placements.
  private func placementEpisodes(
    of placements: [Placements.Placement], returns: CareReturnStore
  ) throws(EvidenceError) -> Placements.EpisodeEvidence {
    let fields = try fields(
      required: ["returns", "reference-from", "reference-to"], optional: ["accept", "unknown-placements"])
    let list = try fields["returns"]
    var files: [(year: FinancialYear, header: FileContents, episodes: FileContents)] = []
    for item in try list.items() {
      let one = try item.fields(required: ["year", "header", "episodes"])
      files.append(
        (
          year: try one["year"].financialYear(), header: try returns.contents(of: try one["header"]),
          episodes: try returns.contents(of: try one["episodes"])
        ))
    }
    guard let last = files.map(\.year).max() else {
      throw list.problem("\(list.name) is empty; name the Header and the Episodes file of one year or more")
    }
    var mending: Set<CareMending> = []
    for item in try fields.optional("accept")?.items() ?? [] {
      mending.insert(try item.choice(CareMending.self))
    }
    let (from, to) = (try fields["reference-from"], try fields["reference-to"])
    let (first, through) = (try from.date(), try to.date())
    guard first <= through else {
      throw to.problem("\(to.name) is \(through), before \(first), where the reference period begins")
    }
    guard through <= last.lastDay else {
      throw to.problem("\(to.name) is \(through), and the last return ends on \(last.lastDay)")
    }
    let scheme: PlacementScheme
    do throws(CommissioningError) {
      scheme = try Placements.EpisodeEvidence.scheme(of: placements)
    } catch {
      throw problem("\(name): \(error)")
    }
    let read = try CareReturn(
      files,
      options: CareReturnOptions(
        scheme: scheme, mending: mending, unknownPlacements: try fields.optional("unknown-placements")?.text()
      ))
    let mended = read.doubts.count + read.omittedDoubts
    return Placements.EpisodeEvidence(
      episodes: read.episodes, from: first, through: through,
      notes: mended == 0
        ? []
        : [
          "Rows of the returns of children looked after that were doubtful and are taken as accepted: \(mended)."
        ])
  }
}
