import Foundation
import Testing

@Suite("needscast monitor")
struct MonitorVerbTests {
  static let file = "Datasets/invented/monitoring.csv"

  @Test("the table shows the year, the total and the reasons") func table() throws {
    let run = try Command.run(["monitor", Self.file, "--reason-above", "0"])
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.output.hasPrefix("Budget of 2025/26 by month, actuals to 2025-08"))
    #expect(run.output.contains("volume: four children more than budgeted since June"))
    #expect(run.output.contains("Foster care: the variance of"))
    #expect(run.output.contains("\nTotal "))
  }

  @Test("a folder's monitoring.csv, a file and standard input read the same") func inputs() throws {
    let text = try String(contentsOf: Command.root.appending(path: Self.file), encoding: .utf8)
    let runs = try [
      Command.run(["monitor", Self.file, "--format", "csv"]),
      Command.run(["monitor", "Datasets/invented/", "--format", "csv"]),
      Command.run(["monitor", "-", "--format", "csv"], input: text),
    ]
    #expect(runs.allSatisfy { $0.status == 0 })
    #expect(Set(runs.map(\.output)).count == 1)
    #expect(runs[0].output.split(separator: "\n").count == 1 + 4 * 14)
  }

  @Test("what is wrong is said with its row and ends with 65; other mistakes with their own codes")
  func mistakes()
    throws
  {
    let folder = try TemporaryFolder()
    let path = try folder.write("line,period,budget,actual\nHomes,2025-04,x,\n", to: "wrong.csv")
    let wrong = try Command.run(["monitor", path])
    #expect(wrong.status == 65)
    #expect(wrong.errors.contains("wrong.csv:2: value \"x\" in column \"budget\" is not an amount"))
    #expect(wrong.output.isEmpty)
    #expect(try Command.run(["monitor", "Datasets/sefton"]).status == 66)
    #expect(try Command.run(["monitor", Self.file, "--reason-above", "-1"]).status == 64)
    #expect(try Command.run(["monitor", Self.file, "--output", Self.file, "--force"]).status == 64)
    let json = try Command.run(["monitor", Self.file, "--format", "json"])
    let document = try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any]
    #expect(document?["upTo"] as? String == "2025-08")
  }
}
