import Foundation
import Testing

@Suite("needscast rates")
struct RatesVerbTests {
  static let file = "Datasets/invented/rates.csv"
  static let byAge = "Datasets/invented/rates-by-age.csv"
  static let sefton = "Datasets/sefton/series/looked-after.csv"
  static let population = "Datasets/sefton/series/population.csv"

  /// The rows of comma-separated output without quoted commas, by column.
  private func rows(_ output: String) -> [[String: String]] {
    let lines = output.split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    guard let header = lines.first else { return [] }
    return lines.dropFirst().map { Dictionary(zip(header, $0), uniquingKeysWith: { first, _ in first }) }
  }

  @Test("the last year of each area stands beside England, by polarity") func table() throws {
    let run = try Command.run(["rates", Self.file, "--latest", "--series", "persistent-absence"])
    #expect(run.status == 0, "\(run.errors)")
    #expect(
      run.output.hasPrefix("Pupils persistently absent (persistent-absence), per cent; lower is better\n"))
    #expect(run.output.contains("11.7  Worse"))
    #expect(run.output.contains("11.7  Better"))
    #expect(
      run.output.contains("Beside England: better or worse where the benchmark lies outside the 95% limits"))
    let turned = try Command.run([
      "rates", Self.file, "--latest", "--series", "persistent-absence", "--polarity", "neutral",
    ])
    #expect(turned.output.contains("11.7  Higher"))
    #expect(turned.output.contains("Which way every measure goes was said: neither."))
    let none = try Command.run([
      "rates", Self.file, "--latest", "--series", "persistent-absence", "--compare", "none", "--format",
      "csv",
    ])
    #expect(rows(none.output).allSatisfy { ["notCompared", ""].contains($0["standing"]) })
  }

  @Test("values and limits in the rows are those of the counts") func csv() throws {
    let run = try Command.run([
      "rates", Self.file, "--latest", "--series", "persistent-absence", "--area", "Westham", "--format",
      "csv",
      "--confidence", "90,95",
    ])
    let row = try #require(rows(run.output).first)
    #expect(row["numerator"] == "4287")
    #expect(row["denominator"] == "34159")
    #expect(row["value"] == "12.550133200620628")
    #expect(row["lower_95"] == "12.203021707824396")
    #expect(row["lower_90"] != nil && row["lower_998"] == nil)
    #expect(row["method"] == "Wilson score")
    #expect(row["standing"] == "worse")
  }

  @Test("counts become rates of a population, beside neighbours and England") func population() throws {
    let run = try Command.run([
      "rates", Self.sefton, "--series", "looked-after-children", "--area", "Sefton", "--latest",
      "--population",
      Self.population, "--neighbours", "Datasets/sefton/neighbours.csv", "--format", "csv", "--region",
      "North West",
    ])
    #expect(run.status == 0, "\(run.errors)")
    let row = try #require(rows(run.output).first)
    #expect(row["unit"] == "\"per 10")
    #expect(run.output.contains("population-0-17 of 2024-06-30"))
    #expect(run.output.contains("Byar"))
    #expect(run.output.contains(",North West,"))
    #expect(run.output.contains(",England,"))
  }

  @Test("trends are a table of their own, with the marker, and say when they cannot be had") func trends()
    throws
  {
    let run = try Command.run([
      "rates", Self.file, "--trend", "--logistic", "--joinpoint", "--area", "Exampleshire", "--format", "csv",
    ])
    #expect(run.status == 0)
    let all = rows(run.output)
    #expect(
      all.prefix(5).map { $0["test"] } == [
        "recent-trend", "recent-trend-logistic", "mann-kendall", "cochran-armitage", "joinpoint",
      ])
    // Only shares have the test of shares.
    #expect(all.count { $0["test"] == "cochran-armitage" } < all.count { $0["test"] == "mann-kendall" })
    #expect(all[3]["statistic_name"] == "chi-squared" && all[3]["slope"] == "")
    #expect(all[3]["direction"] == "increasing")
    #expect(all[3]["remark"]?.hasPrefix("p of departure from a line ") == true)
    #expect(all[0]["marker"] == "Increasing and getting worse")
    #expect(
      all.prefix(5).map { $0["slope_unit"] } == [
        "percentage points a year", "log odds a year", "percentage points a year", "",
        "% of itself a year (annual percentage change)",
      ])
    #expect(all[1]["remark"]?.hasPrefix("the odds change by ") == true)
    #expect(all[1]["remark"]?.hasSuffix("% a year") == true)
    #expect(run.output.contains("logistic regression is for shares and its unit is per 10,000"))
    let pooled = try Command.run(["rates", Self.file, "--pool", "3", "--trend", "--area", "Exampleshire"])
    #expect(pooled.status == 0)
    #expect(pooled.output.contains("Recent trend: Cannot be calculated"))
    #expect(pooled.output.contains("overlap"))
    #expect(pooled.output.contains("2021/22-23/24"))
  }

  @Test("rates are standardised by age, directly and indirectly") func standardised() throws {
    let direct = try Command.run(["rates", Self.byAge, "--standardise", "direct", "--bands", "age_band"])
    #expect(direct.status == 0, "\(direct.errors)")
    #expect(direct.output.contains("17.0% of the European Standard Population 2013"))
    #expect(direct.output.contains("only"))
    #expect(direct.output.contains("Dobson, Byar"))
    let folder = try TemporaryFolder()
    let standard = try folder.write("band,weight\n10-14,1\n15-19,1\n20-24,1\n", to: "even.csv")
    let own = try Command.run([
      "rates", Self.byAge, "--standardise", "direct", "--bands", "age_band", "--standard", standard, "--per",
      "10,000",
      "--trend", "--area", "Exampleshire",
    ])
    #expect(own.output.contains("Rates are standardised directly for age by the even."))
    #expect(own.output.contains("limits as given"))
    let indirect = try Command.run([
      "rates", Self.byAge, "--standardise", "indirect", "--bands", "age_band", "--latest", "--format", "csv",
    ])
    let england = try #require(rows(indirect.output).first)
    #expect(england["unit"] == "ratio")
    #expect(england["value"].flatMap(Double.init).map { ($0 - 1).magnitude < 1e-12 } == true)
    let mars = try Command.run([
      "rates", Self.byAge, "--standardise", "indirect", "--bands", "age_band", "--benchmark", "Mars",
    ])
    #expect(mars.status != 0)
  }

  @Test("one impossible count is a sentence, the rest is reported, and the exit code says so") func faults()
    throws
  {
    let folder = try TemporaryFolder()
    let path = try folder.write(
      """
      series,area,period,value,numerator,denominator,unit,polarity
      a,X,2023,,12,10,per cent,lower is better
      a,X,2024,30,3,10,per cent,lower is better
      b,X,2024,12.9,31,0,"per 1,000",sideways
      c,X,2024,c,,,per cent,
      d,X,2024,50,31,240,per cent,
      e,X,2024,500,,,pounds,

      """, to: "wrong.csv")
    let errors = folder.url.appending(path: "errors.csv").path
    let run = try Command.run(["rates", path, "--errors", errors])
    #expect(run.status == 65)
    #expect(run.errors.contains("a, X: the count of 12 at 2023 is above its denominator of 10"))
    #expect(run.errors.contains("b, X: the denominator at 2024 is 0"))
    #expect(run.errors.contains("polarity \"sideways\" is not known"))
    #expect(run.errors.contains("the value 50 at 2024 is not 31 among 240"))
    #expect(run.output.contains("30.0"))
    #expect(run.output.contains("no figure for 2024: suppressed"))
    #expect(run.output.contains("its unit is pounds"))
    let written = try String(contentsOfFile: errors, encoding: .utf8)
    #expect(written.hasPrefix("series,code,message\n"))
    #expect(written.split(separator: "\n").count == 4)
  }

  @Test("each fault is told once, and those of series that were not asked for are not told at all")
  func faultsOnce() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(
      """
      series,area,period,value,numerator,denominator,unit,polarity
      a,X,2023,,12,10,per cent,
      a,X,2024,,5,0,per cent,
      b,X,2024,50,31,240,per cent,
      d,X,2024,,3,10,per cent,lower is better
      d,X,2025,150,,,per cent,lower is better
      h,X,2024,nan,,,per cent,
      u,X,2024,,3,10,per cent,upwards

      """, to: "wrong.csv")
    let all = try Command.run(["rates", path])
    #expect(all.status == 65)
    let lines = all.errors.split(separator: "\n")
    for part in [
      "the count of 12 at 2023", "the denominator at 2024 is 0", "the value 50 at 2024", "upwards",
    ] {
      #expect(lines.count { $0.contains(part) } == 1, "\(part): \(all.errors)")
    }
    #expect(!all.errors.contains("wrong.csv:2:") && !all.errors.contains("wrong.csv:3:"), "\(all.errors)")
    #expect(!all.errors.contains("wrong.csv:4:"), "\(all.errors)")
    #expect(all.errors.contains("wrong.csv:6: value 150 lies outside"))
    #expect(all.errors.contains("wrong.csv:7:"))

    let latest = try Command.run(["rates", path, "--area", "X", "--latest", "--series", "b", "--series", "d"])
    #expect(latest.status == 0, "\(latest.errors)")
    #expect(latest.errors.contains("the value 50 at 2024"))
    let one = try Command.run(["rates", path, "--series", "d"])
    #expect(one.status == 0, "\(one.errors)")
    #expect(
      one.errors
        == "\(path):6: value 150 lies outside what the unit per cent allows; check the value or the unit\n")

    let bad = try Command.run(["rates", path, "--series", "h"])
    #expect(bad.status == 65)
    #expect(bad.errors.hasPrefix("\(path):7: value \"nan\""), "\(bad.errors)")
    let none = try Command.run(["rates", path, "--series", "z"])
    #expect(none.status == 64)
    #expect(none.errors.contains("it has a, b, d, h, u"))
  }

  @Test("published limits are used where counts are not published, from a file and from standard input")
  func publishedLimits() throws {
    var text = "series,area,period,value,unit,lower_limit,upper_limit\n"
    for (position, value) in [30.6, 30.2, 28, 24.6, 24.67].enumerated() {
      let lower = [28.98, 28.63, 26.44, 23.15, 23.16][position]
      let upper = [32.25, 31.9, 29.64, 26.19, 26.25][position]
      text += "teeth,Sefton,\(2019 + position),\(value),per cent,\(lower),\(upper)\n"
    }
    let folder = try TemporaryFolder()
    let path = try folder.write(text, to: "limits.csv")
    let runs = try [
      Command.run(["rates", path, "--trend"]), Command.run(["rates", "-", "--trend"], input: text),
    ]
    #expect(runs[0].output == runs[1].output)
    #expect(
      runs[0].output.split(whereSeparator: \.isWhitespace).joined(separator: " ").contains(
        "percentage points a year; chi-squared 46.77"))
    #expect(runs[0].output.contains("published value; limits: as published\n"))
    #expect(runs[0].output.contains("23.2 to 26.3") || runs[0].output.contains("23.2 to 26.2"))
  }

  @Test("a change and a place in the funnel are tested by counts") func changeAndFunnel() throws {
    let run = try Command.run([
      "rates", Self.file, "--change", "--funnel", "--format", "csv", "--series", "persistent-absence",
    ])
    let last = try #require(rows(run.output).last { $0["area"] == "Exampleshire" })
    #expect(last["funnel"] == "above998")
    #expect(last["change_since"] == "2022/23")
    #expect(last["change_statistic"] == "difference of proportions")
    #expect(last["change_p"].flatMap(Double.init) != nil)
    let first = try #require(rows(run.output).first { $0["area"] == "Exampleshire" })
    #expect(first["change"] == "")
  }

  @Test("neighbours without a figure are named, and nothing is ranked") func noNeighbours() throws {
    let run = try Command.run([
      "rates", Self.file, "--neighbours", "Datasets/sefton/neighbours.csv", "--latest", "--area", "Westham",
    ])
    #expect(run.status == 0)
    #expect(run.output.contains("no value of Wirral, St. Helens"))
  }

  @Test("a published rate and a population make an expected count") func expected() throws {
    let folder = try TemporaryFolder()
    let rates = try folder.write(
      """
      series,area,period,value,unit
      injuries,North,2023,80,"per 10,000"
      injuries,South,2023,0.5,"per 10,000"

      """, to: "rates.csv")
    let people = try folder.write(
      "series,area,period,value,unit\npeople,North,2023,50000,count\npeople,South,2023,50000,count\n",
      to: "people.csv")
    let arguments = ["rates", rates, "--population", people]
    let csv = try Command.run(arguments + ["--format", "csv"])
    #expect(csv.status == 0, "\(csv.errors)")
    #expect(
      csv.output.split(separator: "\n")[0].hasSuffix(
        ",expected_count,expected_lower_95,expected_upper_95,expected_lower_998,expected_upper_998"))
    #expect(csv.output.split(separator: "\n")[1].contains(",400,361.7"))
    let json = try Command.run(arguments + ["--format", "json"])
    let document = try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any]
    let entry = try #require((document?["series"] as? [[String: Any]])?.first)
    let figure = try #require((entry["figures"] as? [[String: Any]])?.first)
    let expected = try #require(figure["expected"] as? [String: Any])
    let (value, rate) = (expected["value"] as? Double, figure["value"] as? Double)
    let whole = figure["denominator"] as? Double
    #expect(abs((value ?? 0) - (rate ?? 1) / 10_000 * (whole ?? 0)) < 1e-9)
    #expect((expected["limits"] as? [Any])?.count == 2)
    let text = try Command.run(arguments).output
    #expect(text.contains("expected") && text.contains("Expected: the published rate times the population"))
    #expect(text.contains("  400") && text.contains("  2.5"))
    let counted = try Command.run(["rates", Self.file, "--latest"]).output
    #expect(!counted.contains("xpected"))
    #expect(text.split(separator: "\n").allSatisfy { $0.count <= 100 })
  }

  @Test("a population without anybody is one sentence for each series that it is wanted for") func nobody()
    throws
  {
    let folder = try TemporaryFolder()
    var counts = "series,area,period,value,unit\n"
    var people = counts
    for year in 2019...2023 {
      counts += "admissions,North,\(year),\(year - 2000),count\nadmissions,South,\(year),9,count\n"
      people += "people,North,\(year),0,count\npeople,South,\(year),\(year < 2021 ? "c" : "5000"),count\n"
    }
    let path = try folder.write(counts, to: "counts.csv")
    let run = try Command.run([
      "rates", path, "--population", try folder.write(people, to: "people.csv"),
    ])
    #expect(run.status == 65)
    #expect(
      run.errors.contains(
        "admissions, North: the denominator at 2019, from people, North, is 0; a rate needs a number above 0 (4 other "
          + "periods likewise)"))
    #expect(run.errors.components(separatedBy: "admissions, South: people, South has no figure").count == 2)
    #expect(run.errors.contains("(1 other period likewise)"))
  }

  @Test("each fault of a population is told with its own periods, and an area without one by its name")
  func populationFaults() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(
      """
      series,area,period,value,unit,polarity
      s,X,2020,5,count,lower is better
      s,X,2021,5,count,lower is better
      s,X,2022,50,count,lower is better
      s,X,2030,50,count,lower is better
      s,Y,2022,5,count,lower is better

      """, to: "counts.csv")
    let people = try folder.write(
      "series,area,period,value,unit\np,X,2020,0,count\np,X,2021,0,count\np,X,2022,1000,count\n",
      to: "people.csv")
    let run = try Command.run(["rates", path, "--population", people])
    #expect(run.status == 65)
    #expect(
      run.errors.contains(
        "s, X: the denominator at 2020, from p, X, is 0; a rate needs a number above 0 (1 other period likewise)\n"
      ))
    #expect(
      run.errors.contains(
        "s, X: p, X has no figure for 2030, nor for the year before its end; add the population of that year\n"
      ))
    let said = run.output.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(
      said.contains("it is a count and \(people) does not have the population of Y; add that population"))
    #expect(!said.contains("no population is given"))
  }

  @Test("suppressed figures and counts stay suppressed in rates and charts") func suppression() throws {
    let folder = try TemporaryFolder()
    var text = """
      series,area,period,value,numerator,denominator,unit,polarity
      a,X,2020,c,5,10,per cent,
      a,X,2021,,c,10,per cent,

      """
    for year in 2022...2035 { text += "a,X,\(year),,\(year - 2020),40,per cent,\n" }
    let path = try folder.write(text, to: "held.csv")
    let rates = try Command.run(["rates", path])
    #expect(rates.status == 0, "\(rates.errors)")
    #expect(
      rates.output.contains("no figure for 2020: suppressed, so that it is not worked out from its counts"))
    #expect(rates.output.contains("no figure for 2021: suppressed\n"))
    #expect(!rates.output.contains("50.0"))
    let chart = try Command.run(["spc", path, "--format", "csv"])
    #expect(chart.output.contains("a,X,p,2020,1,,,"))
    #expect(
      try Command.run(["spc", path]).output.contains("Suppressed, and not worked out from counts: 2020, 2021")
    )
  }

  @Test("quarters do not depend on the wording, need eight areas, and say why there are none")
  func quarters() throws {
    let folder = try TemporaryFolder()
    func file(_ areas: Int) throws -> String {
      var text = "series,area,period,value,unit,polarity,lower_limit,upper_limit\n"
      func add(_ name: String, _ area: String, _ value: Int, _ polarity: String) {
        text += "\(name),\(area),2024,\(value),per cent,\(polarity),\(value - 1),\(value + 1)\n"
      }
      for area in 1...areas {
        add("attendance", "A\(area)", 100 - 10 * area, "higher is better")
        add("absence", "A\(area)", 10 * area, "lower is better")
      }
      add("attendance", "England", 65, "")
      add("absence", "England", 35, "")
      return try folder.write(text, to: "quarters\(areas).csv")
    }
    let run = try Command.run(["rates", try file(9), "--compare", "quartiles", "--format", "csv"])
    let all = rows(run.output).filter { $0["area"] != "England" }
    let standings = ["better", "better"] + [String](repeating: "similar", count: 5) + ["worse", "worse"]
    for name in ["attendance", "absence"] {
      #expect(all.filter { $0["series"] == name }.map { $0["standing"] ?? "" } == standings)
    }
    let few = try Command.run(["rates", try file(5), "--compare", "quartiles"])
    #expect(few.output.contains("quarters need at least 8 areas with a figure and there are 5"))
    #expect(
      few.output.split(whereSeparator: \.isWhitespace).joined(separator: " ").contains("needs 8 areas with"))
    // Nobody is ranked among neighbours that hold all areas, unless it is named; with five there are no quarters.
    let names = try folder.write("area\nA1\nA2\nA3\nA4\nA5\n", to: "names.csv")
    let arguments = ["rates", try file(5), "--neighbours", names]
    let nobody = try Command.run(arguments)
    #expect(
      nobody.output.contains("A1, 2024 and 4 other figures: not ranked, because it is in the neighbours file")
    )
    let cells = rows(try Command.run(arguments + ["--format", "csv"]).output)
    #expect(
      cells.first?["rank"] == "" && cells.first?["peers_reason"]?.contains("name it with --area") == true)
    let one = rows(try Command.run(arguments + ["--area", "A2", "--format", "csv"]).output)
    #expect(one.first?["rank"] == "2" && one.first?["quartile"] == "")
    #expect(one.first?["peers_reason"] == "quarters need at least 8 areas with a figure and there are 5")
  }

  @Test("an area alone has no funnel, and the slope of a proportion is of 1") func words() throws {
    let folder = try TemporaryFolder()
    var text = "series,area,period,value,numerator,denominator,unit\n"
    for year in 2019...2024 { text += "a,X,\(year),,\(3 * (year - 2000)),100,proportion\n" }
    let path = try folder.write(text, to: "alone.csv")
    let run = try Command.run(["rates", path, "--funnel", "--trend"])
    let said = run.output.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(said.contains("X, 2019 and 5 other figures: no funnel, because no other area has counts"))
    #expect(!said.contains("within the 95% limits"))
    #expect(said.contains("of 1 a year") && !said.contains("proportion a year"))
    text = "series,area,period,value,numerator,denominator,unit\n"
    for year in 2019...2024 { text += "a,X,\(year),,0,100,per cent\n" }
    let none = try Command.run(["rates", try folder.write(text, to: "none.csv"), "--logistic"])
    #expect(
      none.output.split(whereSeparator: \.isWhitespace).joined(separator: " ").contains(
        "because all counts are 0; give counts"))
  }

  @Test("doubtful counts are a warning, and why nobody is ranked is said") func doubtful() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(
      """
      series,area,period,value,numerator,denominator,unit
      visits,North,2022,,2.5,10,"per 1,000"
      visits,North,2023,,3000,10,"per 1,000"

      """, to: "visits.csv")
    let areas = try folder.write("area\nSouth\n", to: "areas.csv")
    let run = try Command.run(["rates", path, "--neighbours", areas])
    #expect(run.status == 0)
    #expect(run.errors.contains("visits, North: 2.5 among 10 at 2022 are not whole numbers"))
    #expect(run.errors.contains("visits, North: 3000 events among 10 at 2023 are more than 100 for each"))
    let said = run.output.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(
      said.contains("not ranked, because visits: a comparison with other areas needs at least 1 figure and"))
    let csv = try Command.run(["rates", path, "--neighbours", areas, "--format", "csv"])
    #expect(csv.output.contains(",South,visits: a comparison with other areas needs"))
  }

  @Test("mistakes have their own codes") func mistakes() throws {
    for arguments in [
      ["--bands", "x"], ["--standardise", "direct"], ["--confidence", "95,200"], ["--confidence", "9.5,95"],
      ["--confidence", "95,95.04"], ["--confidence", "99.99"], ["--compare", "eye"],
      ["--polarity", "up"], ["--pool", "1"], ["--per", "0"], ["--standard", "x"],
      ["--population-series", "x"],
      ["--area", "Nowhere"], ["--series", "nothing"], ["--benchmark", "Mars"], ["--region", "Mars"],
      ["--standardise", "direct", "--bands", "age_band", "--pool", "3"],
      ["--output", Self.file, "--force"],
    ] {
      #expect(try Command.run(["rates", Self.file] + arguments).status == 64, "\(arguments)")
    }
    #expect(try Command.run(["rates", "nowhere.csv"]).status == 66)
    for (level, words) in [
      ("0.95", "and not 0.95; write 95 if that is meant."), ("0.9", "write 90 if that is meant."),
      ("9.5,95", "and not 9.5."), ("49.9", "from 50 to below 100 per cent, such as 95,99.8, and not 49.9."),
      ("95.04", "to a tenth of a per cent, such as 95,99.8, and not 95.04."),
    ] {
      let run = try Command.run(["rates", Self.file, "--confidence", level])
      #expect(run.status == 64 && run.errors.contains(words), "\(run.errors)")
    }
    #expect(try Command.run(["rates", Self.file, "--confidence", "50", "--latest"]).status == 0)
    let bands = try Command.run(["rates", Self.file, "--standardise", "direct", "--bands", "age_band"])
    #expect(bands.status == 64)
    #expect(bands.errors.contains("--bands age_band: \(Self.file) has no such column; accepted are area, "))
    #expect(try Command.run(["rates", Self.file, "--population", Self.sefton]).status == 64)
  }

  @Test("JSON holds all of it, the same each time") func json() throws {
    let arguments = [
      "rates", Self.file, "--format", "json", "--latest", "--trend", "--joinpoint", "--change", "--funnel",
    ]
    let (one, two) = (try Command.run(arguments), try Command.run(arguments))
    #expect(one.output == two.output)
    let document = try #require(
      try JSONSerialization.jsonObject(with: Data(one.output.utf8)) as? [String: Any])
    #expect((document["series"] as? [Any])?.count == 12)
    #expect(document["levels"] as? [Double] == [0.95, 0.998])
    #expect((document["rules"] as? [String])?.isEmpty == false)
  }
}
