import Foundation
import Testing

@Suite("Questions put to a workspace")
struct ScenarioQuestionTests {
  private let sefton = "Datasets/sefton"

  /// The worked example without its register, so that what is on offer is what a test offers.
  private func bare(in folder: TemporaryFolder) throws -> String {
    let copy = folder.url.appending(path: "bare")
    let source = Command.root.appending(path: sefton)
    try FileManager.default.copyItem(at: source, to: copy)
    let file = copy.appending(path: "workspace.yaml")
    let text = try String(contentsOf: file, encoding: .utf8)
    let start = try #require(text.range(of: "\nmitigations:\n"))
    let end = try #require(text.range(of: "\n# What could be otherwise."))
    try (text[..<start.lowerBound] + text[end.lowerBound...])
      .write(to: file, atomically: true, encoding: .utf8)
    return copy.path
  }

  private func json(_ arguments: [String]) throws -> [String: Any] {
    let run = try Command.run(arguments + ["--format", "json"])
    #expect(run.status == 0, "\(run.errors)")
    return try #require(try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
  }

  private func refused(_ arguments: [String], _ code: Int32, _ words: String) throws {
    let run = try Command.run(["scenario"] + arguments)
    #expect(run.status == code, "\(arguments): \(run.status) \(run.errors)")
    #expect(run.errors.contains(words), "\(run.errors)")
  }

  // MARK: Tornado

  @Test("A tornado's shares and its remainder sum to the whole, and its bars stand by their swing")
  func tornado() throws {
    let document = try json(["scenario", "tornado", sefton, "--draws", "800"])
    let question = try #require(document["question"] as? [String: Any])
    #expect(question["service"] as? String == "high-needs")
    #expect(question["figure"] as? String == "closingBalance")
    let bars = try #require(document["bars"] as? [[String: Any]])
    let swings = bars.compactMap { ($0["swing"] as? [String: Any])?["value"] as? Double }.map(abs)
    #expect(swings.count == bars.count && swings.count > 5)
    #expect(swings == swings.sorted(by: >))
    let shares = try #require(document["shares"] as? [[String: Any]]).compactMap { $0["share"] as? Double }
    let rest = try #require((document["remainder"] as? [String: Any])?["value"] as? Double)
    #expect(abs(shares.reduce(rest, +) - 1) < 1e-9)
  }

  @Test("A tornado's text and rows hold the same numbers, and levers join the assumptions")
  func tornadoForms() throws {
    let arguments = [
      "scenario", "tornado", sefton, "--draws", "400", "--service", "participation", "--figure",
      "unmet-need", "--year", "2027/28", "--lever", "participation.places.add=-20..20",
    ]
    let csv = try Command.run(arguments + ["--format", "csv"])
    #expect(
      csv.output.hasPrefix(
        "method,id,path,low,high,base_mean,low_mean,high_mean,swing,swing_error,base_probability,low_probability,"
          + "high_probability,share,share_error\n"))
    #expect(csv.output.contains("one-at-a-time,participation.places.add,participation.places.add,-20,20,"))
    #expect(csv.output.contains("variance-share,remainder,,"))
    let text = try Command.run(arguments)
    #expect(text.status == 0)
    #expect(text.output.contains("participation.places.add"))
    #expect(text.output.contains("unmet need of participation in 2027/28"))
    #expect(text.output.contains("all of the variance"))
    #expect(text.output.split(separator: "\n").allSatisfy { $0.count <= 100 })
  }

  @Test("A tornado refuses what is not there with what is")
  func tornadoRefusals() throws {
    try refused(["tornado", sefton, "--service", "high-need"], 64, "did you mean \"high-needs\"")
    try refused(["tornado", sefton, "--year", "2050/51"], 64, "the plan's years are")
    try refused(["tornado", sefton, "--figure", "profit"], 64, "closing-balance")
    try refused(["tornado", sefton, "--lever", "high-needs.block=1..1"], 64, "different numbers")
    try refused(["tornado", sefton, "--lever", "nothing.at-all=1..2"], 64, "nothing.at-all")
    try refused(["tornado", sefton, "--swing", "0"], 64, "share above 0")
    try refused(["tornado", sefton, "--draws", "100"], 65, "give at least 400")
    try refused(["tornado", "nowhere"], 66, "nowhere")
  }

  // MARK: Goal-seek

  @Test("A goal is met at the value that the verb gives, as the plan itself confirms")
  func goalSeek() throws {
    let path = "assumptions.high-needs-price-growth.value"
    let document = try json([
      "scenario", "goal-seek", sefton, "--draws", "300", "--lever", "\(path)=6%..0%", "--target",
      "spend high-needs 2028/29 <= 150m",
    ])
    #expect(document["status"] as? String == "met")
    let lever = try #require((document["levers"] as? [[String: Any]])?.first)
    let value = try #require(lever["value"] as? Double)
    let achieved = try #require((document["achieved"] as? [String: Any])?["value"] as? Double)
    #expect(achieved <= 150e6 && achieved > 149.5e6)
    #expect(document["isMonotone"] as? Bool == true)
    let rows = try Command.run([
      "plan", sefton, "--draws", "300", "--set", "\(path)=\(value)", "--format", "csv",
    ]).output.split(separator: "\n").first { $0.hasPrefix("base,high-needs,2028/29,forecast,spend,") }
    let mean = try #require(rows?.split(separator: ",").dropFirst(5).first.flatMap { Double($0) })
    #expect(abs(mean - achieved) < 0.02)
  }

  @Test("A probability, several levers and their text")
  func goalSeekForms() throws {
    let arguments = [
      "scenario", "goal-seek", sefton, "--draws", "200", "--lever", "participation.places.add=0..200",
      "--lever", "participation.budget.add=0..1m", "--target",
      "probability-overspend participation 2027/28 <= 30%",
    ]
    for rule in ["equal-fractions", "least-change"] {
      let run = try Command.run(arguments + ["--by", rule])
      #expect(run.status == 0, "\(run.errors)")
      #expect(run.output.contains("chance that in-year balance of participation in 2027/28 is below nought"))
      #expect(run.output.contains("of its way"))
    }
    let csv = try Command.run(arguments + ["--format", "csv"])
    #expect(
      csv.output.hasPrefix(
        "status,lever,start,end,share,value,value_nearest,value_farthest,achieved,achieved_error,goal\n"))
    #expect(csv.output.split(separator: "\n").count == 3)
  }

  @Test("An impossible goal ends with 65 and the best that can be reached; one met already says so")
  func goalSeekOutcomes() throws {
    let impossible = [
      "scenario", "goal-seek", sefton, "--draws", "100", "--lever", "participation.places.add=0..1",
      "--target", "unmet-need participation 2027/28 <= 0",
    ]
    let text = try Command.run(impossible)
    #expect(text.status == 65)
    #expect(text.output.contains("Impossible") && text.output.contains("the best is"))
    let csv = try Command.run(impossible + ["--format", "csv"])
    #expect(csv.status == 65)
    #expect(csv.output.contains("impossible,participation.places.add,0,1,"))
    #expect(csv.errors.contains("the best is"))
    let met = try Command.run([
      "scenario", "goal-seek", sefton, "--draws", "100", "--lever", "participation.places.add=0..1",
      "--target", "unmet-need:p90 participation 2027/28 <= 5000",
    ])
    #expect(met.status == 0 && met.output.contains("Nothing need be changed"))
  }

  @Test("A goal that cannot be read is refused with the form of one")
  func goalSeekRefusals() throws {
    let lever = ["--lever", "participation.places.add=0..1"]
    for (target, words) in [
      ("less deficit", "FIGURE SERVICE YEAR"), ("profit high-needs 2029/30 <= 1", "is no figure"),
      ("spend high-needs 2029 <= 1", "is no financial year"),
      ("spend high-needs 2029/30 <= lots", "is no number"),
      ("spend:q9 high-needs 2029/30 <= 1", "is no quantile"),
      ("probability-deficit high-needs 2029/30 <= 50", "0% to 100%"),
    ] {
      try refused(["goal-seek", sefton, "--target", target] + lever, 64, words)
    }
    try refused(["goal-seek", sefton, "--target", "spend nobody 2029/30 <= 1"] + lever, 64, "no service")
    try refused(
      ["goal-seek", sefton, "--target", "spend high-needs 2029/30 <= 1"] + lever + lever, 64, "named twice")
    try refused(["goal-seek", sefton, "--target", "spend high-needs 2029/30 <= 1"], 64, "Name a lever")
  }

  // MARK: Optimise

  @Test("A sum buys what makes unmet need least, and the plan with it agrees")
  func optimise() throws {
    let folder = try TemporaryFolder()
    defer { withExtendedLifetime(folder) {} }
    let arguments = [
      "scenario", "optimise", try bare(in: folder), "--draws", "300", "--sum", "100k", "--minimise",
      "unmet-need",
      "--service", "participation", "--year", "2026/27", "--places", "participation.places=60@2400",
    ]
    let document = try json(arguments)
    #expect(document["isProved"] as? Bool == true)
    let best = try #require(document["best"] as? [String: Any])
    let choice = try #require(
      (best["choices"] as? [[String: Any]])?.first { $0["option"] as? String == "participation.places" })
    // All that the sum allows is bought: 41 × 2,400 = 98,400.
    #expect(choice["units"] as? Double == 41)
    let whole = try #require((document["whole"] as? [String: Any])?["value"] as? Double)
    let left = try #require((best["shortfall"] as? [String: Any])?["value"] as? Double)
    #expect(abs(whole - left) < 1e-6 * max(1, whole))
    let csv = try Command.run(arguments + ["--format", "csv"])
    #expect(
      csv.output.hasPrefix("plan,option,units,cost,shortfall,shortfall_error,reduction,reduction_error\n"))
    #expect(csv.output.contains("best,participation.places,41,98400,,,,\n"))
    #expect(csv.output.contains("runner-up,participation.places,40,96000,,,,\n"))
    let text = try Command.run(arguments + ["--limit", "units participation <= 10"])
    #expect(text.output.contains("units participation") && text.output.contains("£24,000"))
  }

  @Test(
    "Scenarios with a cost are measures: the one that saves more is bought, and both where the sum allows")
  func pricedScenarios() throws {
    let folder = try TemporaryFolder()
    func file(_ name: String, _ change: String) throws -> String {
      try folder.write(
        "needscast: 1\nscenario: \(name)\nreason: A test.\nset:\n  \(change)\n", to: "\(name).yaml")
    }
    let few = try file("few", "participation.places.add: 5")
    let many = try file("many", "participation.places.add: 30")
    let workspace = try bare(in: folder)
    func bought(_ sum: String) throws -> [Double] {
      let document = try json([
        "scenario", "optimise", workspace, "--draws", "200", "--sum", sum, "--minimise", "unmet-need",
        "--service", "participation", "--year", "2027/28", "--measure", "\(few)=10k", "--measure",
        "\(many)=50k",
      ])
      let best = try #require(document["best"] as? [String: Any])
      // The register's own measures are options too, and cost more than these sums.
      return try #require(best["choices"] as? [[String: Any]])
        .filter { ["few", "many"].contains($0["option"] as? String ?? "") }
        .compactMap { $0["units"] as? Double }
    }
    #expect(try bought("55k") == [0, 1])
    #expect(try bought("20k") == [1, 0])
    #expect(try bought("60k") == [1, 1])
  }

  @Test("A spending plan that cannot be is refused by name")
  func optimiseRefusals() throws {
    let places = ["--places", "participation.places=60@2400"]
    let folder = try TemporaryFolder()
    defer { withExtendedLifetime(folder) {} }
    let start = [
      "optimise", try bare(in: folder), "--draws", "50", "--minimise", "unmet-need", "--service",
      "participation",
    ]
    try refused(start + ["--sum", "1m"], 64, "nothing to buy")
    try refused(start + ["--sum", "lots"] + places, 64, "write pounds")
    try refused(start + ["--sum", "1m", "--places", "participation.places"], 64, "write PATH=MOST@POUNDS")
    try refused(start + ["--sum", "1m", "--places", "participation.desks=1@5"], 64, "desks")
    try refused(start + ["--sum", "1m", "--measure", "no-such=5"], 64, "no-such")
    try refused(start + ["--sum", "1m", "--limit", "units"] + places, 64, "write \"spend NAME")
    try refused(start + ["--sum", "1m", "--limit", "units x <= 1"] + places, 64, "the options are")
    try refused(
      start + ["--sum", "10k", "--limit", "units participation >= 20"] + places, 65,
      "sum <= 10,000; units participation >= 20")
  }

  // MARK: Bridge

  @Test("The steps of a bridge sum to the change to the penny, between years, scenarios and plans")
  func bridge() throws {
    let folder = try TemporaryFolder()
    let plan = folder.url.appending(path: "plan").path
    #expect(try Command.run(["plan", sefton, "--draws", "100", "--output", plan]).status == 0)
    for arguments in [
      ["--from", "2023/24", "--to", "2029/30"],
      ["--scenario", "base", "--scenario", "grant-refused", "--year", "2027/28"],
      ["--against", plan + "/plan.json", "--year", "2029/30", "--set", "high-needs.grant.growth=1%"],
      ["--service", "looked-after", "--from", "2025/26", "--form", "base-weighted"],
    ] {
      let run = try Command.run(
        ["scenario", "bridge", sefton, "--draws", "100", "--format", "csv"] + arguments)
      #expect(run.status == 0, "\(arguments): \(run.errors)")
      var pence = (from: 0, steps: 0, to: 0, change: 0)
      for row in run.output.split(separator: "\n").dropFirst() {
        let amount = try #require(row.split(separator: ",").last.flatMap { Self.pence($0) })
        if row.hasPrefix("side,from,") { pence.from = amount }
        if row.hasPrefix("side,to,") { pence.to = amount }
        if row.hasPrefix("step,") { pence.steps += amount }
        if row.hasPrefix("change,") { pence.change = amount }
      }
      #expect(pence.from > 0 && pence.to > 0)
      #expect(pence.from + pence.steps == pence.to)
      #expect(pence.change == pence.steps)
    }
  }

  private static func pence(_ text: Substring) -> Int? { Int(text.filter { $0 != "." }) }

  @Test("A bridge's text names its steps, and its JSON has the contract's keys")
  func bridgeForms() throws {
    let arguments = ["scenario", "bridge", sefton, "--draws", "100", "--from", "2023/24", "--to", "2029/30"]
    let text = try Command.run(arguments)
    for words in ["Population", "Prevalence", "Mix", "Price", "Not explained by published data", "change"] {
      #expect(text.output.contains(words), "\(words)")
    }
    let document = try json(arguments)
    for key in [
      "area", "options", "service", "form", "isOfMeans", "from", "to", "steps", "change", "settings",
    ] {
      #expect(document[key] != nil, "\(key)")
    }
    #expect(document["isOfMeans"] as? Bool == false)
  }

  @Test("A bridge that leads nowhere is refused")
  func bridgeRefusals() throws {
    try refused(["bridge", sefton, "--from", "2029/30", "--to", "2023/24"], 64, "exchange them")
    try refused(["bridge", sefton, "--year", "2029/30"], 64, "write --from and --to")
    try refused(["bridge", sefton, "--service", "total"], 64, "name one")
    try refused(
      ["bridge", sefton, "--scenario", "a", "--scenario", "b", "--scenario", "c"], 64, "two to bridge")
    try refused(["bridge", sefton, "--draws", "20", "--against", "no-such.json"], 66, "no-such.json")
    try refused(
      ["bridge", sefton, "--draws", "20", "--against", "README.md"], 65, "it is not a plan.json")
    let folder = try TemporaryFolder()
    let plan = folder.url.appending(path: "plan").path
    #expect(try Command.run(["plan", sefton, "--draws", "20", "--output", plan]).status == 0)
    try refused(
      ["bridge", sefton, "--draws", "20", "--against", plan + "/plan.json", "--scenario", "grant-refused"],
      65,
      "it has no scenario \"grant-refused\"; it has base")
  }
}
