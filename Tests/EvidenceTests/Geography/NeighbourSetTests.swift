import Testing
import TimeSeries

@testable import Evidence

@Suite("Statistical neighbours")
struct NeighbourSetTests {
  let gazetteer: Gazetteer

  init() throws { gazetteer = try Gazetteer.english }

  private func read(_ text: String, name: String = "2025", from: String = "2025-01-01") throws -> NeighbourSet
  {
    let from = try theDay(from)
    return try NeighbourSet(
      reading: FileContents(path: "sn.csv", bytes: Array(text.utf8)), name: name, firstDay: from,
      gazetteer: gazetteer)
  }

  private func problems(_ text: String) throws -> [String] {
    let error = #expect(throws: EvidenceError.self) { try read(text) }
    guard case .badData(let problems, _)? = error else { return [] }
    return problems.map { "\($0.row ?? 0) \($0.message)" }
  }

  static let long = """
    la_number,la_name,rank,neighbour_la_number,closeness
    343,Sefton,2,888,Close
    343,Sefton,1,344,Very close
    344,Wirral,1,343,Extremely Close
    344,Wirral,2,888,Not close

    """

  @Test(
    "The long layout and the wide ones, whose headers repeat, say the same",
    arguments: [
      long,
      """
      old_la_code,la_name,region_ind,region_name,SN_1,SN_1P,SN_2,SN_2P
      343,Sefton,5,North West,344,Very close,888,Close\u{20}
      344,Wirral,5,North West,343,Extremely close,888,Not close

      """,
      """
      LA num,LA Name,LA number,GOInd,GOReg,SN1,SNP,SN2,SNP,
      343,Sefton,343,5,North West,344,Very Close,888,Close,
      344,Wirral,344,5,North West,343,Extremely Close,888,Not Close,
      ,,,,,,,,,

      """,
      """
      LA number,LA Name,SN1,SN1,SN1,SN2,SN2,SN2
      343,Sefton,Wirral,Very close,344,Lancashire,Close,888
      344.0,Wirral,Sefton,Extremely close,343,Lancashire,Not close,888

      """,
      """
      LA Name;SN1;SNP;SN2;SNP
      Sefton;Wirral;Very close;Lancashire;Close
      Wirral;Sefton;Extremely close;Lancashire;Not close

      """,
    ])
  func layouts(_ text: String) throws {
    let set = try read(text)
    #expect(set.authorities == [343, 344])
    #expect(
      set.neighbours(of: 343) == [
        .init(rank: 1, number: 344, closeness: .veryClose), .init(rank: 2, number: 888, closeness: .close),
      ])
    #expect(set.neighbours(of: 344).map(\.closeness) == [.extremelyClose, .notClose])
    #expect(set.warnings.isEmpty && set.notes.isEmpty)
    #expect(set.authorities(near: 888) == [343, 344] && set.authorities(near: 343) == [344])
    #expect(set.mutualNeighbours(of: 343).map(\.number) == [344] && set.neighbours(of: 201).isEmpty)
  }

  @Test("Closeness is in order and read whatever its capitals")
  func closeness() {
    #expect(Closeness.allCases.sorted() == Closeness.allCases && Closeness.extremelyClose < .notClose)
    for one in Closeness.allCases { #expect(Closeness(" \(one.words.uppercased()) ") == one) }
    #expect(Closeness("far") == nil)
  }

  @Test("A heading inside the table is noted, a name that is not known beside its number is warned of once")
  func doubts() throws {
    let set = try read(
      """
      LA num,LA Name,SN1,SNP
      343,Seftonshire,344,Close
      344,Wirral,343,Close
      ,Old SNs:,,
      835,Dorset (Pre LG),836,Close

      """)
    #expect(set.authorities == [343, 344, 835])
    #expect(set.notes == ["sn.csv:4: \"Old SNs:\" is taken for a heading"])
    #expect(set.warnings.map(\.row) == [2] && set.warnings[0].message.contains("Seftonshire"))
    let uneven = try read(Self.long + "888,Lancashire,1,343,Close\n")
    #expect(
      uneven.warnings.map(\.message) == ["Lancashire (888) has 1 neighbour, most have 2"])
  }

  @Test("Each thing that is wrong is named with its row")
  func refused() throws {
    let found = try problems(
      Self.long + """
        999,Nowhere,1,343,Close
        ,Seften,1,343,Close
        888,Sefton,1,343,Close
        888,Lancashire,none,343,Close
        888,Lancashire,1,888,Close
        888,Lancashire,2,343,Cloes
        888,Lancashire,2,,Close
        888,Lancashire,3,998,Close
        343,Sefton,3,888,Close
        889,,2,343,Close
        ,,,,

        """)
    let wanted = [
      "6 \"999\" is not the three-digit number", "7 \"Seften\" is no authority",
      "8 number 888 is Lancashire (888), but",
      "9 rank \"none\" is no whole number", "10 Lancashire (888) is its own neighbour",
      "11 \"Cloes\" beside neighbour 2 is neither a name nor a closeness; did you mean \"Close\"?",
      "12 neighbour 2 of Lancashire (888) is missing", "13 \"998\" is not the three-digit number",
      "14 Lancashire (888) is neighbour 2 and neighbour 3 of Sefton (343)",
      "15 the ranks of the neighbours of Blackburn with Darwen (889) do not count up from 1",
    ]
    #expect(found.count == wanted.count, "\(found.joined(separator: "\n"))")
    for (one, start) in zip(found, wanted) { #expect(one.hasPrefix(start), "\(one)") }
    let twice = try problems("LA num,SN1,SNP\n343,344,Close\n343,344,Close\n")
    #expect(twice == ["3 Sefton (343) has a row already (row 2); keep one"])
  }

  @Test(
    "What is no set of neighbours is refused",
    arguments: [
      "", "\n", "a,b\n1,2\n", "la_number,rank\n343,1\n", "la_number,SEN,snow\n343,1,2\n",
      "SN1,SN2\n343,344\n",
      "LA num,SN1,SNP\n", "LA num,SN1,SNP\n343,\"344\n",
    ])
  func noSet(_ text: String) { #expect(throws: EvidenceError.self) { try read(text) } }

  @Test(
    "A file of a hundred thousand wrong rows is refused with the first hundred and the number of the rest")
  func bounded() throws {
    let rows = String(repeating: "x,1,2\n", count: 100_000)
    let error = #expect(throws: EvidenceError.self) { try read("LA num,SN1,SNP\n" + rows) }
    guard case .badData(let problems, let omitted)? = error else { throw try #require(error) }
    #expect(problems.count == 100 && omitted == 99_900)
    let headings = String(repeating: ",x,\n", count: 1000)
    #expect(throws: EvidenceError.self) { try read("LA num,LA Name,SN1\n343,Sefton,344\n" + headings) }
    let names = (0..<1000).map { "343,Nix\($0)a,\($0),344,Close\n" }.joined()
    #expect(throws: EvidenceError.self) {
      try read("la_number,la_name,rank,neighbour_la_number,closeness\n" + names)
    }
  }

  @Test("Two sets are held at once and chosen by name or by the day")
  func bySetAndDay() throws {
    let old = try read(
      "LA num,SN1,SNP\n343,359,Close\n909,925,Close\n835,836,Close\n838,878,Close\n", name: "2021",
      from: "2021-04-01")
    let sets = try NeighbourSets([read(Self.long), old], gazetteer: gazetteer)
    #expect(sets.sets.map(\.name) == ["2021", "2025"] && sets["2021"]?.name == "2021" && sets["2019"] == nil)
    #expect(
      try sets.inUse(on: theDay("2024-12-31"))?.name == "2021"
        && sets.inUse(on: theDay("2025-01-01"))?.name == "2025")
    #expect(try sets.inUse(on: theDay("2021-03-31")) == nil)
    #expect(try sets.neighbours(of: "Sefton", in: "2021").map(\.number) == [359])
    #expect(try sets.neighbours(of: "E08000014", in: "2025").map(\.number) == [344, 888])
    #expect(try sets.neighbours(of: "343", on: theDay("2023-01-01")).map(\.number) == [359])
    #expect(try sets.neighbours(of: "Dorset", in: "2021").map(\.number) == [878])
    let name = #expect(throws: UnreadableText.self) { try sets.neighbours(of: "343", in: "2024") }
    #expect(name?.remedy == "did you mean \"2021\"? Accepted are 2021, 2025")
    let early = #expect(throws: UnreadableText.self) {
      try sets.neighbours(of: "343", on: theDay("2000-01-01"))
    }
    #expect(early?.remedy == "the first begins on 1 April 2021")
    let later = #expect(throws: UnreadableText.self) { try sets.neighbours(of: "Cumberland", in: "2021") }
    #expect(later?.remedy == "the set has Cumbria (909)")
    let none = #expect(throws: UnreadableText.self) { try sets.neighbours(of: "Leeds", in: "2021") }
    #expect(none?.remedy == "name another set or authority")
    #expect(throws: UnreadableText.self) { try sets.neighbours(of: "nowhere", in: "2021") }
    let empty = try NeighbourSets([], gazetteer: gazetteer)
    #expect(throws: UnreadableText.self) { try empty.neighbours(of: "343", on: theDay("2025-01-01")) }
  }

  @Test("Two sets of one name or one first day are refused")
  func ambiguousSets() throws {
    let one = try read(Self.long)
    #expect(throws: EvidenceError.self) { try NeighbourSets([one, one], gazetteer: gazetteer) }
    let other = try read(Self.long, from: "2024-01-01")
    let error = #expect(throws: EvidenceError.self) { try NeighbourSets([one, other], gazetteer: gazetteer) }
    #expect(error == .badArgument("two neighbour sets are named \"2025\"; give each a name of its own"))
  }
}
