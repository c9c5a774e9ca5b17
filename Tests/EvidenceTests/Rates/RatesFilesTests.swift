import Evidence
import Indicators
import Testing
import TimeSeries

@Suite("Files of age bands, standards and neighbours") struct RatesFilesTests {
  private func contents(_ text: String, _ name: String = "file.csv") -> FileContents {
    FileContents(path: name, bytes: Array(text.utf8))
  }

  /// The sentences of a refusal.
  private func problems(_ work: () throws(EvidenceError) -> Void) -> String {
    do throws(EvidenceError) {
      try work()
    } catch {
      return "\(error)"
    }
    return ""
  }

  @Test("Rows are gathered by series, area and period, whatever their order") func bands() throws {
    let file = try BandedCounts(
      contents(
        """
        series,area,period,calendar,age,numerator,denominator,measure,polarity,other
        a,Sefton,2023/24,academic,0-4,3,100,Admissions,lower is better,x
        b,,2023/24,academic,0-4,9,300,,,
        a,Sefton,2023/24,academic,5-9,4,200,,,
        a,Sefton,2024/25,academic,0-4,5,100,,,
        """), bands: "Age")
    #expect(file.groups.map(\.series) == ["a", "b", "a"])
    #expect(file.groups[0].bands.map(\.name) == ["0-4", "5-9"])
    #expect(file.groups[0].bands.map(\.count) == [3, 4])
    #expect(file.groups[0].period == .academicYear(2023))
    #expect(file.groups[0].measure == "Admissions")
    #expect(file.groups[0].polarity == "lower is better")
    #expect(file.groups[1].area == nil)
    #expect(file.groups[1].measure == nil)
  }

  @Test("A file without the column series is one series, named by the file") func unnamed() throws {
    let file = try BandedCounts(
      contents("period,age,numerator,denominator\n2024,0-4,3,100\n", "asthma.csv"), bands: "age")
    #expect(file.groups.map(\.series) == ["asthma"])
  }

  @Test("Everything that is wrong with the rows is said with its row") func wrong() {
    let text = problems { () throws(EvidenceError) in
      _ = try BandedCounts(
        contents(
          """
          period,age,numerator,denominator,calendar
          2024,0-4,three,100,
          2024,,3,c,
          when,5-9,3,100,
          2024,0-4,3,100,lunar
          2024,0-4,3
          """), bands: "age")
    }
    #expect(text.contains("file.csv:2: value \"three\" in column \"numerator\" is not a number"))
    #expect(text.contains("file.csv:3: column \"age\" is empty"))
    #expect(text.contains("file.csv:3: column \"denominator\" holds no number but \"c\""))
    #expect(text.contains("file.csv:5: value \"lunar\" in column \"calendar\" is no kind of year"))
    #expect(text.contains("file.csv:6: the row has 3 fields and the header 5"))
    #expect(text.contains("file.csv:4: column \"period\""))
    let two = problems { () throws(EvidenceError) in
      _ = try BandedCounts(
        contents(
          "period,age,numerator,denominator,calendar\n2023/24,0-4,3,9,academic\n2023/24,5-9,3,9,financial\n"),
        bands: "age")
    }
    #expect(two.contains("says financial here and academic before"))
    let missing = problems { () throws(EvidenceError) in
      _ = try BandedCounts(contents("period,numerator,denominator\n2024,1,2\n"), bands: "age")
    }
    #expect(missing.contains("--bands age: file.csv has no such column; accepted are denominator, numerator"))
    #expect(throws: EvidenceError.self) { try BandedCounts(contents("period,age\n2024,1\n"), bands: "ages") }
    let empty = problems { () throws(EvidenceError) in
      _ = try BandedCounts(contents("period,age,numerator,denominator\n"), bands: "age")
    }
    #expect(empty.contains("there are no rows"))
  }

  @Test("A standard population is bands and weights") func standard() throws {
    let own = try StandardPopulation(contents: contents("band,weight\n0-4,10\n5-9,30\n", "ours.csv"))
    #expect(own.name == "ours")
    #expect(own.weight(of: "0-9") == 40)
    let wrong = problems { () throws(EvidenceError) in
      _ = try StandardPopulation(contents: contents("band,weight\n0-4,ten\n,3\n"))
    }
    #expect(wrong.contains("value \"ten\" in column \"weight\""))
    #expect(wrong.contains("column \"band\" is empty"))
    let shared = problems { () throws(EvidenceError) in
      _ = try StandardPopulation(contents: contents("band,weight\n0-4,10\n3-9,30\n"))
    }
    #expect(shared.contains("share ages"))
  }

  @Test("Neighbours are the column area, each once") func areas() throws {
    let list = try AreaList(contents("rank,area\n1,Wirral\n2,St. Helens\n3,Wirral\n"))
    #expect(list.names == ["Wirral", "St. Helens"])
    let wrong = problems { () throws(EvidenceError) in _ = try AreaList(contents("rank,area\n1,\n")) }
    #expect(wrong.contains("column \"area\" is empty"))
    let missing = problems { () throws(EvidenceError) in _ = try AreaList(contents("rank\n1\n")) }
    #expect(missing.contains("there is no column \"area\""))
  }
}
