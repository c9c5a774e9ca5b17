import Commissioning
import Evidence
import Foundation
import Testing
import TimeSeries

@Suite("Scenarios share their random numbers")
struct SharedRandomNumbersTests {
  private static let workspace: Workspace? = {
    var root = URL(fileURLWithPath: #filePath)
    for _ in 0..<4 { root.deleteLastPathComponent() }
    return try? Workspace(reading: root.appendingPathComponent("Datasets/sefton").path)
  }()

  private static func paths(_ changes: [String]) throws -> PlanPaths {
    let workspace = try #require(workspace)
    let plan = try workspace.plan(overrides: changes.compactMap { Override($0) })
    return try PlanSimulator(plan, evidence: workspace.evidence).paths(
      scenario: "x",
      options: PlanSimulator.Options(
        asOf: try #require(workspace.latestPublication), draws: 50, seed: 3))
  }

  /// Every figure and every line of a service's years in every future, as bits.
  private static func bits(_ service: ServicePaths, draws: Int) -> [UInt64] {
    service.years.flatMap { year in
      (PlanFigure.allCases.compactMap { $0.draws(of: year) } + year.lines.map(\.amount)).flatMap { figure in
        (0..<draws).map { figure[$0]?.bitPattern ?? 0 }
      }
    }
  }

  @Test(
    "a change of one service's assumption or flow leaves every future of every other service as it is, bit by bit",
    arguments: [
      ("assumptions.speech-referrals.multiply=1.2", "speech-and-language-therapy"),
      ("assumptions.speech-referrals.value=1300", "speech-and-language-therapy"),
      ("assumptions.neet-take-up.value={low: 10%, most-likely: 20%, high: 90%}", "participation"),
      ("community-paediatrics.referrals.growth=-10%@2026/27..2027/28", "community-paediatrics"),
      (
        "occupational-therapy.unit-cost.multiply={low: 0.8, most-likely: 1, high: 1.2}",
        "occupational-therapy"
      ),
    ])
  func others(_ change: String, _ service: String) throws {
    let base = try Self.paths([])
    let changed = try Self.paths([change])
    #expect(base.refusals.isEmpty && base.services.map(\.id) == changed.services.map(\.id))
    for (before, after) in zip(base.services, changed.services) {
      let isSame = Self.bits(before, draws: 50) == Self.bits(after, draws: 50)
      #expect(isSame == (before.id != service), "\(before.id)")
      #expect(!Self.bits(before, draws: 50).isEmpty)
    }
  }

  @Test("a change of one assumption does not shift what another is drawn as, nor the forecast of any series")
  func drivers() throws {
    func drivers(_ paths: PlanPaths) -> [String: [UInt64]] {
      Dictionary(
        uniqueKeysWithValues: paths.drivers.map { driver in
          ("\(driver.kind.rawValue)/\(driver.id)", (0..<50).map { driver.draws[$0]?.bitPattern ?? 0 })
        })
    }
    let base = drivers(try Self.paths([]))
    let wider = drivers(
      try Self.paths(["assumptions.nhs-price-growth.value={low: 0%, most-likely: 3%, high: 9%}"]))
    #expect(base.count > 20 && Set(base.keys) == Set(wider.keys))
    for (name, values) in base {
      #expect((values == wider[name]) == (name != "assumption/nhs-price-growth"), "\(name)")
    }
    // An assumption that is certain in one scenario is drawn in neither place of another.
    let fixed = drivers(try Self.paths(["assumptions.nhs-price-growth.value=3%"]))
    #expect(fixed == base.filter { $0.key != "assumption/nhs-price-growth" })
  }

  @Test("a range that is moved as a whole moves every future by the same")
  func movedRange() throws {
    func growth(_ changes: [String]) throws -> PlanDriver {
      try #require(try Self.paths(changes).drivers.first { $0.id == "nhs-price-growth" })
    }
    let (base, moved) = (try growth([]), try growth(["assumptions.nhs-price-growth.add=1%"]))
    for path in 0..<50 {
      let step = try #require(moved.draws[path]) - (try #require(base.draws[path]))
      #expect(abs(step - 0.01) < 1e-12)
    }
  }
}
