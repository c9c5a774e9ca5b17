import Commissioning
import Evidence
import Foundation
import Testing
import TimeSeries

@Suite("Returns of children looked after")
struct CareReturnTests {
  private static let header = "CHILD,SEX,DOB,ETHNIC\n"
  private static let episodes = "CHILD,DECOM,RNE,PLACE,PLACE_PROVIDER,DEC,REC\n"

  /// Two returns: a child who moves, one who goes on, one who leaves on the eighteenth birthday.
  private static let birth = "A,1,15/06/2010,WBRI\nB,2,2012-01-31,WBRI\n C ,1,10/08/2005,WBRI\n"
  private static let first = """
    A,05/04/2022,S,U4,PR1,,
    B,01/12/2022,S,K2,PR4,,
    C,01/02/2020,S,H5,PR4,,
    """
  private static let second = """
    A,05/04/2022,S,U4,PR1,20/05/2023,X1
    A,20/05/2023,P,K2,PR4,,
    B,01/12/2022,S,K2,PR4,,
    C,01/02/2020,S,H5,PR4,10/08/2023,E7
    """

  private func read(
    births: String = birth, _ returns: [String], header: String = header, columns: String = episodes,
    options: CareReturnOptions = CareReturnOptions()
  ) throws(EvidenceError) -> CareReturn {
    var contents: [(year: FinancialYear, header: FileContents, episodes: FileContents)] = []
    for (index, rows) in returns.enumerated() {
      let year = FinancialYear(2022 + index)
      contents.append(
        (
          year, FileContents(path: "h\(year.start).csv", bytes: Array((header + births).utf8)),
          FileContents(path: "e\(year.start).csv", bytes: Array((columns + rows + "\n").utf8))
        ))
    }
    return try CareReturn(contents, options: options)
  }

  /// What the reader says of bad returns.
  private func refusal(
    births: String = birth, _ returns: [String], header: String = header, columns: String = episodes,
    options: CareReturnOptions = CareReturnOptions()
  ) -> String {
    do {
      _ = try read(births: births, returns, header: header, columns: columns, options: options)
      return ""
    } catch { return "\(error)" }
  }

  @Test func theLaterReturnStandsForTheEarlier() throws {
    let read = try read([Self.first, Self.second])
    #expect(read.doubts.isEmpty && read.omittedDoubts == 0 && read.notes.isEmpty)
    #expect(read.episodes.episodes.count == 4)
    #expect(read.episodes.observedThrough == FinancialYear(2023).lastDay)
    let day = FinancialYear(2022).lastDay
    #expect(try read.episodes.children(on: day).count == 3)
    #expect(try read.episodes.children(on: FinancialYear(2023).lastDay).map(\.category) == [1, 1])
    let tally = try read.episodes.tally(FinancialYear(2023))
    #expect(tally.agedOut == [0, 0, 1, 0, 0, 0])
    #expect(tally.moves.reduce(0, +) == 1)
    #expect(read.episodes.episodes[0].provider == .ownAuthority)
  }

  @Test func filesAreReadFromAFolder() throws {
    let folder = try TemporaryFolder()
    let header = try folder.file("header.csv", Self.header + Self.birth)
    let episodes = try folder.file("episodes.csv", Self.episodes + Self.first)
    let files = CareReturnFiles(year: FinancialYear(2022), header: header, episodes: episodes)
    #expect(try CareReturn.read([files]).episodes.episodes.count == 3)
    #expect(throws: EvidenceError.self) {
      try CareReturn.read([CareReturnFiles(year: FinancialYear(2022), header: "none.csv", episodes: episodes)]
      )
    }
    #expect(throws: EvidenceError.self) { try CareReturn.read([]) }
  }

  @Test func distanceAndLocationAreReadWhereTheFileHasThem() throws {
    let columns = "CHILD,DECOM,PLACE,DEC,PL_DISTANCE,PL_LOCATION\n"
    let rows = "A,05/04/2022,U4,,12.5,OUT\nB,01/12/2022,K2,,,IN\nC,01/02/2020,H5,,3,"
    let read = try read([rows], columns: columns)
    #expect(read.episodes.episodes.map(\.distance) == [3, 12.5, nil] || read.episodes.episodes.count == 3)
    #expect(read.episodes.episodes.first { $0.child == "A" }?.isOutOfArea == true)
    #expect(read.episodes.episodes.first { $0.child == "B" }?.isOutOfArea == false)
    #expect(read.episodes.episodes.first { $0.child == "A" }?.distance == 12.5)
    #expect(read.notes == ["e2022.csv has no column PLACE_PROVIDER; no provider is stated"])
    #expect(
      refusal(["A,05/04/2022,U4,,-1,OUT"], columns: columns).contains("e2022.csv:2: PL_DISTANCE \"-1\""))
    #expect(
      refusal(["A,05/04/2022,U4,,1,FAR"], columns: columns).contains("e2022.csv:2: PL_LOCATION \"FAR\""))
  }

  @Test func everyBadFieldIsNamedWithItsFileRowAndColumn() {
    let bad = """
      A,31/02/2022,S,U4,PR1,,
      A,05/04/2022,S,U4,PR9,,
      B,01/12/2022,S,Q7,PR4,,
      C,01/02/2022,S,U4,PR1,31/01/2022,
      ,01/02/2022,S,U4,PR1,x,
      B,01/04/2023,S,U4,PR1,,
      B,01/02/2023,S,U4,PR1,02/04/2023,
      """
    let refusal = refusal([bad])
    #expect(refusal.contains("e2022.csv:2: DECOM \"31/02/2022\" is no date"))
    #expect(refusal.contains("e2022.csv:3: PLACE_PROVIDER \"PR9\" is unknown"))
    #expect(refusal.contains("e2022.csv:4: PLACE \"Q7\" belongs to no category"))
    #expect(refusal.contains("e2022.csv:5: DEC 2022-01-31 is before DECOM 2022-02-01"))
    #expect(refusal.contains("e2022.csv:6: CHILD is empty"))
    #expect(refusal.contains("e2022.csv:6: DEC \"x\" is no date"))
    #expect(refusal.contains("e2022.csv:7: DECOM 2023-04-01 is after 2023-03-31"))
    #expect(refusal.contains("e2022.csv:8: DEC 2023-04-02 is after 2023-03-31"))
    let births = "A,1,15/06/2010,W\n,1,15/06/2010,W\nB,1,15.06.2010,W\nA,1,16/06/2010,W\n"
    let header = self.refusal(births: births, [Self.first])
    #expect(header.contains("h2022.csv:3: CHILD is empty"))
    #expect(header.contains("h2022.csv:4: DOB is no date"))
    #expect(header.contains("h2022.csv:5: DOB is another than that of the same child at h2022.csv:2"))
  }

  @Test func aMissingColumnIsNamedWithTheNearest() {
    #expect(
      refusal([Self.first], columns: "CHILD,DECON,RNE,PLACE,PLACE_PROVIDER,DEC,REC\n")
        .contains("there is no column \"DECOM\"; did you mean \"DECON\"?"))
    #expect(refusal([Self.first], header: "CHILD,SEX,BORN,ETHNIC\n").contains("no column \"DOB\""))
  }

  @Test func overlapsAreRefusedOrCutAtTheNextStart() throws {
    let rows = "A,05/04/2022,S,U4,PR1,20/06/2022,X1\nA,20/05/2022,P,K2,PR4,,"
    #expect(refusal([rows]).contains("e2022.csv:2: the episode ends on 2022-06-20"))
    #expect(refusal([rows]).contains("\"end-overlap-at-next-start\""))
    let read = try read([rows], options: CareReturnOptions(mending: [.endOverlapAtNextStart]))
    #expect(read.episodes.episodes[0].end == CivilDate("2022-05-20"))
    #expect(read.doubts.count == 1)
    #expect(read.doubts[0].severity == .warning && read.doubts[0].row == 2)
    let open = "A,05/04/2022,S,U4,PR1,,\nA,20/05/2022,P,K2,PR4,,"
    #expect(refusal([open]).contains("goes on, and the next begins on 2022-05-20 at e2022.csv:3"))
  }

  @Test func duplicatesAreRefusedOrTheLaterRowStands() throws {
    let rows = "A,05/04/2022,S,U4,PR1,20/06/2022,X1\nA,05/04/2022,P,K2,PR4,,"
    #expect(refusal([rows]).contains("e2022.csv:3: CHILD and DECOM are also those of row 2"))
    let read = try read([rows], options: CareReturnOptions(mending: [.keepLastDuplicate]))
    #expect(read.episodes.episodes.map(\.placement) == ["K2"])
    #expect(read.doubts.count == 1)
  }

  @Test func whatTheNextReturnSaysNothingOfIsRefusedOrEnded() throws {
    let after = "B,01/12/2022,S,K2,PR4,,\nC,01/02/2020,S,H5,PR4,10/08/2023,E7"
    #expect(refusal([Self.first, after]).contains("e2022.csv:2: the episode"))
    let read = try read(
      [Self.first, after], options: CareReturnOptions(mending: [.endUnreportedWithItsReturn]))
    #expect(read.episodes.episodes[0].end == CivilDate("2023-04-01"))
    #expect(try read.episodes.children(on: FinancialYear(2022).lastDay).count == 3)
    #expect(read.doubts[0].message.contains("says nothing of it"))
  }

  @Test func whatTwoReturnsSayDifferentlyIsReported() throws {
    let after = Self.second.replacingOccurrences(of: "B,01/12/2022,S,K2", with: "B,01/12/2022,S,K1")
    #expect(try read([Self.first, after]).doubts[0].message.contains("was K2 at e2022.csv:3 and is K1 here"))
    let ended = Self.first.replacingOccurrences(
      of: "B,01/12/2022,S,K2,PR4,,", with: "B,01/12/2022,S,K2,PR4,05/12/2022,E7")
    #expect(try read([ended, Self.second]).doubts[0].message.contains("ended on 2022-12-05"))
  }

  @Test func careAfterTheLastBirthdayIsRefusedOrEnded() throws {
    let rows = "C,01/02/2020,S,H5,PR4,,\nC,01/09/2023,S,H5,PR4,,"
    let both: Set<CareMending> = [.endAtLeavingAge, .endOverlapAtNextStart, .endUnreportedWithItsReturn]
    let after = rows
    let before = "C,01/02/2020,S,H5,PR4,,"
    #expect(refusal([before, after]).contains("DECOM 2023-09-01 is on or after birthday 18"))
    let read = try read([before, after], options: CareReturnOptions(mending: both))
    #expect(read.episodes.episodes.map(\.end) == [CivilDate("2023-08-10")])
    #expect(
      refusal([before, before]).contains("goes on, and birthday 18, on which care ends, is earlier"))
    #expect(
      refusal(births: "A,1,15/06/2022,W\n", ["A,05/04/2022,S,U4,PR1,,"]).contains("before the date of birth"))
  }

  @Test func aChildWithoutAHeaderIsRefusedOrLeftOut() throws {
    let rows = Self.first + "\nZ,01/12/2022,S,K2,PR4,,"
    #expect(refusal([rows]).contains("e2022.csv:5: the child is in no Header file"))
    let read = try read([rows], options: CareReturnOptions(mending: [.leaveOutWithoutHeader]))
    #expect(read.episodes.episodes.count == 3)
    #expect(read.doubts.count == 1)
    #expect(
      refusal(["Z,01/12/2022,S,K2,PR4,,"], options: CareReturnOptions(mending: [.leaveOutWithoutHeader]))
        .contains("there are no episodes"))
  }

  @Test func unknownPlacementsCanStandForAKnownOne() throws {
    let rows = "A,05/04/2022,S,Q7,PR1,,"
    let read = try read([rows], options: CareReturnOptions(unknownPlacements: "Z1"))
    #expect(read.episodes.episodes[0].placement == "Z1")
    #expect(read.doubts[0].message.contains("it is taken for Z1"))
    #expect(
      refusal([rows], options: CareReturnOptions(unknownPlacements: "Q8")).contains("belongs to no category"))
  }

  @Test func returnsOfYearsWithAGapAreRefused() {
    let contents = FileContents(path: "h.csv", bytes: Array((Self.header + Self.birth).utf8))
    let episodes = FileContents(path: "e.csv", bytes: Array((Self.episodes + Self.first).utf8))
    #expect(throws: EvidenceError.self) {
      try CareReturn([
        (year: FinancialYear(2020), header: contents, episodes: episodes),
        (year: FinancialYear(2022), header: contents, episodes: episodes),
      ])
    }
  }

  @Test func onlyTheFirstProblemsAreListed() {
    let rows = (0..<30).map { "A,0\($0),S,U4,PR1,," }.joined(separator: "\n")
    #expect(refusal([rows], options: CareReturnOptions(problemLimit: 5)).contains("and 25 more problems"))
  }

  /// The sample of cs-demand-model 0.5.1, where `NEEDSCAST_903_SAMPLE` names its folder of `2017-header.csv` and so on.
  @Test(.enabled(if: CareSample.folder != nil, "NEEDSCAST_903_SAMPLE names no folder of sample returns"))
  func theSampleOfAPublicPackageIsReadAndItsStocksAreThoseOfItsRows() throws {
    let folder = try #require(CareSample.folder)
    let files = (2017...2021).map {
      CareReturnFiles(
        year: FinancialYear($0), header: "\(folder)/\($0)-header.csv",
        episodes: "\(folder)/\($0)-episodes.csv")
    }
    // As it is, it contradicts itself.
    #expect(throws: EvidenceError.self) { try CareReturn.read(files) }
    let read = try CareReturn.read(files, options: CareReturnOptions(mending: Set(CareMending.allCases)))
    #expect(read.episodes.episodes.count == 2827)
    let stocks = try [2018, 2019, 2020, 2021].map {
      try read.episodes.children(on: CivilDate("\($0)-03-31") ?? read.episodes.observedThrough).count
    }
    // Counted with pandas from the same rows, the later report standing, overlaps cut at the next start.
    #expect(stocks == CareSample.stocks)
  }
}

enum CareSample {
  static let folder = ProcessInfo.processInfo.environment["NEEDSCAST_903_SAMPLE"]
  static let stocks = [545, 339, 214, 137]
}
