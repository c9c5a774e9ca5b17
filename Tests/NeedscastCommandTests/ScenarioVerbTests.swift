import Foundation
import Testing

@Suite("needscast scenario")
struct ScenarioVerbTests {
  private let sefton = "Datasets/sefton"
  private let few = ["--draws", "60"]

  private let file = """
    needscast: 1
    scenario: fewer-referrals
    reason: Early help keeps a tenth of the referrals away.
    inherits: grant-refused
    change:
      - {path: speech-and-language-therapy.referrals, growth: -10%, from: 2026/27, until: 2027/28}
      - {path: assumptions.nhs-price-growth, add: 1%}

    """

  private func compare(_ arguments: String...) throws -> Command.Outcome {
    try Command.run(["scenario", "compare", sefton] + few + arguments)
  }

  @Test("Scenarios are listed with what they change, and why") func list() throws {
    let text = try Command.run(["scenario", "list", sefton])
    #expect(text.status == 0 && text.output.contains("grant-refused\n    The local plan is not approved"))
    #expect(text.output.contains("    - assumptions.plan-approved.value=0%"))
    let csv = try Command.run(["scenario", "list", sefton, "--format", "csv"])
    #expect(csv.output.hasPrefix("scenario,inherits,author,date,reason,change\ngrant-refused,,,,"))
    let json = try Command.run(["scenario", "list", sefton, "--format", "json"])
    let document = try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any]
    #expect((document?["scenarios"] as? [[String: Any]])?.first?["name"] as? String == "grant-refused")
  }

  @Test("One scenario is compared with the workspace as it stands; each form has the same figures")
  func forms() throws {
    let text = try compare("--scenario", "grant-refused")
    #expect(text.status == 0, "\(text.errors)")
    #expect(text.output.contains("grant-refused (B) against base (A)"))
    #expect(text.output.contains("Assumption plan-approved: 75% in A; 0% in B."))
    #expect(text.output.contains("DSG balance carried forward"))
    let csv = try compare("--scenario", "base", "--scenario", "grant-refused", "--format", "csv")
    let rows = csv.output.split(separator: "\n")
    #expect(
      rows.first
        == "scenario,against,service,year,kind,figure,against_mean,scenario_mean,difference_mean,difference_p2_5,difference_p10,difference_p50,difference_p90,difference_p97_5,probability_above,probability_above_error,probability_below,probability_below_error"
    )
    #expect(rows.contains { $0.hasPrefix("grant-refused,base,high-needs,2026/27,forecast,closingBalance,-") })
    #expect(rows.contains { $0.hasPrefix("grant-refused,base,total,2026/27,forecast,spend,") })
    let json = try compare("--scenario", "base", "--scenario", "grant-refused", "--format", "json")
    let document = try #require(
      try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
    let scenario = try #require((document["scenarios"] as? [[String: Any]])?.first)
    #expect((scenario["differences"] as? [[String: Any]])?.count == rows.count - 1)
    #expect(scenario["added"] as? [String] == ["assumptions.plan-approved.value=0%"])
  }

  @Test("Filters leave one row, and a scenario's file from anywhere is one of the scenarios")
  func filtersAndFiles() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(file, to: "what-if.yaml")
    let run = try compare(
      "--scenario", "grant-refused", "--scenario", path, "--service", "speech-and-language-therapy", "--year",
      "2027/28", "--figure", "need", "--format", "csv")
    #expect(run.status == 0, "\(run.errors)")
    let rows = run.output.split(separator: "\n")
    #expect(rows.count == 2)
    #expect(
      rows.last?.hasPrefix(
        "fewer-referrals,grant-refused,speech-and-language-therapy,2027/28,forecast,need,") == true)
    let whole = try compare("--scenario", "grant-refused", "--scenario", path)
    #expect(whole.output.contains("fewer-referrals, from grant-refused"))
    #expect(whole.output.contains("- speech-and-language-therapy.referrals.growth=-10%@2026/27..2027/28"))
    #expect(
      whole.output.contains("Assumption nhs-price-growth: 1.5% to 5%, most likely 3% in A; 2.5% to 6%, "))
  }

  @Test("A change of a flow on the command line is the same as one in a scenario, and is named in every form")
  func changesOfFlows() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(file, to: "what-if.yaml")
    let changes = [
      "speech-and-language-therapy.referrals.growth=-10%@2026/27..2027/28",
      "assumptions.nhs-price-growth.add=1%",
    ]
    let set = changes.flatMap { ["--set", $0] }
    let arguments = ["plan", sefton] + few
    let stated = try Command.run(arguments + ["--scenario", path, "--format", "csv"])
    let typed = try Command.run(arguments + ["--scenario", "grant-refused", "--format", "csv"] + set)
    #expect(stated.status == 0 && typed.status == 0, "\(stated.errors)\(typed.errors)")
    #expect(
      stated.output
        == typed.output.replacingOccurrences(of: "\ngrant-refused,", with: "\nfewer-referrals,"))
    let base = try Command.run(arguments + ["--scenario", "grant-refused", "--format", "csv"])
    #expect(
      base.output != typed.output
        && base.output.split(separator: "\n").count == typed.output.split(separator: "\n").count)
    let text = try Command.run(arguments + set)
    let words = text.output.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(words.contains("Changed from the workspace: \(changes.joined(separator: "; "))."))
    let output = folder.url.appending(path: "plan").path
    let run = try Command.run(arguments + ["--scenario", path, "--output", output] + set)
    #expect(run.status == 0, "\(run.errors)")
    for name in ["plan.json", "manifest.json"] {
      let written = try String(contentsOfFile: "\(output)/\(name)", encoding: .utf8)
      #expect(changes.allSatisfy { written.components(separatedBy: $0).count == 3 }, "\(name)")
      #expect(written.contains("\"assumptions.plan-approved.value=0%\""))
    }
    #expect(try String(contentsOfFile: "\(output)/manifest.json", encoding: .utf8).contains(path))
  }

  @Test("The same seed gives the same bytes on any number of threads") func determinism() throws {
    let one = try compare("--scenario", "grant-refused", "--format", "csv", "--jobs", "1")
    #expect(
      one.output == (try compare("--scenario", "grant-refused", "--format", "csv", "--jobs", "5")).output)
    #expect(
      one.output != (try compare("--scenario", "grant-refused", "--format", "csv", "--seed", "9")).output)
  }

  @Test(
    "Wrong arguments are refused with a sentence that says what would be accepted, and exit code 64",
    arguments: [
      ([], "Name the scenarios to compare"),
      (["--scenario", "refused"], "there is no scenario \"refused\"; "),
      (["--scenario", "grant-refsed"], "did you mean \"grant-refused\"?"),
      (["--scenario", "grant-refused", "--scenario", "grant-refused"], "named twice"),
      (["--scenario", "grant-refused", "--service", "high-need"], "did you mean \"high-needs\"?"),
      (["--scenario", "grant-refused", "--year", "2040/41"], "the plan's years are 2021/22 to 2029/30"),
      (["--scenario", "grant-refused", "--year", "2027"], "such as 2029/30"),
      (["--scenario", "grant-refused", "--figure", "cost"], "write one of need, demand, supply, unmetNeed"),
      (["--scenario", "grant-refused", "--set", "participation.place.add=1"], "did you mean \"places\"?"),
    ])
  func wrongArguments(_ arguments: [String], _ words: String) throws {
    let run = try Command.run(["scenario", "compare", sefton] + few + arguments)
    #expect(run.status == 64 && run.output.isEmpty)
    #expect(run.errors.contains(words), "\(run.errors)")
  }

  @Test("What is wrong with a scenario's file is said with file, line and column, and exit code 65")
  func wrongFile() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(file.replacing("path: speech", with: "path: speach"), to: "what-if.yaml")
    let run = try compare("--scenario", path)
    #expect(run.status == 65)
    #expect(
      run.errors.contains("what-if.yaml:6:12: speach-and-language-therapy.referrals: "), "\(run.errors)")
    #expect(run.errors.contains("did you mean \"speech-and-language-therapy\"?"))
    #expect(try compare("--scenario", "not-there.yaml").status == 66)
    #expect(try Command.run(["scenario", "compare", "-", "--scenario", "a"]).status == 64)
  }

  @Test("A service that could not be planned is named, and the exit code is 65") func refusals() throws {
    let run = try compare("--scenario", "grant-refused", "--as-of", "2019-12-31", "--format", "csv")
    #expect(run.status == 65 && !run.output.isEmpty)
    #expect(run.errors.contains("grant-refused: not planned: "))
  }

  @Test("A comparison is written whole to a file, and never over the workspace's own") func output() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(file, to: "what-if.yaml")
    let target = folder.url.appending(path: "out.csv").path
    let run = try compare("--scenario", path, "--format", "csv", "--output", target)
    #expect(run.status == 0 && run.output.isEmpty)
    #expect(try String(contentsOfFile: target, encoding: .utf8).hasPrefix("scenario,against,"))
    let own = try compare("--scenario", path, "--output", path, "--force")
    #expect(own.status == 64 && own.errors.contains("this is the input, "))
    #expect(try String(contentsOfFile: path, encoding: .utf8) == file)
  }
}
