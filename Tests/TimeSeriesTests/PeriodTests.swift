import Testing
import TimeSeries

/// A period of every kind, at random.
func randomPeriod(_ generator: inout SeededGenerator) throws -> Period {
  let year = Int.random(in: 1950...2080, using: &generator)
  let type = try #require(YearType.allCases.randomElement(using: &generator))
  let date = CivilDate(daysSinceEpoch: Int.random(in: -4000...30_000, using: &generator))
  let frequency = try #require(Frequency.allCases.randomElement(using: &generator))
  let every = try #require([Frequency.yearly, .quarterly, .monthly].randomElement(using: &generator))
  let month = Int.random(in: 1...12, using: &generator)
  switch Int.random(in: 0..<9, using: &generator) {
  case 0: return .year(year, type)
  case 1: return try #require(.quarter(Int.random(in: 1...4, using: &generator), ofYear: year, type))
  case 2: return try #require(.month(year: year, month: month))
  case 3: return .week(from: date)
  case 4: return .day(date)
  case 5: return .censusDate(date, every: every)
  case 6: return try #require(.pooledYears(year, year + Int.random(in: 1...9, using: &generator), type))
  case 7:
    let count = Int.random(in: 2...36, using: &generator)
    return try #require(.rollingMonths(count, endingYear: year, month: month, every: every))
  default: return .index(Int.random(in: -50...5000, using: &generator), frequency)
  }
}

struct PeriodDatesTests {
  @Test("The financial year 2024/25 runs from 1 April 2024 to 31 March 2025")
  func financialYear() {
    let year = Period.financialYear(2024)
    #expect(year.start?.description == "2024-04-01")
    #expect(year.end?.description == "2025-03-31")
    #expect(year.label == "2024/25")
    #expect(year.days == 365)
    #expect(Period.financialYear(2023).days == 366)
  }

  @Test("The academic year 2024/25 runs from 1 September 2024 to 31 August 2025")
  func academicYear() {
    let year = Period.academicYear(2024)
    #expect(year.start?.description == "2024-09-01")
    #expect(year.end?.description == "2025-08-31")
    #expect(year.label == "2024/25")
    #expect(year != Period.financialYear(2024))
  }

  @Test("Dates of the other kinds")
  func otherKinds() throws {
    let quarter = try #require(Period.quarter(4, ofYear: 2023, .financial))
    #expect(quarter.start?.description == "2024-01-01")
    #expect(quarter.end?.description == "2024-03-31")
    #expect(quarter.startYear == 2023)
    let pooled = try #require(Period.pooledYears(2018, 2020, .financial))
    #expect(pooled.start?.description == "2018-04-01")
    #expect(pooled.end?.description == "2021-03-31")
    #expect(pooled.label == "2018/19-20/21")
    let rolling = try #require(Period.rollingMonths(12, endingYear: 2024, month: 2))
    #expect(rolling.start?.description == "2023-03-01")
    #expect(rolling.end?.description == "2024-02-29")
    #expect(rolling.label == "12 months to Feb 2024")
    let monday = try #require(CivilDate("2024-07-29"))
    #expect(Period.week(from: monday).end?.description == "2024-08-04")
    #expect(Period.day(monday).days == 1)
    #expect(Period.index(7, .other).start == nil)
    #expect(Period.index(7, .other).days == nil)
    #expect(Period.calendarYear(1999).end?.description == "1999-12-31")
  }

  @Test("A date lies in its month and in its years")
  func containing() throws {
    let march = try #require(CivilDate("2024-03-31"))
    #expect(Period.month(containing: march).label == "2024-03")
    #expect(Period.year(containing: march, .financial) == .financialYear(2023))
    #expect(Period.year(containing: march.adding(days: 1), .financial) == .financialYear(2024))
    #expect(Period.year(containing: march, .academic) == .academicYear(2023))
    #expect(Period.year(containing: march, .calendar) == .calendarYear(2024))
  }

  @Test("Quarters beyond four, months beyond twelve and pools of one year are none")
  func noSuchPeriod() {
    #expect(Period.quarter(5, ofYear: 2024, .financial) == nil)
    #expect(Period.month(year: 2024, month: 0) == nil)
    #expect(Period.pooledYears(2020, 2020, .calendar) == nil)
    #expect(Period.pooledYears(.max, .min, .calendar) == nil)
    #expect(Period.rollingMonths(12, endingYear: 2024, month: 6, every: .weekly) == nil)
  }

  @Test("A month end stays a month end, and other days come back from February")
  func censusSteps() throws {
    let june = Period.censusDate(try #require(CivilDate("2024-06-30")), every: .monthly)
    #expect(june.advanced(by: 1).label == "2024-07-31")
    #expect(june.advanced(by: 8).label == "2025-02-28")
    let january = Period.censusDate(try #require(CivilDate("2024-01-30")), every: .monthly)
    #expect(january.advanced(by: 1).label == "2024-02-29")
    #expect(january.advanced(by: 2).label == "2024-03-30")
    let leap = Period.censusDate(try #require(CivilDate("2024-02-29")))
    #expect(leap.advanced(by: 1).label == "2025-02-28")
    #expect(leap.advanced(by: 1).advanced(by: 3) == leap.advanced(by: 4))
  }

  @Test("January censuses a year apart are one step apart whatever their day")
  func movingCensus() throws {
    let first = Period.censusDate(try #require(CivilDate("2024-01-18")))
    let second = Period.censusDate(try #require(CivilDate("2025-01-16")))
    #expect(first.distance(to: second) == 1)
    #expect(first.distance(to: .censusDate(try #require(CivilDate("2024-03-31")))) == nil)
  }

  @Test("Seasons begin at nought")
  func seasons() throws {
    #expect(try #require(Period.month(year: 2024, month: 12)).seasonalPosition == 11)
    #expect(try #require(Period.quarter(2, ofYear: 2024, .financial)).seasonalPosition == 1)
    #expect(Period.financialYear(2024).seasonalPosition == 0)
    let saturday = try #require(CivilDate("2024-08-31"))
    #expect(Period.day(saturday).seasonalPosition == 5)
    #expect(Period.censusDate(saturday, every: .monthly).seasonalPosition == 7)
    #expect(Period.censusDate(saturday, every: .quarterly).seasonalPosition == 2)
    #expect(Period.censusDate(saturday).seasonalPosition == 0)
    #expect(Period.week(from: saturday).seasonalPosition == nil)
    #expect(Frequency.allCases.map(\.seasonalPeriod) == [1, 4, 12, 52, 7, 1])
  }
}

struct PeriodLawsTests {
  @Test("Steps forward are undone by steps back, and counted by the distance, for every kind")
  func arithmeticRoundTrips() throws {
    var generator = SeededGenerator(seed: 1)
    for _ in 0..<5000 {
      let period = try randomPeriod(&generator)
      let steps = Int.random(in: -300...300, using: &generator)
      let moved = period.advanced(by: steps)
      #expect(moved.advanced(by: -steps) == period)
      #expect(period.distance(to: moved) == steps)
      #expect(moved.distance(to: period) == -steps)
      #expect(moved.kind == period.kind)
      #expect(steps == 0 || (period < moved) == (steps > 0))
      if let start = period.start, let end = period.end { #expect(start <= end) }
    }
  }

  @Test("Years, quarters, months, weeks and days leave no day between them")
  func periodsTile() throws {
    var generator = SeededGenerator(seed: 2)
    for _ in 0..<2000 {
      let period = try randomPeriod(&generator)
      switch period.kind {
      case .year, .quarter, .month, .week, .day:
        #expect(period.end?.adding(days: 1) == period.advanced(by: 1).start)
      case .census, .pooledYears, .rollingMonths, .index: continue
      }
    }
  }

  @Test("The order is total, transitive, and agrees with equality")
  func orderIsTotal() throws {
    var generator = SeededGenerator(seed: 3)
    let periods = try (0..<120).map { _ in try randomPeriod(&generator) }
    for a in periods {
      for b in periods {
        #expect([a < b, a == b, b < a].filter { $0 }.count == 1)
        if a == b { #expect(a.hashValue == b.hashValue) }
        guard a < b else { continue }
        if let start = a.start, let other = b.start { #expect(start <= other) }
        for c in periods where b < c { #expect(a < c) }
      }
    }
  }

  @Test("Unlike kinds have no distance")
  func unlikeKinds() throws {
    var generator = SeededGenerator(seed: 4)
    for _ in 0..<2000 {
      let (a, b) = (try randomPeriod(&generator), try randomPeriod(&generator))
      if a.kind != b.kind { #expect(a.distance(to: b) == nil) }
    }
    #expect(Period.financialYear(2024).distance(to: .academicYear(2024)) == nil)
  }

  @Test("The form of writing is no part of a period, and goes on with it")
  func styleIsApart() throws {
    let slash = try Period(parsing: "2024/25")
    let hyphen = try Period(parsing: "2024-25")
    #expect(slash == hyphen && slash.hashValue == hyphen.hashValue)
    #expect(hyphen.labelAsWritten == "2024-25")
    #expect(hyphen.advanced(by: 1).labelAsWritten == "2025-26")
    #expect(hyphen.description == "2024/25")
    #expect(try Period(parsing: "1999-00").labelAsWritten == "1999-00")
    #expect(Period.financialYear(1999).label == "1999/00")
  }

  @Test("Steps beyond counting stay at the edge")
  func extremes() {
    for period in [Period.financialYear(2024), .index(1, .other), .week(from: CivilDate(daysSinceEpoch: 0))] {
      #expect(period.advanced(by: .max) > period)
      #expect(period.advanced(by: .min) < period)
      #expect(!period.advanced(by: .max).label.isEmpty)
    }
    #expect(Period.month(year: .max, month: 12) != nil)
    #expect(Period.quarter(4, ofYear: .max, .academic)?.end != nil)
  }

  @Test("Eight bytes hold a period")
  func compact() { #expect(MemoryLayout<Period>.size == 8) }

  @Test("Every label is read back as the period it came from, in every form")
  func labelsRoundTrip() throws {
    var generator = SeededGenerator(seed: 5)
    for _ in 0..<3000 {
      let period = try randomPeriod(&generator)
      // Two pooled calendar years are written like a financial year with a hyphen, which is what they are read as.
      if period.kind == .pooledYears(2, .calendar) { continue }
      for style in PeriodStyle.allCases {
        let text = period.label(in: style)
        let read: Period
        do {
          read = try Period(parsing: text, frequency: period.frequency, yearType: period.yearType)
        } catch {
          // Plain counts look like years or months under these frequencies, and negative ones are not read.
          if case .index = period.kind { continue }
          Issue.record("\(text) is not read back: \(error)")
          continue
        }
        #expect(read.labelAsWritten == text)
        if case .index(let frequency) = period.kind, frequency == .yearly || frequency == .monthly {
          continue
        }
        // A census on a day that its month lacks is read as the last of the month, the same day with another future.
        if case .census = period.kind {
          #expect(read.start == period.start && read.kind == period.kind)
        } else {
          #expect(read == period, "\(text)")
        }
      }
    }
  }
}
