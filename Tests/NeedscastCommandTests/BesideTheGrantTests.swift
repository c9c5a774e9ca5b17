import Foundation
import Testing

@Suite("What the worked example costs beside the grant")
struct BesideTheGrantTests {
  private let sefton = "Datasets/sefton"

  private func years(_ arguments: [String]) throws -> [[String: Any]] {
    let run = try Command.run(["plan", sefton, "--draws", "50", "--format", "json"] + arguments)
    let document = try #require(
      try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
    let scenario = try #require((document["scenarios"] as? [[String: Any]])?.first)
    let services = try #require(scenario["services"] as? [[String: Any]])
    let grant = try #require(services.first { $0["id"] as? String == "high-needs" })
    return try #require(grant["years"] as? [[String: Any]])
  }

  private func mean(_ quantity: Any?) -> Double? {
    (quantity as? [String: Any])?["mean"] as? Double ?? quantity as? Double
  }

  @Test("the text shows a block of its own with a total, and says from which year transport is planned")
  func text() throws {
    let text = try Command.run(["plan", sefton, "--draws", "50", "--detail"]).output
    #expect(text.contains("Beside the grant: General Fund, £m"))
    #expect(text.contains("\n  Carrying cost of the deficit"))
    #expect(text.contains("\n  Transport: State special schools"))
    #expect(text.contains("\nAll General Fund costs"))
    #expect(text.contains("Transport is planned from 2024/25"))
  }

  @Test(
    "in JSON the lines of part general-fund sum to the year's total to the penny, and in CSV each has a row")
  func lines() throws {
    for year in try years([]) {
      let lines = try #require(year["lines"] as? [[String: Any]]).filter {
        $0["part"] as? String == "general-fund"
      }
      guard !lines.isEmpty else {
        #expect(year["generalFund"] is NSNull)
        continue
      }
      let pence = lines.compactMap { mean($0["amount"]) }.reduce(0) { $0 + ($1 * 100).rounded() }
      #expect(pence == ((try #require(mean(year["generalFund"]))) * 100).rounded())
    }
    let table = try Command.run(["plan", sefton, "--draws", "50", "--format", "csv"]).output
    #expect(table.contains("base,high-needs,2027/28,forecast,line:general-fund.carrying-cost,"))
    #expect(table.contains("base,high-needs,2027/28,forecast,generalFund,"))
  }

  @Test("no rate and no travel leave the grant's balances as they are")
  func account() throws {
    let none = ["special", "independent", "mainstream", "elsewhere"].flatMap {
      ["--set", "assumptions.transport-share-\($0).value=0%"]
    }
    let (with, without) = (
      try years([]), try years(none + ["--set", "assumptions.deficit-carrying-rate.value=0%"])
    )
    #expect(with.count == without.count)
    for (left, right) in zip(with, without) {
      #expect(mean(left["inYearBalance"]) == mean(right["inYearBalance"]))
      #expect(mean(left["closingBalance"]) == mean(right["closingBalance"]))
    }
    #expect(mean(without.last?["generalFund"]) == 0)
  }

  @Test("who else pays for placements is shown from gross to net, and refused where shares do not sum to one")
  func net() throws {
    let folder = try TemporaryFolder()
    let copy = folder.url.appending(path: "sefton")
    try FileManager.default.copyItem(at: Command.root.appending(path: sefton), to: copy)
    let file = copy.appending(path: "workspace.yaml")
    let text = try String(contentsOf: file, encoding: .utf8)
    let cost = "        weekly-cost: residential-weekly-cost\n"
    let bearer = "    placed-in-own-places: foster-care\n"
    try #require(text.contains(cost) && text.contains(bearer))
    func write(care: String) throws {
      try text.replacing(
        cost, with: cost + "        funding: {care: \(care), education: 20%, health: 10%, source: A panel}\n"
      ).replacing(bearer, with: bearer + "    bearer: care\n").write(
        to: file, atomically: true, encoding: .utf8)
    }
    try write(care: "70%")
    let run = try Command.run(["plan", copy.path, "--draws", "20", "--detail"])
    #expect(run.status == 0, "\(run.errors)")
    for words in [
      "Gross and net, £m", "\nGross spend", "\n  Children's homes and secure homes: paid by health",
      "\nNet spend",
    ] { #expect(run.output.contains(words), "\(words)") }
    try write(care: "60%")
    let wrong = try Command.run(["check", copy.path])
    #expect(wrong.status == 65)
    #expect((wrong.output + wrong.errors).contains("sum to 0.9 with the remainder, and 1 within"))
  }
}
