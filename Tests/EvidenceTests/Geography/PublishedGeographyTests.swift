import Testing
import TimeSeries

@testable import Evidence

@Suite("The gazetteer and the files that are really published")
struct PublishedGeographyTests {
  let gazetteer: Gazetteer

  init() throws { gazetteer = try Gazetteer.english }

  @Test(
    "Number, code, name and region of every row of Explore Education Statistics are those of one authority",
    .enabled(if: GeographyFiles.has("ees_sen2.csv"), "skipped: ../shared/data is not there"),
    arguments: [
      "ees_children_in_need.csv", "ees_looked_after_rates.csv", "ees_sen2.csv", "population_0_17.csv",
    ])
  func exploreStatistics(_ file: String) throws {
    var rows = 0
    var seen: Set<[String]> = []
    try GeographyFiles.rows(file) { row in
      let level = row["geographic_level"]
      rows += 1
      let key = ["old_la_code", "new_la_code", "la_name", "region_code", "region_name"].map { row[$0] ?? "" }
      guard seen.insert([level ?? ""] + key).inserted else { return }
      if level == "Local authority" {
        let authority = try gazetteer.authority(named: key[0])
        #expect(try gazetteer.authority(named: key[1]) == authority && authority.name == key[2])
        #expect(
          try gazetteer.area(named: key[2], on: authority.lastDay ?? theDay("2024-03-31"))
            == .authority(authority))
        #expect([authority.region, authority.region.within].contains(Region(rawValue: key[3])))
      } else if level == "Regional" {
        let region = try #require(Region(rawValue: key[3]))
        #expect(region.name == key[4])
      }
    }
    #expect(rows > 500 && seen.count > 80)
  }

  @Test(
    "Every area of the Local Authority Interactive Tool is known by its number and by its name alike",
    .enabled(if: GeographyFiles.has("lait.csv.gz"), "skipped: ../shared/data is not there"))
  func interactiveTool() throws {
    var seen: [String: String] = [:]
    try GeographyFiles.rows("lait.csv.gz") { row in
      if seen[row["la_number"] ?? ""] == nil { seen[row["la_number"] ?? ""] = row["area"] }
    }
    #expect(seen.count > 90)
    for (number, name) in seen {
      let area = try gazetteer.area(named: number)
      #expect(gazetteer.meanings(of: name).contains(area), "\(number) \(name)")
    }
  }

  @Test(
    "The published set of 2025 has ten neighbours of every authority, each known and none its own",
    .enabled(if: GeographyFiles.has("statistical_neighbours.csv"), "skipped: ../shared/data is not there"))
  func neighbours() throws {
    let path = try #require(GeographyFiles.path("statistical_neighbours.csv"))
    let set = try NeighbourSet(
      reading: FileContents.read(path), name: "2025", firstDay: theDay("2025-01-01"), gazetteer: gazetteer)
    #expect(set.authorities.count > 80 && set.warnings.isEmpty && set.notes.isEmpty)
    for number in set.authorities {
      let near = set.neighbours(of: number)
      #expect(near.map(\.rank) == Array(1...10))
      #expect(near.map { $0.closeness?.rawValue ?? -1 } == near.map { $0.closeness?.rawValue ?? -1 }.sorted())
      for one in near { #expect(set.authorities(near: one.number).contains(number)) }
    }
    let sets = try NeighbourSets([set], gazetteer: gazetteer)
    #expect(try sets.neighbours(of: "Sefton", in: "2025") == set.neighbours(of: 343))
  }

  @Test(
    "Where only some successors are published, the population of Northamptonshire ends as absent and not as a part",
    .enabled(if: GeographyFiles.has("population_0_17.csv"), "skipped: ../shared/data is not there"))
  func population() throws {
    var points: [String: [DataPoint]] = [:]
    try GeographyFiles.rows("population_0_17.csv") { row in
      guard row["geographic_level"] == "Local authority" else { return }
      let year = try #require(Int(row["time_period"] ?? ""))
      let count = try Observation(parsing: row["population_estimate"] ?? "", unit: .count)
      let date = try #require(CivilDate(year: year, month: 6, day: 30))
      points[row["new_la_code"] ?? "", default: []].append(
        DataPoint(period: .censusDate(date), observation: count))
    }
    let measure = Measure(id: "population", unit: .count)
    let panel = try Panel(
      points.keys.sorted().map {
        try Series(id: "population", area: $0, measure: measure, points: points[$0, default: []])
      })
    let area = gazetteer.constantArea(of: try #require(gazetteer[928]))
    let carried = try #require(gazetteer.carriedThrough(panel, areas: [area]).series.first)
    for (point, figure) in zip(carried.series.points, carried.figures) {
      let end = try #require(point.period.end)
      if end < (try theDay("2021-04-01")) {
        #expect(point.value == figure.parts.first?.point.value && figure.parts.map(\.members) == [[928]])
      } else if figure.parts.count == 2 {
        #expect(point.value == figure.parts.compactMap(\.point.value).reduce(0, +))
      } else {
        #expect(point.observation == .notAvailable && point.note?.hasPrefix("there is no figure of") == true)
      }
    }
    #expect(carried.series.points.count == 13)
  }
}

@Suite("The page on geography")
struct GeographyPageTests {
  @Test("Its tables of changes and of combined areas are those of the data")
  func tables() throws {
    let gazetteer = try Gazetteer.english
    func label(_ number: Int) -> String { gazetteer[number]?.label ?? "" }
    var rows = [
      "| first day | kind | before | after | whole authorities fit | remark |",
      "| --- | --- | --- | --- | --- | --- |",
    ]
    for change in gazetteer.changes {
      var notes: [String] = []
      for note in change.links.map(\.note) where !note.isEmpty && !notes.contains(note) { notes.append(note) }
      rows.append(
        "| \(change.day.inWords) | \(change.kind.rawValue) | \(change.predecessors.map(label).joined(separator: "; ")) "
          + "| \(change.successors.map(label).joined(separator: "; ")) | \(change.keepsBoundaries ? "yes" : "no") "
          + "| \(notes.joined(separator: "; ")) |")
    }
    let combined = gazetteer.combinedAreas.map {
      "| \($0.name) | \($0.members.map(label).joined(separator: "; ")) | \($0.note) |"
    }
    let page = try String(
      decoding: FileContents.read(GeographyFiles.page("Geography.md")).bytes, as: UTF8.self)
    for table in [rows, combined] {
      let text = table.joined(separator: "\n")
      #expect(page.contains(text), "the page should have\n\(text)")
    }
  }
}
