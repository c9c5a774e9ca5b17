import TimeSeries

/// What a reader of a grant's account must know and no column of it says, in plain words.
struct GrantRemarks {
  let asOf: CivilDate
  let years: ClosedRange<FinancialYear>

  // MARK: Unmet need

  /// That children beyond the places are priced as if places were found; nil when there are none, or no prices.
  func unmetNeed(in last: ServiceYear?, prices: GrantPrices, setting: String) -> String? {
    guard let last, let beyond = last.unmetNeed?.mean.rounded(), beyond >= 1,
      let name = prices.name(of: setting)
    else { return nil }
    let sentence =
      "The \(grouped(beyond)) plans of \(last.year) beyond the funded places are priced as if they had one, at the "
      + "price of \(name)"
    guard let dearest = prices.dearest(against: setting) else { return sentence + "." }
    let times = plainText((dearest.times * 10).rounded() / 10)
    return sentence + "; the price of \(dearest.name) is \(times) times as high."
  }

  // MARK: The statutory override

  /// When the override ends and what the plan then does with the deficit.
  ///
  /// - Parameter balances: the closing balance of each year of the account, from the opening one on.
  func override(_ relief: GrantRelief, balances: [FinancialYear: Draws]) -> String {
    guard let end = relief.overrideEnd else {
      return
        "No statutory override was known on \(asOf): nothing here says who bears a deficit."
    }
    let override = "The statutory override, which keeps the deficit out of the General Fund,"
    // What becomes of the deficit happens at the start of the first financial year after the override.
    let last = FinancialYear(end.month > 3 ? end.year : end.year - 1)
    guard let balance = balances[last] else {
      return last > years.upperBound
        ? "\(override) ends on \(plainDate(end)), after the plan's last year, as known on \(asOf)."
        : "\(override) ended on \(plainDate(end)), before the account opens, as known on \(asOf)."
    }
    let when = "\(override) ends on \(plainDate(end)), as known on \(asOf): "
    let deficit = (-balance).positivePart.mean
    guard deficit > 0 else { return when + "the account has no deficit then." }
    let next = plainDate(last.next.firstDay)
    switch relief.afterOverride {
    case .held:
      return when
        + "the plan carries the deficit on, \(millions(-deficit)) on \(plainDate(last.lastDay)) on average; nobody has "
        + "settled who pays it."
    case .generalFund:
      return when + "\(millions(deficit)) on average is charged to the General Fund on \(next)."
    case .grant:
      return when
        + "a grant is taken to pay \(millions(deficit)) on average on \(next); the plan's author assumes it."
    }
  }

  // MARK: Numbers

  /// That plans go beyond a tenth of the population, of which the model knows no bound; nil where they do not.
  func ceiling(_ plans: StockPaths, population: String) throws(CommissioningError) -> String? {
    var beyond: [(year: FinancialYear, share: Double)] = []
    var year = years.lowerBound
    while year <= years.upperBound {
      if year.lastDay > asOf, let share = try plans.share(in: year), share > 0.1 {
        beyond.append((year, share))
      }
      year = year.next
    }
    guard let first = beyond.first, let last = beyond.last else { return nil }
    let when =
      first.year == last.year
      ? "\(perCent(last.share)) of \"\(population)\" in \(last.year)"
      : "more than 10 per cent of \"\(population)\" from \(first.year) and \(perCent(last.share)) in \(last.year)"
    return "Plans are forecast at \(when), on average; nothing in the model knows a ceiling."
  }
}
