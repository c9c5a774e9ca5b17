import Evidence
import Testing
import TimeSeries

/// What is said about a file that is refused.
private func refusal(_ text: String, _ options: SeriesFileOptions = SeriesFileOptions()) -> [String] {
  do throws(EvidenceError) {
    _ = try seriesFile(text, options: options)
    return []
  } catch {
    return error.description.split(separator: "\n").map(String.init)
  }
}

struct SeriesFileProblemTests {
  @Test("A bad value is refused in the words of the contract")
  func contractExample() {
    var lines = ["series,period,value"] + (2001...2015).map { "a,\($0),1" }
    lines.append("a,2016,\"12,4%\"")
    #expect(
      refusal(lines.joined(separator: "\n")) == [
        """
        file.csv:17: value "12,4%" in column "value" is not a number; write 12.4, or 0.124 with unit proportion
        """
      ])
  }

  @Test(
    "Each kind of mistake is named at its line, with what would be accepted",
    arguments: [
      ("period\n2024\n", "file.csv:1: there is no column \"value\"; the header has \"period\""),
      ("a,b\n1,2\n", "file.csv:1: there is no column \"period\" and no column \"value\""),
      ("period,value\n", "file.csv:1: there are no rows under the header"),
      ("period,value\n,\n,\n", "file.csv:1: there are no rows under the header"),
      ("", "file.csv: the file is empty"),
      ("period,value\n2024,1,5\n", "file.csv:2: the row has 3 fields where the header has 2"),
      ("series,period,value\na,2024,1\n,2024,1\n", "file.csv:3: there is no name in column \"series\""),
      (
        "period,value\n2024,1\n24,1\n",
        "file.csv:3: period \"24\" in column \"period\" is a plain whole number"
      ),
      ("period,value\n2024/26,1\n", "file.csv:2: period \"2024/26\" in column \"period\" is not a year"),
      ("period,value\n,1\n", "file.csv:2: period \"\" in column \"period\" is no period"),
      (
        "period,value\n2024/25 Q1,1\n",
        "file.csv:2: period \"2024/25 Q1\" in column \"period\" may be of a financial"
      ),
      (
        "period,value\n2011-12,1\n",
        "file.csv:2: period \"2011-12\" in column \"period\" may be a year or a month"
      ),
      (
        "period,value,calendar\n2024,1,lunar\n",
        "file.csv:2: calendar \"lunar\" in column \"calendar\" is not known"
      ),
      (
        "period,value,frequency\n2024,1,hourly\n",
        "file.csv:2: frequency \"hourly\" in column \"frequency\" is not known"
      ),
      ("period,value,unit\n2024,1,per 0\n", "file.csv:2: unit \"per 0\" in column \"unit\" is not a rate"),
      (
        "period,value,numerator\n2024,1,\"1,000\"\n",
        "file.csv:2: numerator \"1,000\" in column \"numerator\" is not a number; write 1000"
      ),
      (
        "period,value,denominator\n2024,1,many\n",
        "file.csv:2: denominator \"many\" in column \"denominator\" is not a number"
      ),
      (
        "period,value,published\n2024,1,14/11/2024\n",
        "file.csv:2: published \"14/11/2024\" in column \"published\" is not a date"
      ),
      ("period,value,published_approximate\n2024,1,maybe\n", "file.csv:2: published_approximate \"maybe\""),
      (
        "period,value,break\n2024,1,perhaps\n",
        "file.csv:2: break \"perhaps\" in column \"break\" is not known"
      ),
      (
        "period,value\n2024,1\n2023,2\n2024,3\n",
        "file.csv:4: series \"file\" has 2024 twice, on lines 2 and 4"
      ),
      (
        "period,value\n2023/24,1\nJul 2024,2\n",
        "file.csv:3: series \"file\" mixes periods of different kinds"
      ),
      (
        "period,value,unit\n2023,1,count\n2024,2,weeks\n",
        "file.csv:3: column \"unit\" holds \"weeks\", but series \"file\" began on line 2 with \"count\""
      ),
      ("period,value,measure\n2023,1,cla\n2024,2,cin\n", "file.csv:3: column \"measure\" holds \"cin\""),
      ("period,value\n2024,\"1\n", "file.csv:2:6: this quote is never closed"),
    ])
  func mistakes(text: String, start: String) {
    let said = refusal(text)
    #expect(said.count == 1)
    #expect(said.first?.hasPrefix(start) == true, "\(said)")
  }

  @Test("All problems are named, by line, up to the limit, and the rest counted")
  func allAtOnce() {
    let text = "series,period,value\na,2024/26,1\na,2024/25,one\nb,rubbish,2\n,2024/25,3\na,2023/24,NaN\n"
    let said = refusal(text)
    #expect(
      said.map { $0.prefix(10) } == ["file.csv:2", "file.csv:3", "file.csv:4", "file.csv:5", "file.csv:6"])
    #expect(refusal(text, SeriesFileOptions(problemLimit: 2)).last == "and 3 more problems")
    let many = "series,period,value\n" + String(repeating: "a,2024,x1\n", count: 12_000)
    #expect(refusal(many).count == 51)
    #expect(refusal(many).last == "and 11950 more problems")
  }

  @Test("Problems found before a text that cannot be taken apart are named with it")
  func beforeAnOpenQuote() {
    #expect(refusal("period,value\n2024,one\n2025,\"2\n").count == 2)
  }

  @Test("One bad series never stops the good ones, and is named with its reasons")
  func soundSeries() throws {
    let text = """
      series,period,value
      a,2023,1
      b,2023,one
      b,2024,two
      c,2023/24,1
      c,2023/24,2
      d,2024/26,1
      a,2024,2
      e,2024
      """
    let file = try seriesFile(text, options: SeriesFileOptions(keepsSoundSeries: true))
    #expect(try file.panel().map(\.id) == ["a"])
    #expect(try file.panel().map(\.values) == [[1, 2]])
    #expect(file.failed.map(\.id) == ["b", "c", "d", "e"])
    #expect(file.failed[0].message.hasPrefix("file.csv:3: value \"one\""))
    #expect(file.failed[0].message.hasSuffix("(and 1 more)"))
    #expect(file.problems.count == 5 && file.omittedProblems == 0)
  }

  @Test("With sound series kept, a row without a series is still a problem")
  func nameless() throws {
    let file = try seriesFile(
      "series,period,value\na,2023,1\n,2024,2\n", options: SeriesFileOptions(keepsSoundSeries: true))
    #expect(file.failed.isEmpty && file.problems.map(\.row) == [3] && file.count == 1)
  }
}
