import Foundation
import Needscast
import Testing

@Suite("The library, as the README shows it")
struct LibraryExampleTests {
  /// The example of the README, line for line between the two marks.
  private func example(folder: String) throws {
    // begin
    let workspace = try Workspace(reading: folder)  // Datasets/sefton

    if let plans = workspace.evidence["ehc-plans", area: "Sefton"] {
      let choice = try Automatic().choose(try Sample(plans))
      let forecast = try Forecast(choice.fitted, horizon: 3)
      print(choice.fitted.specification, try forecast.median(step: 3), try forecast.interval(0.8, step: 3))
    }

    if let asOf = workspace.latestPublication {
      let plan = try PlanSimulator(try workspace.plan(), evidence: workspace.evidence)
        .run(scenario: "base", options: .init(asOf: asOf, draws: 10_000, seed: 1))
      for year in plan.total {
        print(year.year, year.kind, year.probabilityOverspend?.value ?? 0)
      }
    }
    // end
  }

  @Test("It runs") func runs() throws {
    let folder = Command.root.appending(path: "Datasets/sefton").path
    let workspace = try Workspace(reading: folder)
    #expect(workspace.evidence["ehc-plans", area: "Sefton"] != nil)
    #expect(workspace.latestPublication != nil)
    try example(folder: folder)
  }

  @Test("The README shows what runs here") func readmeAgrees() throws {
    let source = try String(contentsOf: URL(filePath: #filePath), encoding: .utf8)
      .split(separator: "\n", omittingEmptySubsequences: false)
    let first = try #require(source.firstIndex { $0 == "    // begin" }) + 1
    let last = try #require(source.firstIndex { $0 == "    // end" })
    let lines = source[first..<last].map { $0.hasPrefix("    ") ? $0.dropFirst(4) : $0 }
    let readme = try String(contentsOf: Command.root.appending(path: "README.md"), encoding: .utf8)
    #expect(readme.contains("```swift\nimport Needscast\n\n" + lines.joined(separator: "\n") + "\n```"))
  }
}
