import Foundation
import Needscast
import Testing

@Suite("needscast chart") struct ChartVerbTests {
  private static let sefton = "Datasets/sefton"
  private static let few = ["--draws", "60"]

  private static func chart(_ arguments: [String]) throws -> Command.Outcome {
    try Command.run(["chart"] + arguments)
  }

  private static func rows(_ arguments: [String]) throws -> [[Substring]] {
    let run = try chart(arguments + ["--format", "csv"])
    #expect(run.status == 0, "\(run.errors)")
    return run.output.split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false)
    }
  }

  @Test(
    "every kind of a workspace is drawn",
    arguments: [
      ["--kind", "fan"], ["--kind", "multiples", "--figure", "need"],
      ["--kind", "histogram", "--service", "looked-after"], ["--kind", "stack", "--part", "units"],
      ["--kind", "bridge", "--from", "2023/24", "--to", "2027/28"],
      ["--kind", "scenarios", "--scenario", "mitigated"],
    ])
  func kinds(arguments: [String]) throws {
    let run = try Self.chart([Self.sefton] + arguments + Self.few)
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.output.hasPrefix("<svg ") && run.output.hasSuffix("</svg>\n"))
    #expect(run.output.contains("width=\"760\"") && run.output.contains("<title id="))
  }

  @Test("an indicator stands beside other areas", arguments: ["neighbours", "slope"]) func indicator(
    kind: String
  ) throws {
    let run = try Self.chart([Self.sefton, "--kind", kind, "--indicator", "1.1", "--width", "360"])
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.output.contains("width=\"360\"") && run.output.contains("statistical neighbours"))
    let missing = try Self.chart([Self.sefton, "--kind", kind])
    #expect(
      missing.status == 64 && missing.errors.contains("--indicator ID, one of 1.1"), "\(missing.errors)")
    let unknown = try Self.chart([Self.sefton, "--kind", kind, "--indicator", "1.11"])
    #expect(unknown.status == 64 && unknown.errors.contains("there is no indicator \"1.11\""))
  }

  @Test("the figures drawn are those of the plan") func figures() throws {
    let rows = try Self.rows([Self.sefton, "--service", "looked-after", "--figure", "spend"] + Self.few)
    #expect(rows.first == ["panel", "label", "figure", "value", "unit"])
    let plan = try Command.run(["plan", Self.sefton, "--format", "json"] + Self.few)
    let document = try #require(
      try JSONSerialization.jsonObject(with: Data(plan.output.utf8)) as? [String: Any])
    let outcomes = try #require(document["scenarios"] as? [[String: Any]])
    let services = try #require(outcomes.first?["services"] as? [[String: Any]])
    let years = try #require(
      services.first { $0["id"] as? String == "looked-after" }?["years"] as? [[String: Any]])
    let spend = try #require(years.last?["spend"] as? [String: Any])
    for (name, key) in [("median", "p50"), ("lower_80", "p10"), ("upper_95", "p97_5")] {
      let drawn = try #require(rows.last { $0.count == 5 && $0[2] == name }).compactMap { Double($0) }
      let quantiles = spend["quantiles"] as? [String: Any] ?? spend
      #expect(drawn.last == quantiles[key] as? Double, "\(name): \(drawn) \(spend)")
    }
  }

  @Test("text holds the title, what is told and the figures; JSON holds them for programs") func forms()
    throws
  {
    let arguments = [Self.sefton, "--kind", "histogram", "--service", "looked-after"] + Self.few
    let text = try Self.chart(arguments + ["--format", "text"])
    #expect(text.status == 0 && text.output.hasPrefix("Children looked after: an overspend in 2029/30 is "))
    #expect(text.output.contains("futures") && text.output.contains("overspend"))
    let json = try Self.chart(arguments + ["--format", "json"])
    let document = try JSONDecoder().decode(ChartDocument.self, from: Data(json.output.utf8))
    #expect(document.kind == "histogram" && text.output.hasPrefix(String(document.title.prefix(40))))
    let shares = document.panels.flatMap(\.rows).dropLast().flatMap(\.figures).filter {
      $0.name == "per_cent"
    }
    #expect(abs(shares.reduce(0) { $0 + $1.value } - 100) < 2)
  }

  @Test("the same seed gives the same bytes on any number of threads, another seed others") func bytes()
    throws
  {
    let arguments = [Self.sefton, "--service", "looked-after"] + Self.few
    let once = try Self.chart(arguments + ["--jobs", "1"]).output
    #expect(try Self.chart(arguments + ["--jobs", "2"]).output == once)
    #expect(try Self.chart(arguments + ["--seed", "9"]).output != once)
  }

  @Test("a series and its forecast, from a file and from standard input") func series() throws {
    let file = "Datasets/sefton/series/plans.csv"
    let run = try Self.chart([file, "--series", "ehc-plans", "--area", "Sefton", "--horizon", "2"])
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.output.contains("Sefton: 3,736 on 2025-01-15, about "))
    let text = try String(contentsOf: Command.root.appending(path: file), encoding: .utf8)
    let piped = try Command.run(
      ["chart", "-", "--series", "ehc-plans", "--area", "Sefton", "--horizon", "2"], input: text)
    #expect(piped.status == 0 && piped.output == run.output)
    let forecast = try Command.run(["forecast", file, "--horizon", "2", "--format", "csv"])
    let row = try #require(
      forecast.output.split(separator: "\n").first {
        $0.hasPrefix("ehc-plans,2026-01-15,") && $0.hasSuffix(",Sefton")
      })
    let rows = try Self.rows([file, "--series", "ehc-plans", "--area", "Sefton", "--horizon", "2"])
    let median = try #require(rows.first { $0.count == 5 && $0[2] == "median" })[3]
    #expect(row.split(separator: ",").contains(median), "\(row) \(median)")
  }

  @Test("several series are refused with advice, or stand side by side") func several() throws {
    let file = "Datasets/invented/control-chart.csv"
    let refused = try Self.chart([file])
    #expect(refused.status == 64)
    #expect(refused.errors.contains("--series NAME") && refused.errors.contains("--kind multiples"))
    let both = try Self.chart([file, "--kind", "multiples"])
    #expect(both.status == 0 && both.output.contains("2 series and their forecasts, 3 periods ahead"))
    let none = try Self.chart([file, "--series", "nothing"])
    #expect(none.status == 64 && none.errors.contains("it has "))
  }

  @Test("what series side by side share is said once, and each says its figures and its dates") func shared()
    throws
  {
    let arguments = ["Datasets/sefton/series/plans.csv", "--series", "ehc-plans", "--kind", "multiples"]
    let json = try Self.chart(arguments + ["--format", "json"])
    let document = try JSONDecoder().decode(ChartDocument.self, from: Data(json.output.utf8))
    #expect(document.panels.count > 2)
    #expect(document.panels.contains { $0.title.hasPrefix("Sefton: 3,736 on 2025-01-15, about ") })
    let svg = try Self.chart(arguments).output
    #expect(svg.components(separatedBy: ">2028-01-15<").count - 1 >= document.panels.count)
  }

  @Test("a stack never shows as nothing what is not known") func unknown() throws {
    let rows = try Self.rows([Self.sefton, "--kind", "stack", "--part", "general-fund"] + Self.few)
    #expect(rows.contains { $0.count == 5 && $0[0].isEmpty && $0[1].hasPrefix("Transport") })
    #expect(!rows.contains { $0.count == 5 && ($0[2] == "2022/23" || Double($0[3]) == 0) })
  }

  @Test("a deficit that is charged to the General Fund is no gain: the chart says what it pays") func charge()
    throws
  {
    let run = try Self.chart([Self.sefton, "--kind", "scenarios", "--format", "json"] + Self.few)
    let document = try JSONDecoder().decode(ChartDocument.self, from: Data(run.output.utf8))
    #expect(
      document.notes.contains {
        $0.hasPrefix("Under charged-to-general-fund the General Fund pays £") && $0.contains(" more over ")
      }, "\(document.notes)")
    #expect(document.title.contains(", and the General Fund pays £"), "\(document.title)")
  }

  @Test("series that cannot be forecast are named and stop no other") func failures() throws {
    let text = "series,period,value\na,2019,1\na,2020,2\na,2021,4\na,2022,5\na,2023,5\nb,2023,x1\n"
    let run = try Command.run(["chart", "-", "--kind", "multiples"], input: text)
    #expect(run.status == 65 && run.output.hasPrefix("<svg "))
    #expect(run.errors.contains("1 of 2 series could not be drawn"), "\(run.errors)")
    #expect(run.output.contains("Could not be forecast: b."))
  }

  @Test(
    "what would change nothing, or cannot be drawn, is refused with 64",
    arguments: [
      (["--width", "359"], "from 360 to 1400"), (["--width", "1401"], "from 360 to 1400"),
      (["--width", "400", "--format", "csv"], "--width is for drawings"),
      (["--horizon", "3"], "--horizon is for a series file"),
      (["--kind", "fan", "--from", "2023/24"], "--from is for other charts"),
      (["--kind", "neighbours", "--draws", "100"], "--draws is for other charts"),
      (["--kind", "xmr"], "needscast spc"), (["--kind", "waits"], "needscast waits"),
      (["--kind", "pie"], "fan, multiples"), (["--service", "high-need"], "no service \"high-need\""),
      (["--scenario", "base", "--scenario", "mitigated"], "--kind scenarios"),
      (["--kind", "bridge", "--service", "total"], "one service"),
      (["--kind", "stack", "--service", "total"], "one service"),
      (["--kind", "scenarios", "--scenario", "base"], "named twice"),
    ])
  func refused(arguments: [String], words: String) throws {
    let run = try Self.chart([Self.sefton] + arguments)
    #expect(run.status == 64, "\(run.status) \(run.errors)")
    #expect(run.errors.contains(words) && run.output.isEmpty, "\(run.errors)")
  }

  @Test("options of a workspace, and its kinds, are refused of a series file") func seriesRefusals() throws {
    let file = "Datasets/invented/control-chart.csv"
    for arguments in [["--service", "high-needs"], ["--kind", "bridge"], ["--seed", "1"]] {
      let run = try Self.chart([file] + arguments)
      #expect(run.status == 64 && run.output.isEmpty, "\(run.errors)")
      #expect(run.errors.contains("series file"))
    }
    #expect(try Self.chart(["Datasets/nowhere.csv"]).status == 66)
  }

  @Test("a figure that a service has not is 65, with those that it has") func missing() throws {
    let run = try Self.chart(
      [Self.sefton, "--service", "looked-after", "--figure", "closing-balance"] + Self.few)
    #expect(run.status == 65 && run.errors.contains("it has need, "), "\(run.errors)")
  }

  @Test("the file is written whole, and never over another or an input") func output() throws {
    let folder = try TemporaryFolder()
    let path = folder.url.appending(path: "chart.svg").path
    let arguments = [Self.sefton, "--kind", "neighbours", "--indicator", "1.1", "--output"]
    let first = try Self.chart(arguments + [path])
    #expect(first.status == 0 && first.output.isEmpty && first.errors.contains("wrote \(path)"))
    #expect(try String(contentsOfFile: path, encoding: .utf8).hasSuffix("</svg>\n"))
    #expect(try Self.chart(arguments + [path]).status == 73)
    #expect(try Self.chart(arguments + [path, "--force", "--quiet"]).errors.isEmpty)
    #expect(try Self.chart(arguments + ["\(Self.sefton)/scorecard.yaml", "--force"]).status == 64)
    #expect(try Self.chart(["-", "--output", path, "--force"]).status != 0)
    #expect(folder.names == ["chart.svg"])
  }

  @Test("names that harm a careless page are shown as they are") func hostile() throws {
    let text =
      "series,period,value,measure\n"
      + (2015...2023).map { "\"<script>alert(1)</script>\",\($0),\($0 - 2000),=cmd() שלום 👩‍👧‍👦\n" }.joined()
    let run = try Command.run(["chart", "-"], input: text)
    #expect(run.status == 0 && !run.output.contains("<script"), "\(run.errors)")
    #expect(run.output.contains("=cmd() שלום 👩‍👧‍👦"))
  }
}
