import Foundation
import Needscast
import Testing

/// The workbook that `plan --output` writes, opened as a spreadsheet's user would open it.
@Suite("A plan's workbook")
struct PlanFolderTests {
  private static let sefton = "Datasets/sefton"

  /// A workspace planned into a folder.
  private struct Planned {
    let folder: TemporaryFolder
    let path: String
    let workbook: Workbook

    init(_ workspace: String = sefton, draws: Int = 60, more: [String] = []) throws {
      folder = try TemporaryFolder()
      let target = folder.url.appending(path: "plan").path
      let run = try Command.run(
        ["plan", workspace, "--draws", "\(draws)", "--output", target, "--quiet"] + more)
      #expect(run.errors == "")
      path = target
      workbook = try Workbook(path: "\(target)/plan.xlsx")
    }

    /// The figures of `plan.csv`: service, year and quantity to the mean.
    func figures() throws -> [[String]: Double] {
      var figures: [[String]: Double] = [:]
      for line in try String(contentsOfFile: "\(path)/plan.csv", encoding: .utf8).split(separator: "\n")
        .dropFirst()
      {
        let cells = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        figures[[cells[1], cells[2], cells[4]]] = Double(cells[5])
      }
      return figures
    }
  }

  /// The rows of a sheet by their first cell, and where the years stand.
  private struct Rows {
    let sheet: Sheet
    let years: [(year: String, column: Int)]

    init(_ workbook: Workbook, _ name: String) throws {
      sheet = try workbook.sheet(named: name)
      var years: [(year: String, column: Int)] = []
      for row in sheet.rowNumbers where years.isEmpty {
        years = sheet.cells(inRow: row).compactMap { cell in
          cell.content.text.wholeMatch(of: /\d{4}\/\d{2}/) == nil
            ? nil : (cell.content.text, cell.address.column)
        }
        if years.count < 2 { years = [] }
      }
      self.years = years
    }

    func row(_ label: String, after first: Int = 0) throws -> Int {
      try #require(
        sheet.rowNumbers.first { row in
          row > first && text(row, 1) == label
        }, "no row \"\(label)\" after \(first) in \(sheet.name)")
    }

    func text(_ row: Int, _ column: Int) -> String {
      CellAddress(row: row, column: column).map { sheet[$0].content.text } ?? ""
    }

    func value(_ row: Int, _ column: Int) -> Double? {
      guard let address = CellAddress(row: row, column: column) else { return nil }
      return switch sheet[address].content {
      case .number(let value), .currency(let value, _): value
      case .percentage(let value): value / 100
      default: nil
      }
    }
  }

  @Test func `Holds the plan's values to the penny in cells that are formulae`() throws {
    let planned = try Planned()
    let figures = try planned.figures()
    var compared = 0
    for (service, name) in [
      ("high-needs", "High needs"), ("looked-after", "Children looked after"),
      ("occupational-therapy", "Occupational therapy"),
    ] {
      let rows = try Rows(planned.workbook, name)
      #expect(rows.years.count > 4)
      var labels = [("All spend", "spend"), ("All budget", "budget")]
      labels.append(
        service == "high-needs"
          ? ("In-year balance (budget less spend)", "inYearBalance")
          : ("Variance (budget less spend)", "inYearBalance"))
      if service == "high-needs" { labels.append(("Closing balance", "closingBalance")) }
      for (label, quantity) in labels {
        let row = try rows.row(label)
        for (year, column) in rows.years {
          let expected = figures[[service, year, quantity]]
          let found = rows.value(row, column)
          #expect((expected == nil) == (found == nil), "\(service) \(quantity) \(year)")
          if let expected, let found {
            #expect(abs(found - expected) < 0.005, "\(service) \(quantity) \(year)")
            compared += 1
          }
        }
      }
    }
    #expect(compared > 60)
  }

  @Test func `Has a sheet for every part, links to them and names for the rows that matter`() throws {
    let planned = try Planned()
    let names = planned.workbook.sheets.map(\.name)
    for name in [
      "Summary", "Financial summary", "High needs", "Placements", "Assumptions", "Evidence", "Manifest",
    ] { #expect(names.contains(name), "\(name)") }
    for name in ["high_needs_closing_balance", "high_needs_spend_input", "looked_after_spend"] {
      #expect(planned.workbook.rangeNames.contains(name), "\(name)")
    }
    let summary = try Rows(planned.workbook, "Summary")
    let contents = try summary.row("Contents")
    for name in names.dropFirst() { _ = try summary.row(name, after: contents) }
  }

  @Test func `Gives every plan a place among the seven settings and none an age that nobody published`()
    throws
  {
    let planned = try Planned()
    let rows = try Rows(planned.workbook, "Placements")
    let total = try rows.row("All plans that are paid for")
    let all = try rows.row("All settings")
    let check = try rows.row("Check: less the plan's number")
    for (_, column) in rows.years {
      #expect(try #require(rows.value(total, column)) > 1_000)
      #expect(abs(try #require(rows.value(all, column)) - (try #require(rows.value(total, column)))) < 1e-6)
      #expect(rows.value(check, column) == 0)
    }
    let table = try rows.row("Setting")
    let ages = rows.sheet.rowNumbers.filter {
      $0 > table && AgeGroup.standard.map(\.name).contains(rows.text($0, 2))
    }
    #expect(ages.count == 8 * 5)
    for row in ages { for (_, column) in rows.years { #expect(rows.value(row, column) == 0) } }
  }

  @Test func `Has the same bytes on one thread and on two`() throws {
    let books = try ["1", "2"].map { jobs in
      let planned = try Planned(draws: 40, more: ["--jobs", jobs])
      return try Data(contentsOf: URL(filePath: "\(planned.path)/plan.xlsx"))
    }
    #expect(books[0] == books[1])
  }

  // MARK: Hostile labels

  /// Names as no one should give them, and their places in the workspace.
  private static let hostile = [
    ("name: Integrated commissioning plan for children", "=cmd()|' /C calc'!A0 & <script>alert(1)</script>"),
    ("name: High needs", "=HYPERLINK(\"http://example.org\")[]:*?/\\'"),
    ("name: State special schools", "+1+cmd|' /C calc'!A0"),
    ("name: Children looked after", "@SUM(1) مرحبا שלום"),
    ("name: Foster care", "-2+3 👩‍👧‍👦"), ("name: Occupational therapy", "=cmd()"),
  ]

  private func hostileWorkspace(in folder: TemporaryFolder) throws -> String {
    let target = folder.url.appending(path: "hostile")
    try FileManager.default.copyItem(at: Command.root.appending(path: Self.sefton), to: target)
    let file = target.appending(path: "workspace.yaml")
    var text = try String(contentsOf: file, encoding: .utf8)
    for (place, name) in Self.hostile {
      #expect(text.contains(place + "\n"))
      text = text.replacingOccurrences(
        of: place + "\n", with: "name: '\(name.replacingOccurrences(of: "'", with: "''"))'\n")
    }
    try text.write(to: file, atomically: true, encoding: .utf8)
    return target.path
  }

  @Test func `Keeps hostile labels as text, unharmed`() throws {
    let folder = try TemporaryFolder()
    let planned = try Planned(try hostileWorkspace(in: folder))
    var texts: Set<String> = []
    for name in planned.workbook.sheets {
      let sheet = try planned.workbook.sheet(named: name.name)
      for row in sheet.rowNumbers {
        for cell in sheet.cells(inRow: row) { if case .text(let text) = cell.content { texts.insert(text) } }
      }
    }
    for (_, name) in Self.hostile.dropFirst() { #expect(texts.contains(name), "\(name)") }
    #expect(texts.contains { $0.hasPrefix(Self.hostile[0].1) })
    if Spreadsheet.isThere {
      let outcome = try Spreadsheet.recalculate("\(planned.path)/plan.xlsx", [])
      #expect(outcome.status == 0, "\(outcome.output)")
    }
  }

  // MARK: In a spreadsheet

  @Test(.enabled(if: Spreadsheet.isThere, "LibreOffice (soffice) and python3 are not both here"))
  func `LibreOffice works out every formula anew and finds the plan's values`() throws {
    let planned = try Planned(more: ["--scenario", "base", "--scenario", "mitigated"])
    let outcome = try Spreadsheet.recalculate("\(planned.path)/plan.xlsx", [])
    #expect(outcome.status == 0, "\(outcome.output)")
    #expect(outcome.output.contains(" 0 differ"))
  }

  @Test(.enabled(if: Spreadsheet.isThere, "LibreOffice (soffice) and python3 are not both here"))
  func `An input that is changed moves the balance of its year and of every later one`() throws {
    let planned = try Planned()
    let rows = try Rows(planned.workbook, "Financial summary")
    let block = try rows.row("High needs block, planned")
    let typed = block + 1
    let closing = try rows.row("Balance carried forward")
    let (_, column) = rows.years[5]
    let grant = try #require(rows.value(block, column))
    let letters = CellAddress.letters(ofColumn: column)
    let shown = rows.years.flatMap {
      ["--show", "Financial summary!\(CellAddress.letters(ofColumn: $0.column))\(closing)"]
    }
    let outcome = try Spreadsheet.recalculate(
      "\(planned.path)/plan.xlsx",
      ["--set", "Financial summary!\(letters)\(typed)=\(grant + 1_000_000)"] + shown)
    let found = outcome.output.split(separator: "\n").map { Double($0) }
    try #require(found.count == rows.years.count, "\(outcome.output)")
    for (index, place) in rows.years.enumerated() {
      guard let before = rows.value(closing, place.column) else { continue }
      let after = try #require(found[index])
      #expect(abs(after - before - (index >= 5 ? 1_000_000 : 0)) < 0.005, "\(place.year)")
    }
  }

  @Test(.enabled(if: Spreadsheet.isThere, "LibreOffice (soffice) and python3 are not both here"))
  func `Numbers that stop growing cost less in their year and in every later one`() throws {
    let planned = try Planned()
    let rows = try Rows(planned.workbook, "Financial summary")
    let growth = try rows.row("Growth in the numbers that are paid for, planned")
    let spend = try rows.row("Spend")
    let special = try rows.row("State special schools")
    let (_, column) = rows.years[6]
    let planGrowth = try #require(rows.value(growth, column))
    #expect(planGrowth > 0)
    let letters = CellAddress.letters(ofColumn: column)
    let last = CellAddress.letters(ofColumn: rows.years[8].column)
    let outcome = try Spreadsheet.recalculate(
      "\(planned.path)/plan.xlsx",
      [
        "--set", "Financial summary!\(letters)\(growth + 1)=0", "--show",
        "Financial summary!\(last)\(special)",
        "--show", "Financial summary!\(last)\(spend)",
      ])
    let found = outcome.output.split(separator: "\n").compactMap { Double($0) }
    try #require(found.count == 2, "\(outcome.output)")
    let before = try #require(rows.value(special, rows.years[8].column))
    #expect(abs(found[0] - before / (1 + planGrowth)) < 0.01)
    #expect(found[1] < (try #require(rows.value(spend, rows.years[8].column))))
  }
}

/// A spreadsheet without a window, where one is installed.
enum Spreadsheet {
  static let isThere = ["soffice", "python3"].allSatisfy { name in
    (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").contains {
      FileManager.default.isExecutableFile(atPath: "\($0)/\(name)")
    }
  }

  /// Runs `Tests/Workbook/recalculate.py`.
  static func recalculate(_ path: String, _ arguments: [String]) throws -> (status: Int32, output: String) {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments =
      ["python3", Command.root.appending(path: "Tests/Workbook/recalculate.py").path, path] + arguments
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let output = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: output, as: UTF8.self))
  }
}
