import Commissioning
import TimeSeries

extension WorkspaceNode {
  /// Appeals and mediation as a driver of the flows of plans.
  func disputes() throws(EvidenceError) -> RingFencedGrant.DisputeTerms {
    let fields = try fields(required: ["in-trend", "costs", "routes"])
    let costs = try fields["costs"].fields(required: ["settled", "heard"], optional: ["dearer-setting"])
    let dearer = costs.optional("dearer-setting")
    var routes: [RingFencedGrant.DisputeTerms.Route] = []
    for (key, value) in try fields["routes"].entries() {
      let decisions = Disputes.Decision.allCases.map(\.rawValue)
      guard let decision = Disputes.Decision(rawValue: key.name) else {
        throw problem(
          at: key,
          "\"\(key.name)\" is no decision that is appealed; "
            + NearestName.advice(for: key.name, among: decisions))
      }
      guard !routes.contains(where: { $0.decision == decision }) else {
        throw problem(at: key, "\(value.name) is given twice; keep one of them")
      }
      routes.append(try value.route(decision))
    }
    guard !routes.isEmpty else {
      throw try fields["routes"].problem(
        "\(name).routes is empty; give one route at least, or leave disputes out")
    }
    let moves = routes.contains { $0.decision == .placement }
    guard moves == (dearer != nil) else {
      throw try fields["costs"].problem(
        moves
          ? "\(name).costs needs the key \"dearer-setting\", what a child moved on appeal costs more a year, because "
            + "appeals about placement lead there"
          : "\(name).costs.dearer-setting is for appeals about placement, and there is no such route; leave it out"
      )
    }
    return RingFencedGrant.DisputeTerms(
      routes: routes, inTrend: try fields["in-trend"].text(), settledCost: try costs["settled"].text(),
      heardCost: try costs["heard"].text(), dearerSetting: try dearer?.text())
  }

  private func route(
    _ decision: Disputes.Decision
  ) throws(EvidenceError) -> RingFencedGrant.DisputeTerms.Route {
    let own =
      switch decision {
      case .refusalToAssess: ["issued"]
      case .refusalToIssue: [String]()
      case .placement: ["first-year"]
      }
    let fields = try fields(
      required: [
        "decisions", "outstanding", "appeal-rate", "resolved-in-year", "withdrawn", "settled",
        "settled-for-family",
        "upheld",
      ] + own)
    let outstanding = try fields["outstanding"].wholeNumber(0...1_000_000)
    return RingFencedGrant.DisputeTerms.Route(
      decision: decision, decisions: try fields["decisions"].text(),
      appealRate: try fields["appeal-rate"].countedShare(),
      resolvedInYear: try fields["resolved-in-year"].countedShare(),
      withdrawn: try fields["withdrawn"].countedShare(), settled: try fields["settled"].countedShare(),
      settledForFamily: try fields["settled-for-family"].countedShare(),
      upheld: try fields["upheld"].countedShare(), issued: try fields.optional("issued")?.countedShare(),
      firstYear: try fields.optional("first-year")?.text(), outstanding: Double(outstanding))
  }

  /// Annual reviews as a driver of the flows of plans.
  func annualReviews() throws(EvidenceError) -> RingFencedGrant.ReviewTerms {
    let fields = try fields(required: ["interval", "ceased", "moved", "overdue", "capacity", "in-trend"])
    let interval = try fields["interval"].rules("months") { node throws(EvidenceError) in
      try node.wholeNumber(1...60)
    }
    guard !interval.isEmpty else {
      throw try fields["interval"].problem(
        "\(name).interval is empty; give the months between reviews of one date at least")
    }
    let ceased = try fields["ceased"].countedShare()
    let moved = try fields["moved"].countedShare()
    guard ceased.mean + moved.mean <= 1 else {
      throw try fields["moved"].problem(
        "\(name): more reviews end in ceasing or in a move than there are reviews; count each review once")
    }
    return RingFencedGrant.ReviewTerms(
      interval: interval, ceased: ceased, moved: moved, overdue: try fields["overdue"].text(),
      capacity: try fields["capacity"].text(), inTrend: try fields["in-trend"].text())
  }

  /// A share known from counts, `{happened: 12, of: 300, comparator: 3.5%, worth: 100}`.
  private func countedShare() throws(EvidenceError) -> CountedShare {
    let fields = try fields(required: ["happened", "of", "comparator", "worth"])
    let (happened, cases) = (try fields["happened"].number(), try fields["of"].number())
    let (comparator, worth) = (try fields["comparator"].share(), try fields["worth"].number())
    do throws(CommissioningError) {
      return try CountedShare(name, happened: happened, of: cases, comparator: comparator, strength: worth)
    } catch {
      throw problem("\(error)")
    }
  }
}
