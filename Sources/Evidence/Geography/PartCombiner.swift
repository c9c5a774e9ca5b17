import TimeSeries

/// Makes the figure of an area from those of the authorities in it.
struct PartCombiner {
  /// A figure, and why no figure of the kind can be had where that is so.
  struct Combined {
    let point: DataPoint
    let impossible: String?
  }

  let unit: Unit

  /// The figure of several parts for a period.
  func combine(_ parts: [CarriedSeries.Part], period: Period, note: String?) -> Combined {
    // Where a thing cannot be, there is none of it to add.
    let counted = parts.filter { $0.point.observation != .notApplicable }
    var remarks = note.map { [$0] } ?? []
    if !counted.isEmpty {
      for part in parts where part.point.observation == .notApplicable {
        remarks.append("not applicable in \(part.area), which counts nothing here")
      }
    }
    let sums = Sums(numerator: total(counted, \.numerator), denominator: total(counted, \.denominator))
    let result = observation(counted, sums: sums)
    if let reason = result.reason { remarks.append(reason) }
    for part in parts {
      if let remark = part.point.note { remarks.append("\(part.area): \(remark)") }
    }
    let point = DataPoint(
      period: period, observation: result.observation, numerator: sums.numerator,
      denominator: sums.denominator,
      publication: publication(parts), flags: parts.reduce(into: []) { $0.formUnion($1.point.flags) },
      origin: origin(parts), note: remarks.isEmpty ? nil : remarks.joined(separator: "; "))
    return Combined(point: point, impossible: result.isImpossible ? result.reason : nil)
  }

  private struct Sums {
    let numerator: Double?
    let denominator: Double?
  }

  private struct Outcome {
    var observation: Observation
    var reason: String?
    /// Whether the figures lack what every sum of their kind would need.
    var isImpossible = false
  }

  private func observation(_ parts: [CarriedSeries.Part], sums: Sums) -> Outcome {
    guard !parts.isEmpty else { return Outcome(observation: .notApplicable) }
    switch unit {
    case .weeks, .score, .other:
      return Outcome(
        observation: .notAvailable,
        reason:
          "its unit can be neither added nor made again from counts; name the unit count or pounds if it can",
        isImpossible: true)
    case .count, .pounds, .rate, .proportion, .percentage: break
    }
    if let absent = parts.first(where: { $0.point.observation == .notAvailable }) {
      return Outcome(observation: .notAvailable, reason: "not available in \(absent.area)")
    }
    if let small = parts.first(where: { $0.point.observation == .roundsToZero }) {
      return Outcome(
        observation: .notAvailable,
        reason: "\(small.area) rounds to zero, so that the sum is not known exactly")
    }
    guard let multiplier = unit.multiplier else { return sum(parts.map { ($0.area, $0.point.observation) }) }
    guard multiplier > 0, multiplier.isFinite else {
      return Outcome(observation: .notAvailable, reason: "its unit has no positive base", isImpossible: true)
    }
    return quotient(parts, sums: sums, multiplier: multiplier)
  }

  // MARK: Counts

  /// The sum of counts, or its bounds.
  private func sum(_ parts: [(area: String, observation: Observation)]) -> Outcome {
    var low = 0.0
    var high = 0.0
    var concealed: [String] = []
    for (area, observation) in parts {
      if case .suppressed = observation { concealed.append(area) }
      if let value = observation.value, !value.isFinite {
        return Outcome(observation: .notAvailable, reason: "the figure of \(area) is no finite number")
      }
      guard let bounds = observation.bounds else {
        return Outcome(
          observation: .suppressed(nil), reason: "suppressed in \(Gazetteer.list(concealed)), without bounds")
      }
      low += bounds.lowerBound
      high += bounds.upperBound
    }
    guard low.isFinite, high.isFinite, low <= high else {
      return tooLarge
    }
    if concealed.isEmpty { return Outcome(observation: .value(low)) }
    return Outcome(observation: .suppressed(low...high), reason: "suppressed in \(Gazetteer.list(concealed))")
  }

  private var tooLarge: Outcome {
    Outcome(observation: .notAvailable, reason: "the figure is beyond what numbers hold")
  }

  // MARK: Rates and shares

  /// The quotient of the sums; of suppressed parts, what their bounds leave open.
  private func quotient(_ parts: [CarriedSeries.Part], sums: Sums, multiplier: Double) -> Outcome {
    guard let denominator = sums.denominator else {
      return Outcome(observation: .notAvailable, reason: missing("denominator", parts), isImpossible: true)
    }
    guard denominator > 0, denominator.isFinite else {
      return Outcome(observation: .notApplicable, reason: "the denominators add up to nothing")
    }
    var numerators: [(area: String, observation: Observation)] = []
    for part in parts {
      if let numerator = part.point.numerator {
        numerators.append((part.area, .value(numerator)))
      } else if case .suppressed(let bounds) = part.point.observation {
        numerators.append((part.area, .suppressed(counts(bounds, of: part, multiplier: multiplier))))
      } else {
        return Outcome(observation: .notAvailable, reason: missing("numerator", parts), isImpossible: true)
      }
    }
    var outcome = sum(numerators)
    switch outcome.observation {
    case .value(let numerator):
      let value = multiplier * (numerator / denominator)
      guard value.isFinite else { return tooLarge }
      outcome.observation = .value(value)
    case .suppressed(let bounds?):
      let low = multiplier * (bounds.lowerBound / denominator)
      let high = multiplier * (bounds.upperBound / denominator)
      guard low.isFinite, high.isFinite, low <= high else { return tooLarge }
      outcome.observation = .suppressed(low...high)
    case .suppressed(nil), .roundsToZero, .notAvailable, .notApplicable: break
    }
    return outcome
  }

  /// The bounds of a count, from those of its rate.
  private func counts(
    _ bounds: ClosedRange<Double>?, of part: CarriedSeries.Part, multiplier: Double
  ) -> ClosedRange<Double>? {
    guard let bounds, let denominator = part.point.denominator, denominator >= 0 else { return nil }
    let low = bounds.lowerBound / multiplier * denominator
    let high = bounds.upperBound / multiplier * denominator
    return low <= high ? low...high : nil
  }

  private func missing(_ what: String, _ parts: [CarriedSeries.Part]) -> String {
    let without = parts.filter { (what == "numerator" ? $0.point.numerator : $0.point.denominator) == nil }
    return "rates cannot be averaged, and there is no \(what) of \(Gazetteer.list(without.map(\.area))); "
      + "read numerators and denominators beside the rates"
  }

  // MARK: What goes with a figure

  private func total(_ parts: [CarriedSeries.Part], _ count: (DataPoint) -> Double?) -> Double? {
    let counts = parts.compactMap { count($0.point) }
    guard counts.count == parts.count, !counts.isEmpty else { return nil }
    let sum = counts.reduce(0, +)
    return sum.isFinite ? sum : nil
  }

  /// The day on which the last of the parts became public, where all are known: only then was the whole known.
  private func publication(_ parts: [CarriedSeries.Part]) -> Publication? {
    let known = parts.compactMap(\.point.publication)
    guard known.count == parts.count, let last = known.map(\.date).max() else { return nil }
    return Publication(date: last, isApproximate: known.contains(where: \.isApproximate))
  }

  /// The place of the first part, with the places of all as its source.
  private func origin(_ parts: [CarriedSeries.Part]) -> Origin? {
    guard let first = parts.first?.point.origin else { return nil }
    let places = parts.map { part in
      part.point.origin.map { "\(part.area) (\($0.file):\($0.row))" } ?? part.area
    }
    return Origin(file: first.file, row: first.row, source: "sum of " + Gazetteer.list(places))
  }
}

extension DataPoint {
  /// The figure with another remark before its own.
  func carrying(note more: String?) -> DataPoint {
    guard let more else { return self }
    return copy(flags: flags, note: note.map { "\(more); \($0)" } ?? more)
  }

  /// The figure with a break before it.
  func breaking() -> DataPoint { copy(flags: flags.union(.definitionBreak), note: note) }

  /// The figure without the numbers beside it.
  func withoutCovariates() -> DataPoint {
    covariates.isEmpty ? self : copy(flags: flags, note: note, covariates: [])
  }

  private func copy(flags: DataFlags, note: String?, covariates: [Double?]? = nil) -> DataPoint {
    DataPoint(
      period: period, observation: observation, numerator: numerator, denominator: denominator,
      publication: publication, flags: flags, origin: origin, note: note,
      covariates: covariates ?? self.covariates)
  }
}
