import Commissioning
import Testing
import TimeSeries

@testable import Evidence

@Suite("Monitoring files")
struct MonitoringFileTests {
  static let header = "line,period,budget,actual,commitment,reason\n"

  static func read(_ text: String) throws -> MonitoringFile {
    try MonitoringFile(FileContents(path: "m.csv", bytes: Array(text.utf8)))
  }

  static func quarters(
    _ line: String = "Homes", actuals: [String] = ["90.00", "£1,110.25", "", ""],
    commitments: [String] = ["", "0", "100", "100.50"], reasons: [String] = ["", "", "", ""]
  ) -> String {
    (0..<4).map {
      "\(line),2025/26 Q\($0 + 1),100,\"\(actuals[$0])\",\(commitments[$0]),\"\(reasons[$0])\"\n"
    }.joined()
  }

  static func problems(_ text: String) -> [String] {
    do {
      _ = try read(text)
      Issue.record("nothing was refused")
      return []
    } catch EvidenceError.badData(let problems, _) {
      return problems.map(\.description)
    } catch {
      Issue.record("\(error)")
      return []
    }
  }

  @Test("a file becomes a budget, actuals, commitments and reasons, and its view sums to the penny")
  func reads() throws {
    let file = try Self.read(
      Self.header + Self.quarters(reasons: ["", "Price: fees rose: by 9%", "", ""])
        + Self.quarters("Income", actuals: ["-10", "0", "", ""], commitments: ["", "", "-5", ""]))
    #expect(file.year == MonitoringYear(FinancialYear(2025), by: .quarter))
    #expect(file.upTo?.label == "2025/26 Q2")
    #expect(file.entries.lines.map(\.pence) == [40_000, 40_000])
    #expect(file.entries.reasons == [VarianceReason(line: "Homes", kind: .price, text: "fees rose: by 9%")])
    let view = try file.view()
    #expect(view.rows[0].actualToDate == 120_025 && view.rows[0].commitment == 20_050)
    #expect(view.rows[0].forecast == 140_075 && view.rows[0].variance == -100_075)
    #expect(view.rows[1].forecast == -1500)
    #expect(view.total.forecast == 138_575 && view.total.budget == 80_000)
    #expect(try file.view(reasonAbove: 100).notes == ["Income: the variance of £415.00 has no reason."])
  }

  @Test("columns in any order, without commitments and reasons, in months, and before anything was spent")
  func plain() throws {
    let months = (4...15).map {
      "\($0 > 12 ? 2026 : 2025)-\($0 % 12 < 10 && $0 % 12 > 0 ? "0" : "")\($0 % 12 == 0 ? 12 : $0 % 12)"
    }
    let file = try Self.read(
      "Budget,actual,line,period\n" + months.map { "10,,Homes,\($0)\n" }.joined() + "\n,,,\n")
    #expect(file.upTo == nil && file.year.step == .month)
    #expect(try file.view().total.variance == 12_000)
  }

  @Test("wrong columns are named with what would be accepted")
  func columns() {
    #expect(
      Self.problems("line,period,budget\n").contains {
        $0.hasPrefix("m.csv:1: there is no column \"actual\"")
      })
    #expect(
      Self.problems("line,period,budget,actual,resaon\n").contains {
        $0.contains("\"resaon\" is not read; did you mean \"reason\"?")
      })
    #expect(Self.problems(Self.header).contains { $0.contains("there are no rows") })
    #expect(Self.problems("").contains { $0.contains("empty") })
  }

  @Test("every wrong cell is said at once, with its row, column and value")
  func cells() {
    let said = Self.problems(
      Self.header
        + """
        Homes,2025/26 Q1,12.345,x,,
        ,,,,,
        ,2025/26 Q2,100,1,5,because
        Homes,,,1,0,price:
        Homes,2025/26 Q2,1
        Homes,2025/26 Q2,92233720368547758.07,1,,fees: higher
        """)
    for wanted in [
      "m.csv:2: value \"12.345\" in column \"budget\" is not an amount",
      "m.csv:2: value \"x\" in column \"actual\" is not an amount", "m.csv:4: column \"line\" is empty",
      "m.csv:4: value \"5\" in column \"commitment\" stands beside an actual",
      "m.csv:4: value \"because\" in column \"reason\" does not begin with its kind",
      "m.csv:5: column \"period\" is empty", "m.csv:5: column \"budget\" is empty",
      "m.csv:5: value \"price:\"",
      "m.csv:6: the row has 3 fields and the header 6", "m.csv:7: value \"92233720368547758.07\"",
      "m.csv:7: value \"fees: higher\"",
    ] {
      #expect(said.contains { $0.hasPrefix(wanted) }, "\(wanted) in \(said)")
    }
  }

  @Test("periods that repeat, are missing, are of another year or step, or cannot be read are refused by row")
  func periods() {
    let twice = Self.header + Self.quarters() + "Homes,2025/26 Q2,1,2,,\n"
    #expect(
      Self.problems(twice) == ["m.csv:6: Homes has 2025/26 Q2 already, in row 3; add the two, or keep one"])
    let short = Self.header + Self.quarters().split(separator: "\n").dropLast().map { $0 + "\n" }.joined()
    #expect(Self.problems(short).contains { $0.hasPrefix("m.csv:2: Homes has no row for 2025/26 Q4") })
    #expect(
      Self.problems(Self.header + Self.quarters() + "Homes,2026/27 Q1,1,,,\n").contains {
        $0.hasPrefix("m.csv:6: period 2026/27 Q1 is no quarter of 2025/26")
      })
    #expect(
      Self.problems(Self.header + Self.quarters() + "Homes,sometime,1,,,\n").contains {
        $0.hasPrefix("m.csv:6: column \"period\"")
      })
    #expect(
      Self.problems(Self.header + "Homes,2025/26,1,,,\n").contains {
        $0.contains("period 2025/26 is no month or quarter of a financial year")
      })
    let gap = Self.header + Self.quarters(actuals: ["1", "", "3", ""], commitments: ["", "", "", ""])
    #expect(
      Self.problems(gap) == [
        "m.csv:3: column \"actual\" is empty, and 2025/26 Q3 has actuals; write 0 if nothing was spent on Homes"
      ])
    let reasons = Self.header + Self.quarters(reasons: ["price: a", "price: b", "", ""])
    #expect(Self.problems(reasons).contains { $0.hasPrefix("m.csv:3: Homes has another reason in row 2") })
  }

  @Test("what only the sum shows is refused in the name of the file")
  func sums() throws {
    let large = (1...4).map { "Homes,2025/26 Q\($0),99999999999,,\n" }.joined()
    let file = try Self.read("line,period,budget,actual,commitment\n" + large)
    #expect {
      try file.view()
    } throws: { error in
      "\(error)".hasPrefix("m.csv: ") && "\(error)".contains("write pence")
        && (error as? EvidenceError)?.exitCode == 65
    }
    #expect(throws: EvidenceError.noSuchFile(path: "/nowhere/m.csv")) {
      try MonitoringFile.read("/nowhere/m.csv")
    }
  }

  @Test("a file with bytes changed at random is read and foots, or is refused; it never traps")
  func hostile() throws {
    var generator = SeededGenerator(state: 5)
    let whole = Array(
      (Self.header + Self.quarters() + Self.quarters("Income", actuals: ["-10", "0", "", ""])).utf8)
    let bytes = Array("0123456789-.,:£\"\n Qabc/".utf8) + [0, 0xFF, 0xC3]
    var (read, refused) = (0, 0)
    for _ in 0..<2000 {
      var changed = whole
      for _ in 0..<Int.random(in: 1...3, using: &generator) {
        let place = Int.random(in: 0..<changed.count, using: &generator)
        changed[place] = bytes[Int.random(in: 0..<bytes.count, using: &generator)]
      }
      do {
        let view = try MonitoringFile(FileContents(path: "m.csv", bytes: changed)).view()
        #expect(view.rows.reduce(0) { $0 + $1.variance } == view.total.variance)
        read += 1
      } catch {
        #expect("\(error)".hasPrefix("m.csv"))
        refused += 1
      }
    }
    #expect(read > 50 && refused > 500)
  }
}
