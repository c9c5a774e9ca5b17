import Testing
import TimeSeries

@testable import Evidence

/// A day, as tests write it.
func theDay(_ text: String) throws -> CivilDate { try #require(CivilDate(text)) }

@Suite("The authorities of England since 2009")
struct GazetteerTests {
  let gazetteer: Gazetteer

  init() throws { gazetteer = try Gazetteer.english }

  @Test(
    "There were as many authorities as the Department counted, and 14 and 19 of them in the halves of London",
    arguments: [
      ("2009-03-31", 150), ("2009-04-01", 152), ("2019-03-31", 152), ("2019-04-01", 151), ("2021-03-31", 151),
      ("2021-04-01", 152), ("2023-03-31", 152), ("2023-04-01", 153), ("2025-05-01", 153),
    ])
  func counts(_ text: String, _ count: Int) throws {
    let then = try theDay(text)
    #expect(gazetteer.authorities(on: then).count == count)
    #expect(gazetteer.authorities(in: .innerLondon, on: then).count == 14)
    #expect(gazetteer.authorities(in: .outerLondon, on: then).count == 19)
    #expect(gazetteer.authorities(in: .london, on: then).count == 33)
    let regions = Region.allCases.filter { $0.within == nil }
    #expect(regions.map { gazetteer.authorities(in: $0, on: then).count }.reduce(0, +) == count)
  }

  @Test("Every authority has one code on every day, but Cornwall and Scilly before they were parted")
  func codesCoverDays() throws {
    let start = try theDay("2009-01-01")
    let parted = try theDay("2009-04-01")
    for authority in gazetteer.authorities {
      var next = max(authority.firstDay ?? start, [420, 908].contains(authority.number) ? parted : start)
      for code in authority.codes {
        #expect(code.firstDay == next, "\(authority.label) \(code.text)")
        if let last = code.lastDay { next = last.adding(days: 1) }
      }
      #expect(authority.codes.last?.lastDay == authority.lastDay, "\(authority.label)")
      #expect(authority.firstDay.map { authority.code(on: $0) != nil } ?? true)
      #expect(authority.code(on: start.adding(days: -1)) == nil)
    }
    #expect(gazetteer[420]?.code(on: start) == nil && gazetteer[420]?.code(on: parted) == "E06000053")
  }

  @Test("Every number, and every code without its day, leads to its authority and no other")
  func numbersAndCodes() throws {
    for authority in gazetteer.authorities {
      #expect(try gazetteer.authority(named: String(authority.number)) == authority)
      #expect(try gazetteer.authority(numbered: authority.number) == authority)
      #expect(try gazetteer.authority(named: "\(authority.number).0") == authority)
      for code in authority.codes {
        #expect(try gazetteer.authority(named: code.text) == authority)
        #expect(try gazetteer.area(named: " \(code.text.lowercased())\u{A0}") == .authority(authority))
      }
    }
  }

  @Test(
    "Every name leads to its authority on its days, in capitals, with an ampersand, a style or a footnote mark"
  )
  func names() throws {
    let styles: [(String) -> String] = [
      { $0 }, { $0.uppercased() }, { $0.split(separator: " and ").joined(separator: " & ") }, { "  \($0) " },
      { $0.filter { $0 != "," && $0 != "." } }, { $0.map { $0 == "-" ? " " : String($0) }.joined() },
      { "\($0)*" },
      { "\($0)2" }, { "\($0)¹²" }, { "\($0) [note 3]" }, { "\($0) (1)" }, { "\($0) Council" },
    ]
    for authority in gazetteer.authorities {
      let days = [authority.firstDay, authority.lastDay].compactMap(\.self)
      for when in days.isEmpty ? [try theDay("2020-06-30")] : days {
        for name in [authority.name] + authority.otherNames {
          for style in styles {
            let found = try gazetteer.authority(named: style(name), on: when)
            #expect(found == authority, "\(style(name)) on \(when)")
          }
        }
      }
    }
  }

  @Test(
    "Files and letters call authorities many things",
    arguments: [
      ("St Helens", 342), ("SEFTON", 343), ("Sefton Metropolitan Borough Council", 343),
      ("Sefton MBC", 343), ("London Borough of Camden", 202), ("Camden London Borough Council", 202),
      ("Royal Borough of Kensington & Chelsea", 207), ("Royal Borough of Greenwich", 203),
      ("City of Westminster", 213),
      ("City of London", 201), ("City of London Corporation", 201), ("Bristol City of", 801),
      ("Bristol City Council", 801),
      ("City of Bristol", 801), ("Hull City Council", 810), ("Kingston Upon Hull, City of", 810),
      ("Durham County Council", 840),
      ("County Durham", 840), ("Herefordshire Council", 884), ("County of Herefordshire", 884),
      ("BCP Council", 839),
      ("Bournemouth Christchurch and Poole", 839), ("Nottingham City Council", 892),
      ("Nottinghamshire County Council", 891), ("Derby City", 831), ("Rutland County Council", 857),
      ("Bedford Borough Council", 822), ("Telford & Wrekin", 894), ("Newcastle-upon-Tyne", 391),
      ("Council of the Isles of Scilly", 420), ("Dorset (Pre LG)", 835), ("City of York Council", 816),
    ])
  func manyNames(_ name: String, _ number: Int) throws {
    #expect(try gazetteer.authority(named: name).number == number)
  }

  @Test("A style that is not an authority's own makes it no authority: no county is taken for its town")
  func stylesDoNotLie() {
    for name in [
      "Nottingham County", "Leicester County Council", "Derby County Council", "Kent City Council",
    ] {
      #expect(throws: UnreadableText.self) { try gazetteer.authority(named: name) }
    }
  }

  @Test("Regions, halves of London, England and combined areas are areas, and no authorities")
  func otherAreas() throws {
    let areas: [(String, Area)] = [
      ("E92000001", .england), ("England", .england), ("970", .england), ("ENGLAND", .england),
      ("Yorkshire and the Humber", .region(.yorkshireAndTheHumber)),
      ("Yorkshire & Humber", .region(.yorkshireAndTheHumber)),
      ("980", .region(.northEast)), ("E12000009", .region(.southWest)), ("London", .region(.london)),
      ("London (Inner)", .region(.innerLondon)), ("E13000002", .region(.outerLondon)),
      ("988", .region(.outerLondon)),
    ]
    for (text, area) in areas {
      #expect(try gazetteer.area(named: text) == area, "\(text)")
      #expect(throws: UnreadableText.self) { try gazetteer.authority(named: text) }
    }
    for region in Region.allCases {
      #expect(try gazetteer.area(named: String(region.number)) == .region(region))
      #expect(try gazetteer.area(named: region.name).code(on: theDay("2020-01-01")) == region.code)
      #expect(Area.region(region).name == region.name)
    }
    #expect(Region.innerLondon.within == .london && Region.northEast.within == nil)
    #expect(Area.england.name == "England" && Area.other("NHS Cheshire and Merseyside").name.hasPrefix("NHS"))
    #expect(try Area.england.code(on: theDay("2020-01-01")) == "E92000001")
    #expect(try Area.other("Mersey Care").code(on: theDay("2020-01-01")) == nil)
  }

  @Test("Authorities that are published together are found by their numbers, codes and names side by side")
  func combined() throws {
    for text in [
      "940 / 941", "941/940", "E06000061 / E06000062", "North Northamptonshire / West Northamptonshire",
      "North and West Northamptonshire", "Northamptonshire Children's Trust",
    ] {
      let area = try gazetteer.area(named: text, on: theDay("2022-03-31"))
      guard case .combined(let combined) = area else {
        Issue.record("\(text) is \(area)")
        return
      }
      #expect(combined.members == [940, 941] && area.name == "North and West Northamptonshire")
      let error = #expect(throws: UnreadableText.self) { try gazetteer.authority(named: text) }
      #expect(
        error?.remedy
          == "name one of them: \"North Northamptonshire (940)\" or \"West Northamptonshire (941)\"")
    }
    let hackney = try gazetteer.area(named: "City of London & Hackney")
    #expect(hackney.name == "Hackney and City of London")
    #expect(try hackney.code(on: theDay("2020-01-01")) == nil)
    let cornwall = try gazetteer.area(named: "E10000005")
    #expect(try cornwall.code(on: theDay("2009-03-31")) == "E10000005")
    #expect(try gazetteer.area(named: "343").code(on: theDay("2009-03-31")) == "E08000014")
    let early = #expect(throws: UnreadableText.self) {
      try gazetteer.area(named: "940 / 941", on: theDay("2020-03-31"))
    }
    #expect(early?.problem.contains("began on 1 April 2021") == true)
    #expect(throws: UnreadableText.self) { try gazetteer.area(named: "343 / 941") }
    #expect(throws: UnreadableText.self) { try gazetteer.area(named: "343 / nowhere") }
  }
}

@Suite("What the gazetteer says of names it cannot take")
struct GazetteerRefusalTests {
  let gazetteer: Gazetteer

  init() throws { gazetteer = try Gazetteer.english }

  @Test("Of an authority that ended it says when, and who follows")
  func ended() throws {
    let error = #expect(throws: UnreadableText.self) {
      try gazetteer.authority(named: "Cumbria", on: theDay("2024-03-31"))
    }
    #expect(
      error?.problem == """
        is Cumbria (909), which ended on 31 March 2023: Cumberland (942) and Westmorland and Furness (943) follow it
        """)
    #expect(try gazetteer.authority(named: "Cumbria", on: theDay("2023-03-31")).number == 909)
    let poole = #expect(throws: UnreadableText.self) {
      try gazetteer.authority(numbered: 836, on: theDay("2019-04-01"))
    }
    #expect(poole?.problem.hasSuffix("Bournemouth, Christchurch and Poole (839) follows it") == true)
  }

  @Test("Of an authority that had not begun it says what came before")
  func notYet() throws {
    let error = #expect(throws: UnreadableText.self) {
      try gazetteer.authority(named: "839", on: theDay("2019-03-31"))
    }
    #expect(
      error?.problem == """
        is Bournemouth, Christchurch and Poole (839), which began on 1 April 2019: before it came Dorset (835), \
        Poole (836) and Bournemouth (837)
        """)
  }

  @Test("Dorset is two authorities, which a day tells apart")
  func dorset() throws {
    #expect(try gazetteer.authority(named: "Dorset", on: theDay("2019-03-31")).number == 835)
    #expect(try gazetteer.authority(named: "Dorset", on: theDay("2019-04-01")).number == 838)
    for find in [gazetteer.area(named:on:), { .authority(try gazetteer.authority(named: $0, on: $1)) }] {
      let error = #expect(throws: UnreadableText.self) { _ = try find("Dorset", nil) }
      #expect(
        error?.problem
          == "is the name of several authorities, 835 until 31 March 2019 and 838 since 1 April 2019")
    }
  }

  @Test("Of a slip it says what was probably meant, and of nonsense what would be accepted")
  func nearest() {
    let cases = [
      ("Seften", "did you mean \"Sefton\"?"), ("Wilshire", "did you mean \"Wiltshire\""),
      ("Northampton", "Northamptonshire"), ("qqqqqqqqqqqqqqqqqq", "give a name (Sefton)"),
      ("", "give a name (Sefton)"),
      ("E06000099", "give a name"), ("999", "give a name"), ("3430", "give a name"), ("343.5", "give a name"),
    ]
    for (text, remedy) in cases {
      let error = #expect(throws: UnreadableText.self) { try gazetteer.authority(named: text) }
      #expect(error?.remedy.contains(remedy) == true, "\(text): \(error?.remedy ?? "")")
      #expect(throws: UnreadableText.self) { try gazetteer.area(named: text) }
    }
    let number = #expect(throws: UnreadableText.self) { try gazetteer.authority(numbered: -1) }
    #expect(number?.text == "-1")
  }

  @Test("A text of a million characters is refused at once and not repeated whole")
  func hostile() {
    for piece in ["a", "é", "/", "[", "(1)", "county ", "\u{0}", "343/"] {
      let text = String(repeating: piece, count: 200_000)
      let error = #expect(throws: UnreadableText.self) { try gazetteer.authority(named: text) }
      #expect((error?.text.count ?? .max) < 100)
    }
  }

  @Test("No text of arbitrary characters traps, and what is found stands in the gazetteer")
  func arbitrary() {
    var random = SeededGenerator(state: 11)
    let alphabet = Array("aeSfTon St.Helens,&/()[]0123456789.*¹ -'E\u{A0}é\u{301}county of city ")
    for _ in 0..<3000 {
      let text = String(
        (0..<Int.random(in: 0...24, using: &random)).map { _ in alphabet.randomElement(using: &random)! })
      for area in gazetteer.meanings(of: text) {
        if case .authority(let one) = area { #expect(gazetteer[one.number] == one) }
      }
    }
  }
}
