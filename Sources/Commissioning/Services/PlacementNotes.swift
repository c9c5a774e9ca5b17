import Forecasting
import TimeSeries

extension PlacementRun {
  /// What a reader must know of how the children and their spending came about.
  ///
  /// - Parameter perChild: what a child costs on average over a year.
  func notes(_ perChild: SeriesPaths) throws(CommissioningError) -> [String] {
    var notes = [
      "The budget is the outturn of \(lastOutturn) raised each year by a stated assumption; none has been published."
    ]
    notes += children.notes + flowNotes
    if let episodes {
      notes += episodes.notes
      notes += try episodes.comparison(
        with: { day in children.count(at: .censusDate(day)) }, isPublished: flows != nil)
    }
    if let note = YearAverage.note(
      "number of children", oneSided: try children.oneSided(context.allYears))
    {
      notes.append(note)
    }
    for (placement, share) in zip(service.placements, shares) {
      let years = try Self.average.oneSided(context.allYears, service: service.id) { share.paths.at($0) }
      if let note = YearAverage.note("share of \(placement.name.lowercased())", oneSided: years) {
        notes.append(note)
      }
    }
    if children.rate.isHeld {
      notes.append("The rate of children has too few years for any model and is held, with a stated spread.")
    }
    if perChild.isHeld {
      notes.append(
        "Spending per child has too few years for any model and is held at its last value, with a stated spread."
      )
    } else if let model = perChild.model {
      notes.append(
        "Spending is children times spending per child, carried forward by \(model.specification); what placements at "
          + "published weekly costs do not explain of it is other looked-after spending.")
    }
    for (index, placement) in service.placements.enumerated() {
      let name = placement.name.lowercased()
      if shares[index].paths.isHeld {
        notes.append(
          "The share of \(name) has too few years for any model and is held, with a stated spread.")
      }
      if let cost = weeklyCosts[index], cost.isHeld {
        notes.append(
          "The weekly cost of \(name) has too few years for any model and is held, with a stated spread.")
      }
      if let reason = placement.unpricedReason {
        notes.append(
          "\(placement.name): no weekly cost here, their cost stands in other looked-after spending: \(reason)."
        )
      }
    }
    if places == nil {
      notes.append("Nothing of \"\(service.evidence.places)\" had been published by \(context.asOf).")
    }
    return notes
  }
}
