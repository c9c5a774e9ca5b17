import Foundation
import Testing

@Suite("needscast kpi")
struct KPIVerbTests {
  private let sefton = "Datasets/sefton"
  private let actuals = "Datasets/invented/kpi-actuals.csv"

  @Test("The text has every measure of the plan, its counts and its rules") func text() throws {
    let run = try Command.run(["kpi", sefton])
    #expect(run.status == 0, "\(run.errors)")
    #expect(
      run.output.hasPrefix(
        "SEND Improvement Plan, Sefton: 27 performance measures with 120 milestones, by what was published on\n2026-03-31\n"
      ))
    #expect(
      run.output.contains(
        "met 6, missed 3, on track 0, at risk 0, off track 0, not yet due 0, not measurable 111\n"))
    #expect(run.output.split(separator: "\n").allSatisfy { $0.count <= 100 })
    #expect((1...5).allSatisfy { run.output.contains("\nAction \($0): To ") })
    #expect(run.output.contains("on track is a probability of reaching the level of 70% or more"))
  }

  @Test("A measure is found by its id and by its reference") func selection() throws {
    let both = try Command.run(["kpi", sefton, "--id", "1/1", "--format", "csv"])
    #expect(both.output.split(separator: "\n").count == 1 + 2 * 4)
    #expect(try Command.run(["kpi", sefton, "--id", "KPI 1/1", "--format", "csv"]).output == both.output)
    let one = try Command.run(["kpi", sefton, "--id", "1/1-maths", "--format", "csv"])
    #expect(one.output.split(separator: "\n").count == 1 + 4)
    let action = try Command.run(["kpi", sefton, "--action", "5", "--format", "csv"])
    #expect(action.output.split(separator: "\n").count == 1 + 4 * 5)
    let pair = try Command.run(["kpi", sefton, "--id", "2/1", "--id", "2/2", "--format", "csv"])
    #expect(pair.output.split(separator: "\n").count == 1 + 4 + 4)
  }

  @Test("What is asked for and is not there is a wrong argument") func unknown() throws {
    for (arguments, said) in [
      (["--id", "1/9"], "--id 1/9: there is no such measure in Datasets/sefton/kpis.yaml"),
      (["--action", "6"], "--action 6: there is no such action"),
      (["--action", "5", "--id", "1/2"], "--action and --id leave no measure"),
      (["--as-of", "soon"], "yyyy-mm-dd"),
    ] {
      let run = try Command.run(["kpi", sefton] + arguments)
      #expect(run.status == 64)
      #expect(run.errors.contains(said), "\(run.errors)")
      #expect(run.output.isEmpty)
    }
    #expect(try Command.run(["kpi", "-"]).status == 64)
    #expect(try Command.run(["kpi", sefton, "--kpis", "no-such.yaml"]).status == 66)
    #expect(try Command.run(["kpi", sefton, "--actuals", "no-such.csv"]).status == 66)
    #expect(
      try Command.run(["kpi", sefton, "--output", "\(sefton)/kpis.yaml", "--force"]).status == 64)
  }

  @Test("What came later is not looked at") func asOf() throws {
    let early = try Command.run(["kpi", sefton, "--as-of", "2019-12-30", "--id", "1/1", "--format", "json"])
    #expect(early.status == 0)
    #expect(!early.output.contains("-4.67"))
    let late = try Command.run(["kpi", sefton, "--as-of", "2019-12-31", "--id", "1/1", "--format", "json"])
    #expect(late.output.contains("-4.67"))
    let before = try Command.run(["kpi", sefton, "--as-of", "2019-09-01"])
    #expect(before.output.contains("The plan itself became public on 2019-11-08"))
    #expect(before.output.contains("Notes and remarks are as they stand now"))
    #expect(try !Command.run(["kpi", sefton]).output.contains("Notes and remarks are as they stand now"))
    // A day that is past and whose figure is to come: what is missing is the figure, not figures to forecast from.
    let waiting = try Command.run(["kpi", sefton, "--as-of", "2020-01-01", "--id", "5/1", "--format", "csv"])
    #expect(
      waiting.output.contains("no figure of 2019-10 is published yet; the latest is 9 weeks in 2019-06"))
  }

  @Test("Figures of one's own judge what no publication measures, and a forecast gives the probability")
  func own() throws {
    let run = try Command.run([
      "kpi", sefton, "--actuals", actuals, "--as-of", "2020-08-31", "--id", "5/4", "--format", "json",
      "--quiet",
    ])
    #expect(run.status == 0)
    #expect(run.errors.isEmpty)
    let document = try #require(
      try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
    let kpi = try #require((document["kpis"] as? [[String: Any]])?.first)
    let milestones = try #require(kpi["milestones"] as? [[String: Any]])
    #expect(milestones.prefix(3).map { $0["status"] as? String } == ["missed", "missed", "missed"])
    for one in milestones.suffix(2) {
      let probability = try #require(one["probability"] as? Double)
      #expect((0...1).contains(probability))
      #expect((one["runRate"] as? [String: Any])?["perMonth"] != nil)
    }
    #expect(kpi["proxy"] == nil)
  }

  @Test("The same input gives the same bytes") func deterministic() throws {
    let arguments = ["kpi", sefton, "--actuals", actuals, "--as-of", "2020-08-31", "--format", "json"]
    #expect(try Command.run(arguments).output == Command.run(arguments).output)
  }

  @Test("Measures with something wrong are named, and the others are reported") func mistakes() throws {
    let folder = try TemporaryFolder()
    let text = try String(
      contentsOf: Command.root.appending(path: "\(sefton)/kpis.yaml"), encoding: .utf8)
    let path = try folder.write(
      text.replacing("{by: 2020-04-30, label: April 2020 (9 months), wording: 15%}", with: "{wording: 15%}"),
      to: "kpis.yaml")
    let run = try Command.run(["kpi", sefton, "--kpis", path, "--format", "csv"])
    #expect(run.status == 65)
    #expect(
      run.errors.contains("the target of 15% has no date; write by when it is to be met"), "\(run.errors)")
    #expect(run.output.split(separator: "\n").count == 1 + 120 - 6)
    let csv = try folder.write("series,period,value\n1/3,2019-10,18\n9/9,2019-10,18\n", to: "actuals.csv")
    let given = try Command.run(["kpi", sefton, "--actuals", csv, "--id", "1/3", "--format", "csv"])
    #expect(given.status == 65)
    #expect(given.errors.contains("actuals.csv:3: there is no measure \"9/9\""), "\(given.errors)")
    #expect(given.output.contains(",met,"))
  }

  @Test("Every example of the help does what it is shown for") func help() throws {
    let help = try Command.run(["kpi", "--help"]).output
    var examples: [[String]] = []
    var isExample = false
    for line in help.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("  needscast ") {
        examples.append(line.dropFirst("  needscast ".count).split(separator: " ").map(String.init))
        isExample = true
      } else if isExample, !line.isEmpty, let last = examples.indices.last {
        examples[last] += line.split(separator: " ").map(String.init)
      } else {
        isExample = false
      }
    }
    #expect(examples.count == 4)
    for example in examples {
      let run = try Command.run(example)
      #expect(run.status == 0, "\(example): \(run.errors)")
      #expect(!run.output.isEmpty)
    }
  }
}
