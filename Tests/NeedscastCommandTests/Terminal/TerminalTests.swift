import Foundation
import Needscast
import Testing

@testable import NeedscastCommand

@Suite("On a terminal")
struct TerminalTests {
  /// The verbs that print text, each on an input that takes little time.
  static let verbs: [[String]] = [
    ["plan", "Datasets/sefton", "--draws", "50", "--detail"],
    ["plan", "Datasets/sefton", "--draws", "50", "--as-of", "2021-09-01", "--compare-outturn"],
    ["forecast", "Datasets/sefton/series/population.csv", "--horizon", "3", "--model", "drift"],
    ["forecast", "Datasets/sefton/series/population.csv", "--describe", "--model", "ets(A,Ad,N)"],
    ["forecast", "--models"],
    [
      "backtest", "Datasets/sefton/series/population.csv", "--horizon", "2", "--origins", "3", "--models",
      "drift,naive",
    ],
    [
      "backtest", "Datasets/sefton/series/population.csv", "--horizon", "1", "--origins", "2", "--models",
      "naive", "--detail",
    ],
    ["check", "Datasets/sefton"],
    ["scenario", "list", "Datasets/sefton"],
    ["scenario", "compare", "Datasets/sefton", "--scenario", "grant-refused", "--draws", "50"],
    ["scenario", "bridge", "Datasets/sefton", "--service", "high-needs", "--draws", "50"],
    ["monitor", "Datasets/invented/monitoring.csv"],
    ["rates", "Datasets/invented/rates.csv", "--latest"],
    ["kpi", "Datasets/sefton", "--action", "1"],
    ["scorecard", "Datasets/sefton", "--theme", "happy"],
  ]

  @Test("no line of any verb runs over the width of the terminal", arguments: verbs)
  func fits(arguments: [String]) throws {
    for columns in [60, 80, 100, 140] { try check(arguments, columns) }
  }

  private func check(_ arguments: [String], _ columns: Int) throws {
    let run = try PseudoTerminal.run(arguments, columns: columns)
    let lines = run.shown.split(separator: "\n").map(String.init)
    #expect(lines.count > 3, "\(run.other)")
    // A single word, such as an address, is not broken.
    let over = lines.filter { DisplayText.width(of: $0) > columns && $0.split(separator: " ").count > 1 }
    #expect(over.isEmpty, "\(over.joined(separator: "\n"))")
  }

  private static let plan = ["plan", "Datasets/sefton", "--draws", "50"]

  @Test("a file and a pipe are the same, whatever the terminal and the locale are") func files() throws {
    let piped = try Command.run(Self.plan).output
    let folder = try TemporaryFolder()
    let file = folder.url.appending(path: "monitor.txt").path
    let monitor = ["monitor", "Datasets/invented/monitoring.csv"]
    let run = try PseudoTerminal.run(
      monitor + ["--output", file], columns: 60, environment: ["LANG": "C"])
    #expect(run.status == 0)
    #expect(try String(contentsOfFile: file, encoding: .utf8) == Command.run(monitor).output)
    #expect(!piped.contains("\u{1B}"))
    #expect(piped.split(separator: "\n").allSatisfy { DisplayText.width(of: String($0)) <= 100 })
    let errorsOnly = try PseudoTerminal.run(Self.plan, on: .errors, columns: 60, environment: ["LANG": "C"])
    #expect(errorsOnly.other == piped)
  }

  @Test("there is colour on a terminal, and the same words without it") func colour() throws {
    let coloured = try PseudoTerminal.run(Self.plan, columns: 100).shown
    #expect(coloured.contains("\u{1B}[1m") && coloured.contains("\u{1B}[31m-"))
    let plain = try PseudoTerminal.run(Self.plan + ["--no-color"], columns: 100).shown
    #expect(!plain.contains("\u{1B}"))
    #expect(try PseudoTerminal.run(Self.plan, columns: 100, environment: ["NO_COLOR": "1"]).shown == plain)
    #expect(try PseudoTerminal.run(Self.plan, columns: 100, environment: ["TERM": "dumb"]).shown == plain)
    #expect(try PseudoTerminal.run(Self.plan, columns: 100, environment: ["NO_COLOR": ""]).shown == coloured)
    #expect(plain == (try Command.run(Self.plan).output))
  }

  @Test("where the locale is not one of UTF-8, lines of blocks and bars are ASCII, place for place")
  func locale() throws {
    let blocks = try PseudoTerminal.run(Self.plan + ["--no-color"], columns: 100).shown
    let plain = try PseudoTerminal.run(Self.plan + ["--no-color"], columns: 100, environment: ["LANG": "C"])
      .shown
    #expect(blocks.contains("█") && blocks.contains("│"))
    #expect(!plain.contains { "▁▂▃▄▅▆▇█│–".contains($0) })
    #expect(plain == Terminal.ascii(blocks))
    let named = try PseudoTerminal.run(
      Self.plan + ["--no-color"], columns: 100, environment: ["LANG": "C", "LC_ALL": "en_GB.UTF-8"])
    #expect(named.shown == blocks)
  }

  @Test("the width is what COLUMNS says where that is a number, else the terminal's own, from 60 to 160")
  func width() {
    func width(_ columns: String?, _ size: Int?) -> Int {
      Terminal(isLive: true, size: size, noColour: true) { $0 == "COLUMNS" ? columns : nil }.width
    }
    #expect(width(nil, 80) == 80 && width("120", 80) == 120)
    #expect(width("0", 80) == 80 && width("-3", 80) == 80 && width("wide", 80) == 80 && width("", 80) == 80)
    #expect(width("99999999999999999999999", 80) == 80 && width("1000000", 80) == 80)
    #expect(width("20", 80) == 60 && width(nil, 20) == 60 && width(nil, 500) == 160 && width(nil, nil) == 100)
    #expect(Terminal(isLive: false, size: 80, noColour: false) { _ in "70" } == .file)
  }

  @Test(
    "the first locale that is set decides",
    arguments: [
      (["LANG": "en_GB.UTF-8"], true), (["LANG": "en_GB.utf8"], true), (["LANG": "C"], false), ([:], false),
      (["LC_ALL": "C", "LANG": "en_GB.UTF-8"], false), (["LC_ALL": "", "LC_CTYPE": "C.UTF-8"], true),
      (["LC_CTYPE": "POSIX", "LANG": "C.UTF-8"], false), (["LANG": "ca_ES.UTF-8@valencia"], true),
    ])
  func locales(variables: [String: String], isUTF8: Bool) {
    #expect(Terminal.isUTF8 { variables[$0] } == isUTF8)
  }
}
