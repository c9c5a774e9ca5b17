import Commissioning
import Foundation
import Testing
import TimeSeries

@testable import Evidence

@Suite("The invented workspace to learn from")
struct StartingExampleTests {
  @Test("It is checked without an error and plans all four kinds of service")
  func works() throws {
    let folder = try TemporaryFolder()
    let example = try StartingWorkspace.example
    try example.write(to: folder.path + "/ex")
    let workspace = try Workspace(reading: folder.path + "/ex")
    #expect(workspace.planningProblems().isEmpty)
    #expect(workspace.warnings.count == 1, "\(workspace.warnings)")
    let plan = try workspace.plan()
    #expect(
      plan.services.map(\.id) == [
        "high-needs", "looked-after", "speech-and-language-therapy", "participation",
      ])
    let date = try #require(workspace.latestPublication)
    let outcome = try PlanSimulator(plan, evidence: workspace.evidence).run(
      scenario: "base", options: .init(asOf: date, draws: 50, seed: 1))
    #expect(outcome.refusals.isEmpty)
  }

  @Test("Nobody can take a figure of it for a real one")
  func invented() throws {
    let example = try StartingExample()
    let file = try SeriesFile(
      FileContents(path: "e.csv", bytes: Array(try #require(example.files.first).text.utf8)))
    let panel = try file.panel()
    #expect(file.warnings.isEmpty)
    for series in panel {
      #expect(series.area?.hasPrefix("Exampleshire") == true)
      #expect(try Gazetteer.english.meanings(of: series.area ?? "").isEmpty)
      #expect(series.points.allSatisfy { $0.origin?.source?.hasPrefix("invented") == true })
    }
  }

  @Test("Every key of the file has a comment above it or stands under one that has")
  func comments() throws {
    let yaml = try #require(try StartingWorkspace.example.files.last?.text)
    let lines = yaml.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    for (index, line) in lines.enumerated() where line.first?.isLetter == true {
      #expect(lines[index - 1].hasPrefix("#"), "\(line)")
    }
    for person in ["ANALYST", "FINANCE", "COMMISSIONER"] {
      #expect(yaml.contains("# \(person).") || yaml.contains("\(person)."))
    }
    #expect(!yaml.contains("{{"))
    #expect(!yaml.contains("#<<"))
    #expect(!yaml.contains("#>>"))
  }

  @Test("A folder that has a workspace is refused and stays as it is")
  func occupied() throws {
    let folder = try TemporaryFolder()
    let example = try StartingWorkspace.example
    try example.write(to: folder.path)
    let before = try String(contentsOfFile: folder.path + "/workspace.yaml", encoding: .utf8)
    for path in [folder.path, folder.path + "/", folder.path + "/workspace.yaml"] {
      #expect(throws: EvidenceError.self) { try example.write(to: path) }
      do throws(EvidenceError) { try StartingWorkspace.checkFolder(path) } catch {
        #expect(error.exitCode == 73)
        #expect("\(error)".contains("name another folder"))
      }
    }
    #expect(try String(contentsOfFile: folder.path + "/workspace.yaml", encoding: .utf8) == before)
  }

  @Test("Where one file is in the way, none is written")
  func allOrNone() throws {
    let folder = try TemporaryFolder()
    try FileManager.default.createDirectory(
      atPath: folder.path + "/series", withIntermediateDirectories: false)
    _ = try folder.file("series/example.csv", "mine")
    let example = try StartingWorkspace.example
    do throws(EvidenceError) {
      try example.write(to: folder.path)
      #expect(Bool(false), "it was written")
    } catch {
      #expect("\(error)".contains("series/example.csv"))
      #expect("\(error)".contains("nothing is replaced"))
    }
    #expect(folder.names == ["series"])
    #expect(throws: EvidenceError.self) { try example.write(to: folder.path + "/not/there") }
    #expect(folder.names == ["series"])
    // The workspace's own file comes last: where it cannot be written, the series go again.
    let other = try TemporaryFolder()
    try FileManager.default.createDirectory(
      atPath: other.path + "/workspace.yaml", withIntermediateDirectories: false)
    #expect(throws: EvidenceError.self) { try example.write(to: other.path) }
    #expect(other.names == ["workspace.yaml"])
  }
}
