import Foundation
import Testing

@Suite("needscast forecast")
struct ForecastVerbTests {
  private let input = "Datasets/sefton/series/population.csv"

  @Test("CSV has the columns of the contract, in input order, with periods in the form of the input")
  func contract() throws {
    let text = "series,period,value\nb,2018/19,10\nb,2019/20,12\nb,2020/21,13\nb,2021/22,15\na,2018/19,5\na,2019/20,7\na,2020/21,6\na,2021/22,8\n"
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
    let text = "series,period,value\ngood,2019,3\ngood,2020,4\ngood,2021,6\ngood,2022,5\nshort,2021,1\nshort,2022,2\nbad,2021,x1\n"
    let run = try Command.run(
      ["forecast", "-", "--horizon", "1", "--format", "csv", "--errors", errors], input: text)
    #expect(run.status == 65)
    #expect(run.output.contains("good,2023,1,"))
    #expect(run.errors.contains("short"))
    #expect(run.errors.contains("-:8: value \"x1\""))
    let table = try String(contentsOfFile: errors, encoding: .utf8)
    #expect(table.hasPrefix("series,code,message\n"))
    #expect(table.contains("\"short\",forecast,"))
    #expect(table.contains("\"bad\",data,"))
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
    let described = try Command.run(["forecast", input, "--describe", "--model", "drift"])
    #expect(described.output.contains("drift"))
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
