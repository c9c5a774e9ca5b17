import Commissioning
import Testing
import TimeSeries

@testable import Evidence

@Suite("What is wrong in a workspace")
struct WorkspaceProblemTests {
  /// A text of the file, what stands in its place, and what the first problem says.
  struct Fault: Sendable, CustomStringConvertible {
    let old: String
    let new: String
    let message: String
    let column: Int

    init(_ old: String, _ new: String, _ column: Int, _ message: String) {
      self.old = old
      self.new = new
      self.column = column
      self.message = message
    }

    var description: String { new }
  }

  @Test(
    "an unknown key is named with its line, its column and the nearest key",
    arguments: [
      Fault(
        "area: Ambridge", "aera: Ambridge", 1, "unknown key \"aera\" in the file; did you mean \"area\"?"),
      Fault("  draws: 100", "  drawn: 100", 3, "unknown key \"drawn\" in plan; did you mean \"draws\"?"),
      Fault("    unit: of a whole", "    units: of a whole", 5, "did you mean \"unit\"?"),
      Fault(
        "value: {low: 1%, most-likely: 3.5%", "value: {low: 1%, mostlikely: 3.5%", 22,
        "did you mean \"most-likely\"?"),
      Fault("  after-override: held", "  afterwards: held", 3, "unknown key \"afterwards\" in policies; "),
      Fault(
        "    - until: 2026", "    - til: 2026", 7, "unknown key \"til\" in policies.statutory-override.1; "),
      Fault(
        "        plan-approved: share", "        plan-aproved: share", 9, "did you mean \"plan-approved\"?"),
      Fault(
        "      schools-block: schools", "      school-block: schools", 7, "did you mean \"schools-block\"?"),
      Fault("      grant-growth: growth", "      grants-growth: growth", 7, "did you mean \"grant-growth\"?"),
      Fault("    census: 2021", "    sensus: 2021", 5, "did you mean \"census\"?"),
      Fault("special: {name: Special, plans", "special: {name: Special, plan", 32, "did you mean \"plans\"?"),
      Fault("places: {name: Places, spend", "places: {name: Places, spent", 30, "did you mean \"spend\"?"),
      Fault(
        "known: 2021-07-01, source: Accounts", "know: 2021-07-01, source: Accounts", 43,
        "did you mean \"known\"?"),
      Fault(
        "400000, known: 2021-01-20", "400000, when: 2021-01-20", 41,
        "unknown key \"when\" in services.high-needs.block-transfers.1; "),
      Fault("    own-places: foster", "    own-place: foster", 5, "did you mean \"own-places\"?"),
      Fault(
        "foster: {name: Foster care, share", "foster: {name: Foster care, shares", 35,
        "did you mean \"share\"?"),
      Fault(
        "    list-area: Borset", "    area-list: Borset", 5, "unknown key \"area-list\" in services.therapy; "
      ),
      Fault("      leavers: share", "      leaver: share", 7, "did you mean \"leavers\"?"),
      Fault("    rate: rate", "    rates: rate", 5, "did you mean \"rate\"?"),
      Fault("      take-up: share", "      takeup: share", 7, "did you mean \"take-up\"?"),
      Fault("{need: n, demand", "{needs: n, demand", 24, "did you mean \"need\"?"),
      Fault(
        "    reason: No grant", "    because: No grant", 5, "unknown key \"because\" in scenarios.refused; "),
    ])
  func unknownKey(_ fault: Fault) throws {
    let problems = try InventedWorkspace([(fault.old, fault.new)]).problems()
    let line = InventedWorkspace.line(of: fault.old)
    #expect(
      problems.contains {
        $0.hasPrefix("workspace.yaml:\(line):\(fault.column): ") && $0.contains(fault.message)
      },
      "\(problems)")
  }

  @Test(
    "a value of the wrong kind says what would be accepted",
    arguments: [
      Fault("needscast: 1", "needscast: 2", 12, "\"2\" in needscast is no version of the file's layout"),
      Fault("area: Ambridge", "area: [Ambridge]", 7, "area must be a text"),
      Fault("area: Ambridge", "area: \"\"", 7, "area must be a text"),
      Fault(
        "  from: 2021/22", "  from: 2021", 9,
        "\"2021\" in plan.from is not a financial year; write it as 2024/25"),
      Fault("  from: 2021/22", "  from: 2021/23", 9, "is not a financial year"),
      Fault("  from: 2021/22", "  from: 2004/+5", 9, "is not a financial year"),
      Fault("  from: 2021/22", "  from: 1800/01", 9, "is not a financial year"),
      Fault(
        "  from: 2021/22", "  from: 2025-26", 7, "the plan's last year, 2024/25, is before its first, 2025/26"
      ),
      Fault("  draws: 100", "  draws: 0", 10, "\"0\" in plan.draws is not a whole number from 1 to 10000000"),
      Fault("  draws: 100", "  draws: 1.5", 10, "is not a whole number"),
      Fault("  seed: 1", "  seed: -1", 9, "is not a whole number"),
      Fault(
        "    value: 1000", "    value: 1,000", 12,
        "\"1,000\" in assumptions.amount.value is not a number; write digits"),
      Fault("    value: 1000", "    value: 1e999", 12, "is not a number"),
      Fault("    value: 1000", "    value: infinity", 12, "is not a number"),
      Fault("    value: 1000", "    value: 0x10", 12, "is not a number"),
      Fault("    value: 50%", "    value: 50 %", 12, "\"50 %\" in assumptions.share.value is not a number"),
      Fault("    value: 50%", "    value: \"%\"", 12, "is not a number"),
      Fault(
        "low: 1%, most", "low: 9%, most", 12, "assumption \"growth\": low <= most-likely <= high is needed"),
      Fault(
        "    - share: 0.5%", "    - share: 150%", 14,
        "\"150%\" in policies.block-transfer-limit.1.share is not a share; give 0 to 1, or 0% to 100%"),
      Fault(
        "      effective: 2018-04-01", "      effective: 1 April 2018", 18,
        "is not a day; write it as 2028-03-31"),
      Fault("      effective: 2018-04-01", "      effective: 2018-02-30", 18, "is not a day"),
      Fault(
        "  after-override: held", "  after-override: gone", 19,
        "\"gone\" in policies.after-override is not one of held, general-fund, grant"),
      Fault(
        "    kind: cohort-support", "    kind: cohort-suport", 11,
        "there is no kind of service \"cohort-suport\"; did you mean \"cohort-support\"?"),
      Fault(
        "disapplication: approved", "disapplication: maybe", 93,
        "can only be \"approved\"; leave it out otherwise"),
      Fault(
        "    special-setting: special", "    special-setting: boats", 22,
        "must be one of the settings, special, mainstream"),
      Fault(
        "placed-in-own-places: foster", "placed-in-own-places: boats", 27,
        "must be one of the placements, foster, parents"),
      Fault(
        "plans: [plans-special]", "plans: plans-special", 39,
        "must be a list, one \"- item\" a line or [item, item]"),
      Fault(
        "  refused:\\n".replacing("\\n", with: ""), "  base:", 3,
        "\"base\" is the workspace as it stands; choose another name"),
    ])
  func wrongValue(_ fault: Fault) throws {
    let problems = try InventedWorkspace([(fault.old, fault.new)]).problems()
    #expect(
      problems.contains { $0.contains(":\(fault.column): ") && $0.contains(fault.message) }, "\(problems)")
  }

  @Test(
    "a key that is missing is named",
    arguments: [
      ("area: Ambridge\n", "the file needs the key \"area\""), ("  seed: 1\n", "plan needs the key \"seed\""),
      ("    unit: of a whole\n", "assumptions.share needs the key \"unit\""),
      ("      known: 2017-09-30\n", "policies.block-transfer-limit.1 needs the key \"known\""),
      (
        "    kind: cohort-support\n",
        "services.neet needs the key \"kind\", one of ring-fenced-grant, placements, "
      ),
      ("    base-year: 2022/23\n", "services.therapy needs the key \"base-year\""),
      (
        "    no-target: nobody set one\n",
        "services.therapy needs either \"target-weeks\", a series, or \"no-target\""
      ),
      (
        ", weekly-cost: foster-cost",
        "needs either \"weekly-cost\", a series, or \"no-weekly-cost\", the reason"
      ),
      (", priced-as: special", "services.high-needs.settings.mainstream has no price; give \"spend\""),
      ("    reason: No grant is paid.\n", "scenarios.refused needs the key \"reason\""),
    ])
  func missingKey(_ text: String, _ message: String) throws {
    let problems = try InventedWorkspace([(text, "")]).problems()
    #expect(problems.contains { $0.contains(message) }, "\(problems)")
  }

  @Test("two ways of saying one thing are refused, as are settings priced by what is not above them")
  func eitherOr() throws {
    for (old, new, message) in [
      ("no-target: nobody", "target-weeks: rate\n    no-target: nobody", "needs either \"target-weeks\""),
      (
        "weekly-cost: foster-cost", "weekly-cost: foster-cost, no-weekly-cost: none",
        "needs either \"weekly-cost\""
      ),
      ("priced-as: special", "priced-as: special, spend: [places]", "has no price; give"),
      ("priced-as: special", "priced-as: mainstream", "\"mainstream\" is not a setting above this one"),
    ] {
      let problems = try InventedWorkspace([(old, new)]).problems()
      #expect(problems.contains { $0.contains(message) }, "\(problems)")
    }
  }

  @Test("a key given twice, broken YAML, an empty file and other text are refused with their place")
  func notYAML() throws {
    let twice = try InventedWorkspace([("  seed: 1", "  seed: 1\n  seed: 2")]).problems()
    #expect(twice.count == 1)
    #expect(twice[0].contains("the key \"seed\" stands twice in one mapping"))
    let broken = try InventedWorkspace([("area: Ambridge", "area: 'Ambridge")]).problems()
    #expect(broken.count == 1 && broken[0].contains("this is not YAML: "))
    let tab = try InventedWorkspace([("  seed: 1", "\tseed: 1")]).problems()
    #expect(tab[0].hasPrefix("workspace.yaml:\(InventedWorkspace.line(of: "  seed: 1")):"))
    for (text, message) in [
      ("", "workspace.yaml:1: there is nothing in it"), ("hello", "the file must be a mapping"),
      ("[a]: 1", "a key is a list or a mapping"),
      ("a: *nothing", "the reference *nothing names nothing above it"),
      ("- 1\n- 2", "the file must be a mapping of keys to values"),
      ("a: 1\n---\nb: 2", "this is not YAML"),
    ] {
      let invented = try InventedWorkspace()
      _ = try invented.folder.file("workspace.yaml", text)
      #expect(invented.problems().first?.contains(message) == true, "\(invented.problems())")
    }
  }

  @Test("text that is not UTF-8 is refused, not repaired")
  func encoding() throws {
    let invented = try InventedWorkspace()
    _ = try invented.folder.file("workspace.yaml", Array("area: caf".utf8) + [0xE9])
    #expect(invented.problems() == ["workspace.yaml: this is not UTF-8; save it as UTF-8"])
  }

  @Test("references to references cannot fill the memory")
  func explosion() throws {
    let invented = try InventedWorkspace()
    var text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
    for level in 1...9 {
      let reference = "*a\(level - 1)"
      text += "a\(level): &a\(level) [\(Array(repeating: reference, count: 10).joined(separator: ", "))]\n"
    }
    _ = try invented.folder.file("workspace.yaml", text)
    #expect(invented.problems().first?.contains("more than 200000 values") == true)
  }

  @Test("all that can be found is reported together")
  func together() throws {
    let problems = try InventedWorkspace(
      [
        ("value: 1000", "value: many"), ("price-growth: growth", "price-growth: grwth"),
        ("    rate: rate", "    rate: raet"), ("  - list.csv", "  - list.csv\n  - nowhere.csv"),
        ("    spend: outturn", "    spend: elsewhere"),
      ]
    ).problems()
    #expect(problems.contains { $0.contains("\"many\" in assumptions.amount.value is not a number") })
    #expect(
      problems.contains {
        $0.contains(
          "services.therapy.assumptions.price-growth: there is no assumption \"grwth\"; did you mean \"growth\"?"
        )
      })
    #expect(
      problems.contains { $0.contains("services.neet.assumptions.price-growth: there is no assumption") })
    #expect(
      problems.contains {
        $0.contains("services.neet.rate: there is no series \"raet\" for Ambridge; did you mean \"rate\"?")
      })
    #expect(problems.contains { $0.contains("nowhere.csv: there is no such file") })
    // What the missing file would have given is not missed as well, and neither is what could not be read.
    #expect(!problems.contains { $0.contains("elsewhere") || $0.contains("no assumption \"amount\"") })
  }

  @Test("a series of which a row is wrong is complained of once")
  func once() throws {
    let people = try #require(InventedWorkspace.files["people.csv"])
    let problems = try InventedWorkspace(files: [
      "people.csv": people.replacing("plans,Ambridge,2021-01-15,1000", with: "plans,Ambridge,2021-01-15,many")
    ]).problems()
    #expect(problems.count == 1, "\(problems)")
    #expect(problems.first?.hasPrefix("people.csv:10: value \"many\"") == true, "\(problems)")
  }

  @Test("where another value than a text is wanted, the complaint says which")
  func wanted() throws {
    for (old, new, message) in [
      (
        "    value: 50%", "    value: [1]",
        "assumptions.share.value must be a number, such as 0.035 or 3.5%, or a range"
      ),
      ("low: 1%", "low: [1]", "assumptions.growth.value.low must be a number, such as 0.035 or 3.5%"),
      ("  draws: 100", "  draws: []", "plan.draws must be a whole number from 1 to 10000000"),
      ("  from: 2021/22", "  from: []", "plan.from must be a financial year, such as 2024/25"),
      ("census: 2021-01-15", "census: {}", "census must be a day, such as 2028-03-31"),
      ("after-override: held", "after-override: []", "must be one of held, general-fund, grant"),
      ("- share: 0.5%", "- share: []", "must be a share, 0 to 1 or 0% to 100%"),
      (
        "needscast: 1", "needscast: 2",
        "\"2\" in needscast is no version of the file's layout; version 1 is the only one"
      ),
    ] {
      let problems = try InventedWorkspace([(old, new)]).problems()
      #expect(problems.contains { $0.contains(message) }, "\(message): \(problems)")
    }
  }

  @Test("two statements of one year are refused at the second")
  func statedTwice() throws {
    let line = InventedWorkspace.line(of: "year: 2020/21, amount: -2000000")
    let problems = try InventedWorkspace([
      (
        "source: Accounts}",
        "source: Accounts}\n      - {year: 2020-21, amount: -3000000, known: 2021-08-01, source: Accounts}"
      )
    ]).problems()
    #expect(
      problems == [
        "workspace.yaml:\(line + 1):9: services.high-needs.opening-balances states 2020/21 twice; keep the statement that "
          + "is to count"
      ], "\(problems)")
  }

  @Test("an assumption is printed as it was written, per cent as per cent and thousands with commas")
  func written() throws {
    let plan = try InventedWorkspace([
      ("value: 50%", "value: 11.7%"), ("low: 1%", "low: -300%"), ("value: 1000", "value: 780000.5"),
    ]).read().plan()
    #expect(plan.assumptions.map(\.text) == ["-300% to 7%, most likely 3.5%", "11.7%", "780,000.5"])
    #expect(plan.assumptions[1].value == .fixed(0.117))
    #expect(plan.assumptions.map(\.isPercentage) == [true, true, false])
  }

  // MARK: References

  @Test(
    "a series that is not there is named, with the nearest that is",
    arguments: [
      (
        "      deficit: deficit", "      deficit: defict",
        "there is no series \"defict\" for Ambridge; did you mean \"deficit\"?"
      ),
      (
        "plans: [plans-special]", "plans: [plans-spatial]",
        "services.high-needs.settings.special.plans.1: there is no series"
      ),
      (
        "    children: children", "    children: unicorns",
        "there is no series \"unicorns\" for Ambridge; add it to one of the series files"
      ),
      ("    list: list", "    list: lisd", "there is no series \"lisd\" for Borsetshire"),
      (
        "    list-area: Borsetshire", "    list-area: Felpersham",
        "no series file has any series for Felpersham"
      ),
      ("    rate: rate", "    rate: [rate]", "services.neet.rate must be a text"),
      ("    list-area: Borsetshire", "    list-area: []", "services.therapy.list-area must be a text"),
    ])
  func unknownSeries(_ old: String, _ new: String, _ message: String) throws {
    let problems = try InventedWorkspace([(old, new)]).problems()
    #expect(problems.contains { $0.contains(message) }, "\(problems)")
  }

  @Test(
    "an assumption that is not there is named, in services and in rules",
    arguments: [
      (
        "      take-up: share", "      take-up: shares",
        "services.neet.assumptions.take-up: there is no assumption \"shares\"; did you mean \"share\"?"
      ),
      (
        "    hold-spread: share", "    hold-spread: elsewhere",
        "hold-spread: there is no assumption \"elsewhere\"; add it under assumptions"
      ),
      (
        "        plan-approved: share", "        plan-approved: shar",
        "policies.stability-grant.1.grant.plan-approved: there is no assumption \"shar\""
      ),
      (
        "        eligible-share: share", "        eligible-share: shar",
        "policies.stability-grant.1.grant.eligible-share: there is"
      ),
    ])
  func unknownAssumption(_ old: String, _ new: String, _ message: String) throws {
    let problems = try InventedWorkspace([(old, new)]).problems()
    #expect(problems.contains { $0.contains(message) }, "\(problems)")
  }

  // MARK: Series files

  @Test(
    "a series file must lie in the folder, once",
    arguments: [
      ("../people.csv", "\"../people.csv\" leads out of the workspace; keep its files in its folder"),
      ("a/../../people.csv", "leads out of the workspace"), ("/etc/people.csv", "leads out of the workspace"),
      ("./", "leads out of the workspace"),
      ("people.csv", "\"people.csv\" is listed twice"), ("./people.csv", "\"./people.csv\" is listed twice"),
      ("nowhere.csv", "nowhere.csv: there is no such file"), ("{a: b}", "must be a text"),
    ])
  func seriesFiles(_ name: String, _ message: String) throws {
    let line = InventedWorkspace.line(of: "  - list.csv")
    let problems = try InventedWorkspace([("  - list.csv", "  - list.csv\n  - \(name)")]).problems()
    #expect(problems.count == 1)
    #expect(problems.first?.hasPrefix("workspace.yaml:\(line + 1):5: ") == true, "\(problems)")
    #expect(problems.first?.contains(message) == true, "\(problems)")
  }

  @Test("what is wrong in a series file stands under its own line")
  func seriesProblems() throws {
    let problems = try InventedWorkspace(files: [
      "list.csv": "series,area,period,value\nlist,Borsetshire,2022-01,many\n"
    ]).problems()
    #expect(problems.first?.hasPrefix("list.csv:2: ") == true, "\(problems)")
    let mixed = try InventedWorkspace(files: [
      "list.csv": "series,area,period,value\nlist,Borsetshire,2022-01,1\nlist,Borsetshire,2022-01,2\n"
    ]).problems()
    #expect(mixed.first?.hasPrefix("list.csv") == true, "\(mixed)")
    let notList = try InventedWorkspace([
      ("series:\n  - people.csv\n  - money.csv\n  - list.csv", "series: people.csv")
    ]).problems()
    #expect(notList.contains { $0.contains("series must be a list") })
  }

  @Test("one series in two files is refused")
  func duplicateSeries() throws {
    let problems = try InventedWorkspace(files: [
      "list.csv": (InventedWorkspace.files["list.csv"] ?? "") + "rate,Ambridge,2022-01,3,count,2022-03-10\n"
    ]).problems()
    #expect(
      problems.contains { $0.contains("series \"rate\" appears twice for area \"Ambridge\"") }, "\(problems)")
  }

  // MARK: Names and years

  @Test("the nearest name has the fewest edits, and a far one is not offered")
  func nearest() {
    #expect(NearestName.distance("kitten", "sitting") == 3)
    #expect(NearestName.distance("", "abc") == 3)
    #expect(NearestName.distance("abc", "") == 3)
    #expect(NearestName.nearest(to: "draw", among: ["seed", "draws"]) == "draws")
    #expect(NearestName.nearest(to: "zzzzzz", among: ["seed", "draws"]) == nil)
    #expect(NearestName.nearest(to: "x", among: []) == nil)
    #expect(NearestName.advice(for: "zzzzzz", among: ["b", "a"]) == "accepted are a, b")
    #expect(NearestName.advice(for: "zzzzzz", among: ["a"]) == "accepted is a")
    #expect(NearestName.advice(for: "drawn", among: ["draws"]) == "did you mean \"draws\"?")
  }

  @Test("a financial year is read in both forms and in no other")
  func financialYears() {
    #expect(FinancialYear("2024/25") == FinancialYear(2024))
    #expect(FinancialYear("1999-00") == FinancialYear(1999))
    for text in ["2024", "2024/5", "2024/26", "24/25", "2024//25", "", "/", "٢٠٢٤/٢٥", "1899/00", "2200/01"] {
      #expect(FinancialYear(text) == nil, "\(text)")
    }
  }
}
