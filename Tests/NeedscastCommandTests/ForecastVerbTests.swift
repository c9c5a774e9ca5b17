import Foundation
import Testing

@Suite("needscast forecast")
struct ForecastVerbTests {
  private let input = "Datasets/sefton/series/population.csv"

  @Test("CSV has the columns of the contract, in input order, with periods in the form of the input")
  func contract() throws {
    let text =
      "series,period,value\nb,2018/19,10\nb,2019/20,12\nb,2020/21,13\nb,2021/22,15\na,2018/19,5\na,2019/20,7\na,2020/21,6\na,2021/22,8\n"
    let run = try Command.run(
      ["forecast", "-", "--horizon", "2", "--levels", "50,90", "--format", "csv", "--calendar", "financial"],
      input: text)
    let lines = run.output.split(separator: "\n").map(String.init)
    #expect(run.status == 0, "\(run.errors)")
    #expect(lines.first == "series,period,step,model,mean,median,lower_50,upper_50,lower_90,upper_90")
    #expect(lines.count == 5)
    #expect(lines[1].hasPrefix("b,2022/23,1,"))
    #expect(lines[4].hasPrefix("a,2023/24,2,"))
  }

  @Test("A plain count of periods goes on counting") func plainCount() throws {
    let text = "series,period,value\n" + (1...8).map { "s,\($0),\(10 + $0 % 3)\n" }.joined()
    let run = try Command.run(
      ["forecast", "-", "--horizon", "1", "--frequency", "yearly", "--format", "csv"], input: text)
    #expect(run.output.contains("s,9,1,"))
  }

  @Test("A series that cannot be forecast is named, the others are still written, and the exit code is 65")
  func failuresAreValues() throws {
    let folder = try TemporaryFolder()
    let errors = folder.url.appending(path: "errors.csv").path
    let text =
      "series,period,value\ngood,2019,3\ngood,2020,4\ngood,2021,6\ngood,2022,5\nnothing,2021,0\nnothing,2022,0\nbad,2021,x1\n"
    let run = try Command.run(
      ["forecast", "-", "--horizon", "1", "--format", "csv", "--errors", errors], input: text)
    #expect(run.status == 65)
    #expect(run.output.contains("good,2023,1,"))
    #expect(run.errors.contains("nothing"))
    #expect(run.errors.contains("-:8: value \"x1\""))
    let table = try String(contentsOfFile: errors, encoding: .utf8)
    #expect(table.hasPrefix("series,code,message\n"))
    #expect(table.contains("\nnothing,forecast,"))
    #expect(table.contains("\nbad,data,"))
  }

  @Test("A file is written whole or not at all") func output() throws {
    let folder = try TemporaryFolder()
    let target = folder.url.appending(path: "forecast.csv").path
    let arguments = ["forecast", input, "--horizon", "2", "--format", "csv", "--output", target]
    _ = try Command.run(arguments)
    let first = try String(contentsOfFile: target, encoding: .utf8)
    #expect(first.contains("population-0-17"))
    let again = try Command.run(arguments)
    #expect(again.status == 73)
    #expect(try String(contentsOfFile: target, encoding: .utf8) == first)
    #expect(folder.names == ["forecast.csv"])
  }

  @Test("The number of threads changes no byte") func determinism() throws {
    let one = try Command.run(["forecast", input, "--horizon", "3", "--format", "json", "--jobs", "1"])
    let many = try Command.run(["forecast", input, "--horizon", "3", "--format", "json", "--jobs", "5"])
    #expect(one.output == many.output)
  }

  @Test("The models are listed, and described when fitted") func models() throws {
    let list = try Command.run(["forecast", "--models"])
    for name in ["automatic", "naive", "drift", "linear-trend", "damped-trend", "theta"] {
      #expect(list.output.contains(name))
    }
    let json = try Command.run(["forecast", "--models", "--format", "json"])
    let entries = try #require(
      try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [[String: Any]])
    #expect(entries.count >= 28)
    let contract = try String(
      contentsOf: Command.root.appending(path: "Documentation/COMMAND.md"), encoding: .utf8)
    for entry in entries {
      #expect(Set(entry.keys) == ["model", "usage", "summary", "example", "minimumObservations"])
      let (usage, summary) = try (
        #require(entry["usage"] as? String), #require(entry["summary"] as? String)
      )
      #expect(list.output.contains("\(usage)\n    \(summary)\n"))
      #expect(contract.contains("\(usage)\n    \(summary)\n"), "the contract does not list \(usage)")
    }
    let csv = try Command.run(["forecast", "--models", "--format", "csv"]).output.split(separator: "\n")
    #expect(csv.first == "model,usage,summary,example,minimumObservations")
    #expect(csv.count == entries.count + 1)
    let described = try Command.run(["forecast", input, "--describe", "--model", "drift"])
    #expect(described.output.contains("drift"))
    #expect(!described.output.contains("What the history says"))
    let explained = try Command.run([
      "forecast", input, "--describe", "--model", "drift", "--horizon", "2",
    ])
    #expect(explained.output.contains("\n  What would change the answer\n    Without the last figure ("))
  }

  @Test(
    "Wrong arguments are refused with exit code 64",
    arguments: [
      ["forecast"], ["forecast", "x.csv"], ["forecast", "x.csv", "--horizon", "0"],
      ["forecast", "x.csv", "--horizon", "2", "--model", "crystal-ball"],
      ["forecast", "x.csv", "--horizon", "2", "--levels", "80,120"],
      ["forecast", "x.csv", "--horizon", "2", "--frequency", "hourly"],
    ])
  func wrongArguments(arguments: [String]) throws {
    let run = try Command.run(arguments)
    #expect(run.status == 64)
    #expect(run.output.isEmpty)
  }

  @Test("One horizon is the longest everywhere, and is refused once") func longestHorizon() throws {
    let text = "series,period,value\na,2019,3\na,2020,4\na,2021,6\na,2022,5\nb,2019,3\nb,2020,4\n"
    let longest = try Command.run(
      ["forecast", "-", "--horizon", "1000", "--model", "naive", "--format", "csv"],
      input: text.replacingOccurrences(of: "b,2019,3\nb,2020,4\n", with: ""))
    #expect(longest.status == 0, "\(longest.errors)")
    let beyond = try Command.run(["forecast", "-", "--horizon", "1001"], input: text)
    #expect(beyond.status == 64)
    #expect(beyond.output.isEmpty)
    #expect(beyond.errors.components(separatedBy: "from 1 to 1,000").count == 2)
  }

  @Test("The help shows levels as they are typed") func helpOfLevels() throws {
    let help = try Command.run(["forecast", "--help"]).output
    #expect(help.contains("80,95"))
    #expect(!help.contains("IntervalLevels"))
    #expect(!help.contains("LevelsArgument"))
  }

  @Test("A file is never both read and written") func twoUses() throws {
    let folder = try TemporaryFolder()
    let text = "series,period,value\na,2019,3\na,2020,4\na,2021,6\na,2022,5\n"
    let path = try folder.write(text, to: "in.csv")
    let link = folder.url.appending(path: "link.csv").path
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: path)
    let hard = folder.url.appending(path: "hard.csv").path
    try FileManager.default.linkItem(atPath: path, toPath: hard)
    let roundabout = folder.url.path + "/../" + folder.url.lastPathComponent + "/in.csv"
    for target in [path, link, hard, roundabout] {
      for option in ["--output", "--errors"] {
        let run = try Command.run(["forecast", path, "--horizon", "1", option, target, "--force"])
        #expect(run.status == 64, "\(option) \(target)")
        #expect(run.errors.contains("this is the input, "))
        #expect(try String(contentsOfFile: path, encoding: .utf8) == text)
      }
    }
    let fed = try Command.run(
      ["forecast", "-", "--horizon", "1", "--output", path, "--force"], source: URL(filePath: path))
    #expect(fed.status == 64)
    #expect(fed.errors.contains("this is the input, standard input"))
    let new = folder.url.path + "/new.csv"
    let both = try Command.run(
      ["forecast", path, "--horizon", "1", "--output", new, "--errors", folder.url.path + "/./new.csv"])
    #expect(both.status == 64)
    #expect(!folder.names.contains("new.csv"))
  }

  @Test("Targets are tried before a result is written anywhere") func targetsFirst() throws {
    let folder = try TemporaryFolder()
    let taken = try folder.write("kept", to: "taken.csv")
    for errors in [taken, folder.url.path + "/missing/errors.csv", folder.url.path] {
      let run = try Command.run(["forecast", input, "--horizon", "1", "--errors", errors])
      #expect(run.status == 73)
      #expect(run.output.isEmpty)
    }
    #expect(try String(contentsOfFile: taken, encoding: .utf8) == "kept")
  }

  @Test("A note names its file once") func notes() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("series\tperiod\tvalue\na\t2020\t1\na\t2021\t2\na\t2022\t3\n", to: "tab.csv")
    let run = try Command.run(["forecast", path, "--horizon", "1", "--model", "naive"])
    #expect(run.errors.components(separatedBy: "tab.csv").count == 2, "\(run.errors)")
    #expect(run.errors.contains("has tabs"))
  }

  @Test("Input that is not there, is empty, or is not a table") func wrongInput() throws {
    #expect(try Command.run(["forecast", "nowhere.csv", "--horizon", "1"]).status == 66)
    #expect(try Command.run(["forecast", "-", "--horizon", "1"], input: "").status == 65)
    let header = try Command.run(["forecast", "-", "--horizon", "1"], input: "serie,perod,value\na,2020,1\n")
    #expect(header.status == 65)
    #expect(header.errors.contains("period"))
    let grouped = try Command.run(
      ["forecast", "-", "--horizon", "1", "--grouped"],
      input: "series,period,value\na,2020,1\nb,2020,1\na,2021,2\nb,2021,1\n")
    #expect(grouped.status == 65)
    #expect(grouped.errors.contains("--grouped"))
  }
}
