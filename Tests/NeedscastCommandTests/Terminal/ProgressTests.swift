import Foundation
import Needscast
import Testing

@testable import NeedscastCommand

@Suite("Progress")
struct ProgressTests {
  /// Work of well over a second on this machine, however fast it is: the plan moved to both ends of each of its
  /// assumptions, in as many futures as that takes.
  private static let long: [String] = {
    func tornado(_ draws: Int) -> [String] {
      ["scenario", "tornado", "Datasets/sefton", "--draws", "\(draws)", "--jobs", "1"]
    }
    let start = ContinuousClock.now
    _ = try? Command.run(tornado(400))
    let seconds = (ContinuousClock.now - start) / .seconds(1)
    return tornado(seconds > 4 ? 400 : min(20_000, Int(400 * 6 / max(0.05, seconds))))
  }()
  private static let short = ["monitor", "Datasets/invented/monitoring.csv"]

  @Test("work beyond a second is told on the terminal, never in the result, and the line is gone at the end")
  func told() throws {
    let run = try PseudoTerminal.run(Self.long, on: .errors, columns: 100)
    #expect(run.status == 0)
    #expect(run.shown.contains("moving assumptions") && run.shown.contains("%") && run.shown.contains(" of "))
    #expect(run.shown.hasSuffix("\r\u{1B}[K"), "\(run.shown.suffix(80))")
    #expect(!run.other.contains("\u{1B}") && !run.other.contains("moving assumptions"))
    // Every picture of the line fits, and takes the place of the one before it.
    let pictures = run.shown.components(separatedBy: "\r\u{1B}[K").dropFirst()
    #expect(pictures.allSatisfy { !$0.contains("\n") && DisplayText.width(of: $0) < 100 })
    let piped = try Command.run(Self.long)
    #expect(piped.output == run.other)
    #expect(piped.errors.isEmpty)
  }

  @Test("short work, quiet work and a terminal that cannot redraw are told nothing") func silent() throws {
    #expect(try PseudoTerminal.run(Self.short, on: .errors, columns: 80).shown.isEmpty)
    #expect(try PseudoTerminal.run(Self.long + ["--quiet"], on: .errors, columns: 80).shown.isEmpty)
    let dumb = try PseudoTerminal.run(Self.long, on: .errors, columns: 80, environment: ["TERM": "dumb"])
    #expect(dumb.shown.isEmpty)
  }

  @Test("an interrupted command leaves no line behind, and says that it was interrupted") func interrupted()
    throws
  {
    let run = try PseudoTerminal.run(
      Self.long, on: .errors, columns: 80, interruptAt: "moving assumptions")
    #expect(run.isKilled && run.status == 2)
    #expect(run.shown.contains("moving assumptions"))
    #expect(run.shown.hasSuffix("\r\u{1B}[K"))
    #expect(run.other.isEmpty)
  }

  @Test(
    "a line tells share, count, time and what is left, and gives them up in that order where it is narrow")
  func lines() {
    let text = ProgressText(what: "forecasting", unit: "series", done: 420, total: 1000, seconds: 12)
    let whole = text.line(width: 200)
    #expect(whole == "forecasting  ██████████░░░░░░░░░░░░░░  42%  420 of 1,000 series  0:12  about 0:17 left")
    #expect(text.line(width: 70) == "forecasting  42%  420 of 1,000 series  0:12  about 0:17 left")
    #expect(text.line(width: 40) == "forecasting  42%  0:12  about 0:17 left")
    #expect(text.line(width: 25) == "forecasting  42%  0:12")
    #expect(text.line(width: 5).isEmpty)
  }

  @Test("without a total there is a count, without a count the time, and nothing overflows")
  func unknown() {
    func line(_ done: Int, _ total: Int?, _ seconds: Int) -> String {
      ProgressText(what: "reading", unit: "rows", done: done, total: total, seconds: seconds).line(width: 200)
    }
    #expect(line(0, nil, 3) == "reading  0:03")
    #expect(line(12_000, nil, 65) == "reading  12,000 rows  1:05")
    #expect(line(0, 1, 3) == "reading  0:03" && line(1, 1, 3725) == "reading  1:02:05")
    #expect(line(0, 0, 3) == "reading  0:03")
    #expect(line(.max, 10, 9).contains("100%") && line(1, .max, 9).contains("  0%  "))
    #expect(line(0, 10, 9).hasSuffix("0 of 10 rows  0:09"))
  }

  @Test("counting is for any number of threads, and gives what the work gives") func counting() {
    let result = Progress.during("x", of: 4, quiet: true) { progress in
      DispatchQueue.concurrentPerform(iterations: 8) { _ in for _ in 0..<1000 { progress.advance() } }
      return 7
    }
    #expect(result == 7)
  }
}
