import Foundation
import Testing

@Suite("needscast spc")
struct SPCVerbTests {
  static let file = "Datasets/invented/control-chart.csv"

  @Test("the text says what the last point is, why, and whether the target will be met") func text() throws {
    let run = try Command.run([
      "spc", Self.file, "--series", "seen-in-time", "--chart", "xmr", "--target", "92",
    ])
    #expect(run.status == 0, "\(run.errors)")
    #expect(
      run.output.hasPrefix(
        "seen-in-time, Exampleshire (per cent): XmR chart of 32 points from 2023-04 to 2025-11\n"))
    #expect(run.output.contains("Special cause: improvement, high. Hit and miss."))
    #expect(run.output.contains("11 consecutive points"))
    #expect(run.output.contains("- 2024-09: a new level seems to begin (up 14"))
    #expect(run.output.split(separator: "\n").allSatisfy { $0.count <= 100 })
  }

  @Test("automatic takes a p chart for the share and an XmR chart for the count, and says why")
  func automatic() throws {
    let run = try Command.run(["spc", Self.file])
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.output.contains("p chart of 32 points"))
    #expect(run.output.contains("children-waiting, Exampleshire (count): XmR chart of 32 points"))
    #expect(
      run.output.split(whereSeparator: \.isWhitespace).joined(separator: " ").contains(
        "lower is better; the chart was chosen because the measure is neither a share nor a rate."))
  }

  @Test("limits are worked out anew with a reason, and not without one") func rebase() throws {
    let arguments = ["spc", Self.file, "--series", "seen-in-time", "--chart", "xmr", "--rebase"]
    let run = try Command.run(arguments + ["2024-09=Second clinic opened"])
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.output.contains("\n  -- limits anew from 2024-09: Second clinic opened\n"))
    for wrong in ["2024-09", "2024-09=", "=Second clinic", "2024-09= ", "soon=Later", "2024-13=Later"] {
      let refused = try Command.run(arguments + [wrong])
      #expect(refused.status == 64)
      #expect(refused.errors.contains("2022-04=New pathway opened"), "\(refused.errors)")
    }
    let outside = try Command.run(arguments + ["2031-01=Later"])
    #expect(outside.status == 65)
    #expect(
      outside.errors.contains("it is not inside the chart; write a period after 2023-04 and up to 2025-11"))
    let another = try Command.run(arguments + ["2024/25 Q1=Later"])
    #expect(another.status == 65, "\(another.errors)")
  }

  @Test("a baseline is a number of points or a period") func baseline() throws {
    func limits(_ baseline: String) throws -> Set<Substring> {
      let run = try Command.run([
        "spc", Self.file, "--series", "seen-in-time", "--chart", "xmr", "--baseline", baseline, "--format",
        "csv",
      ])
      #expect(run.status == 0, "\(run.errors)")
      return Set(
        run.output.split(separator: "\n").dropFirst().map {
          $0.split(separator: ",", omittingEmptySubsequences: false)[10]
        })
    }
    let byCount = try limits("17")
    #expect(byCount.count == 1)
    #expect(try limits("2024-08") == byCount)
    for (wrong, advice) in [
      ("5", "5 points are too few for limits; give 12 to 999"), ("-3", "-3 points are too few"),
      ("0", "0 points are too few"), ("soon", "or a period such as 2024-03"),
      ("2024-13", "from 12 to 999, or a period"),
    ] {
      let refused = try Command.run(["spc", Self.file, "--baseline=\(wrong)"])
      #expect(refused.status == 64 && refused.output.isEmpty, "\(wrong)")
      #expect(refused.errors.components(separatedBy: advice).count == 2, "\(wrong): \(refused.errors)")
    }
    for period in ["2031-01", "2024/25 Q1", "2024"] {
      let refused = try Command.run(["spc", Self.file, "--baseline", period])
      #expect(refused.status == 65, "\(period): \(refused.errors)")
    }
  }

  @Test("a series with too few figures is a sentence, the others are charted, and the exit code says so")
  func failures() throws {
    let folder = try TemporaryFolder()
    var text = try String(contentsOf: Command.root.appending(path: Self.file), encoding: .utf8)
    text += "short,Exampleshire,2025-01,5,,,count,Short,neutral,invented,no,\n"
    text += "odd,Exampleshire,2025-01,5,,,count,Odd,upwards,invented,no,\n"
    text += "wrong,Exampleshire,2025-01,five,,,count,Wrong,neutral,invented,no,\n"
    let path = try folder.write(text, to: "charts.csv")
    let errors = folder.url.appending(path: "errors.csv").path
    let run = try Command.run(["spc", path, "--format", "csv", "--errors", errors])
    #expect(run.status == 65)
    #expect(
      run.errors.contains(
        "short, Exampleshire: an XmR chart with limits needs at least 12 figures and there is 1"))
    #expect(run.errors.contains("odd, Exampleshire: polarity \"upwards\" is not known"))
    #expect(run.errors.contains("3 of 5 series could not be charted"))
    #expect(run.output.split(separator: "\n").count == 65)
    let listed = try String(contentsOfFile: errors, encoding: .utf8).split(separator: "\n")
    #expect(listed[0] == "series,code,message" && listed.count == 4)
    #expect(
      listed.contains { $0.hasPrefix("wrong,data,") } && listed.contains { $0.hasPrefix("short,chart,") })
  }

  @Test("figures that are not written are worked out from their counts, and impossible counts are failures")
  func withoutValues() throws {
    let folder = try TemporaryFolder()
    var text = "series,period,value,numerator,denominator,unit\n"
    for (series, last) in [("good", "9,40"), ("above", "120,100"), ("none", "3,0"), ("negative", "-1,40")] {
      for month in 1...12 {
        text += "\(series),2024-\(month < 10 ? "0" : "")\(month),,\(month),40,per cent\n"
      }
      text += "\(series),2025-01,,\(last),per cent\n"
    }
    let path = try folder.write(text, to: "counts.csv")
    let run = try Command.run(["spc", path, "--format", "csv"])
    #expect(run.status == 65)
    #expect(run.output.contains("good,,p,2025-01,1,22.5,9,40,"), "\(run.output)")
    #expect(run.errors.contains("above: the count of 120 at 2025-01 is above its denominator of 100"))
    #expect(run.errors.contains("none: the denominator at 2025-01 is 0"))
    #expect(run.errors.contains("negative: -1 at 2025-01 is not a count"))
    #expect(run.errors.contains("3 of 4 series could not be charted"))
    let xmr = try Command.run(["spc", path, "--series", "good", "--chart", "xmr", "--format", "json"])
    #expect(xmr.status == 0 && xmr.output.contains("13 figures have no value and are worked out"))
  }

  @Test("an adjustment that a kind of chart does not have is said to be left out") func needless() throws {
    let options = ["--series", "seen-in-time", "--area", "Exampleshire"]
    let laney = try Command.run(["spc", Self.file, "--laney", "--chart", "xmr"] + options)
    #expect(laney.status == 0)
    #expect(laney.errors.contains("--laney is for p and u charts and changes nothing here (XmR chart)"))
    let screening = try Command.run(["spc", Self.file, "--no-screening", "--chart", "p"] + options)
    #expect(screening.errors.contains("--no-screening is for XmR charts and changes nothing here (p chart)"))
  }

  @Test("a published series that is too short shows the sentence") func short() throws {
    let run = try Command.run(["spc", "Datasets/sefton/series/waits.csv", "--series", "waiting-audiology"])
    #expect(run.status == 65 && run.output.isEmpty)
    #expect(run.errors.contains("needs at least 12 figures and there are 10"))
  }

  @Test("one series is drawn, and choosing one is explained") func svg() throws {
    let many = try Command.run(["spc", Self.file, "--format", "svg"])
    #expect(many.status == 64)
    #expect(
      many.errors.contains("choose one with --series NAME")
        && many.errors.contains("seen-in-time of Exampleshire"))
    let one = try Command.run([
      "spc", Self.file, "--series", "seen-in-time", "--area", "Exampleshire", "--format", "svg", "--width",
      "480",
      "--near-limits", "--target", "92",
    ])
    #expect(one.status == 0 && one.output.hasPrefix("<svg ") && one.output.contains("width=\"480\""))
    #expect(
      one.output.contains(
        "<title id=\"seen-in-time-title\">Assessments seen within 18 weeks, Exampleshire at 2025-11"))
    for wrong in [["--width", "100"], ["--width", "wide"]] {
      #expect(try Command.run(["spc", Self.file, "--format", "svg"] + wrong).status == 64)
    }
    #expect(try Command.run(["spc", Self.file, "--near-limits"]).status == 64)
  }

  @Test("wrong arguments are refused with what is accepted") func mistakes() throws {
    for (wrong, accepted) in [
      (["--target", "many"], "write a number"), (["--target", "nan"], "write a number"),
      (["--polarity", "up"], "higher, lower or neutral"),
      (["--chart", "c"], "automatic"), (["--series", "none"], "it has seen-in-time of Exampleshire"),
      (["--area", "Elsewhere"], "no series of any name of Elsewhere"),
    ] {
      let run = try Command.run(["spc", Self.file] + wrong)
      #expect(run.status == 64, "\(wrong)")
      #expect(run.errors.contains(accepted), "\(run.errors)")
    }
    #expect(try Command.run(["spc", "nowhere.csv"]).status == 66)
    #expect(try Command.run(["spc", Self.file, "--output", Self.file, "--force"]).status == 64)
  }

  @Test("polarity, screening, two of three and Laney's adjustment are options") func options() throws {
    func document(_ more: [String]) throws -> [String: Any] {
      let run = try Command.run(["spc", Self.file, "--series", "seen-in-time", "--format", "json"] + more)
      #expect(run.status == 0, "\(run.errors)")
      let whole = try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any]
      return try #require((whole?["charts"] as? [[String: Any]])?.first)
    }
    #expect(try document([])["variation"] as? String == "improvementHigh")
    #expect(try document(["--polarity", "lower"])["variation"] as? String == "concernHigh")
    #expect(try document(["--polarity", "neutral"])["variation"] as? String == "neutralHigh")
    #expect(try document(["--chart", "xmr", "--no-screening"])["screening"] as? Bool == false)
    #expect(try document(["--western-electric"])["twoOfThree"] as? String == "westernElectric")
    #expect((try document(["--laney"])["method"] as? String)?.contains("Laney") == true)
  }

  @Test("the examples of the help do what they are shown for") func examples() throws {
    let help = try Command.run(["spc", "--help"]).output
    // A long example is wrapped; its next lines are indented and do not begin with the command.
    var examples: [String] = []
    for line in help.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("  needscast ") {
        examples.append(String(line.dropFirst("  needscast ".count)))
      } else if line.isEmpty, !examples.isEmpty {
        break
      } else if let last = examples.popLast() {
        examples.append(last + " " + line.drop { $0 == " " })
      }
    }
    #expect(examples.count == 5)
    for example in examples {
      let words = example.split(separator: " ").map { $0.filter { $0 != "\"" } }
      let run = try Command.run(words)
      #expect(run.status == 0 && !run.output.isEmpty, "\(example): \(run.errors)")
    }
  }
}
