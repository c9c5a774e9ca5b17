import Foundation
import Testing

@Suite("needscast scorecard")
struct ScorecardVerbTests {
  static let workspace = "Datasets/sefton"

  @Test("the card has a summary, every indicator, the rules, and what is missing, within 100 columns")
  func text() throws {
    let run = try Command.run(["scorecard", Self.workspace])
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.output.hasPrefix("Children's Strategy Score Card: Sefton, as known on 2026-03-31\n"))
    let lines = run.output.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.allSatisfy { $0.count <= 100 })
    #expect(lines.allSatisfy { !$0.hasSuffix(" ") })
    for id in (1...10).flatMap({ ["1.\($0)", "2.\($0)", "3.\($0)"] }) + (1...9).map({ "4.\($0)" }) {
      #expect(lines.contains { $0.hasPrefix("\(id) ") }, "\(id)")
    }
    for part in ["HEARD", "HAPPY", "HEALTHY", "ACHIEVING", "HOW THIS CARD IS READ", "NO FIGURES, AND WHY"] {
      #expect(lines.contains { $0 == part }, "\(part)")
    }
    #expect(run.output.contains("No indicator stands under priority 6."))
    #expect(run.output.contains("redefined before 2021/22"))
  }

  @Test("the rows for programs have one form, numbers in full, and a reason for whatever is empty")
  func csv() throws {
    let run = try Command.run(["scorecard", Self.workspace, "--format", "csv"])
    #expect(run.status == 0)
    let rows = run.output.split(separator: "\n").map(Self.cells)
    #expect(rows.count == 1 + 72)
    #expect(Set(rows.map(\.count)) == [63])
    let header = rows[0]
    #expect(header.prefix(3) == ["id", "list", "indicator"] && header.last == "not_available")
    let first = Dictionary(zip(header, rows[1])) { first, _ in first }
    #expect(first["id"] == "1.1" && first["value"] == "65.2" && first["period"] == "2024/25")
    #expect(first["target"] == "74" && first["target_status"] == "not judged" && first["rule"] == "quartile")
    for row in rows.dropFirst() where row[14].isEmpty { #expect(row.last?.isEmpty == false, "\(row[0])") }
  }

  @Test("JSON holds the definition, the rules and every line") func json() throws {
    let run = try Command.run(["scorecard", Self.workspace, "--format", "json"])
    #expect(run.status == 0)
    let document = try #require(
      try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
    #expect(document["asOf"] as? String == "2026-03-31")
    let lines = try #require(document["indicators"] as? [[String: Any]])
    #expect(lines.count == 72)
    #expect((document["rules"] as? [String: String])?.count == 5)
    #expect((document["problems"] as? [String])?.isEmpty == true)
    let care = try #require(lines.first { $0["id"] as? String == "3.1" })
    #expect((care["rating"] as? [String: Any])?["colour"] as? String == "notJudged")
    #expect((care["recentTrend"] as? [String: Any])?["marker"] as? String == "decreasing")
    #expect((care["interval"] as? [String: Any])?["lower95"] is Double)
  }

  @Test("a theme, another judgement and another day are asked for") func options() throws {
    let heard = try Command.run(["scorecard", Self.workspace, "--theme", "Heard", "--format", "csv"])
    #expect(heard.output.split(separator: "\n").count == 1 + 8)
    let neutral = try Command.run(
      ["scorecard", Self.workspace, "--theme", "achieving", "--polarity", "1.10=neutral", "--format", "csv"])
    let row = try #require(neutral.output.split(separator: "\n").map(Self.cells).first { $0[0] == "1.10" })
    #expect(row.contains("neutral") && row.contains("notJudged"))
    let then = try Command.run(["scorecard", Self.workspace, "--as-of", "2020-01-31"])
    #expect(then.output.contains("reasons are as they stand now"))
    #expect(try !Command.run(["scorecard", Self.workspace]).output.contains("reasons are as they stand now"))
    #expect(then.status == 0)
    // Lines are broken where they are full.
    let words = then.output.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(words.contains("target at least 74 by 2025-12-31: "))
    #expect(words.contains("likely, forecast for 2024/25"))
    #expect(!then.output.contains("2021/22"))
  }

  @Test("the same card twice, and into a file, is the same bytes") func same() throws {
    let folder = try TemporaryFolder()
    let path = folder.url.appending(path: "card.json").path
    let runs = try (0..<2).map { _ in try Command.run(["scorecard", Self.workspace, "--format", "json"]) }
    #expect(runs[0].output == runs[1].output)
    let written = try Command.run(["scorecard", Self.workspace, "--format", "json", "--output", path])
    #expect(written.status == 0 && written.output.isEmpty)
    #expect(try String(contentsOfFile: path, encoding: .utf8) == runs[0].output)
  }

  @Test("mistakes in the card are told with their lines, the rest is reported, and the code is 65")
  func mistakes() throws {
    let folder = try TemporaryFolder()
    let card = try String(
      contentsOf: Command.root.appending(path: "\(Self.workspace)/scorecard.yaml"), encoding: .utf8)
    let wrong = card.replacingOccurrences(of: "series: progress-8\n", with: "series: progress-9\n")
      .replacingOccurrences(of: "neighbours: neighbours.csv\n", with: "")
    let path = try folder.write(wrong, to: "card.yaml")
    for format in ["text", "json", "csv"] {
      let run = try Command.run(["scorecard", Self.workspace, "--scorecard", path, "--format", format])
      #expect(run.status == 65)
      #expect(
        run.errors.contains(
          "there is no series \"progress-9\" in the workspace; did you mean \"progress-8\"?"))
      #expect(run.errors.contains("card.yaml:"))
      #expect(run.output.contains("Breastfeeding at 6-8 weeks"))
      #expect(format == "csv" || run.output.contains("progress-9"))
    }
  }

  @Test("check looks at the card of a workspace too") func check() throws {
    let folder = try TemporaryFolder()
    let workspace = folder.url.appending(path: "sefton")
    try FileManager.default.copyItem(at: Command.root.appending(path: Self.workspace), to: workspace)
    let sound = try Command.run(["check", workspace.path])
    #expect(sound.status == 0)
    #expect(sound.output.contains("scorecard.yaml: 72 indicators under 12 priorities"))
    let card = workspace.appending(path: "scorecard.yaml")
    let text = try String(contentsOf: card, encoding: .utf8)
    try Data(text.replacingOccurrences(of: "priority: 12", with: "priority: 13").utf8).write(to: card)
    let wrong = try Command.run(["check", workspace.path])
    #expect(wrong.status == 65)
    #expect(wrong.output.contains("there is no priority \"13\"; accepted are 1, 2"))
  }

  @Test("the colours of the rows count as those of the summary") func counts() throws {
    let rows = try Command.run(["scorecard", Self.workspace, "--format", "csv"]).output
      .split(separator: "\n").map(Self.cells)
    let place = try #require(rows[0].firstIndex(of: "colour"))
    let colours = rows.dropFirst().map { $0[place] }
    let text = try Command.run(["scorecard", Self.workspace]).output
    let all = try #require(text.split(separator: "\n").first { $0.hasPrefix("All ") })
      .split(separator: " ").dropFirst().compactMap { Int($0) }
    let counted = ["green", "amber", "red", "notJudged", "noFigures"].map { colour in
      colours.count { $0 == colour }
    }
    #expect(counted + [colours.count] == Array(all.prefix(6)))
    #expect(counted[4] > 0)
  }

  @Test("a chance says in every form how many other areas stand behind it") func strength() throws {
    let then = ["scorecard", Self.workspace, "--as-of", "2020-01-31"]
    let words = try Command.run(then).output.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(words.contains("likely, forecast for 2024/25 69 (63 to 77), with 12 other areas;"))
    let rows = try Command.run(then + ["--format", "csv"]).output.split(separator: "\n").map(Self.cells)
    let row = try #require(rows.first { $0[0] == "1.1" })
    for name in ["target_comparators", "next_comparators"] {
      #expect(row[try #require(rows[0].firstIndex(of: name))] == "12", "\(name)")
    }
    // Three series are too few to learn from together: the figures of two other areas do not count.
    let next = try #require(rows[0].firstIndex(of: "next_comparators"))
    #expect(Set(rows.dropFirst().map { $0[next] }).isDisjoint(with: ["1", "2"]))
    let document = try #require(
      try JSONSerialization.jsonObject(
        with: Data(try Command.run(then + ["--format", "json"]).output.utf8)) as? [String: Any])
    let line = try #require(
      (document["indicators"] as? [[String: Any]])?.first { $0["id"] as? String == "1.1" })
    let forecast = (line["target"] as? [String: Any])?["forecast"] as? [String: Any]
    #expect(forecast?["comparators"] as? Int == 12)
    #expect((line["next"] as? [String: Any])?["comparators"] as? Int == 12)
    #expect(line["chartWarnings"] as? [String] == [])
  }

  @Test("a definition that was refused has no colour, and says why in every form") func refusedDefinition()
    throws
  {
    let folder = try TemporaryFolder()
    let card = try String(
      contentsOf: Command.root.appending(path: "\(Self.workspace)/scorecard.yaml"), encoding: .utf8)
    let wrong = card.replacingOccurrences(
      of: "series: progress-8\n", with: "series: progress-8\n    judged-by: mood\n"
    )
    .replacingOccurrences(of: "neighbours: neighbours.csv\n", with: "")
    let path = try folder.write(wrong, to: "card.yaml")
    for format in ["text", "json", "csv"] {
      let run = try Command.run(["scorecard", Self.workspace, "--scorecard", path, "--format", format])
      #expect(run.status == 65)
      let words = run.output.split(whereSeparator: \.isWhitespace).joined(separator: " ")
      #expect(words.contains("its definition was refused: "), "\(format)")
    }
  }

  @Test("figures that do not say when they were published are told, since every hindcast sees them")
  func undated() throws {
    let folder = try TemporaryFolder()
    let workspace = folder.url.appending(path: "sefton")
    try FileManager.default.copyItem(at: Command.root.appending(path: Self.workspace), to: workspace)
    let series = workspace.appending(path: "series/education.csv")
    let text = try String(contentsOf: series, encoding: .utf8)
    let undated = text.replacing(
      /(funded-early-education-2,Sefton,2017\/18,.*?),2018-07-31,yes,/, maxReplacements: 1
    ) {
      "\($0.output.1),,,"
    }
    #expect(undated != text)
    try Data(undated.utf8).write(to: series)
    let said = "do not say when they were published and enter every hindcast"
    for verb in ["scorecard", "kpi"] {
      let run = try Command.run([verb, workspace.path, "--as-of", "2020-01-31"])
      #expect(run.status == 0)
      #expect(run.errors.contains(said), "\(verb): \(run.errors)")
      let quiet = try Command.run([verb, workspace.path, "--as-of", "2020-01-31", "--quiet"])
      #expect(quiet.errors.isEmpty)
      #expect(quiet.output == run.output)
      #expect(!(try Command.run([verb, Self.workspace])).errors.contains(said))
    }
  }

  @Test("what is asked for and not there has its own code") func refusals() throws {
    #expect(try Command.run(["scorecard", "-"]).status == 64)
    #expect(try Command.run(["scorecard", "nowhere"]).status == 66)
    #expect(try Command.run(["scorecard", Self.workspace, "--scorecard", "nowhere.yaml"]).status == 66)
    let theme = try Command.run(["scorecard", Self.workspace, "--theme", "wealthy"])
    #expect(theme.status == 64)
    #expect(theme.errors.contains("did you mean \"healthy\"?"))
    let id = try Command.run(["scorecard", Self.workspace, "--polarity", "9.9=neutral"])
    #expect(id.status == 64)
    #expect(id.errors.contains("there is no indicator \"9.9\""))
    for polarity in ["1.1", "1.1=up", "=neutral"] {
      #expect(try Command.run(["scorecard", Self.workspace, "--polarity", polarity]).status == 64)
    }
    let twice = ["--polarity", "1.1=neutral", "--polarity", "1.1=lower"]
    #expect(try Command.run(["scorecard", Self.workspace] + twice).status == 64)
    let card = "\(Self.workspace)/scorecard.yaml"
    #expect(try Command.run(["scorecard", Self.workspace, "--output", card, "--force"]).status == 64)
    // A workspace whose data are wrong.
    #expect(try Command.run(["scorecard", "Datasets/invented"]).status != 0)
  }

  @Test("every example of the help works") func help() throws {
    let help = try Command.run(["scorecard", "--help"]).output
    let examples = help.split(separator: "\n").filter { $0.hasPrefix("  needscast ") }
    #expect(examples.count == 4)
    for example in examples {
      let run = try Command.run(example.split(separator: " ").dropFirst().map(String.init))
      #expect(run.status == 0, "\(example): \(run.errors)")
      #expect(!run.output.isEmpty)
    }
  }

  /// The cells of a row, quotation marks taken off.
  private static func cells(_ row: Substring) -> [String] {
    var cells = [""]
    var isQuoted = false
    for character in row {
      switch character {
      case "\"": isQuoted.toggle()
      case "," where !isQuoted: cells.append("")
      default: cells[cells.count - 1].append(character)
      }
    }
    return cells
  }
}
