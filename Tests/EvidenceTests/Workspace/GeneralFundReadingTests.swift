import Commissioning
import Testing
import TimeSeries

@testable import Evidence

@Suite("General fund, drivers and funding in a workspace")
struct GeneralFundReadingTests {
  private static let anchor = "    block-transfers:\n"

  private static let generalFund = """
        general-fund:
          carrying-cost: share
          transport:
            price-year: 2021/22
            price-growth: growth
            school-days:
              - {days: 190, effective: 2015-04-01, known: 2015-01-01, source: Regulations}
            settings:
              special: {travel-share: share, cost-per-day: amount}
              mainstream: {travel-share: share, cost-per-day: amount}
          reserves:
            usable: {year: 2020/21, amount: 9000000, known: 2021-06-30, source: Accounts}
            planned-use: {2021/22: 0, 2022/23: -5}
            budgeted: {2021/22: 0, 2022/23: 5}
            minimum: [{amount: 4000000, effective: 2021-04-01, known: 2021-02-01, source: Budget}]

    """

  private static let drivers = """
        flows: {requests: plans, new-plans: plans, ceased: plans}
        disputes:
          in-trend: amount
          costs: {settled: amount, heard: amount, dearer-setting: amount}
          routes:
            placement:
              decisions: share
              outstanding: 3
              first-year: share
              appeal-rate: {happened: 1, of: 20, comparator: 5%, worth: 10}
              resolved-in-year: {happened: 1, of: 20, comparator: 5%, worth: 10}
              withdrawn: {happened: 1, of: 20, comparator: 5%, worth: 10}
              settled: {happened: 1, of: 20, comparator: 5%, worth: 10}
              settled-for-family: {happened: 1, of: 20, comparator: 5%, worth: 10}
              upheld: {happened: 19, of: 20, comparator: 95%, worth: 10}
        annual-reviews:
          interval: [{months: 12, effective: 2014-09-01, known: 2014-03-13, source: An Act}]
          ceased: {happened: 1, of: 20, comparator: 5%, worth: 10}
          moved: {happened: 1, of: 20, comparator: 5%, worth: 10}
          overdue: amount
          capacity: amount
          in-trend: amount

    """

  private static let foster = "foster: {name: Foster care, share: foster-share, weekly-cost: foster-cost}"
  private static let funded =
    "foster: {name: Foster care, share: foster-share, weekly-cost: foster-cost, "
    + "funding: {care: 60%, health: 33%, education: 7%, source: A panel}}"
  private static let held = "    hold-spread: share\n  therapy:"
  private static let joint = """
        hold-spread: share
        bearer: care
        continuing-care:
          complex: {name: Complex, placement: foster, number: amount, weekly-contribution: amount, probability: share}
        unaccompanied-children:
          band:
            name: Band
            series: children
            weekly-rates: [{pounds: 1001, effective: 2020-04-01, known: 2020-04-01, source: Instructions}]
      therapy:
    """

  private static func workspace(_ text: String, _ changes: [(String, String)] = []) throws
    -> InventedWorkspace
  {
    var text = text
    for (old, new) in changes {
      try #require(text.contains(old))
      text = text.replacing(old, with: new)
    }
    return try InventedWorkspace([(anchor, text + anchor)])
  }

  private static func placements(_ changes: [(String, String)] = []) throws -> InventedWorkspace {
    var parts = [(foster, funded), (held, joint)]
    for (old, new) in changes {
      let index = try #require(parts.firstIndex { $0.1.contains(old) })
      parts[index].1 = parts[index].1.replacing(old, with: new)
    }
    return try InventedWorkspace(parts)
  }

  @Test("costs beside the grant are read as they stand")
  func general() throws {
    let service = try #require(
      try Self.workspace(Self.generalFund).read().plan().services.first as? RingFencedGrant)
    let terms = try #require(service.generalFund)
    #expect(terms.carryingCost == "share")
    #expect(terms.transport?.priceYear == FinancialYear(2021))
    #expect(terms.transport?.settings.map(\.setting) == ["special", "mainstream"])
    #expect(terms.transport?.schoolDays.map(\.content) == [190])
    #expect(terms.reserves?.usable.amount == 9e6)
    #expect(terms.reserves?.plannedUse == [FinancialYear(2021): 0, FinancialYear(2022): -5])
    #expect(terms.reserves?.minimum.map(\.content) == [4e6])
    #expect(service.knownDates.contains { $0 == CivilDate(year: 2021, month: 6, day: 30) })
  }

  @Test("appeals and reviews are read as they stand")
  func drivers() throws {
    let service = try #require(
      try Self.workspace(Self.drivers).read().plan().services.first as? RingFencedGrant)
    #expect(service.disputes?.routes.map(\.decision) == [.placement])
    #expect(service.disputes?.routes.first?.upheld.happened == 19)
    #expect(service.disputes?.dearerSetting == "amount")
    #expect(service.annualReviews?.interval.map(\.content) == [12])
  }

  @Test("who pays for placements is read as it stands")
  func funding() throws {
    let service = try #require(try Self.placements().read().plan().services[1] as? Placements)
    let funding = try #require(service.funding)
    #expect(funding.bearer == .care)
    #expect(funding.splits.first?.shares == [.care: 0.6, .health: 0.33, .education: 0.07])
    #expect(funding.continuingCare.map(\.placement) == ["foster"])
    #expect(funding.unaccompanied.first?.children == .series("children"))
  }

  @Test(
    "what is wrong beside the grant is named with its place, its value and what would be accepted",
    arguments: [
      ("carrying-cost: share", "carrying-costs: share", "did you mean \"carrying-cost\"?"),
      (
        "carrying-cost: share", "carrying-cost: shares",
        "there is no assumption \"shares\"; did you mean \"share\"?"
      ),
      (
        "price-growth: growth", "price-growth: grwth",
        "there is no assumption \"grwth\"; did you mean \"growth\"?"
      ),
      (
        "cost-per-day: amount}\n          mainstream", "cost-per-day: amout}\n          mainstream",
        "did you mean \"amount\"?"
      ),
      (
        "          mainstream: {travel-share: share, cost-per-day: amount}\n", "",
        "how the children of \"mainstream\" travel"
      ),
      (
        "          mainstream: {tr", "          mainstreem: {tr",
        "there is no setting \"mainstreem\"; did you mean \"mainstream\"?"
      ),
      (
        "days: 190", "days: 1900",
        "\"1900\" in services.high-needs.general-fund.transport.school-days.1.days is no number of"
      ),
      ("price-year: 2021/22", "price-year: 2021", "\"2021\" in"),
      (
        "known: 2021-06-30, source: Acc", "known: 2021-02-28, source: Acc",
        "cannot have been known on 2021-02-28"
      ),
      ("2022/23: -5", "2020/21: -5", "2020/21 is not after 2020/21"),
      (
        "2022/23: 5}", "2022: 5}",
        "\"2022\" in services.high-needs.general-fund.reserves.budgeted is not a financial year"
      ),
      (
        "2022/23: 5}", "2022/23: -5}",
        "\"-5\" in services.high-needs.general-fund.reserves.budgeted.2022/23 is below nothing"
      ),
      ("amount: 9000000", "amount: nine", "\"nine\" in"),
      (
        "      carrying-cost: share\n", "      carrying-cost: share\n      capital: {grant-share: share}\n",
        "pays for places that open, and none does"
      ),
    ])
  func generalFaults(_ old: String, _ new: String, _ message: String) throws {
    let problems = try Self.workspace(Self.generalFund, [(old, new)]).problems()
    #expect(problems.first?.contains(message) == true, "\(problems)")
    #expect(problems.first?.hasPrefix("workspace.yaml:") == true)
  }

  @Test(
    "what is wrong with appeals and reviews is named likewise",
    arguments: [
      ("in-trend: amount\n      costs", "in-trend: amuont\n      costs", "did you mean \"amount\"?"),
      (
        "placement:\n", "placements:\n",
        "\"placements\" is no decision that is appealed; did you mean \"placement\"?"
      ),
      (", dearer-setting: amount", "", "needs the key \"dearer-setting\""),
      ("          first-year: share\n", "", "needs the key \"first-year\""),
      ("upheld: {happened: 19", "upheld: {happened: 21", "21 of 20 is more than all"),
      (
        "outstanding: 3", "outstanding: 3.5",
        "\"3.5\" in services.high-needs.disputes.routes.placement.outstanding is not a whole"
      ),
      (
        "months: 12", "months: 0",
        "\"0\" in services.high-needs.annual-reviews.interval.1.months is not a whole number from 1 to 60"
      ),
      ("overdue: amount", "overdue: amonut", "did you mean \"amount\"?"),
      (
        "    flows: {requests: plans, new-plans: plans, ceased: plans}\n", "",
        "acts on the flows of plans, which are not given"
      ),
      (
        "moved: {happened: 1, of: 20, comparator: 5%, worth: 10}",
        "moved: {happened: 20, of: 20, comparator: 100%, worth: 10}", "than there are reviews"
      ),
    ])
  func driverFaults(_ old: String, _ new: String, _ message: String) throws {
    let problems = try Self.workspace(Self.drivers, [(old, new)]).problems()
    #expect(problems.first?.contains(message) == true, "\(problems)")
  }

  @Test(
    "what is wrong with who pays is named likewise",
    arguments: [
      ("care: 60%", "care: 50%", "sum to 0.9 with the remainder, and 1 within"),
      (
        "care: 60%", "care: 160%",
        "\"160%\" in services.looked-after.placements.foster.funding.care is not a share"
      ),
      (", source: A panel", "", "needs the key \"source\""),
      (
        "weekly-cost: foster-cost, ", "no-weekly-cost: unknown, ",
        "shares a cost, and there is no weekly-cost"
      ),
      (
        "bearer: care", "bearer: council",
        "\"council\" in services.looked-after.bearer is not one of health, education, care"
      ),
      ("    bearer: care\n", "", "says what others pay and not whose budget it is"),
      (
        "placement: foster", "placement: fostr",
        "there is no placement \"fostr\" with a weekly cost; did you mean \"foster\"?"
      ),
      ("probability: share", "probability: shore", "did you mean \"share\"?"),
      ("series: children", "series: childen", "did you mean \"children\"?"),
      ("series: children", "series: children\n        number: amount", "needs either \"number\""),
      ("pounds: 1001", "pounds: -1", "is below nothing"),
    ])
  func fundingFaults(_ old: String, _ new: String, _ message: String) throws {
    let problems = try Self.placements([(old, new)]).problems()
    #expect(problems.first?.contains(message) == true, "\(problems)")
  }
}
