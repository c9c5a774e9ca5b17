import Commissioning
import Testing
import TimeSeries

@Suite("Episodes of care")
struct CareEpisodesTests {
  private let end = InventedCare.day("2024-03-31")

  private func episodes(_ list: CareEpisode...) throws -> CareEpisodes {
    try CareEpisodes(list, scheme: .standard, observedThrough: end)
  }

  /// The reason for which episodes are refused.
  private func refusal(_ list: CareEpisode...) -> String {
    do {
      _ = try CareEpisodes(list, scheme: .standard, observedThrough: end)
      return ""
    } catch { return "\(error)" }
  }

  @Test func daysBelongToTheAgeTheChildThenHad() throws {
    // Ten on 15 June 2020: 75 days from 1 April before, 290 to 31 March after.
    let tally = try episodes(InventedCare.episode("a", "2019-01-01", nil)).tally(FinancialYear(2020))
    #expect(tally.childDays[2 * 6] == 75)
    #expect(tally.childDays[3 * 6] == 290)
    #expect(tally.childDays.reduce(0, +) == 365)
  }

  @Test func anEpisodeThatFollowsAtOnceIsAMoveAndALaterOneAnEntry() throws {
    let tally = try episodes(
      InventedCare.episode("a", "2023-04-05", "2023-05-01"),
      InventedCare.episode("a", "2023-05-01", "2023-06-01", "K2", .privateSector),
      InventedCare.episode("a", "2023-08-01", nil)
    ).tally(FinancialYear(2023))
    #expect(tally.entries[3 * 6] == 2)
    #expect(tally.moves[(3 * 6) * 6 + 1] == 1)
    #expect(tally.exits[3 * 6 + 1] == 1)
    #expect(tally.exits.reduce(0, +) == 1)
  }

  @Test func aChangeOfLegalStatusInOneCategoryIsNoMove() throws {
    let tally = try episodes(
      InventedCare.episode("a", "2023-04-05", "2023-05-01", "U4"),
      InventedCare.episode("a", "2023-05-01", nil, "U6")
    ).tally(FinancialYear(2023))
    #expect(tally.moves.reduce(0, +) == 0)
    #expect(tally.entries.reduce(0, +) == 1)
  }

  @Test func whoLeavesOnTheEighteenthBirthdayAgesOutAndWhoLeavesTheDayBeforeDoesNot() throws {
    let tally = try episodes(
      InventedCare.episode("a", born: "2005-06-15", "2020-01-01", "2023-06-15"),
      InventedCare.episode("b", born: "2005-06-15", "2020-01-01", "2023-06-14")
    ).tally(FinancialYear(2023))
    #expect(tally.agedOut[0] == 1)
    #expect(tally.exits[4 * 6] == 1)
  }

  @Test func aChildBornOnTheLastOfFebruaryOfALeapYearHasBirthdaysInMarch() {
    let born = InventedCare.day("2008-02-29")
    #expect(born.birthday(17) == InventedCare.day("2025-03-01"))
    #expect(born.birthday(16) == InventedCare.day("2024-02-29"))
    #expect(born.completedYears(on: InventedCare.day("2025-02-28")) == 16)
    #expect(born.completedYears(on: InventedCare.day("2025-03-01")) == 17)
    #expect(born.completedYears(on: InventedCare.day("2008-01-01")) == -1)
  }

  @Test func openingStartsCeasedAndClosingAgreeInEveryYear() throws {
    let history = try InventedCare.history()
    for start in 2017..<2024 {
      let year = FinancialYear(start)
      let tally = try history.tally(year)
      let opening = try history.children(on: year.previous.lastDay).count
      let closing = try history.children(on: year.lastDay).count
      let flows = tally.entries.reduce(0, +) - tally.exits.reduce(0, +) - tally.agedOut.reduce(0, +)
      #expect(Double(closing - opening) == flows, "\(year)")
    }
  }

  @Test func whatWasKnownEarlierHasNoLaterEnds() throws {
    let all = try episodes(
      InventedCare.episode("a", "2022-01-01", "2023-06-01"), InventedCare.episode("b", "2023-08-01", nil))
    let earlier = try all.known(on: InventedCare.day("2023-03-31"))
    #expect(earlier.episodes.count == 1)
    #expect(earlier.episodes[0].end == nil)
    #expect(try all.known(on: InventedCare.day("2030-01-01")).episodes.count == 2)
    #expect(throws: CommissioningError.self) { try all.known(on: InventedCare.day("2021-01-01")) }
  }

  @Test func provisionAreaAndDistanceSplitTheDaysOfACategory() throws {
    var far = InventedCare.episode("b", "2023-04-01", nil, "U5", .voluntary)
    far.distance = 31
    far.isOutOfArea = true
    let all = try episodes(
      InventedCare.episode("a", "2023-04-01", "2023-04-11"), far,
      InventedCare.episode("c", "2023-04-01", nil, "P1", .parents),
      InventedCare.episode("d", "2023-04-01", nil, "U1", .notStated))
    let (first, last) = (InventedCare.day("2023-04-01"), InventedCare.day("2023-04-30"))
    #expect(
      try all.childDays(from: first, through: last, by: .provision) == [
        "fostering": ["own": 10, "independent": 30, "not-stated": 30], "with-parents": ["parents": 30],
      ])
    #expect(
      try all.childDays(from: first, through: last, by: .area)["fostering"] == [
        "outside": 30, "not-stated": 40,
      ])
    #expect(
      try all.childDays(from: first, through: last, by: .distance(upTo: 20))["fostering"] == [
        "far": 30, "not-stated": 40,
      ])
    far.distance = 3
    far.isOutOfArea = false
    let near = try episodes(far)
    #expect(try near.childDays(from: first, through: last, by: .area) == ["fostering": ["within": 30]])
    #expect(
      try near.childDays(from: first, through: last, by: .distance(upTo: 20)) == ["fostering": ["near": 30]])
  }

  @Test func badEpisodesAreRefusedWithTheChildAndTheDate() throws {
    #expect(throws: CommissioningError.self) { try episodes() }
    #expect(refusal(InventedCare.episode("a", "2023-05-01", "2023-04-01")).contains("before it begins"))
    #expect(refusal(InventedCare.episode("a", "2009-05-01", nil)).contains("before the date of birth"))
    #expect(refusal(InventedCare.episode("a", "2024-05-01", nil)).contains("known"))
    #expect(refusal(InventedCare.episode("a", "2023-05-01", "2024-05-01")).contains("after 2024-03-31"))
    #expect(refusal(InventedCare.episode("a", "2023-05-01", nil, "Q9")).contains("\"Q9\""))
    #expect(
      refusal(InventedCare.episode("a", born: "2005-01-01", "2023-05-01", nil)).contains("birthday 18"))
    #expect(
      refusal(InventedCare.episode("a", born: "2005-01-01", "2020-05-01", nil)).contains("still goes on"))
    #expect(
      refusal(InventedCare.episode("a", born: "2005-01-01", "2020-05-01", "2023-02-01")).contains(
        "after birthday"))
    #expect(
      refusal(
        InventedCare.episode("a", "2022-05-01", "2022-06-01"),
        InventedCare.episode("a", born: "2010-06-16", "2023-05-01", nil)
      ).contains("two dates of birth"))
    #expect(
      refusal(
        InventedCare.episode("a", "2022-05-01", "2022-06-01"), InventedCare.episode("a", "2022-05-20", nil)
      ).contains("one placement at a time"))
    #expect(
      refusal(InventedCare.episode("a", "2022-05-01", nil), InventedCare.episode("a", "2022-05-20", nil))
        .contains("it goes on"))
    let teens = try PlacementScheme(
      bands: [AgeBand(name: "teens", from: 13, to: 18)],
      categories: [PlacementCategory(id: "all", name: "All", codes: [])])
    #expect(throws: CommissioningError.self) {
      try CareEpisodes(
        [InventedCare.episode("a", "2020-01-01", nil)], scheme: teens, observedThrough: end)
    }
    let all = try episodes(InventedCare.episode("a", "2022-05-01", nil))
    #expect(throws: CommissioningError.self) { try all.children(on: InventedCare.day("2025-01-01")) }
    #expect(throws: CommissioningError.self) { try all.tally(FinancialYear(2024)) }
    #expect(throws: CommissioningError.self) {
      try all.tally(ReferenceWindow(from: end, through: InventedCare.day("2024-01-01")))
    }
    #expect(throws: CommissioningError.self) {
      try all.tally(ReferenceWindow(from: InventedCare.day("2024-01-01"), through: end, weight: 0))
    }
  }
}

@Suite("Age bands and categories of placement")
struct PlacementSchemeTests {
  private let bands = [AgeBand(name: "a", from: 0, to: 18)]
  private let rest = PlacementCategory(id: "rest", name: "Rest", codes: [])

  @Test func theStandardCategoriesTakeEveryCodeOnce() {
    let scheme = PlacementScheme.standard
    for code in PlacementCode.all {
      #expect(scheme.category(of: code, provider: .notStated) != nil, "\(code)")
    }
    #expect(scheme.category(of: "U3", provider: .ownAuthority) == 0)
    #expect(scheme.category(of: "H5", provider: .privateSector) == 2)
    #expect(scheme.category(of: "Z1", provider: .privateSector) == 5)
    #expect(scheme.category(of: "X9", provider: .privateSector) == nil)
  }

  @Test func oneKindOfPlacementCanBeTwoCategoriesByProvider() throws {
    let scheme = try PlacementScheme(
      bands: bands,
      categories: [
        PlacementCategory(
          id: "own", name: "Own", codes: PlacementCode.fostering, providers: [.ownAuthority, .otherAuthority]),
        PlacementCategory(
          id: "agency", name: "Agency", codes: PlacementCode.fostering,
          providers: [.privateSector, .voluntary]),
        rest,
      ])
    #expect(scheme.category(of: "U4", provider: .ownAuthority) == 0)
    #expect(scheme.category(of: "U4", provider: .voluntary) == 1)
    #expect(scheme.category(of: "U4", provider: .notStated) == 2)
  }

  @Test func providersAreReadFromTheirCodes() {
    let read = ["PR0", "PR1", "PR2", "PR3", "PR4", "PR5", ""].compactMap { PlacementProvider(code: $0) }
    #expect(read == PlacementProvider.allCases)
    #expect(PlacementProvider(code: "PR6") == nil)
    #expect(read.filter(\.isPublic) == [.ownAuthority, .otherAuthority, .otherPublic])
    #expect(read.filter(\.isIndependent) == [.privateSector, .voluntary])
  }

  @Test func bandsAndCategoriesThatCannotBeAreRefused() {
    let fostering = PlacementCategory(id: "f", name: "F", codes: ["U1"])
    func refuses(_ bands: [AgeBand], _ categories: [PlacementCategory]) -> Bool {
      (try? PlacementScheme(bands: bands, categories: categories)) == nil
    }
    #expect(refuses([], [rest]))
    #expect(refuses([AgeBand(name: "a", from: -1, to: 4)], [rest]))
    #expect(refuses([AgeBand(name: "a", from: 4, to: 4)], [rest]))
    #expect(refuses([AgeBand(name: "a", from: 4, to: 30)], [rest]))
    #expect(refuses([AgeBand(name: "a", from: 0, to: 4), AgeBand(name: "b", from: 5, to: 18)], [rest]))
    #expect(refuses([AgeBand(name: "a", from: 0, to: 4), AgeBand(name: "a", from: 4, to: 18)], [rest]))
    #expect(refuses(bands, []))
    #expect(refuses(bands, [rest, rest]))
    #expect(refuses(bands, [rest, PlacementCategory(id: "other", name: "Other", codes: [])]))
    #expect(refuses(bands, [fostering, PlacementCategory(id: "g", name: "G", codes: ["U1", "U2"])]))
    #expect(!refuses(bands, [fostering, rest]))
  }
}
