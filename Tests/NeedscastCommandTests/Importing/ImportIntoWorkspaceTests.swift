import Foundation
import Testing

@Suite("needscast import into a workspace")
struct ImportIntoWorkspaceTests {
  @Test(
    "A file is added to the series and to the list, of which nothing else changes; the workspace stays sound")
  func adds() throws {
    let folder = try TemporaryFolder()
    let workspace = try InventedInputs.workspace(in: folder)
    let plans = try folder.write(InventedInputs.plans, to: "Plans 2022.csv")
    let before = try InventedInputs.text(workspace + "/workspace.yaml")
    let run = try Command.run(["import", "series", plans, "--workspace", workspace])
    #expect(run.status == 0, "\(run.errors)")
    #expect(
      run.output.hasSuffix("8 rows written\nadded series/plans-2022.csv to the workspace\n"), "\(run.output)")
    let after = try InventedInputs.text(workspace + "/workspace.yaml")
    let added = after.split(separator: "\n").filter { $0.contains("series/plans-2022.csv") }
    #expect(added.count == 1)
    #expect(after.replacingOccurrences(of: "\(try #require(added.first))\n", with: "") == before)
    let alone = try Command.run(["import", "series", plans, "--quiet"])
    #expect(try InventedInputs.text(workspace + "/series/plans-2022.csv") == alone.output)
    let check = try Command.run(["check", workspace])
    #expect(check.status == 0, "\(check.output)")
  }

  @Test("A file that is there is replaced with --force alone, and is listed once")
  func replaces() throws {
    let folder = try TemporaryFolder()
    let workspace = try InventedInputs.workspace(in: folder)
    let plans = try folder.write(InventedInputs.plans, to: "plans.csv")
    #expect(try Command.run(["import", plans, "--workspace", workspace]).status == 0)
    let first = try InventedInputs.text(workspace + "/series/plans.csv")
    let list = try InventedInputs.text(workspace + "/workspace.yaml")
    let arguments = ["import", plans, "--workspace", workspace, "--area", "Otherton"]
    let refused = try Command.run(arguments)
    #expect(refused.status == 73 && refused.errors.contains("--force"))
    #expect(try InventedInputs.text(workspace + "/series/plans.csv") == first)
    let forced = try Command.run(arguments + ["--force"])
    #expect(forced.status == 0 && forced.output.contains("replaced series/plans.csv"))
    #expect(try PlainTable(try InventedInputs.text(workspace + "/series/plans.csv")).rows.count == 4)
    #expect(try InventedInputs.text(workspace + "/workspace.yaml") == list)
  }

  @Test("The report as CSV and JSON has the counts that add up, and where the figures went")
  func reports() throws {
    let folder = try TemporaryFolder()
    let workspace = try InventedInputs.workspace(in: folder)
    let grant = try folder.write(InventedInputs.grant + ",,,,,,,\n", to: "grant.csv")
    let csv = try Command.run(
      ["import", grant, "--workspace", workspace, "--area", "902", "--format", "csv"])
    #expect(csv.status == 65, "\(csv.errors)")
    let counts = try ImportCounts(csv: csv.output)
    counts.expectSums()
    #expect(counts["rows"] == 4 && counts["rows_read"] == 2)
    #expect(counts["rows_unwanted"] == 1 && counts["rows_empty"] == 1)
    #expect(counts["values"] == 9 && counts["cells_unreadable"] == 1 && counts["rows_written"] == 9)
    let json = try Command.run(
      ["import", grant, "--workspace", workspace, "--area", "902", "--format", "json", "--force"])
    #expect(json.status == 65)
    #expect(try ImportCounts(json: json.output).counts == counts.counts)
    let document = try #require(
      try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
    #expect(document["layout"] as? String == "dsg" && document["written"] as? String == "series/grant.csv")
    #expect(document["omittedProblems"] as? Int == 0)
    let problem = try #require((document["problems"] as? [[String: Any]])?.first)
    #expect(problem["row"] as? Int == 3 && problem["severity"] as? String == "error")
    #expect(problem["text"] as? String == "nonsense")
    #expect((problem["mend"] as? String)?.hasPrefix("write a number") == true, "\(problem)")
  }

  @Test("A folder without a workspace is refused, and nothing is made in it")
  func noWorkspace() throws {
    let folder = try TemporaryFolder()
    let plans = try folder.write(InventedInputs.plans, to: "plans.csv")
    let run = try Command.run(["import", plans, "--workspace", folder.url.path])
    #expect(run.status == 66, "\(run.errors)")
    #expect(folder.names == ["plans.csv"])
  }
}
