import Testing
import TimeSeries

@testable import Evidence

@Suite("Tables of a gazetteer")
struct GazetteerTablesTests {
  var authorities = """
    number,name,region,first_day,last_day,other_names
    101,Old Shire,South East,,2027-03-31,
    102,East Shire,South East,2027-04-01,,Eastern Shire; E Shire
    103,West Shire,South East,2027-04-01,,

    """
  var codes = """
    code,number,first_day,last_day
    E10000099,101,2009-01-01,2027-03-31
    E06000098,102,2027-04-01,
    E06000099,103,2027-04-01,

    """
  var changes = """
    change,day,kind,from,to,extent,note
    shire-2027,2027-04-01,split,101,102,part,
    shire-2027,2027-04-01,split,101,103,part,

    """
  var combined = """
    name,members,codes,first_day,last_day,other_names,note
    The Shires,103;102,,2027-04-01,,,

    """

  func gazetteer() throws(EvidenceError) -> Gazetteer {
    func file(_ name: String, _ text: String) -> FileContents {
      FileContents(path: name, bytes: Array(text.utf8))
    }
    return try Gazetteer(
      authorities: file("a.csv", authorities), codes: file("c.csv", codes), changes: file("h.csv", changes),
      combined: file("m.csv", combined))
  }

  @Test("A reorganisation to come can be added by tables of one's own")
  func own() throws {
    let gazetteer = try gazetteer()
    #expect(gazetteer.authorities.map(\.number) == [101, 102, 103])
    #expect(try gazetteer.authority(named: "E Shire", on: theDay("2028-01-01")).number == 102)
    #expect(gazetteer.constantAreas.map(\.name) == ["Old Shire"])
    #expect(gazetteer.combinedAreas.first?.members == [102, 103])
    #expect(gazetteer.changes(of: 101).map(\.id) == ["shire-2027"] && gazetteer.changes(of: 343).isEmpty)
  }

  @Test("Every row that is wrong is named with its line and what would be accepted")
  func problems() {
    var tables = self
    tables.authorities += """
      104,X,Southeast,,,
      101,Again,South East,,,
      abc,Y,South East,,,
      105,Z,South East,1 April,,

      """
    tables.codes += """
      E06000099,103,2027-04-01,
      X,103,2027-04-01,
      E06000097,107,2027-04-01,
      E06000096,103,2027-04-01,2026-01-01
      E06000095,103,soon,

      """
    tables.changes += """
      shire-2027,2028-04-01,split,101,102,part,
      b,2027-04-01,splitt,101,102,part,
      b,2027-04-01,split,101,102,all,
      b,2027-04-01,split,101,222,whole,

      """
    tables.combined += """
      A,101,,,,,
      B,101;999,,,,,
      C,101;101,,,,,
      D,101;102,,then,,,

      """
    let error = #expect(throws: EvidenceError.self) { try tables.gazetteer() }
    guard case .badData(let problems, 0)? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    let said = problems.map { "\($0.file):\($0.row ?? 0) \($0.message)" }
    let wanted = [
      "a.csv:5 region \"Southeast\" is not known; did you mean \"South East\"?",
      "a.csv:6 number 101 stands twice",
      "a.csv:7 number \"abc\" is not the three-digit number",
      "a.csv:8 first_day \"1 April\" is not a day such as",
      "c.csv:5 code \"E06000099\" stands twice", "c.csv:6 code \"X\"",
      "c.csv:7 number 107 is not in the table",
      "c.csv:8 last_day is before first_day", "c.csv:9 first_day \"soon\"",
      "h.csv:4 change \"shire-2027\" has another day",
      "h.csv:5 kind \"splitt\" is not known; did you mean \"split\"?",
      "h.csv:6 extent \"all\" is not known",
      "h.csv:7 to \"222\"", "m.csv:3 members \"101\"", "m.csv:4 members \"101;999\"",
      "m.csv:5 members \"101;101\"",
      "m.csv:6 first_day \"then\"",
    ]
    for start in wanted { #expect(said.contains { $0.hasPrefix(start) }, "\(start)") }
    #expect(problems.count == wanted.count, "\(said.joined(separator: "\n"))")
  }

  @Test("A table without a column, or with a row of another length, is refused")
  func malformed() {
    var one = self
    one.codes = "code,number,first_day\n"
    #expect(
      throws: EvidenceError.badData(
        Problem(
          file: "c.csv", row: 1,
          message: "there is no column \"last_day\"; wanted are code, number, first_day, last_day"))
    ) {
      try one.gazetteer()
    }
    var two = self
    two.changes += "a,b\n"
    #expect(throws: EvidenceError.self) { try two.gazetteer() }
  }

  @Test("Changes that lead back to an authority come to an end")
  func circle() throws {
    var tables = self
    tables.changes += "back,2028-04-01,merger,102,101,whole,\n"
    let gazetteer = try tables.gazetteer()
    for number in [101, 102, 103] {
      let authority = try #require(gazetteer[number])
      for keeping in ConstantArea.Keeping.allCases {
        #expect(gazetteer.constantArea(of: authority, keeping: keeping).generations.count < 6)
      }
    }
  }
}

@Suite("Changes of authorities")
struct AreaChangeTests {
  let gazetteer: Gazetteer

  init() throws { gazetteer = try Gazetteer.english }

  @Test("Who ends is followed, and who begins follows, on the very day and in no gap")
  func daysMeet() throws {
    for authority in gazetteer.authorities {
      if let last = authority.lastDay {
        let after = gazetteer.successors(of: authority.number)
        #expect(
          !after.isEmpty && after.allSatisfy { $0.firstDay == last.adding(days: 1) }, "\(authority.label)")
      } else {
        #expect(gazetteer.successors(of: authority.number).isEmpty, "\(authority.label)")
      }
      if let first = authority.firstDay {
        let before = gazetteer.predecessors(of: authority.number)
        #expect(
          !before.isEmpty && before.allSatisfy { $0.lastDay == first.adding(days: -1) }, "\(authority.label)")
      } else {
        #expect(gazetteer.predecessors(of: authority.number).isEmpty, "\(authority.label)")
      }
    }
  }

  @Test(
    "A code changes on the day of a change that says so; those of Barnsley and Sheffield came a month late")
  func codesChangeWithAreas() throws {
    for authority in gazetteer.authorities {
      for (_, next) in zip(authority.codes, authority.codes.dropFirst()) {
        let days = gazetteer.changes(of: authority.number).map(\.day)
        let wanted = [370, 373].contains(authority.number) ? next.firstDay.adding(months: -1) : next.firstDay
        #expect(days.contains(wanted), "\(authority.label) \(next.text)")
      }
    }
  }

  @Test("Splits keep every border, Dorset's reorganisation does not, because Christchurch left the county")
  func borders() throws {
    let kept = Dictionary(uniqueKeysWithValues: gazetteer.changes.map { ($0.id, $0.keepsBoundaries) })
    #expect(
      kept["cumbria-2023"] == true && kept["northamptonshire-2021"] == true && kept["cheshire-2009"] == true)
    #expect(kept["somerset-2023"] == true && kept["buckinghamshire-2020"] == true)
    #expect(kept["dorset-2019"] == false && kept["gateshead-2013"] == false && kept["barnsley-2025"] == false)
    let dorset = try #require(gazetteer.changes.first { $0.id == "dorset-2019" })
    #expect(dorset.predecessors == [835, 836, 837] && dorset.successors == [838, 839])
    #expect(gazetteer.changes.map(\.day) == gazetteer.changes.map(\.day).sorted())
  }

  @Test("Cumbria, Northamptonshire, Dorset, Bedfordshire and Cheshire can be held constant")
  func constant() throws {
    let areas = gazetteer.constantAreas
    #expect(
      areas.map(\.name) == [
        "Bedfordshire", "Cheshire", "Cumbria", "Dorset + Bournemouth, Christchurch and Poole",
        "Northamptonshire",
      ])
    let cumbria = areas[2]
    #expect(
      cumbria.generations.map(\.members) == [[909], [942, 943]] && cumbria.members == [909, 942, 943])
    #expect(cumbria.generations.map(\.fitsPrevious) == [true, true])
    #expect(cumbria.generations[0].lastDay == (try theDay("2023-03-31")))
    #expect(
      cumbria.generations[1].firstDay == (try theDay("2023-04-01")) && cumbria.generations[1].lastDay == nil)
    for number in cumbria.members {
      #expect(gazetteer.constantArea(of: try #require(gazetteer[number])) == cumbria)
    }
    let sefton = gazetteer.constantArea(of: try #require(gazetteer[343]))
    #expect(sefton.name == "Sefton" && sefton.generations.map(\.members) == [[343]])
  }

  @Test("The nearest whole authorities of Bournemouth, Christchurch and Poole before 2019 lack Christchurch")
  func nearest() throws {
    func generations(_ number: Int) throws -> [[Int]] {
      gazetteer.constantArea(of: try #require(gazetteer[number]), keeping: .nearest).generations.map(
        \.members)
    }
    let bcp = gazetteer.constantArea(of: try #require(gazetteer[839]), keeping: .nearest)
    #expect(
      bcp.generations.map(\.members) == [[836, 837], [839]]
        && bcp.name == "Bournemouth, Christchurch and Poole")
    #expect(bcp.generations.map(\.fitsPrevious) == [true, false])
    #expect(try generations(838) == [[835], [838]] && generations(835) == [[835], [838]])
    #expect(try generations(837) == [[837], [839]] && generations(942) == [[942]])
    #expect(try generations(909) == [[909], [942, 943]] && generations(343) == [[343]])
    let cumbria = gazetteer.constantArea(of: try #require(gazetteer[909]), keeping: .nearest)
    #expect(cumbria.generations.map(\.fitsPrevious) == [true, true])
  }
}
