import Commissioning
import Testing
import TimeSeries

@testable import Evidence

@Suite("A workspace begun for a council")
struct StartingWorkspaceTests {
  private let invented: InventedPublications
  init() throws { invented = try InventedPublications() }

  private func refusal(_ body: () throws -> Void) -> String {
    do {
      try body()
      return ""
    } catch {
      return "\(error)"
    }
  }

  private func written(_ workspace: StartingWorkspace) throws -> Workspace {
    let folder = try TemporaryFolder()
    try workspace.write(to: folder.path + "/w")
    return try Workspace(reading: folder.path + "/w")
  }

  @Test("Any council's workspace reads back without an error and can be planned")
  func plans() throws {
    let files = try StartingFiles(reading: invented.usual())
    for place in InventedPublications.places {
      let begun = try StartingWorkspace(area: "\(place.number)", from: files)
      #expect(begun.area == place.name)
      #expect(begun.services.count == 3, "\(begun.leftOut)")
      let workspace = try written(begun)
      #expect(workspace.planningProblems().isEmpty)
      let plan = try workspace.plan()
      #expect(plan.area == place.name)
      #expect(plan.services.map(\.id) == ["high-needs", "looked-after", "participation"])
      let date = try #require(workspace.latestPublication)
      let outcome = try PlanSimulator(plan, evidence: workspace.evidence).run(
        scenario: "base", options: .init(asOf: date, draws: 50, seed: 1))
      #expect(outcome.refusals.isEmpty)
      #expect(outcome.total.count == 5)
    }
  }

  @Test("The plan begins after the latest outturn, and may be told to begin elsewhere")
  func years() throws {
    let files = try StartingFiles(reading: invented.usual())
    let begun = try StartingWorkspace(area: "Sefton", from: files)
    #expect(begun.years == FinancialYear(2025)...FinancialYear(2029))
    let other = try StartingWorkspace(
      area: "Sefton", from: files,
      choices: .init(firstYear: FinancialYear(2021), lastYear: FinancialYear(2027)))
    #expect(try written(other).plan().years == FinancialYear(2021)...FinancialYear(2027))
    #expect(
      refusal {
        _ = try StartingWorkspace(area: "Sefton", from: files, choices: .init(lastYear: FinancialYear(2020)))
      }.contains("is before the plan's first year, 2025/26"))
  }

  @Test("Every figure says the row it came from, and that the day of its publication is approximate")
  func provenance() throws {
    let begun = try StartingWorkspace(area: "Sefton", from: try StartingFiles(reading: invented.usual()))
    let plan = try written(begun)
    let series = try #require(plan.evidence["ehc-plans", area: "Sefton"])
    #expect(series.points.count == 8)
    let first = try #require(series.points.first)
    #expect(first.origin?.source?.hasPrefix("lait.csv:2, measure SEN_CASES_JAN") == true)
    #expect(first.publication?.isApproximate == true)
    #expect(first.period == .censusDate(try #require(CivilDate(year: 2018, month: 1, day: 15))))
    // The file has a hyphen for 2013.
    let children = try #require(plan.evidence["looked-after-children", area: "Sefton"])
    #expect(
      children.points.first?.period.startYear == 2014 || children.points.first?.period.end?.year == 2014)
    #expect(plan.evidence["looked-after-spend", area: "Sefton"]?.points.first?.period == .financialYear(2016))
    #expect(plan.evidence["neet-16-17", area: "Sefton"]?.points.first?.period == .financialYear(2017))
    #expect(plan.evidence["looked-after-children", area: "England"] == nil)
  }

  @Test("Every assumption is marked as one that nobody has looked at, and one warning counts them")
  func unreviewed() throws {
    let begun = try StartingWorkspace(area: "Sefton", from: try StartingFiles(reading: invented.usual()))
    let workspace = try written(begun)
    let plan = try workspace.plan()
    #expect(plan.assumptions.allSatisfy(UnreviewedAssumptions.isUnreviewed))
    #expect(begun.unreviewed == plan.assumptions.count)
    let warnings = workspace.warnings.filter { $0.message.contains("nobody who knows the place") }
    #expect(warnings.count == 1)
    #expect(
      warnings.first?.message.hasPrefix("\(begun.unreviewed) of \(begun.unreviewed) assumptions") == true)
    #expect(warnings.first?.row != nil)
  }

  @Test("A service whose figures are missing is left as comments that say which file brings them")
  func leftOut() throws {
    let files = try StartingFiles(reading: [
      try invented.tool(without: ["Number_Foster_Places(New)"]), try invented.population(),
      try invented.allocations(),
    ])
    let begun = try StartingWorkspace(area: "Wirral", from: files)
    #expect(begun.services == ["Young people not in education, employment or training"])
    let reasons = Dictionary(uniqueKeysWithValues: begun.leftOut.map { ($0.name, $0.reason) })
    #expect(reasons["Children looked after"]?.contains("brings foster-places") == true)
    #expect(reasons["High needs"]?.contains("(layout section-251) brings") == true)
    #expect(reasons["High needs"]?.contains("dsg-cumulative-deficit") == true)
    #expect(reasons["Speech and language therapy"]?.contains("--care-board NAME") == true)
    let yaml = try #require(begun.files.last?.text)
    #expect(yaml.contains("\n  # looked-after:\n"))
    #expect(yaml.contains("# Children looked after is left out: Wirral (344) lacks figures"))
    #expect(!yaml.contains("looked-after-budget-uplift:\n"))
    #expect(try written(begun).planningProblems().isEmpty)
  }

  @Test("Where the files suffice for no service, it says what each lacks")
  func nothingSuffices() throws {
    let files = try StartingFiles(reading: [try invented.allocations()])
    let text = refusal { _ = try StartingWorkspace(area: "Sefton", from: files) }
    #expect(text.contains("Sefton: High needs cannot be planned from these files"))
    #expect(text.contains("Sefton: Children looked after cannot be planned"))
  }

  @Test("A series too short for any model leaves its service out with the plan's own reason")
  func short() throws {
    let files = try StartingFiles(reading: [try invented.tool(), try invented.population(short: 343)])
    let text = refusal { _ = try StartingWorkspace(area: "Sefton", from: files) }
    #expect(text.contains("the plan refuses it"))
    #expect(text.contains("population-0-17"))
  }

  @Test("Waiting lists come in with a board, by any way of writing its name")
  func waits() throws {
    let files = try StartingFiles(reading: invented.usual() + [try invented.waits()])
    #expect(try StartingWorkspace(area: "Sefton", from: files).services.count == 3)
    let begun = try StartingWorkspace(
      area: "Sefton", from: files, choices: .init(board: "NHS Cheshire and Merseyside Integrated Care Board"))
    #expect(begun.services.count == 6, "\(begun.leftOut)")
    let workspace = try written(begun)
    #expect(workspace.planningProblems().isEmpty)
    let list = try #require(
      workspace.evidence["waiting-occupational-therapy", area: "CHESHIRE AND MERSEYSIDE"])
    #expect(list.points.count == 9)
    #expect(workspace.evidence["waiting-occupational-therapy", area: "Dorset"] == nil)
    let text = refusal {
      _ = try StartingWorkspace(area: "Sefton", from: files, choices: .init(board: "Dorest"))
    }
    #expect(text.contains("did you mean \"Dorset\""))
    let none = try StartingFiles(reading: invented.usual())
    #expect(
      refusal { _ = try StartingWorkspace(area: "Sefton", from: none, choices: .init(board: "Dorset")) }
        .contains("no file holds waiting lists"))
  }

  @Test("Other authorities are all, those of the region, or the statistical neighbours")
  func comparators() throws {
    let files = try StartingFiles(reading: invented.usual() + [try invented.neighbours()])
    func areas(_ kind: StartingWorkspace.Comparators, of area: String = "Sefton") throws -> Set<String> {
      Set(
        try written(StartingWorkspace(area: area, from: files, choices: .init(comparators: kind))).evidence
          .compactMap(\.area))
    }
    #expect(try areas(.all).count == 5)
    #expect(try areas(.region) == ["Sefton", "Wirral", "Knowsley"])
    #expect(try areas(.neighbours) == ["Sefton", "Wirral", "Bristol, City of"])
    #expect(
      refusal { _ = try areas(.neighbours, of: "Knowsley") }.contains("has no neighbours of Knowsley (340)"))
    let without = try StartingFiles(reading: invented.usual())
    #expect(
      refusal {
        _ = try StartingWorkspace(area: "Sefton", from: without, choices: .init(comparators: .neighbours))
      }.contains("give the file with --from"))
  }

  @Test("An area that is not known, that ended, or of which nothing is held is refused with what to write")
  func areas() throws {
    let files = try StartingFiles(reading: invented.usual())
    func said(_ area: String) -> String { refusal { _ = try StartingWorkspace(area: area, from: files) } }
    #expect(said("Seftn").contains("did you mean \"Sefton\""))
    #expect(said("Northamptonshire").contains("West Northamptonshire (941)"))
    #expect(said("Kent").contains("no file holds anything of Kent (886)"))
    #expect(said("St Helens").contains("of its region they hold Knowsley, Sefton and Wirral"))
  }

  @Test("An authority that followed others begins with its own short series, and says so")
  func followers() throws {
    let files = try StartingFiles(reading: invented.usual())
    let begun = try StartingWorkspace(area: "839", from: files)
    #expect(begun.notes.contains { $0.contains("began on 1 April 2019") && $0.contains("Poole (836)") })
  }

  @Test("A file that no layout knows, or that a plan needs nothing of, is refused with what to give")
  func strangers() throws {
    let stranger = try invented.folder.file("m3.csv", "series_id,frequency,x\n1,2,3\n")
    #expect(refusal { _ = try StartingFiles(reading: [stranger]) }.contains("give lait.csv.gz"))
    #expect(refusal { _ = try StartingFiles(reading: []) }.contains("--from"))
    let fingertips = try invented.folder.file(
      "projection.csv",
      "AREA_CODE,AREA_NAME,COMPONENT,SEX,AGE_GROUP,2022\nE08000014,Sefton,Population,persons,0,5\n")
    #expect(
      refusal { _ = try StartingFiles(reading: [fingertips]) }.contains("holds nothing that a plan needs"))
  }

  @Test("The tool's dictionary may be among the files, and is not taken for figures")
  func dictionary() throws {
    let dictionary = try invented.folder.file(
      "lait_measures.csv",
      "Measure_short,Topic,Measure,Polarity,y_axis_name,dps,Year_Type\nLACnum,a,b,Low,c,,Annual\n")
    let files = try StartingFiles(reading: [dictionary, try invented.tool()])
    #expect(files.notes.contains { $0.contains("explains measures") })
    #expect(files.files.first?.series.isEmpty == true)
  }

  @Test("Of two files that hold the same series the first is taken, and it is said")
  func twice() throws {
    let first = try invented.tool()
    let second = try invented.tool("later.csv")
    let files = try StartingFiles(reading: [first, second])
    #expect(files.held("ehc-plans", .authority(343))?.path == first)
    #expect(files.notes.contains { $0.contains("later.csv") && $0.contains("named first") })
  }

  @Test("A series file with the identifiers of a plan is taken as it is, with its own days of publication")
  func plainSeries() throws {
    let own = try invented.folder.file(
      "own.csv",
      "series,area,period,value,unit,published,frequency\nehc-plans,Sefton,2024-01-15,1234,count,2024-02-01,yearly\nehc-plans,Sefton,2025-01-15,1300,count,2025-02-01,yearly\n"
    )
    let files = try StartingFiles(reading: [own])
    let held = try #require(files.held("ehc-plans", .authority(343)))
    #expect(held.figures.map(\.observation) == [.value(1234), .value(1300)])
    #expect(held.figures.first?.publication == Publication(date: try #require(CivilDate("2024-02-01"))))
  }

  @Test("Names of files with quotes, colons, hashes and newlines break nothing")
  func hostileNames() throws {
    for name in [
      "it's.csv", "a: b #c.csv", "\"x\".csv", "two\nlines: {a}.csv", "- {{area}} #<< x.csv", "=cmd().csv",
    ] {
      let files = try StartingFiles(reading: [try invented.tool(name), try invented.population()])
      let workspace = try written(StartingWorkspace(area: "Sefton", from: files))
      #expect(try workspace.plan().area == "Sefton")
      let source = workspace.evidence["ehc-plans", area: "Sefton"]?.points.first?.origin?.source
      #expect(source?.contains(name) == true)
    }
  }

  @Test("The same files give the same bytes")
  func determinism() throws {
    let paths = try invented.usual()
    let first = try StartingWorkspace(area: "Sefton", from: try StartingFiles(reading: paths))
    let second = try StartingWorkspace(area: "E08000014", from: try StartingFiles(reading: paths))
    #expect(first.files == second.files)
  }

  @Test("A cell that cannot be read is a warning, and the rest is taken")
  func unreadableCells() throws {
    let broken = try invented.folder.file(
      "broken.csv",
      "measure,area,la_number,region,period,value\nLACnum,Sefton,343,North West,2024,many\nLACnum,Sefton,343,North West,2025,500\n"
    )
    let files = try StartingFiles(reading: [broken])
    #expect(files.warnings.count == 1)
    #expect(files.warnings.first?.severity == .warning)
    #expect(files.latest("looked-after-children", .authority(343)) == 500)
  }
}
