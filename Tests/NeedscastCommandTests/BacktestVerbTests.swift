import Foundation
import Testing

@testable import NeedscastCommand

@Suite("needscast backtest")
struct BacktestVerbTests {
  private let input = "Datasets/sefton/series/population.csv"
  private static let header =
    "group,model,series,forecasts,failed,zero_scale,mase,rmsse,smape,bias,pinball,crps,coverage_80,coverage_95,msis"

  /// Two pools, and series of different ends; the last two columns are to be pooled and divided by.
  private static let panel: String = {
    var text = "series,period,value,pool,kind\n"
    let values: [[Int]] = [
      [31, 35, 34, 38, 37, 41, 44, 43, 47, 52], [12, 11, 14, 13, 15, 17, 16, 18],
      [100, 90, 95, 80, 85, 70, 75, 60, 65, 50], [7, 7, 7, 7, 7, 7, 7, 7, 8, 9],
    ]
    for (number, row) in values.enumerated() {
      for (index, value) in row.enumerated() {
        text += "s\(number),\(2010 + index),\(value),p\(number % 2),k\(number / 2)\n"
      }
    }
    return text
  }()

  @Test("The columns are those of the contract, a row for each model") func columns() throws {
    let run = try Command.run(
      ["backtest", input, "--horizon", "2", "--origins", "3", "--models", "drift, naive ,ets(A,Ad,N)"]
        + ["--format", "csv"])
    let lines = run.output.split(separator: "\n").map(String.init)
    #expect(run.status == 0, "\(run.errors)")
    #expect(lines.first == Self.header)
    #expect(lines.count == 4)
    let models = lines.dropFirst().map { $0.split(separator: ",", omittingEmptySubsequences: false)[1] }
    #expect(models.first == "drift" && models[1] == "naive")
    #expect(lines[3].hasPrefix("all,\"ets(A,Ad,N)\","))
    #expect(lines[1].hasPrefix("all,drift,"))
  }

  @Test("Measures worked out by hand come out of the command") func byHand() throws {
    // Known 1, 2, 4, 3: a scale of 4/3 and squares of 2. Naive says 3; 5 and 7 come.
    let text = "series,period,value\n" + zip(2010..., [1, 2, 4, 3, 5, 7]).map { "s,\($0),\($1)\n" }.joined()
    let run = try Command.run(
      ["backtest", "-", "--horizon", "2", "--origins", "1", "--models", "naive", "--format", "csv"],
      input: text)
    let cells = try #require(run.output.split(separator: "\n").last).split(separator: ",")
    #expect(cells[2...5] == ["1", "2", "0", "0"])
    #expect(cells[6] == "2.25" && cells[8] == "65" && cells[9] == "-2.25")
    #expect(cells[12] == "50" && cells[13] == "100")
  }

  @Test("Pools are cut at one period, groups have rows of their own") func poolsAndGroups() throws {
    let run = try Command.run(
      ["backtest", "-", "--horizon", "2", "--origins", "2", "--models", "naive,drift", "--pool-by", "pool"]
        + ["--by", "kind", "--format", "csv"], input: Self.panel)
    let lines = run.output.split(separator: "\n").map(String.init)
    #expect(run.status == 0, "\(run.errors)")
    #expect(lines.map { $0.split(separator: ",")[0] } == ["group", "k0", "k0", "k1", "k1"])
    // The series that ends in 2017 has one of the four periods that its pool hides: 2018 and 2019, 2017 and 2018.
    #expect(lines[1].hasPrefix("k0,naive,2,5,0,0,"))
    let detail = try Command.run(
      ["backtest", "-", "--horizon", "2", "--origins", "2", "--models", "naive", "--pool-by", "pool"]
        + ["--detail", "--format", "csv"], input: Self.panel)
    #expect(
      detail.output.split(separator: "\n").filter { $0.hasPrefix("s1,") }.map { $0.prefix(20) }
        == ["s1,naive,2016,1,2017"])
    let unknown = try Command.run(
      ["backtest", "-", "--horizon", "2", "--origins", "2", "--pool-by", "region"], input: Self.panel)
    #expect(unknown.status == 64)
    #expect(unknown.errors.contains("--pool-by region: - has no such column; name one of its columns"))
  }

  @Test("Every forecast stands in a row with what came, with a pair for each level") func detail() throws {
    let run = try Command.run(
      ["backtest", "-", "--horizon", "2", "--origins", "1", "--models", "naive", "--levels", "50,90"]
        + ["--detail", "--format", "csv"], input: Self.panel)
    let lines = run.output.split(separator: "\n").map(String.init)
    #expect(lines.first == "series,model,origin,step,period,actual,mean,lower_50,upper_50,lower_90,upper_90")
    #expect(lines.count == 9)
    #expect(lines[1].hasPrefix("s0,naive,2017,1,2018,47,43,"))
    #expect(lines[2].hasPrefix("s0,naive,2017,2,2019,52,43,"))
    let area = try Command.run(
      ["backtest", input, "--horizon", "1", "--origins", "1", "--detail", "--format", "csv"])
    #expect(area.output.split(separator: "\n").first?.hasSuffix(",upper_95,area") == true)
    let text = try Command.run(
      ["backtest", "-", "--horizon", "1", "--origins", "1", "--models", "naive", "--detail"],
      input: Self.panel)
    #expect(text.output.contains("actual") && text.output.contains("lower_80"))
    let json = try Command.run(
      ["backtest", "-", "--horizon", "1", "--origins", "1", "--models", "naive", "--detail"]
        + ["--format", "json"], input: Self.panel)
    let document = try #require(
      try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: [[String: Any]]])
    let first = try #require(document["forecasts"]?.first)
    #expect(
      Set(first.keys) == ["series", "model", "origin", "step", "period", "actual", "mean", "intervals"])
  }

  @Test("JSON holds the measures and the comparison with the reference") func json() throws {
    let run = try Command.run(
      ["backtest", "-", "--horizon", "1", "--origins", "4", "--models", "drift,naive", "--format", "json"],
      input: Self.panel)
    let document = try #require(
      try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
    #expect(document["reference"] as? String == "naive")
    let groups = try #require(document["groups"] as? [[String: Any]])
    let models = try #require(groups.first?["models"] as? [[String: Any]])
    let measures = try #require(models[0]["measures"] as? [String: Double])
    #expect(
      Set(measures.keys) == [
        "mase", "rmsse", "smape", "bias", "pinball", "crps", "coverage_80", "coverage_95", "msis",
      ])
    let comparison = try #require(models[0]["comparison"] as? [String: Any])
    #expect(comparison["against"] as? String == "naive")
    #expect((comparison["pValue"] as? Double).map { $0 > 0 && $0 <= 1 } == true)
    #expect(models[1]["comparison"] == nil || models[1]["comparison"] is NSNull)
  }

  @Test("The table names the best model for each measure, what that rests on, and whether it could be chance")
  func table() throws {
    let run = try Command.run(
      ["backtest", "-", "--horizon", "1", "--origins", "4", "--models", "drift,naive"], input: Self.panel)
    let text = run.output.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(text.contains("Forecasts of 1 period from 4 origins, made again from all that came before each."))
    #expect(text.contains("Best by "))
    #expect(text.contains("This rests on 16 forecasts of 4 series."))
    #expect(text.contains("drift against naive: the absolute scaled error is "))
    #expect(text.contains("on average over 4 origins; chance alone "))
    #expect(run.output.split(separator: "\n").allSatisfy { $0.count <= 110 })
    let few = try Command.run(
      ["backtest", "-", "--horizon", "2", "--origins", "1", "--models", "drift,naive", "--sliding", "5"],
      input: Self.panel)
    let short = few.output.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(short.contains("from the last 5 periods before each"))
    #expect(short.contains("not tested, because forecasts from 3 origins are needed and there are 1"))
    #expect(short.contains("1 series never changed before an origin; scaled measures leave it out."))
  }

  @Test("What fails is named, the rest is written, and the exit code is 65") func failures() throws {
    let folder = try TemporaryFolder()
    let errors = folder.url.appending(path: "errors.csv").path
    let text =
      Self.panel + "tiny,2018,3,p9,k9\ntiny,2019,4,p9,k9\nshort,2016,1,p8,k9\nshort,2017,3,p8,k9\n"
      + "short,2018,2,p8,k9\nshort,2019,4,p8,k9\nbad,2019,x1,p8,k9\n"
    let run = try Command.run(
      ["backtest", "-", "--horizon", "2", "--origins", "2", "--models", "naive", "--format", "csv"]
        + ["--errors", errors], input: text)
    #expect(run.status == 65)
    #expect(run.output.hasPrefix(Self.header))
    let table = try String(contentsOfFile: errors, encoding: .utf8)
    #expect(table.hasPrefix("series,code,message\n"))
    #expect(table.contains("\nbad,data,"))
    #expect(table.contains("\ntiny,origin,"))
    #expect(table.contains("\nshort,forecast,"))
    #expect(table.contains("(naive, at 2 of 2 origins)"))
    #expect(run.errors.contains("3 of 7 series could not be forecast from every origin by every model"))
    let nothing = try Command.run(
      ["backtest", "-", "--horizon", "5", "--origins", "2"],
      input: "series,period,value\na,2019,1\na,2020,2\n")
    #expect(nothing.status == 65 && nothing.output.isEmpty)
    #expect(nothing.errors.contains("nothing is left to learn from"))
  }

  @Test("Figures count from the day on which they were published") func vintages() throws {
    var text = "series,period,value,published,pool\n"
    for (name, late) in [("a", ""), ("b", ""), ("c", "2019-05-01")] {
      for (index, value) in [1, 2, 4, 3, 5, 7].enumerated() {
        let year = 2010 + index
        let published = year == 2013 && !late.isEmpty ? late : "\(year + 1)-01-15"
        text += "\(name),\(year),\(value),\(published),p\n"
      }
    }
    let arguments =
      ["backtest", "-", "--horizon", "2", "--origins", "1", "--models", "naive", "--pool-by", "pool"]
      + ["--detail", "--format", "csv"]
    let plain = try Command.run(arguments, input: text).output
    let dated = try Command.run(arguments + ["--vintages"], input: text).output
    #expect(plain.contains("c,naive,2013,1,2014,5,3,"))
    #expect(dated.contains("c,naive,2013,1,2014,5,4,"))
    #expect(dated.contains("a,naive,2013,1,2014,5,3,"))
    let asOf = try Command.run(arguments + ["--as-of", "2015-06-30"], input: text).output
    #expect(asOf.contains("a,naive,2012,2,2014,5,4,") && !asOf.contains(",2015,"))
    let undated = try Command.run(arguments + ["--vintages"], input: Self.panel)
    #expect(undated.errors.contains("no figure has a date of publication"))
  }

  @Test("Seconds go to a file of their own; nothing else depends on the clock or on threads") func threads()
    throws
  {
    let folder = try TemporaryFolder()
    let timings = folder.url.appending(path: "timings.csv").path
    let arguments = [
      "backtest", "-", "--horizon", "2", "--origins", "2", "--pool-by", "pool", "--format", "json",
    ]
    let one = try Command.run(arguments + ["--jobs", "1", "--timings", timings], input: Self.panel)
    let many = try Command.run(arguments + ["--jobs", "5"], input: Self.panel)
    #expect(one.output == many.output && one.errors == many.errors)
    let table = try String(contentsOfFile: timings, encoding: .utf8).split(separator: "\n")
    #expect(table.count == 3 && table[0] == "model,seconds" && table[1].hasPrefix("automatic,"))
    let again = try Command.run(arguments + ["--timings", timings], input: Self.panel)
    #expect(again.status == 73 && again.output.isEmpty)
    let same = folder.url.appending(path: "same.csv").path
    let twice = try Command.run(arguments + ["--timings", same, "--errors", same], input: Self.panel)
    #expect(twice.status == 64)
  }

  @Test(
    "Wrong arguments are refused with exit code 64",
    arguments: [
      ["backtest"], ["backtest", "x.csv", "--horizon", "2"], ["backtest", "x.csv", "--origins", "2"],
      ["backtest", "x.csv", "--horizon", "0", "--origins", "2"],
      ["backtest", "x.csv", "--horizon", "2", "--origins", "0"],
      ["backtest", "x.csv", "--horizon", "2", "--origins", "2", "--sliding", "0"],
      ["backtest", "x.csv", "--horizon", "2", "--origins", "2", "--models", "naive,crystal-ball"],
      ["backtest", "x.csv", "--horizon", "2", "--origins", "2", "--models", "naive,,drift"],
      ["backtest", "x.csv", "--horizon", "2", "--origins", "2", "--models", "naive,naive"],
      ["backtest", "x.csv", "--horizon", "2", "--origins", "2", "--levels", "101"],
      ["backtest", "x.csv", "--horizon", "2", "--origins", "2", "--as-of", "yesterday"],
    ])
  func wrongArguments(arguments: [String]) throws {
    let run = try Command.run(arguments)
    #expect(run.status == 64)
    #expect(run.output.isEmpty)
  }

  @Test("Commas inside parentheses and quotation marks belong to a specification") func dividing() {
    #expect(
      ModelsArgument.divided("a, ets(A,Ad,N) ,stl(\"arima(1,0,0)(0,1,1)12\"),b")
        == ["a", "ets(A,Ad,N)", "stl(\"arima(1,0,0)(0,1,1)12\")", "b"])
    #expect(ModelsArgument.divided("arima(0,1,1)(0,1,1)12,naive") == ["arima(0,1,1)(0,1,1)12", "naive"])
    #expect(ModelsArgument.divided("") == [""])
    #expect(ModelsArgument.divided("a),b") == ["a)", "b"])
  }
}
