import Statistics
import TimeSeries

/// The least additional capacity with which something holds, found to a tenth of a child a week.
///
/// It is bracketed by doubling and then halved, in whole tenths, so that what is found holds and a tenth less does not. Where more
/// capacity could make things worse, as when places go to children by chance, what is found is the edge nearest to nothing
/// that doubling steps over.
struct CapacitySearch {
  /// Tenths of a child a week beyond which no more is tried: everybody who waits or is referred seen in their first week.
  let mostTenths: Int

  /// A search among additional capacities that no list could use up.
  init(_ model: WaitingListModel, weeks: Int) {
    let referrals = (0..<max(1, weeks)).map {
      model.referrals(inWeek: $0) + max(0, model.oneOff(.referrals, inWeek: $0))
    }
    let all = model.waiting.reduce(0, +) + (referrals.max() ?? 0)
    // A ramp has but a part of it in its first weeks, and closures take more.
    mostTenths = Int(min(1e7, (all * 10 * 8).rounded(.up) + 10))
  }

  /// The most capacities that are tried: doubling up to ``mostTenths``, and halving back.
  var mostSteps: Int { 2 * (Int.bitWidth - mostTenths.leadingZeroBitCount) + 2 }

  /// The least number of tenths for which a claim holds; nil where it does not hold for ``mostTenths`` either.
  func least(_ holds: (Int) throws(IndicatorsError) -> Bool) throws(IndicatorsError) -> Int? {
    if try holds(0) { return 0 }
    var low = 0
    var high = 1
    while try !holds(high) {
      guard high < mostTenths else { return nil }
      low = high
      high = min(mostTenths, high * 2)
    }
    while high - low > 1 {
      let middle = low + (high - low) / 2
      if try holds(middle) { high = middle } else { low = middle }
    }
    return high
  }
}

/// What it takes to meet a target and to hold it.
public struct CapacityAnswer: Hashable, Sendable {
  /// By what a target is said to be met and held.
  public enum Measure: Hashable, Sendable {
    /// By the expected course of the list.
    case expected
    /// By the share of simulated futures, at least so large.
    case likely(Double)
  }

  /// How it stands.
  public enum Outcome: Hashable, Sendable {
    /// The list meets and holds the target with what capacity it has.
    case alreadyMet
    /// It does with this much more, and not with a tenth of a child a week less.
    case needs(AdditionalCapacity)
    /// It does not however much there is.
    case outOfReach
  }

  /// The target.
  public let target: WaitTarget
  /// By what it is said to be met and held.
  public let measure: Measure
  /// How it stands.
  public let outcome: Outcome
  /// What is measured, on its expected course at the target's date: with the capacity that is needed, with what there is where
  /// that is enough, and with as much as could be used where the target is out of reach. Nil where nobody waits.
  public let atDate: Double?
  /// The worst of it from the target's date to the last week, in the same way.
  public let worst: Double?
  /// The first week from which the target is met to the end with that capacity; nil where the last week misses it.
  public let heldFrom: Int?
  /// How likely it is with that capacity; nil where it was not simulated.
  public let likelihood: Likelihood?
  /// Children seen in the year after the additional capacity is complete, beyond what there is; nil where none is needed.
  public let placesAYear: Double?
  /// The day from which additional capacity comes.
  public let from: CivilDate
  /// Whether the target is missed, on the expected course, in a week that is over before that day, so that no additional capacity
  /// mends it.
  public let isMissedBeforeCapacity: Bool

  /// How likely a target is met, and held, over simulated futures.
  public struct Likelihood: Hashable, Sendable {
    /// The share of futures in which it is met at its date.
    public let met: Double
    /// The standard error of that share.
    public let metError: Double
    /// The share of futures in which it is met at its date and in every week after it.
    public let metAndHeld: Double
    /// The standard error of that share.
    public let metAndHeldError: Double
    /// The number of futures.
    public let paths: Int

    init(_ probability: TargetProbability) {
      met = probability.met.value
      metError = probability.met.error
      metAndHeld = probability.metAndHeld.value
      metAndHeldError = probability.metAndHeld.error
      paths = probability.metAndHeld.trials
    }
  }
}

extension WaitingListDefinition {
  /// How a search for capacity is run.
  public struct SearchSettings: Hashable, Sendable {
    /// For how many weeks the target is to be held: to the end of so many from the start.
    public let weeks: Int
    /// How additional capacity comes.
    public let course: AdditionalCapacity.Course
    /// The day from which it comes.
    public let from: CivilDate
    /// The number of simulated futures; none are simulated where it is 0.
    public let paths: Int
    /// What the random numbers are drawn from.
    public let seed: UInt64
    /// The most threads.
    public let jobs: Int

    /// How a search is run.
    public init(
      weeks: Int, course: AdditionalCapacity.Course = .level, from: CivilDate, paths: Int = 1_000,
      seed: UInt64 = 1,
      jobs: Int = 1
    ) {
      self.weeks = weeks
      self.course = course
      self.from = from
      self.paths = paths
      self.seed = seed
      self.jobs = jobs
    }
  }

  /// The least additional capacity that meets a target by its date and holds it to the last week that is looked at.
  ///
  /// - Parameters:
  ///   - target: what is to be met, by when.
  ///   - measure: the expected course, or a share of simulated futures. Every capacity that is tried meets the same futures.
  ///   - settings: how the search is run.
  /// - Throws: ``IndicatorsError`` where the list or the target cannot be, or a share of futures is asked for and none are simulated.
  public func leastCapacity(
    for target: WaitTarget, by measure: CapacityAnswer.Measure = .expected, settings: SearchSettings
  ) throws(IndicatorsError) -> CapacityAnswer {
    if case .likely(let share) = measure {
      guard settings.paths > 0, share > 0, share < 1 else {
        throw .invalid(
          subject: "\(id): confidence",
          reason:
            "\(share) of \(settings.paths) simulated futures; write a share above 0 and below 1, such as 0.8")
      }
    }
    func additional(_ tenths: Int) -> AdditionalCapacity {
      AdditionalCapacity(
        places: PerWeek(Double(tenths) / 10), course: settings.course, from: settings.from,
        complete: target.date)
    }
    func model(_ tenths: Int) throws(IndicatorsError) -> WaitingListModel {
      try self.model(weeks: settings.weeks, additional: tenths == 0 ? nil : additional(tenths))
    }
    func probability(_ tenths: Int) throws(IndicatorsError) -> TargetProbability {
      try WaitingListSimulation(
        try model(tenths), weeks: settings.weeks, chance: chance, paths: settings.paths, seed: settings.seed,
        lengths: [target.aim.length].compactMap { $0 }, jobs: settings.jobs
      ).probability(of: target)
    }
    func course(_ tenths: Int) throws(IndicatorsError) -> TargetCourse {
      try WaitingListProjection(try model(tenths), weeks: settings.weeks).course(of: target)
    }
    let search = CapacitySearch(try model(0), weeks: settings.weeks)
    if settings.paths > 0 {
      var simulations = 1
      if case .likely = measure { simulations += search.mostSteps }
      try checkWork(try model(0), settings, simulations: simulations)
    }
    let found: Int?
    switch measure {
    case .expected:
      found = try search.least { (tenths) throws(IndicatorsError) in try course(tenths).isMetAndHeld }
    case .likely(let share):
      found = try search.least { (tenths) throws(IndicatorsError) in
        try probability(tenths).metAndHeld.value >= share
      }
    }
    let tenths = found ?? search.mostTenths
    let course = try course(tenths)
    let known = course.values[course.firstWeek...].compactMap { $0 }
    return CapacityAnswer(
      target: target, measure: measure,
      outcome: found == nil ? .outOfReach : found == 0 ? .alreadyMet : .needs(additional(tenths)),
      atDate: course.values[course.firstWeek],
      worst: target.aim.isShare ? known.min() : known.max(), heldFrom: course.heldFrom,
      likelihood: settings.paths > 0 ? CapacityAnswer.Likelihood(try probability(tenths)) : nil,
      placesAYear: found == nil || found == 0
        ? nil : try placesAYear(additional(tenths), weeks: settings.weeks, after: target.date),
      from: settings.from,
      isMissedBeforeCapacity: course.isMissed(beforeWeek: start.days(to: settings.from) / 7))
  }

  /// The most work that a list or one of its targets may take, in children and weeks of waiting that are simulated, all futures and all
  /// capacities that are tried together.
  public static let mostWork = 5e11

  /// Refuses simulations that would hold up everything else, before the first is begun.
  func checkWork(
    _ model: WaitingListModel, _ settings: SearchSettings, simulations: Int
  ) throws(IndicatorsError) {
    let projection = try WaitingListProjection(model, weeks: settings.weeks)
    // A child who comes and goes is about as much work as fifty looked at once more at the end of a week.
    let perPath =
      50 * (model.waiting.reduce(0, +) + (0..<settings.weeks).reduce(0) { $0 + model.referrals(inWeek: $1) })
      + projection.weeks.reduce(0) { $0 + $1.waiting.total } + 50 * Double(settings.weeks)
    let work = perPath * Double(settings.paths) * Double(simulations)
    guard work <= Self.mostWork else {
      let times = simulations > 1 ? ", simulated up to \(simulations) times," : ""
      let fitting = Int(max(1, (Self.mostWork / (perPath * Double(simulations))).rounded(.down)))
      throw .invalid(
        subject: "\(id): futures to simulate",
        reason:
          "\(settings.paths) futures of \(settings.weeks) weeks\(times) are more work than is begun; "
          + "ask for at most \(fitting) futures, or look at fewer weeks")
    }
  }

  /// The places that additional capacity adds in the 52 weeks after it is complete, by the year of 365.25 days.
  func placesAYear(
    _ additional: AdditionalCapacity, weeks: Int, after complete: CivilDate
  ) throws(IndicatorsError) -> Double {
    let day = additional.course == .ramp ? complete : additional.from
    let first = min(max(0, start.days(to: day) / 7 + 1), Self.longestHorizon - 52)
    let (with, without) = (
      try model(weeks: first + 52, additional: additional), try model(weeks: first + 52)
    )
    let places = (first..<first + 52).reduce(0.0) {
      $0 + with.capacity(inWeek: $1) - without.capacity(inWeek: $1)
    }
    return places * 365.25 / 364
  }

  /// What is left to chance when the list is simulated: the number waiting, referrals and their growth, those who leave and capacity
  /// as uncertain as they are stated, drawn once for each future; weeks that differ as their coefficients of variation say.
  public var chance: WaitingListChance {
    let leaver: WaitingListChance.Level
    switch leaving {
    case .nobody: leaver = .known
    case .ofThoseWaiting(let share), .ofReferrals(let share): leaver = Self.level(share)
    }
    return WaitingListChance(
      demand: Self.level(referrals), capacity: Self.level(capacity),
      // The variance of a week's count over its mean tends to the square of the variation of the times between.
      dispersion: max(1, referralVariation * referralVariation),
      capacityVariation: min(1, capacityVariation / mostCapacityVariation),
      growth: growth.map { Self.level($0, beyond: 1) } ?? .known, leaving: leaver,
      start: Self.level(waiting))
  }

  /// The highest coefficient of variation of the times between children seen that can be simulated, that with which a week's
  /// capacity varies by as much as it is: the root of the children seen in a week, and at least 1.
  var mostCapacityVariation: Double { Self.mostCapacityVariation(perYear: capacity.mean) }

  static func mostCapacityVariation(perYear capacity: Double) -> Double {
    max(1, PerWeek(perYear: capacity).count).squareRoot()
  }

  /// The highest coefficient of variation of the times between referrals that can be simulated.
  static let mostReferralVariation = 10.0

  /// A figure, and what it is added to, as multiples of their mean.
  private static func level(_ figure: WaitingFigure, beyond base: Double = 0) -> WaitingListChance.Level {
    let mean = base + figure.mean
    guard figure.isUncertain, mean > 0 else { return .known }
    return .pert(
      lowest: (base + figure.low) / mean, mostLikely: (base + figure.mostLikely) / mean,
      highest: (base + figure.high) / mean)
  }
}

extension WaitTarget.Aim {
  /// Whether more of what is measured is better.
  public var isShare: Bool {
    switch self {
    case .shareWaiting, .shareSeen: true
    case .meanWait, .meanWaitSeen, .waiting: false
    }
  }
}
