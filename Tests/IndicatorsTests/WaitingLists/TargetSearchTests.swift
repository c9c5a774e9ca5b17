import Indicators
import Testing
import TimeSeries

@Suite("What a target for waits takes")
struct TargetSearchTests {
  static func settings(
    weeks: Int = 156, course: AdditionalCapacity.Course = .level, from: String = "2024-01-01", paths: Int = 0
  ) throws -> WaitingListDefinition.SearchSettings {
    try WaitingListDefinition.SearchSettings(
      weeks: weeks, course: course, from: StatedList.day(from), paths: paths, seed: 1, jobs: 2)
  }

  static func target(_ text: String = "92% within 18 weeks by 2025-03") throws -> WaitTarget {
    try WaitTarget(parsing: text)
  }

  @Test(
    "a target is read in each of its forms",
    arguments: [
      "92% within 18 weeks by 2025-03", "92 per cent within 18 weeks by 2025-03-31",
      "0.92 within 126 days by 2025-03", "92% of waiting within 18 weeks by 2025-03-31",
    ])
  func forms(text: String) throws {
    let target = try WaitTarget(parsing: text)
    #expect(target.date == (try StatedList.day("2025-03-31")))
    guard case .shareWaiting(let share, let length) = target.aim else {
      Issue.record("not a share of those waiting")
      return
    }
    #expect(abs(share - 0.92) < 1e-12)
    #expect(length == Weeks(18))
  }

  @Test("a target without a date says so")
  func withoutDate() {
    #expect(
      throws: IndicatorsError.invalid(
        subject: "target \"92% within 18 weeks\"",
        reason:
          "it has no date by which it is to be met; write it as \"92% within 18 weeks by 2025-03\"")
    ) {
      try WaitTarget(parsing: "92% within 18 weeks")
    }
  }

  @Test(
    "a target that is not of the form is refused with the form",
    arguments: [
      ("92% by 2025-03", "within how long"), ("92% within 18 by 2025-03", "whether it is weeks or days"),
      ("92% within 18 months by 2025-03", "neither weeks nor days"),
      ("92 within 18 weeks by 2025-03", "per cent may be meant"),
      ("192% within 18 weeks by 2025-03", "not above 0% and at most 100%"),
      ("0% within 18 weeks by 2025-03", "not above 0%"), ("most within 18 weeks by 2025-03", "no share"),
      ("92 people within 18 weeks by 2025-03", "not per cent"),
      ("92% within soon by 2025-03", "no length of time"),
      ("92% within 18 weeks by March", "neither a month nor a day"),
      ("92% within 18 weeks by 2025-03 or so", "after its date"),
    ])
  func refusals(text: String, reason: String) {
    do {
      _ = try WaitTarget(parsing: text)
      Issue.record("read: \(text)")
    } catch {
      #expect("\(error)".contains(reason), "\(error)")
    }
  }

  @Test("what is found meets and holds the target, and a tenth of a child a week less does not")
  func least() throws {
    for course in AdditionalCapacity.Course.allCases {
      let list = try StatedList.list(unitCost: 650)
      let target = try Self.target()
      let answer = try list.leastCapacity(for: target, settings: try Self.settings(course: course))
      guard case .needs(let more) = answer.outcome else {
        Issue.record("\(answer.outcome)")
        return
      }
      #expect(more.course == course)
      func holds(_ tenths: Double) throws -> Bool {
        let model = try list.model(
          weeks: 156,
          additional: AdditionalCapacity(
            places: PerWeek(tenths / 10), course: course, from: more.from, complete: target.date))
        return try WaitingListProjection(model, weeks: 156).course(of: target).isMetAndHeld
      }
      let tenths = (more.places.count * 10).rounded()
      #expect(try holds(tenths))
      #expect(try !holds(tenths - 1))
      let worst = try #require(answer.worst)
      #expect(worst >= 0.92 - 1e-9)
      #expect(answer.likelihood == nil)
      let year = try #require(answer.placesAYear)
      #expect(abs(year - more.places.perYear) < 0.01 * year)
    }
  }

  @Test("a ramp takes more at its end than capacity that is there at once")
  func ramp() throws {
    let list = try StatedList.list()
    func places(_ course: AdditionalCapacity.Course) throws -> Double {
      let answer = try list.leastCapacity(for: try Self.target(), settings: try Self.settings(course: course))
      guard case .needs(let more) = answer.outcome else { return -1 }
      return more.places.count
    }
    #expect(try places(.ramp) > places(.level))
    #expect(try places(.level) > 0)
  }

  @Test("a list that meets it already takes nothing")
  func alreadyMet() throws {
    let list = try StatedList.list(waiting: 50, over: 5)
    let answer = try list.leastCapacity(for: try Self.target(), settings: try Self.settings(paths: 50))
    #expect(answer.outcome == .alreadyMet)
    #expect(answer.placesAYear == nil)
    let likelihood = try #require(answer.likelihood)
    #expect(likelihood.metAndHeld > 0.9)
    #expect(likelihood.paths == 50)
  }

  @Test("a target that no capacity meets is out of reach, and the best there is is told")
  func outOfReach() throws {
    // What comes only after the date cannot help by the date.
    let answer = try StatedList.list(capacity: 400).leastCapacity(
      for: try Self.target("92% within 18 weeks by 2024-03"), settings: try Self.settings(from: "2024-06-01"))
    #expect(answer.outcome == .outOfReach)
    let best = try #require(answer.atDate)
    #expect(best < 0.92)
  }

  @Test("more certainty takes no less, and is what the simulation says that it is")
  func likely() throws {
    let list = try StatedList.list(range: 60)
    let settings = try Self.settings(weeks: 120, paths: 120)
    let target = try Self.target()
    func places(_ share: Double) throws -> Double {
      let answer = try list.leastCapacity(for: target, by: .likely(share), settings: settings)
      let likelihood = try #require(answer.likelihood)
      #expect(likelihood.metAndHeld >= share)
      #expect(likelihood.met >= likelihood.metAndHeld)
      guard case .needs(let more) = answer.outcome else { return 0 }
      return more.places.count
    }
    #expect(try places(0.9) > places(0.5))
    #expect(throws: IndicatorsError.self) {
      try list.leastCapacity(for: target, by: .likely(1.5), settings: settings)
    }
    #expect(throws: IndicatorsError.self) {
      try list.leastCapacity(for: target, by: .likely(0.8), settings: try Self.settings(paths: 0))
    }
  }

  @Test("more work than would end in minutes is refused before it is begun, with what would be done")
  func tooMuchWork() throws {
    let list = try StatedList.list(waiting: 100_000)
    func refusal(_ body: () throws -> Void) -> String? {
      do {
        try body()
        return nil
      } catch { return "\(error)" }
    }
    let search = try #require(
      refusal {
        _ = try list.leastCapacity(
          for: try Self.target(), by: .likely(0.8), settings: try Self.settings(paths: 2_000))
      })
    #expect(search.contains("2000 futures of 156 weeks, simulated up to "), "\(search)")
    #expect(search.contains("ask for at most "), "\(search)")
    let course = try #require(
      refusal {
        _ = try WaitingListOutlook(list, question: WaitingListOutlook.Question(paths: 50_000))
      })
    #expect(course.contains("50000 futures of 104 weeks are more work"), "\(course)")
  }

  @Test("the same seed gives the same answer on any number of threads")
  func threads() throws {
    let list = try StatedList.list(range: 60)
    func answer(_ jobs: Int) throws -> CapacityAnswer {
      try list.leastCapacity(
        for: try Self.target(), by: .likely(0.7),
        settings: WaitingListDefinition.SearchSettings(
          weeks: 110, from: list.start, paths: 40, seed: 9, jobs: jobs))
    }
    #expect(try answer(1) == answer(3))
  }
}
