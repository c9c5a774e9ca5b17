import Indicators
import Testing
import TimeSeries

/// Lists that the tests of definitions, targets and outlooks share.
enum StatedList {
  static let assumed = WaitingFigure.Basis.assumed(reason: "invented")

  static func day(_ text: String) throws -> CivilDate { try #require(CivilDate(text)) }

  /// 300 children laid out evenly over 30 weeks, 520 referrals a year and so many seen.
  static func list(
    capacity: Double = 540, waiting: Double = 300, over weeks: Double = 30, range: Double = 0,
    leaving: WaitingListDefinition.Leaving = .nobody, calendar: WaitingListCalendar = WaitingListCalendar(),
    discipline: WaitingListModel.Discipline = .firstInFirstOut,
    changes: [WaitingListDefinition.DatedChange] = [], unitCost: Double? = nil, targetMeanWait: Double? = nil
  ) throws -> WaitingListDefinition {
    try WaitingListDefinition(
      id: "therapy", name: "Therapy", kind: "occupational therapy", start: day("2024-01-01"),
      waiting: WaitingFigure("children waiting", waiting, basis: assumed),
      weeksWaited: StartingQueue.evenly(1, over: Weeks(weeks)), layout: "laid out evenly",
      referrals: WaitingFigure(
        "referrals a year", low: 520 - range, mostLikely: 520, high: 520 + range, basis: assumed),
      capacity: WaitingFigure("children who can be seen in a year", capacity, basis: assumed),
      calendar: calendar, leaving: leaving, discipline: discipline, changes: changes,
      targetMeanWait: targetMeanWait.map { try WaitingFigure("mean wait", $0, basis: assumed) },
      unitCost: unitCost.map { try WaitingFigure("pounds", $0, basis: assumed) })
  }
}

@Suite("A waiting list as it is stated")
struct WaitingListDefinitionTests {
  @Test("an uncertain number has the mean and the spread of its PERT distribution")
  func pert() throws {
    let figure = try WaitingFigure("n", low: 10, mostLikely: 20, high: 60, basis: StatedList.assumed)
    #expect(abs(figure.mean - 25) < 1e-12)
    // A beta on 10...60 with mean 25: variance (25 - 10)(60 - 25)/7 = 75.
    #expect(abs(figure.coefficientOfVariation - 75.0.squareRoot() / 25) < 1e-12)
    #expect(try WaitingFigure("n", 5, basis: StatedList.assumed).coefficientOfVariation == 0)
    #expect(figure.times(2).high == 120)
    #expect(throws: IndicatorsError.self) {
      try WaitingFigure("n", low: 3, mostLikely: 2, high: 4, basis: StatedList.assumed)
    }
    #expect(throws: IndicatorsError.self) { try WaitingFigure("n", .infinity, basis: StatedList.assumed) }
  }

  @Test("children are laid out by weeks waited without one being lost")
  func layouts() throws {
    let even = try StartingQueue.evenly(90, over: Weeks(4.5))
    #expect(even.count == 5)
    #expect(abs(even[0] - 20) < 1e-12 && abs(even[4] - 10) < 1e-12)
    #expect(abs(even.reduce(0, +) - 90) < 1e-12)
    let falling = try StartingQueue.fallingOff(1_000, mean: Weeks(12))
    #expect(abs(falling.reduce(0, +) - 1_000) < 1e-9)
    let mean = try #require(WaitDistribution(.waiting, falling).mean)
    #expect(abs(mean.count - 12) < 0.01)
    #expect(zip(falling.dropLast(), falling.dropLast().dropFirst()).allSatisfy { $0 > $1 })
    let bands = try StartingQueue.inBands([
      StartingQueue.Band(from: 0, to: 18, children: 36), StartingQueue.Band(from: 18, to: 52, children: 34),
    ])
    #expect(bands.count == 52 && bands[17] == 2 && bands[18] == 1)
  }

  @Test("a layout that cannot be is refused in words")
  func refusedLayouts() {
    #expect(throws: IndicatorsError.self) { try StartingQueue.evenly(-1, over: Weeks(3)) }
    #expect(throws: IndicatorsError.self) { try StartingQueue.evenly(10, over: Weeks(0)) }
    #expect(throws: IndicatorsError.self) { try StartingQueue.fallingOff(10, mean: Weeks(600)) }
    #expect(throws: IndicatorsError.self) {
      try StartingQueue.inBands([StartingQueue.Band(from: 4, to: 4, children: 1)])
    }
    #expect(throws: IndicatorsError.self) {
      try StartingQueue.inBands([StartingQueue.Band(from: 0, to: 4, children: -1)])
    }
  }

  @Test("a year's capacity is there in a year with holidays too, and less of it in them")
  func holidays() throws {
    let calendar = WaitingListCalendar(
      closures: [
        .everyYear(name: "summer", fromMonth: 7, fromDay: 22, toMonth: 8, toDay: 31, remaining: 0.5),
        .everyYear(name: "Christmas", fromMonth: 12, fromDay: 23, toMonth: 1, toDay: 3, remaining: 0),
      ], reason: "schools are shut")
    let model = try StatedList.list(calendar: calendar).model(weeks: 156)
    let first = (0..<52).reduce(0.0) { $0 + model.capacity(inWeek: $1) }
    #expect(abs(first - 540 * 364 / 365.25) < 1e-9)
    // 2024-08-05 is a Monday of week 31; 2025-08-04 of week 83.
    let open = model.capacity(inWeek: 10)
    #expect(abs(model.capacity(inWeek: 31) - open / 2) < 1e-9)
    #expect(abs(model.capacity(inWeek: 83) - open / 2) < 1e-9)
    // The first week, 1 to 5 January, has two working days after a holiday that began the year before.
    #expect(abs(model.capacity(inWeek: 0) - open * 2 / 5) < 1e-9)
    let school = try StatedList.list(
      calendar: WaitingListCalendar(closures: [.schoolHolidays(remaining: 0)], reason: "shut")
    ).model(weeks: 104)
    #expect(school.capacity(inWeek: 31) == 0)
    let once = WaitingListCalendar(
      closures: [
        .once(
          ClinicClosure(
            name: "move", first: try StatedList.day("2024-03-04"), last: try StatedList.day("2024-03-10")))
      ], reason: "move")
    #expect(try StatedList.list(calendar: once).model(weeks: 20).capacity(inWeek: 9) == 0)
  }

  @Test("who leaves, of referrals, is as many in the first week as of those waiting")
  func leaving() throws {
    let share = try WaitingFigure("share", 0.1, basis: StatedList.assumed, isShare: true)
    let list = try StatedList.list(leaving: .ofReferrals(share))
    let weekly = try #require(list.weeklyLeaving)
    #expect(abs(weekly * 300 - 0.1 * PerWeek(perYear: 520).count) < 1e-12)
    #expect(try StatedList.list(leaving: .ofThoseWaiting(share)).weeklyLeaving == 0.1)
    #expect(try StatedList.list().weeklyLeaving == nil)
    #expect(throws: IndicatorsError.self) {
      try StatedList.list(waiting: 0, leaving: .ofReferrals(share))
    }
  }

  @Test("referrals grow by the year, week by week")
  func growth() throws {
    let base = try StatedList.list()
    let list = try WaitingListDefinition(
      id: base.id, name: base.name, kind: base.kind, start: base.start, waiting: base.waiting,
      weeksWaited: base.weeksWaited, layout: base.layout, referrals: base.referrals,
      growth: try WaitingFigure("growth", 0.05, basis: StatedList.assumed), capacity: base.capacity)
    let model = try list.model(weeks: 200)
    let ratio = model.referrals(inWeek: 104) / model.referrals(inWeek: 0)
    #expect(abs(ratio - 1.1024) < 0.001)
    #expect(list.figures.count == 4)
  }

  @Test("additional capacity begins on its day, and a ramp is complete on its own")
  func additional() throws {
    let (from, complete) = (try StatedList.day("2024-02-01"), try StatedList.day("2024-12-31"))
    let list = try StatedList.list()
    let plain = try list.model(weeks: 104)
    func more(_ course: AdditionalCapacity.Course, week: Int) throws -> Double {
      let model = try list.model(
        weeks: 104,
        additional: AdditionalCapacity(places: PerWeek(7), course: course, from: from, complete: complete))
      return model.capacity(inWeek: week) - plain.capacity(inWeek: week)
    }
    #expect(try more(.level, week: 3) == 0)
    // 1 February 2024 is the Thursday of week 4: four of its seven days are left.
    #expect(abs(try more(.level, week: 4) - 4) < 1e-9)
    #expect(abs(try more(.level, week: 5) - 7) < 1e-9)
    #expect(try more(.ramp, week: 4) < 0.2)
    #expect(abs(try more(.ramp, week: 60) - 7) < 1e-9)
    let steps = try (5..<50).map { try more(.ramp, week: $0) }
    #expect(zip(steps, steps.dropFirst()).allSatisfy { $0 < $1 })
  }

  @Test("changes on a day count in the week that holds it; one before the start is refused")
  func changes() throws {
    let lost = WaitingListDefinition.DatedChange(
      date: try StatedList.day("2024-01-17"), kind: .capacity, children: -4, reason: "a lost clinic")
    let model = try StatedList.list(changes: [lost]).model(weeks: 10)
    #expect(model.oneOffs.map(\.week) == [2] && model.oneOffs.map(\.amount) == [-4])
    #expect(try StatedList.list(changes: [lost]).model(weeks: 2).oneOffs.isEmpty)
    let early = WaitingListDefinition.DatedChange(
      date: try StatedList.day("2023-12-31"), kind: .referrals, children: 4, reason: "early")
    #expect(throws: IndicatorsError.self) { try StatedList.list(changes: [early]).model(weeks: 10) }
  }

  @Test("numbers that cannot be are refused, each in a sentence with its remedy")
  func refusals() throws {
    #expect(throws: IndicatorsError.self) { try StatedList.list(capacity: 0) }
    #expect(throws: IndicatorsError.self) { try StatedList.list(waiting: -1) }
    #expect(throws: IndicatorsError.self) { try StatedList.list(unitCost: -1) }
    #expect(throws: IndicatorsError.self) { try StatedList.list(unitCost: 1e308) }
    #expect(throws: IndicatorsError.self) { try StatedList.list(targetMeanWait: 0) }
    #expect(throws: IndicatorsError.self) {
      try StatedList.list(
        leaving: .ofThoseWaiting(try WaitingFigure("share", 1.2, basis: StatedList.assumed, isShare: true)))
    }
    #expect(throws: IndicatorsError.self) { try StatedList.list().model(weeks: 0) }
    #expect(throws: IndicatorsError.self) { try StatedList.list(capacity: 1e-308) }
    #expect(throws: Never.self) { try StatedList.list(capacity: WaitingListDefinition.leastCapacity) }
    do {
      _ = try StatedList.list(capacity: 0)
    } catch let error as IndicatorsError {
      #expect("\(error)".contains("a list from which nobody is seen"))
    }
  }

  @Test(
    "variation that is accepted is simulated as it is stated, and what cannot be is refused with the limit")
  func variation() throws {
    func list(referrals: Double = 1, capacity: Double = 1) throws -> WaitingListDefinition {
      let base = try StatedList.list()
      return try WaitingListDefinition(
        id: "x", name: "X", kind: "x", start: base.start, waiting: base.waiting,
        weeksWaited: base.weeksWaited, layout: "", referrals: base.referrals, capacity: base.capacity,
        referralVariation: referrals, capacityVariation: capacity)
    }
    func refusal(_ body: () throws -> WaitingListDefinition) -> String {
      do {
        return "accepted: \(try body().id)"
      } catch { return "\(error)" }
    }
    #expect(try list(referrals: 10).chance.dispersion == 100)
    #expect(try list(referrals: 3).chance.dispersion == 9)
    #expect(refusal { try list(referrals: 10.1) }.contains("10.1 cannot be simulated; write 0 to 10,"))
    // 540 a year are 10.34 a week, whose root is 3.216.
    let weekly = PerWeek(perYear: 540).count
    #expect(abs(try list(capacity: 2).chance.capacityVariation - 2 / weekly.squareRoot()) < 1e-12)
    #expect(try list(capacity: weekly.squareRoot()).chance.capacityVariation == 1)
    #expect(refusal { try list(capacity: 4) }.contains("4 cannot be simulated; write 0 to 3.216,"))
  }

  @Test("what is uncertain is drawn as it is stated, and what is certain is not drawn") func levels() throws {
    let certain = try StatedList.list().chance
    #expect(certain.growth == .known && certain.leaving == .known && certain.start == .known)
    let base = try StatedList.list()
    func figure(_ low: Double, _ likely: Double, _ high: Double) throws -> WaitingFigure {
      try WaitingFigure("n", low: low, mostLikely: likely, high: high, basis: StatedList.assumed)
    }
    let list = try WaitingListDefinition(
      id: "x", name: "X", kind: "x", start: base.start, waiting: figure(150, 300, 450),
      weeksWaited: base.weeksWaited, layout: "", referrals: base.referrals, growth: figure(-0.2, 0, 0.2),
      capacity: base.capacity, leaving: .ofReferrals(figure(0, 0.1, 0.2)))
    #expect(list.chance.start == .pert(lowest: 0.5, mostLikely: 1, highest: 1.5))
    #expect(list.chance.growth == .pert(lowest: 0.8, mostLikely: 1, highest: 1.2))
    #expect(list.chance.leaving == .pert(lowest: 0, mostLikely: 1, highest: 2))
    _ = try list.chance.validated()
  }

  @Test("what is added stays with the list, one beside the other") func adding() throws {
    let list = try StatedList.list()
    func more(_ places: Double) -> AdditionalCapacity {
      AdditionalCapacity(places: PerWeek(places), from: list.start, complete: list.start)
    }
    let both = try list.adding(more(2)).adding(more(3)).model(weeks: 10, additional: more(4))
    let plain = try list.model(weeks: 10)
    for week in 0..<10 {
      #expect(abs(both.capacity(inWeek: week) - plain.capacity(inWeek: week) - 9) < 1e-9)
    }
    #expect(list.additions.isEmpty)
  }
}
