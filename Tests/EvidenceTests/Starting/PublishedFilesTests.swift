import Commissioning
import Foundation
import Testing
import TimeSeries

@testable import Evidence

/// The published files beside the package, where they are.
private let published: [String]? = {
  var root = URL(fileURLWithPath: #filePath)
  for _ in 0..<4 { root.deleteLastPathComponent() }
  let folder = root.deletingLastPathComponent().appendingPathComponent("shared/data").path
  let paths = [
    "lait.csv.gz", "population_0_17.csv", "dsg_allocations.csv", "dsg_cumulative_deficit.csv",
    "high_needs_benchmarking_2021_22.csv",
  ].map { "\(folder)/\($0)" }
  return paths.allSatisfy { FileManager.default.fileExists(atPath: $0) } ? paths : nil
}()

@Suite("Workspaces begun from the published files themselves")
struct PublishedFilesTests {
  @Test(
    "A sample of councils is begun, checked and planned",
    .enabled(if: published != nil, "skipped: the published files are not at ../shared/data"))
  func sample() throws {
    let files = try StartingFiles(reading: try #require(published))
    let current = files.authorities.filter { $0.exists(on: files.latestDay) }
    #expect(current.count > 80)
    var generator = SeededGenerator(state: 6)
    for authority in current.shuffled(using: &generator).prefix(2) {
      let begun: StartingWorkspace
      do {
        begun = try StartingWorkspace(
          area: "\(authority.number)", from: files, choices: .init(comparators: .region))
      } catch {
        // A new authority's series may be too short for any plan, which is then said.
        #expect(authority.firstDay != nil, "\(authority.label): \(error)")
        continue
      }
      let folder = try TemporaryFolder()
      try begun.write(to: folder.path + "/w")
      let workspace = try Workspace(reading: folder.path + "/w")
      #expect(workspace.planningProblems().isEmpty)
      let outcome = try PlanSimulator(try workspace.plan(), evidence: workspace.evidence).run(
        scenario: "base",
        options: .init(asOf: try #require(workspace.latestPublication), draws: 50, seed: 1))
      #expect(outcome.refusals.isEmpty, "\(authority.label)")
    }
  }
}
