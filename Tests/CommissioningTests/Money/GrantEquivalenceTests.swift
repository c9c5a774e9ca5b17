import Statistics
import Testing
import TimeSeries

@testable import Commissioning

/// The same account in floating point, as sums of draws and without any rounding: what the account of pence must come
/// to but for halves of pennies.
private struct FloatingAccount {
  var balance: Draws
  var measured: Draws?

  struct Year {
    var figures: [String: Draws]
    let closing: Draws
  }

  mutating func close(_ input: GrantAccountYear, ends: Bool, grant: Draws?) -> Year {
    let available =
      Draws.sum(
        [input.highNeedsBlock, input.importExport] + input.schoolsTransfers.map(\.pounds)
          + input.otherIncome.map(\.pounds)) + input.centralTransfer - (input.recoupment ?? Draws(0))
    let spend = Draws.sum(input.spending.map(\.pounds))
    var figures = ["spend": spend, "budget": available, "in-year": available - spend]
    var movements = [input.otherBlocks]
    if ends {
      figures["end-of-override"] = (-balance).positivePart
      movements.append((-balance).positivePart)
    }
    if let grant, let measured {
      figures["stability-grant"] = (-measured).positivePart * grant
      movements.append((-measured).positivePart * grant)
    }
    let opening = ends ? balance + (-balance).positivePart : balance
    balance = Draws.sum([balance, available - spend] + movements)
    if let rate = input.carryingRate {
      figures["carrying"] = rate * ((-opening).positivePart + (-balance).positivePart) / 2
    }
    figures["closing"] = balance
    for line in input.spending { figures[line.id] = line.pounds }
    return Year(figures: figures, closing: balance)
  }
}

@Suite("The account to the penny beside the account in floating point")
struct GrantEquivalenceTests {
  private static let futures = 400

  private static func drawn(
    _ stream: inout RandomStream, _ mean: Double, _ spread: Double
  ) -> Draws {
    Draws((0..<futures).map { _ in mean + spread * stream.normal() })
  }

  private static func input(_ start: Int, _ stream: inout RandomStream) -> GrantAccountYear {
    var input = GrantAccountYear(
      year: FinancialYear(start), highNeedsBlock: drawn(&stream, 32e6, 1e6), blockBasis: .beforeRecoupment,
      recoupment: drawn(&stream, 4e6, 1e5),
      spending: (0..<8).map { line in
        .init(
          id: "line-\(line)", name: "Line \(line)", pounds: drawn(&stream, 4e6, 3e5), basis: .afterRecoupment)
      })
    input.schoolsBlock = Draws(120e6)
    input.schoolsTransfers = [.init(pounds: Draws(599_999.99), approval: .schoolsForum)]
    input.centralTransfer = Draws(100_000)
    input.otherIncome = [.init(id: "health", name: "Health", pounds: drawn(&stream, 2e5, 1e4))]
    input.importExport = drawn(&stream, -3e5, 1e5)
    input.otherBlocks = drawn(&stream, 1e5, 4e5)
    input.carryingRate = Draws((0..<futures).map { _ in 0.02 + 0.04 * stream.uniform() })
    return input
  }

  @Test(
    "lines are the same to half a penny, totals to half a penny a line, and reported means to the penny",
    arguments: AfterOverride.allCases)
  func equivalence(_ after: AfterOverride) throws {
    var stream = RandomStream(seed: 5, name: "equivalence")
    let opening = Self.drawn(&stream, -2e6, 4e6)
    let approved = Draws((0..<Self.futures).map { _ in stream.uniform() < 0.7 ? 1 : 0 })
    let eligible = Draws((0..<Self.futures).map { _ in 0.8 + 0.2 * stream.uniform() })
    var account = try DedicatedSchoolsGrantAccount(
      opening: opening, at: FinancialYear(2023),
      rules: DedicatedSchoolsGrantAccountTests.rules(
        overrideEnd: CivilDate(year: 2026, month: 3, day: 31), after: after,
        stability: .init(
          share: 0.9, measuredAt: FinancialYear(2024), paidIn: FinancialYear(2025), eligible: eligible,
          approved: approved)), service: "high-needs")
    var floating = FloatingAccount(balance: opening)
    var halves = 1.0
    for start in 2024...2028 {
      let input = Self.input(start, &stream)
      let result = try account.close(input)
      let expected = floating.close(
        input, ends: start == 2026 && after != .held,
        grant: start == 2025 ? eligible * approved * 0.9 : nil)
      if start == 2024 { floating.measured = floating.balance }
      halves += Double(result.account.lines.count)
      let summary = try result.account.summary()
      for (name, before) in expected.figures {
        let found: (PenceDraws?, Pence?) =
          switch name {
          case "spend": (result.account.spend, summary.spend)
          case "budget": (result.account.budget, summary.budget)
          case "in-year": (result.account.inYear, nil)
          case "closing": (result.account.closing, summary.closing)
          case "carrying": (result.carryingCost, nil)
          default: (result.account[name]?.amount, summary.lines.first { $0.id == name }?.mean)
          }
        let amount = try #require(found.0, "\(name) of \(start)")
        let worst = (0..<Self.futures).reduce(0.0) {
          max($0, abs((before[$1] ?? .infinity) - (amount[$1]?.pounds ?? -.infinity)))
        }
        // A line alone is rounded once; everything else sums lines, or follows balances that do.
        #expect(worst <= 0.005 * (name.hasPrefix("line-") ? 1 : halves) + 1e-6, "\(name) of \(start)")
        if let mean = found.1 {
          #expect(abs(mean.pounds - before.mean) < 0.012, "\(name) of \(start)")
        }
      }
    }
  }
}
