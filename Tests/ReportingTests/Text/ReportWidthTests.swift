import Commissioning
import Testing

@testable import Reporting

@Suite("Reports at every width")
struct ReportWidthTests {
  /// The lines that run over, but for single words, which are never broken.
  static func tooLong(_ text: String, _ width: Int) -> [String] {
    text.split(separator: "\n").map(String.init).filter {
      DisplayText.width(of: $0) > width && $0.split(separator: " ").count > 1
    }
  }

  @Test("a plan fits, with all its lines, its comparison and its refusals", arguments: [60, 80, 100, 140])
  func plan(width: Int) throws {
    for detail in PlanTable.Detail.allCases {
      let table = PlanTable(name: "Needs of Borchester", detail: detail, width: width)
      for outcome in [
        try InventedPlan.outcome(comparesOutturn: true), try InventedPlan.outcome(draws: 1),
        try InventedPlan.outcome(withGrant: false),
      ] {
        #expect(Self.tooLong(table.text(outcome), width).isEmpty)
        #expect(Self.tooLong(table.hindcast(outcome), width).isEmpty)
      }
    }
  }

  @Test("the figures of a plan are the same at every width")
  func sameFigures() throws {
    let outcome = try InventedPlan.outcome()
    func numbers(_ width: Int) -> Set<Substring> {
      let text = PlanTable(name: "x", detail: .full, width: width).text(outcome)
      return Set(text.split { " \n(),;".contains($0) }.filter { $0.first?.isNumber ?? false })
    }
    #expect(numbers(60) == numbers(140))
  }

  @Test("a coloured plan is the plain one with colours, and a plain one has none")
  func colours() throws {
    let outcome = try InventedPlan.outcome()
    let plain = PlanTable(name: "Needs", width: 80).text(outcome)
    let coloured = PlanTable(name: "Needs", width: 80, style: .coloured).text(outcome)
    #expect(!plain.contains("\u{1B}"))
    #expect(coloured.contains("\u{1B}[1m") && coloured.contains("\u{1B}[31m-"))
    #expect(TextGridTests.withoutColour(coloured) == plain)
  }

  @Test("a service shows its years as blocks between the first and the last figure")
  func courses() throws {
    let text = PlanTable(name: "Needs").text(try InventedPlan.outcome())
    let lines = text.split(separator: "\n").filter { line in line.contains { Sparkline.blocks.contains($0) } }
    #expect(lines.contains { $0.hasPrefix("need ") } && lines.contains { $0.hasPrefix("spend, £") })
    #expect(lines.contains { $0.hasPrefix("closing, £") })
    #expect(lines.allSatisfy { $0.contains(Sparkline.divider) })
    // A figure stands on either side of every line.
    #expect(
      lines.allSatisfy { line in
        let words = line.split { $0 == " " || Sparkline.blocks.contains($0) || $0 == Sparkline.divider }
        return words.filter { $0.contains { $0.isNumber } }.count >= 2
      })
  }
}
