import Statistics

/// What an area has published of children looked after, by the calendar year in which a financial year begins; a year
/// that is not known is left out.
struct CareFlowCounts {
  /// The area's name, for notes.
  let area: String
  /// Children on the 31 March of a year, before the flows of the financial year that begins after it.
  let stock: [Int: Double]
  /// Children who started to be looked after.
  let starts: [Int: Double]
  /// Children who ceased to be looked after.
  let ceased: [Int: Double]
  /// People of whom they are a part.
  let people: [Int: Double]

  /// The time that children spent in care in a year, in child-years: the mean of its two ends.
  func childYears(_ year: Int) -> Double? {
    guard let opening = stock[year], let closing = stock[year + 1] else { return nil }
    return (opening + closing) / 2
  }

  /// What the year's figures leave unexplained; nil where one of them is not known.
  func unexplained(_ year: Int) -> Double? {
    guard let opening = stock[year], let closing = stock[year + 1], let starts = starts[year],
      let ceased = ceased[year]
    else { return nil }
    return closing - opening - starts + ceased
  }

  /// Why the flows of a year cannot be right; nil where nothing speaks against them.
  ///
  /// No more children can cease than there were or came, children who come and go twice and late corrections apart.
  func contradiction(_ year: Int) -> String? {
    guard let ceased = ceased[year], let opening = stock[year], let starts = starts[year],
      ceased > opening + starts + 0.02 * opening + 10
    else { return nil }
    return
      "\(grouped(ceased)) children of \(area) ceased to be looked after in \(FinancialYear(year)), and there were no "
      + "more than \(grouped(opening + starts))"
  }
}

/// How the number of children looked after moves, estimated from yearly totals: children who start per head, the hazard
/// of leaving care, and what the published flows leave unexplained, each drawn towards the other areas.
struct CareFlowRates {
  /// Children who start, for every 10,000 people, in a year.
  let entries: ShrunkRate
  /// Children who cease, for every child-year in care.
  let exits: ShrunkRate
  /// What is unexplained, as a share of the children on the first day.
  let unexplained: ShrunkBalance
  /// What a reader must know of how they came about.
  let notes: [String]

  /// The people to whom a rate of entry is stated.
  static let per = 10_000.0

  /// What totals cannot say.
  static let limits =
    "Children who start and cease are yearly totals: they hold no ages and no placements, so that whom a change reaches "
    + "is not known, and who leaves is taken to be like those in care."

  /// Estimates the rates of an area.
  ///
  /// - Parameters:
  ///   - own: the area's figures.
  ///   - comparators: those of other areas; may be none.
  ///   - service: who asks, for errors.
  /// - Throws: ``CommissioningError/invalid(service:reason:)`` for a count below zero, or where no area has what a rate
  ///   needs.
  static func estimated(
    from own: CareFlowCounts, comparators: [CareFlowCounts], service: String
  ) throws(CommissioningError) -> CareFlowRates {
    var notes = [limits]
    var entries: [[RateObservation]] = []
    var exits: [[RateObservation]] = []
    var left: [[Double]] = []
    for counts in [own] + comparators {
      var came: [RateObservation] = []
      var went: [RateObservation] = []
      var shares: [Double] = []
      for year in Set(counts.starts.keys).union(counts.ceased.keys).sorted() {
        if let text = counts.contradiction(year) {
          notes.append(text + ": the flows of the year are left out.")
          continue
        }
        if let starts = counts.starts[year], let people = counts.people[year], people > 0 {
          came.append(RateObservation(count: starts, exposure: people / per))
        }
        if let ceased = counts.ceased[year], let time = counts.childYears(year), time > 0 {
          went.append(RateObservation(count: ceased, exposure: time))
        }
        if let rest = counts.unexplained(year), let opening = counts.stock[year], opening > 0 {
          shares.append(rest / opening)
        }
      }
      entries.append(came)
      exits.append(went)
      left.append(shares)
    }
    let entry = try ShrunkRate.estimated(
      .ratio, own: entries.first ?? [], comparators: Array(entries.dropFirst()), service: service,
      what: "children who start to be looked after")
    let exit = try ShrunkRate.estimated(
      .ratio, own: exits.first ?? [], comparators: Array(exits.dropFirst()), service: service,
      what: "children who cease to be looked after")
    let rest = try ShrunkBalance.estimated(
      own: left.first ?? [], comparators: Array(left.dropFirst()), service: service,
      what: "children whom the published flows leave unexplained")
    return CareFlowRates(
      entries: entry, exits: exit, unexplained: rest,
      notes: notes + entry.notes + exit.notes + rest.notes)
  }
}
