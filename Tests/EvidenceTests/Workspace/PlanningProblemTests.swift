import Commissioning
import Evidence
import Testing
import TimeSeries

@Suite("What is sound to read and no plan can be made of")
struct PlanningProblemTests {
  private static func problems(
    _ changes: [(String, String)] = [], files: [String: String] = [:]
  ) throws -> [String] {
    // Two years of a population are too few for any model.
    let people = """
      people,Ambridge,2017-06-30,19700,count,2018-06-30,yearly
      people,Ambridge,2018-06-30,19850,count,2019-06-30,yearly
      people,Ambridge,2019-06-30,19900,count,2020-06-30,yearly
      plans,Ambridge,2019-01-15,850,count,2019-06-30,yearly
      plans,Ambridge,2020-01-15,930,count,2020-06-30,yearly

      """
    var all = InventedWorkspace.files.merging(files, uniquingKeysWith: { $1 })
    all["people.csv"]? += people
    let invented = try InventedWorkspace(changes, files: all)
    return try invented.read().planningProblems().map {
      "\($0.severity.rawValue): " + $0.description.replacing(invented.folder.path + "/", with: "")
    }
  }

  @Test("a figure is named in its own file and line")
  func figure() throws {
    let money = try #require(InventedWorkspace.files["money.csv"])
    let problems = try Self.problems(files: [
      "money.csv": money.replacing("financial,900,pounds per week", with: "financial,-900,pounds per week")
    ])
    #expect(
      problems.contains(
        "error: money.csv:9: looked-after: \"foster-cost\" is -900 at 2020/21, and a weekly cost above nothing is "
          + "needed; mend the series file"), "\(problems)")
  }

  @Test("an assumption is named where its value stands, and a scenario that spoils it is named with it")
  func assumption() throws {
    let line = InventedWorkspace.line(of: "    value: 50%")
    let problems = try Self.problems([("value: 50%", "value: 150%")])
    #expect(
      problems.contains {
        $0.hasPrefix("error: workspace.yaml:\(line):12: ") && $0.contains("the assumption \"share\" is")
      }, "\(problems)")
    let sound = try Self.problems()
    let spoilt = try Self.problems([("assumptions.share.value: 0%", "assumptions.share.value: -10%")])
    #expect(!sound.contains { $0.contains("scenario refused: ") })
    #expect(spoilt.contains { $0.contains("scenario refused: ") && $0.contains("\"share\"") }, "\(spoilt)")
  }

  @Test("without any date of publication a plan is not tried, and that is a warning")
  func undated() throws {
    let files = InventedWorkspace.files.mapValues { $0.replacing("published", with: "seen") }
    let problems = try Self.problems(
      [("known: 2021-07-01", "known: 2021-07-01")], files: files)
    // The rules of the workspace have dates of their own, so the plan is tried as of the last of them.
    #expect(problems.allSatisfy { $0.hasPrefix("error: ") })
  }

  // MARK: Leaps

  @Test(
    "a value ten times the one before it is doubted in its own line",
    arguments: [
      ("people,Ambridge,2021-06-30,20100,", "people,Ambridge,2021-06-30,201000.5,", 3, "from 20000 at"),
      ("people,Ambridge,2021-06-30,20100,", "people,Ambridge,2021-06-30,20,", 3, "to 20 at 2021-06-30"),
    ])
  func leaps(_ old: String, _ new: String, _ line: Int, _ words: String) throws {
    let people = try #require(InventedWorkspace.files["people.csv"])
    let invented = try InventedWorkspace(files: ["people.csv": people.replacing(old, with: new)])
    let warnings = try invented.read().warnings
    #expect(
      warnings.contains {
        $0.severity == .warning && $0.file.hasSuffix("people.csv") && $0.row == line
          && $0.message.contains("leaps") && $0.message.contains(words)
      }, "\(warnings)")
  }

  @Test("small counts, shares, and values at a marked break or with a note may leap")
  func noLeap() throws {
    let invented = try InventedWorkspace(files: [
      "list.csv": """
      series,area,period,value,unit,published,break,note
      list,Borsetshire,2022-01,400,count,2022-03-10,no,
      list,Borsetshire,2022-02,4,count,2022-04-10,yes,
      seen,Borsetshire,2022-01,400,count,2022-03-10,no,
      seen,Borsetshire,2022-02,4,count,2022-04-10,no,as published
      small,Borsetshire,2022-01,1,count,2022-03-10,no,
      small,Borsetshire,2022-02,19,count,2022-04-10,no,
      part,Borsetshire,2022-01,1,per cent,2022-03-10,no,
      part,Borsetshire,2022-02,99,per cent,2022-04-10,no,

      """
    ])
    #expect(try invented.read().warnings == [])
  }
}
