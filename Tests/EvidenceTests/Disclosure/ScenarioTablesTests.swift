import Testing
import TimeSeries

@testable import Evidence

@Suite("A table under several scenarios")
struct ScenarioTablesTests {
  private func tables(_ counts: [[[Int]]], totalRow: [Int] = [0, 1, 2]) -> ScenarioTables {
    ScenarioTables(
      name: "placements", scenarios: (0..<counts.count).map { "scenario \($0)" },
      rows: [.init("Wirral"), .init("Sefton"), .init("Halton"), .init("all", sumOf: totalRow)],
      columns: [.init("fostered"), .init("residential"), .init("both", sumOf: [0, 1])], counts: counts)
  }

  /// Rows with their total, and a row of sums.
  private func filled(_ body: [[Int]]) -> [[Int]] {
    let rows = body.map { $0 + [$0.reduce(0, +)] }
    return rows + [(0..<3).map { column in rows.reduce(0) { $0 + $1[column] } }]
  }

  @Test("A count that only one scenario has small is held back in all, and no difference tells it")
  func differences() throws {
    let now = filled([[30, 3], [40, 12], [25, 20]])
    let then = filled([[30, 9], [40, 12], [25, 20]])
    let safe = try tables([now, then]).protected(by: DisclosureControl(rule: .underFive))
    #expect(safe.report.isSafe)
    #expect(safe.observations[0][0][1] == .suppressed(nil))
    for row in 0..<4 {
      for column in 0..<3 {
        #expect(
          (safe.observations[0][row][column].value == nil) == (safe.observations[1][row][column].value == nil)
        )
      }
    }
    // Each by itself would show in the second what the first hides, and the row's other figures with it.
    let alone = try tables([then]).protected(by: DisclosureControl(rule: .underFive))
    #expect(alone.report.primary == 0)
  }

  @Test("Rounded scenarios stand each by itself")
  func rounded() throws {
    let now = filled([[30, 3], [40, 12], [25, 20]])
    let then = filled([[30, 9], [40, 12], [25, 20]])
    let safe = try tables([now, then]).protected(by: DisclosureControl(rule: .hospitalEpisodes))
    #expect(safe.observations[0][0] == [.value(30), .suppressed(nil), .value(35)])
    #expect(safe.observations[1][0] == [.value(30), .value(10), .value(40)])
    #expect(safe.report.figures == 24)
  }

  @Test("The nation is published as it is under the rule of hospital episodes")
  func nation() throws {
    let table = ScenarioTables(
      name: "stays", scenarios: ["now"], rows: [.init("North West"), .init("England", isNational: true)],
      columns: [.init("stays")], counts: [[[3], [4]]])
    let safe = try table.protected(by: DisclosureControl(rule: .hospitalEpisodes))
    #expect(safe.observations == [[[.suppressed(nil)], [.value(4)]]])
  }

  @Test("Tables of the wrong shape, or that do not add up, are refused; none is none")
  func refusals() throws {
    let control = DisclosureControl(rule: .underFive)
    func message(_ tables: ScenarioTables) -> String {
      do {
        _ = try tables.protected(by: control)
        return ""
      } catch {
        return "\(error)"
      }
    }
    #expect(message(tables([[[1, 2, 3]]])).contains("give counts[scenario][row][column]"))
    #expect(
      message(tables([[[1, 2, 3], [1, 2, 3], [1, 2, 3], [3, 6, 8]]])).contains("should come to zero"))
    #expect(
      message(tables([filled([[1, 2], [3, 4], [5, 6]])], totalRow: [0, 9])).contains("positions from 0 to 3"))
    #expect(try tables([]).protected(by: control).observations.isEmpty)
  }
}
