import Commissioning
import Testing

@testable import Reporting

@Suite("Numbers as readers see them")
struct NumberTextTests {
  @Test(
    "Rounding is that of a reader with a pencil",
    arguments: [
      (0.15, 1, "0.2"), (0.25, 1, "0.3"), (2.5, 0, "3"), (-2.5, 0, "-3"), (1.005, 2, "1.01"),
      (999.95, 1, "1,000.0"),
      (0.04, 1, "0.0"), (-0.04, 1, "0.0"), (-0.05, 1, "-0.1"), (1_234_567, 0, "1,234,567"), (123, 0, "123"),
      (1e21, 0, "1,000,000,000,000,000,000,000"), (1e-300, 2, "0.00"), (0, 1, "0.0"), (0.5, 0, "1"),
      (0.49, 0, "0"),
      (9.5, 0, "10"), (0.005, 0, "0"), (1000, 2, "1,000.00"),
    ])
  func fixed(value: Double, decimals: Int, text: String) {
    #expect(NumberText.fixed(value, decimals: decimals) == text)
  }

  @Test("Pounds become millions without a second rounding")
  func divided() {
    #expect(NumberText.fixed(49_950_000, decimals: 1, dividedByTenTo: 6) == "50.0")
    #expect(NumberText.fixed(-4_249_999.99, decimals: 1, dividedByTenTo: 6) == "-4.2")
    #expect(NumberText.fixed(0.005, decimals: 1, dividedByTenTo: -2) == "0.5")
    #expect(MoneyUnit.millions.sentence(-4_250_000) == "-£4.3m")
    #expect(MoneyUnit.thousands.sentence(1_234_499) == "£1,234k")
    #expect(MoneyUnit.thousands.sentence(-400) == "£0k")
  }

  @Test("Thousands of pounds suit a service only while all its amounts are under three million")
  func unit() {
    #expect(MoneyUnit(suiting: [2_999_999, -2_999_999]) == .thousands)
    #expect(MoneyUnit(suiting: [1, -3_000_000]) == .millions)
    #expect(MoneyUnit(suiting: []) == .thousands)
  }

  @Test("What programs read back is the very number, and never has an exponent")
  func roundTrip() throws {
    var generator = SeededGenerator(state: 20_250_331)
    for _ in 0..<20_000 {
      let value = Double(bitPattern: generator.next())
      guard value.isFinite else { continue }
      let text = NumberText.plain(value)
      #expect(Double(text) == value)
      #expect(text.allSatisfy { $0.isNumber || $0 == "-" || $0 == "." })
    }
    #expect(NumberText.plain(-0.0) == "0")
    #expect(NumberText.plain(21_500_000) == "21500000")
    #expect(NumberText.plain(1e-7) == "0.0000001")
    #expect(NumberText.plain(.infinity) == "inf")
  }

  @Test("A rounded number is within half a unit of its last decimal, and its commas stand every three digits")
  func rounding() throws {
    var generator = SeededGenerator(state: 7)
    for _ in 0..<5_000 {
      let value = Double.random(in: -1e9...1e9, using: &generator)
      let decimals = Int.random(in: 0...4, using: &generator)
      let text = NumberText.fixed(value, decimals: decimals)
      let back = try #require(Double(text.filter { $0 != "," }))
      var half = 0.5
      for _ in 0..<decimals { half /= 10 }
      #expect(abs(back - value) <= half * (1 + 1e-6) + 1e-6)
      let whole = text.split(separator: ".").first.map(String.init) ?? ""
      let groups = whole.filter { $0 != "-" }.split(separator: ",")
      #expect(groups.dropFirst().allSatisfy { $0.count == 3 })
      #expect((groups.first?.count ?? 0) <= 3)
    }
  }

  @Test("A value as its author gave it keeps all its digits")
  func grouped() {
    #expect(NumberText.grouped(-100_000) == "-100,000")
    #expect(NumberText.grouped(0.0125) == "0.0125")
    #expect(NumberText.grouped(12_345.678) == "12,345.678")
    #expect(NumberText.grouped(.nan) == "nan")
    #expect(NumberText.whole(9_500) == "9,500")
  }

  @Test(
    "Decimals show three digits of the largest figure",
    arguments: [
      ([5, 100.0], 0), ([12], 1), ([1.5, -2], 2), ([0.3], 3), ([0], 0), ([], 0), ([.infinity, 20], 1),
    ])
  func decimals(values: [Double], decimals: Int) {
    #expect(NumberText.decimals(showing: values) == decimals)
  }

  @Test("Only what is known is certain; what happened in every future is not")
  func percent() throws {
    let certain = try InventedPlan.outcome(spread: false)
    let grant = try #require(certain.services.first)
    let outturn = try #require(grant.years.first?.probabilityOverspend)
    #expect(outturn.error == 0)
    #expect(NumberText.percent(outturn) == "100%")
    let uncertain = try InventedPlan.outcome(budget: 1000)
    let last = try #require(uncertain.services.last?.years.last?.probabilityOverspend)
    #expect(last.value == 1)
    #expect(NumberText.percent(last) == ">99%")
    let generous = try InventedPlan.outcome(budget: 900_000)
    let never = try #require(generous.services.last?.years.last?.probabilityOverspend)
    #expect(never.value == 0)
    #expect(NumberText.percent(never) == "<1%")
  }
}

/// Numbers for the property tests: SplitMix64 (Steele, Lea and Flood, 2014).
struct SeededGenerator: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
