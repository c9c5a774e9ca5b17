import Foundation
import Testing

@Suite("needscast check of published files, and of data that is doubtful")
struct CheckPublishedTests {
  private static func problems(_ json: String) throws -> [[String: Any]] {
    let document = try #require(try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
    return try #require(document["problems"] as? [[String: Any]])
  }

  @Test("A published file is known by its columns, and what became of its rows and cells is counted")
  func text() throws {
    let folder = try TemporaryFolder()
    let grant = try folder.write(InventedInputs.grant, to: "grant.csv")
    let run = try Command.run(["check", grant])
    #expect(run.status == 65)
    #expect(
      run.output.hasPrefix("error: \(grant):3: \"nonsense\" in column \"high_needs_block\" is not a number"))
    #expect(run.output.contains("note: \(grant) is read as dsg ("))
    #expect(run.output.contains("\n3 rows: 3 read\n15 cells: 14 values, 1 unreadable\n"))
    #expect(run.output.hasSuffix("\(grant): 1 error\n"))
    let sound = try folder.write(
      InventedInputs.grant.replacingOccurrences(of: "nonsense", with: "21"), to: "sound.csv")
    #expect(try Command.run(["check", sound]).status == 0)
  }

  @Test("Its problems are rows, with the text and what to do apart in JSON")
  func forms() throws {
    let folder = try TemporaryFolder()
    let grant = try folder.write(InventedInputs.grant, to: "grant.csv")
    let csv = try Command.run(["check", grant, "--format", "csv"])
    #expect(csv.status == 65)
    #expect(csv.output.hasPrefix("severity,file,row,column,message\nerror,\(grant),3,,\"\"\"nonsense\"\""))
    let json = try Command.run(["check", grant, "--format", "json"])
    #expect(json.status == 65)
    let problem = try #require(try Self.problems(json.output).first)
    #expect(problem["text"] as? String == "nonsense" && problem["row"] as? Int == 3)
    let mend = try #require(problem["mend"] as? String)
    #expect(mend.hasPrefix("write a number such as 12.4"))
    #expect((problem["message"] as? String)?.hasSuffix("; \(mend)") == true)
  }

  @Test("A return of children is checked as its folder, and none of its children is named")
  func careReturn() throws {
    let folder = try TemporaryFolder()
    let run = try Command.run(["check", try InventedInputs.careReturn(in: folder)])
    #expect(run.status == 0, "\(run.output)\(run.errors)")
    #expect(run.output.contains("is read as ssda903 (") && run.output.contains("6 rows: 6 read"))
    #expect(!(run.output + run.errors).contains("KID"))
  }

  @Test("A leap in a series of a workspace is doubted at its row, and is no error")
  func doubts() throws {
    let folder = try TemporaryFolder()
    let workspace = try InventedInputs.workspace(in: folder)
    let values = [10, 11, 10, 12, 11, 1200]
    let rows = values.enumerated().map { "a,Exampleshire,\(2017 + $0.offset),\($0.element),count\n" }.joined()
    let file = try folder.write("series,area,period,value,unit\n" + rows, to: "leap.csv")
    #expect(try Command.run(["import", file, "--workspace", workspace]).status == 0)
    let run = try Command.run(["check", workspace, "--format", "json"])
    #expect(run.status == 0, "\(run.output)")
    let all = try Self.problems(run.output)
    #expect(all.allSatisfy { $0["severity"] as? String == "warning" })
    let leap = try #require(
      all.first { ($0["message"] as? String)?.contains("leaps from 11 at 2021") == true })
    #expect(leap["row"] as? Int == 7 && leap["file"] as? String == "\(workspace)/series/leap.csv")
    #expect(leap["mend"] as? String == "check the unit and the digits of both")
    // What reading and the doubts both find of one row is said once.
    #expect(
      all.count { $0["row"] as? Int == 7 && $0["file"] as? String == "\(workspace)/series/leap.csv" } == 1)
  }

  @Test("--dictionary explains the measures of a published file to check as it does to import")
  func dictionary() throws {
    let folder = try TemporaryFolder()
    let plans = try folder.write(InventedInputs.plans, to: "plans.csv")
    let run = try Command.run(["check", plans])
    #expect(run.status == 0 && run.output.contains("1 suppressed"))
    let missing = try Command.run(
      [
        "check",
        try folder.write(
          "measure,area,la_number,region,period,value\nplans,Sefton,343,North West,2022,5\n", to: "lait.csv"),
        "--dictionary", folder.url.path + "/none.csv",
      ])
    #expect(missing.status == 66 && missing.errors.contains("none.csv: there is no such file"))
  }
}
