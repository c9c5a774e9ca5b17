import Commissioning
import TimeSeries

/// The values that fill the template: years and sizes of assumptions from what is held, and what is missing.
struct StartingValues {
  let files: StartingFiles
  let authority: Authority
  let board: String?
  let years: ClosedRange<FinancialYear>
  /// The year in which costs and budgets are stated: the one before the plan's first.
  var baseYear: FinancialYear { years.lowerBound.previous }

  private var place: StartingFiles.Place { .authority(authority.number) }

  /// The texts of the template that come from what is held.
  var texts: [String: String] {
    var texts = [
      "area": YAMLScalar.text(authority.name), "from": "\(years.lowerBound)", "to": "\(years.upperBound)",
      "base-year": "\(baseYear)", "board": board.map { YAMLScalar.text($0) } ?? "NAME",
      "board-text": board.map { YAMLScalar.sentence($0) } ?? "the board",
      "title": YAMLScalar.comment(authority.name),
      "share-reason":
        "as if children of this area waited at England's rate a head; from half to twice as many.",
    ]
    let price = files.held("section-251-outturn-place-special", place)?.figures.last?.period.startYear
    texts["price-year"] = price.map { "\(FinancialYear($0))" } ?? "2020/21"
    texts["census"] =
      files.held("ehc-plans-special", place)?.figures.last?.period.end.map { "\($0)" } ?? "2021-01-15"
    let block = files.held("dsg-high-needs-block", place)?.figures.last?.period.startYear
    texts["grant-next-year"] = block.map { "\(FinancialYear($0).next)" } ?? "the year after the last block"
    texts["other-blocks"] = Self.rounded(0.002 * (files.latest("dsg-total", place) ?? 0), least: 10_000)
    texts["import-export"] = Self.rounded(
      0.0066 * (files.latest("dsg-high-needs-block", place) ?? 0), least: 10_000)
    for (name, text) in participation { texts[name] = text }
    for (name, text) in waits { texts[name] = text }
    return texts
  }

  private var participation: [String: String] {
    guard let people = files.latest("population-0-17", place), let rate = files.latest("neet-16-17", place)
    else {
      return ["neet-places": "0", "neet-budget": "0"]
    }
    let places = max(10, Self.nearest(people * 0.111 * rate / 100 * 0.55, 10))
    return ["neet-places": Self.whole(places), "neet-budget": Self.whole(Self.nearest(places * 2400, 1000))]
  }

  private var waits: [String: String] {
    var texts: [String: String] = [:]
    for one in StartingService.waitingLists {
      let share = share(of: one.list)
      let list = (share ?? 0) * (board.flatMap { files.latest(one.list, .board($0)) } ?? 0)
      // By Little's law, so many arrive in a year as wait at a mean wait of 30, 24 or 20 weeks.
      let referrals = [30.0, 24, 20].map { max(1, Self.nearest(list * 52 / $0, 10)) }
      let capacity = max(1, Self.nearest(referrals[1] * (1 - one.leavers) * 0.97, 10))
      texts["\(one.prefix)-share"] = Self.range(
        [0.5, 1, 2].map { Self.percentage(min(1, (share ?? 0) * $0)) })
      texts["\(one.prefix)-referrals"] = Self.range(referrals.map { Self.whole($0) })
      texts["\(one.prefix)-capacity"] = Self.range(
        [0.92, 1, 1.08].map { Self.whole((capacity * $0).rounded()) })
      texts["\(one.prefix)-budget"] = Self.whole(Self.nearest(capacity * one.cost, 1000))
    }
    return texts
  }

  /// The area's part of the board's list, as if its children waited at England's rate a head; nil where that cannot be
  /// told or would be all of the list or more.
  func share(of list: String) -> Double? {
    guard let board, let waiting = files.latest(list, .board(board)), waiting > 0,
      let england = files.latest(list, .england), let people = files.latest("population-0-17", place),
      let all = files.latest("population-0-17", .england), all > 0
    else { return nil }
    let share = england / all * people / waiting
    return share > 0 && share < 1 ? share : nil
  }

  // MARK: Numbers as text

  private static func nearest(_ value: Double, _ unit: Double) -> Double { (value / unit).rounded() * unit }

  private static func whole(_ value: Double) -> String { Observation.value(value).description }

  /// One significant digit.
  private static func rounded(_ value: Double, least: Double) -> String {
    guard value > least else { return whole(least) }
    var unit = 1.0
    while unit * 10 <= value { unit *= 10 }
    return whole(nearest(value, unit))
  }

  private static func percentage(_ share: Double) -> String {
    whole((share * 10_000).rounded() / 100) + "%"
  }

  private static func range(_ texts: [String]) -> String {
    "{low: \(texts[0]), most-likely: \(texts[1]), high: \(texts[2])}"
  }
}

extension YAMLScalar {
  /// A text for the middle of a plain sentence: without what would end a plain scalar.
  static func sentence(_ text: String) -> String {
    comment(text).replacing(":", by: " ").replacing("#", by: " ")
  }
}

extension String {
  fileprivate func replacing(_ character: Character, by other: Character) -> String {
    String(map { $0 == character ? other : $0 })
  }
}
