import Evidence
import Testing
import TimeSeries

@Suite("Numbers that stand beside the values, for a model that asks for them")
struct CovariateTests {
  static let text = """
    series,period,value,births,site
    plans,2021/22,100,410,east
    plans,2022/23,..,415,east
    plans,2023/24,120,c,east
    plans,2024/25,,430,east
    """

  private func read(_ text: String, _ covariates: [String]) throws(EvidenceError) -> SeriesFile {
    try seriesFile(text, options: SeriesFileOptions(covariates: covariates))
  }

  @Test("they are kept with every period, periods to come included, and a code leaves one unknown")
  func kept() throws {
    let file = try read(Self.text, ["births"])
    let series = try #require(try file.series(at: 0))
    #expect(file.covariateNames == ["births"] && series.covariateNames == ["births"])
    #expect(series.points.map(\.covariates) == [[410], [415], [nil], [430]])
    #expect(file.attributeNames == ["site"])
    #expect(series.latest?.value == 120)
  }

  @Test("a column that varies is no longer remarked upon once a model asks for it")
  func notes() throws {
    #expect(try read(Self.text, []).notes.contains { $0.contains("\"births\" varies") })
    #expect(try !read(Self.text, ["births"]).notes.contains { $0.contains("births") })
  }

  @Test("parts of a series keep theirs")
  func parts() throws {
    let series = try #require(try read(Self.text, ["births"]).series(at: 0))
    #expect(series.segmentSinceLastBreak.covariateNames == ["births"])
  }

  @Test("a column that is not there, and a number that is none, are named with their place")
  func refusals() throws {
    for (text, covariates, said) in [
      (
        Self.text, ["deaths"],
        "file.csv:1: the model asks for a column \"deaths\" of numbers, and the header has"
      ),
      ("period,value,births\n2021,1,4\n2022,2,many\n", ["births"], "births \"many\" in column \"births\""),
    ] {
      let error = try #require(throws: EvidenceError.self) { try read(text, covariates) }
      #expect(error.description.contains(said), "\(error.description)")
    }
  }
}
