import Statistics

/// Plans by setting and group of ages at January censuses, and their flows, in every simulated future.
///
/// In each future opening + new − ceased + unexplained = closing, in whole children.
public struct CohortOutcome: Sendable {
  /// The flows of one calendar year.
  public struct Flows: Sendable {
    /// The calendar year, from its January census to the next.
    public let year: Int
    /// Requests for an assessment.
    public let requests: Draws
    /// Net transfers between areas and late data.
    public let unexplained: Draws
    /// New plans by group of ages, in the shape's order; at the age of the closing census.
    public let newPlansByGroup: [Draws]
    /// Plans that ceased by group of ages, in the shape's order; at the age of the opening census.
    public let ceasedByGroup: [Draws]

    /// New plans.
    public var newPlans: Draws { Draws.sum(newPlansByGroup) }
    /// Plans that ceased.
    public var ceased: Draws { Draws.sum(ceasedByGroup) }
  }

  /// Ages, settings and groups.
  public let shape: CohortShape
  /// The first census: the January of the first year.
  public let firstYear: Int
  /// Flows by calendar year.
  public let flows: [Flows]
  /// What a reader must know of how they came about.
  public let notes: [String]
  /// Stocks by census, setting and group of ages.
  let stocks: [[[Draws]]]

  /// The censuses, by year.
  public var censuses: ClosedRange<Int> { firstYear...firstYear + flows.count }

  /// Plans at a January census: of a setting (nil for all) and a group of ages (nil for all).
  ///
  /// - Returns: nil for a census outside ``censuses``, and for a setting or a group that is not there.
  public func stock(atJanuary year: Int, setting: String? = nil, group: String? = nil) -> Draws? {
    guard censuses.contains(year) else { return nil }
    let table = stocks[year - firstYear]
    var settings = Array(shape.settings.indices)
    var groups = Array(shape.groups.indices)
    if let setting {
      guard let place = shape.setting(setting) else { return nil }
      settings = [place]
    }
    if let group {
      guard let place = shape.groups.firstIndex(where: { $0.name == group }) else { return nil }
      groups = [place]
    }
    return Draws.sum(settings.flatMap { setting in groups.map { table[setting][$0] } })
  }
}

extension CohortRun {
  /// Runs all paths and gathers what is reported.
  ///
  /// - Throws: ``CommissioningError/invalid(service:reason:)`` where a figure has grown beyond all numbers.
  func outcome(firstYear: Int, jobs: Int, service: String) throws(CommissioningError) -> CohortOutcome {
    let shape = rates.shape
    let settings = shape.settings.count
    let groups = shape.groups.count
    let horizon = years.count
    // Stocks by setting and group, then new and ceased plans by group, requests, and the unexplained line.
    let flowsStart = settings * groups
    let kept = flowsStart + 2 * groups + 2
    let groupOfAge = (0..<shape.ages.count).map { shape.group(ofAgeAt: $0) }
    let paths = paths
    var held = 0
    var figures = [Double](repeating: 0, count: kept * horizon * paths)
    var heldBy = [Int](repeating: 0, count: paths)
    figures.withUnsafeMutableBufferPointer { figures in
      heldBy.withUnsafeMutableBufferPointer { heldBy in
        nonisolated(unsafe) let figures = figures
        nonisolated(unsafe) let heldBy = heldBy
        concurrentBlocks(count: paths, blockSize: 64, jobs: jobs) { block in
          var draw = CohortDraw(shape)
          var state = CohortStep(shape)
          defer {
            draw.deallocate()
            state.deallocate()
          }
          for path in block {
            draw.held = 0
            self.path(path, &draw, &state) { step, state in
              let base = step * kept * paths + path
              for place in 0..<state.ages {
                for setting in 0..<settings {
                  figures[base + (setting * groups + groupOfAge[place]) * paths] +=
                    state.stock[place * settings + setting]
                }
                figures[base + (flowsStart + groupOfAge[place]) * paths] += state.new[place]
                figures[base + (flowsStart + groups + groupOfAge[place]) * paths] += state.ceased[place]
                figures[base + (kept - 1) * paths] += state.transfers[place]
              }
              figures[base + (kept - 2) * paths] = state.requests
            }
            heldBy[path] = draw.held
          }
        }
      }
    }
    held = heldBy.reduce(0, +)
    if let wrong = figures.firstIndex(where: { !$0.isFinite }) {
      throw .invalid(
        service: service,
        reason:
          "the figures of \(firstYear + wrong / paths / kept) are larger than any number; lower the rates, "
          + "the trends and the factors")
    }
    func draws(_ step: Int, _ figure: Int) -> Draws {
      let start = (step * kept + figure) * paths
      return Draws(Array(figures[start..<start + paths]))
    }
    var stocks = [
      (0..<settings).map { setting in
        (0..<groups).map { group in
          Draws(
            groupOfAge.indices.reduce(0.0) { sum, place in
              sum + (groupOfAge[place] == group ? opening[place * settings + setting] : 0)
            })
        }
      }
    ]
    var flows: [CohortOutcome.Flows] = []
    for step in 0..<horizon {
      stocks.append(
        (0..<settings).map { setting in (0..<groups).map { draws(step, setting * groups + $0) } })
      flows.append(
        CohortOutcome.Flows(
          year: firstYear + step, requests: draws(step, kept - 2), unexplained: draws(step, kept - 1),
          newPlansByGroup: (0..<groups).map { draws(step, flowsStart + $0) },
          ceasedByGroup: (0..<groups).map { draws(step, flowsStart + groups + $0) }))
    }
    var notes = rates.notes
    if held > 0 {
      notes.append(
        "In \(held) cases a changed share would have left 0 to 1 in a simulated year and is held at the end.")
    }
    return CohortOutcome(shape: shape, firstYear: firstYear, flows: flows, notes: notes, stocks: stocks)
  }
}
