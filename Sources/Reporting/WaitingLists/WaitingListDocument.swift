import Indicators
import TimeSeries

/// Waiting lists as they stand in JSON. A key whose value is not known is left out.
struct WaitingListDocument: Encodable {
  struct Spread: Encodable {
    let mean: Double
    let p10: Double
    let p50: Double
    let p90: Double

    init(_ spread: WaitingListOutlook.Spread) {
      (mean, p10, p50, p90) = (spread.mean, spread.p10, spread.p50, spread.p90)
    }
  }

  struct Input: Encodable {
    let name: String
    let low: Double
    let mostLikely: Double
    let high: Double
    let mean: Double
    let basis: String
    let statement: String

    init(_ figure: WaitingFigure) {
      name = figure.name
      (low, mostLikely, high, mean) = (figure.low, figure.mostLikely, figure.high, figure.mean)
      switch figure.basis {
      case .published(let source): (basis, statement) = ("published", source)
      case .estimated(let source): (basis, statement) = ("estimated", source)
      case .assumed(let reason): (basis, statement) = ("assumed", reason)
      }
    }
  }

  struct Step: Encodable {
    let period: String
    let week: Int
    let expectedWaiting: Double
    let figures: [String: Spread?]

    init(_ step: WaitingListOutlook.Step, of definition: WaitingListDefinition) {
      period = step.period.label
      week = step.week
      expectedWaiting = step.expectedWaiting
      figures = Dictionary(
        uniqueKeysWithValues: Self.distinct(WaitingListOutlook.figures(of: definition)).map {
          (WaitingWords.name($0), (step.figures[$0] ?? nil).map(Spread.init))
        })
    }

    private static func distinct(_ figures: [WaitingListOutlook.Figure]) -> [WaitingListOutlook.Figure] {
      var seen: Set<String> = []
      return figures.filter { seen.insert(WaitingWords.name($0)).inserted }
    }
  }

  struct Rate: Encodable {
    let mean: Double
    let standardError: Double
    let variation: Double?
    let variationStandardError: Double?
    let periods: Int

    init(_ rate: WaitingFlowEstimates.Rate) {
      mean = rate.mean.count
      standardError = rate.standardError.count
      variation = rate.variation
      variationStandardError = rate.variationError
      periods = rate.periods
    }
  }

  struct Estimates: Encodable {
    let demand: Rate
    let capacity: Rate
    let load: Double
    let loadStandardError: Double
    let withoutQueue: [String]
    let knowsQueue: Bool

    init(_ estimates: WaitingFlowEstimates) {
      demand = Rate(estimates.demand)
      capacity = Rate(estimates.capacity)
      load = estimates.load
      loadStandardError = estimates.loadError
      withoutQueue = estimates.withoutQueue.map(\.label)
      knowsQueue = estimates.knowsQueue
    }
  }

  struct Rules: Encodable {
    let demand: Double
    let capacity: Double
    let load: Double
    let targetWeeks: Double
    let targetMeanWait: Double
    let targetQueue: Double
    let meanWait: Double?
    let expectedWait: Double?
    let pressure: Double?
    let reliefCapacity: Double?
    let targetCapacity: Double

    init(_ told: WaitingListOutlook.Rules) {
      demand = told.rules.demand.count
      capacity = told.rules.capacity.count
      load = told.rules.load
      targetWeeks = told.rules.target.count
      targetMeanWait = told.rules.targetMeanWait.count
      targetQueue = told.rules.targetQueue
      meanWait = told.meanWait?.count
      expectedWait = told.expectedWait?.count
      pressure = told.pressure
      reliefCapacity = told.relief?.count
      targetCapacity = told.target.count
    }
  }

  struct Quarter: Encodable {
    let period: String
    let inProgress: Double
    let awaitingAdvice: Double
    let overLimit: Double
    let medianAge: Double?
    let plansIssued: Double
    let shareInTime: Double?
    let inProgressSpread: Spread?
    let shareInTimeSpread: Spread?
  }

  struct Year: Encodable {
    let year: Int
    let plansIssued: Double
    let shareInTime: Double?
    let shareInTimeSpread: Spread?
  }

  struct Dip: Encodable {
    let week: Int
    let with: Double
    let without: Double
    let depth: Double
    let aboveFromWeek: Int?
    let withAtEnd: Double
    let withoutAtEnd: Double
    let windowWeeks: Int
  }

  struct Assessments: Encodable {
    let demandForAdvice: Double
    let capacity: Double
    let workInProgress: Double
    let sustainableWork: Double
    let awaitingAdvice: Double
    let sustainableQueue: Double
    let capacityToClear: Double
    let publishedShareInTime: Double?
    let quarters: [Quarter]
    let years: [Year]
    let recoveryQuarters: [Quarter]
    let recoveryDip: Dip?

    init(_ outlook: AssessmentOutlook) {
      let queue = outlook.queue
      demandForAdvice = queue.demandForAdvice.count
      capacity = queue.meanCapacity.count
      workInProgress = queue.workInProgress
      sustainableWork = queue.sustainableWork
      awaitingAdvice = queue.awaitingAdvice
      sustainableQueue = queue.sustainableQueue
      capacityToClear = outlook.capacityToClear.count
      publishedShareInTime = outlook.published
      quarters = Self.quarters(outlook.projection, spreads: outlook.quarters)
      years = outlook.projection.publishedYears.map {
        Year(
          year: $0.year, plansIssued: $0.issued, shareInTime: $0.shareInTime,
          shareInTimeSpread: outlook.years[$0.year].map(Spread.init))
      }
      recoveryQuarters = outlook.recovery.map { Self.quarters($0, spreads: []) } ?? []
      recoveryDip = outlook.dip.map {
        Dip(
          week: $0.week, with: $0.with, without: $0.without, depth: $0.depth, aboveFromWeek: $0.aboveFrom,
          withAtEnd: $0.withAtEnd, withoutAtEnd: $0.withoutAtEnd, windowWeeks: $0.window)
      }
    }

    private static func quarters(
      _ projection: AssessmentProjection, spreads: [AssessmentOutlook.QuarterSpread]
    ) -> [Quarter] {
      AssessmentQuarter.all(of: projection).map { quarter in
        let spread = spreads.first { $0.period == quarter.period }
        return Quarter(
          period: quarter.period.label, inProgress: quarter.last.inProgress.total,
          awaitingAdvice: quarter.last.awaitingAdvice, overLimit: projection.overLimit(quarter.last),
          medianAge: quarter.last.medianAge?.count, plansIssued: quarter.issued,
          shareInTime: quarter.shareInTime, inProgressSpread: spread.map { Spread($0.inProgress) },
          shareInTimeSpread: spread?.shareInTime.map(Spread.init))
      }
    }
  }

  struct Chance: Encodable {
    let value: Double
    let error: Double
  }

  struct Target: Encodable {
    let target: String
    let date: String
    let measure: String
    let confidence: Double?
    let outcome: String
    let additionalCapacity: Double?
    let course: String?
    let from: String?
    let placesAYear: Double?
    let costAYear: Double?
    let atDate: Double?
    let worst: Double?
    let heldFromWeek: Int?
    let probabilityMet: Chance?
    let probabilityMetAndHeld: Chance?

    init(_ answer: CapacityAnswer, unitCost: WaitingFigure?) {
      target = WaitingWords.target(answer.target)
      date = "\(answer.target.date)"
      switch answer.measure {
      case .expected: (measure, confidence) = ("expected", nil)
      case .likely(let share): (measure, confidence) = ("likely", share)
      }
      switch answer.outcome {
      case .alreadyMet: (outcome, additionalCapacity, course, from) = ("already-met", 0, nil, nil)
      case .needs(let more):
        (outcome, additionalCapacity, course, from) = (
          "needs-more", more.places.count, more.course.rawValue, "\(more.from)"
        )
      case .outOfReach:
        (outcome, additionalCapacity, course, from) = (
          "out-of-reach", nil, nil, answer.isMissedBeforeCapacity ? "\(answer.from)" : nil
        )
      }
      placesAYear = answer.placesAYear
      costAYear = answer.placesAYear.flatMap { places in unitCost.map { $0.mean * places } }
      atDate = answer.atDate
      worst = answer.worst
      heldFromWeek = answer.heldFrom
      probabilityMet = answer.likelihood.map { Chance(value: $0.met, error: $0.metError) }
      probabilityMetAndHeld = answer.likelihood.map {
        Chance(value: $0.metAndHeld, error: $0.metAndHeldError)
      }
    }
  }

  struct List: Encodable {
    let id: String
    let name: String
    let kind: String
    let start: String
    let weeks: Int
    let paths: Int
    let additionalCapacity: Double?
    let inputs: [Input]
    let layout: String
    let estimates: Estimates?
    let rules: Rules?
    let steps: [Step]
    let assessments: Assessments?
    let targets: [Target]
    let unanswered: [String]
    let remarks: [String]
  }

  let area: String?
  let lists: [List]

  init(_ report: WaitingListReport) {
    area = report.area
    lists = report.outlooks.map { outlook in
      let definition = outlook.definition
      return List(
        id: definition.id, name: definition.name, kind: definition.kind, start: "\(definition.start)",
        weeks: outlook.weeks, paths: outlook.paths, additionalCapacity: outlook.additional?.places.count,
        inputs: definition.figures.map(Input.init), layout: definition.layout,
        estimates: report.estimates[definition.id].map(Estimates.init), rules: outlook.rules.map(Rules.init),
        steps: outlook.steps.map { Step($0, of: definition) },
        assessments: outlook.assessments.map(Assessments.init),
        targets: outlook.answers.map { Target($0, unitCost: definition.unitCost) },
        unanswered: outlook.unanswered,
        remarks: outlook.remarks)
    }
  }
}
