extension Ensemble {
  /// The members that a series is long enough for, fitted, and those that were not tried, with the reason.
  static func members(
    _ values: [Double], logarithms: [Double], season: Int, pattern: ShrunkSeason?, logPattern: ShrunkSeason?
  ) -> (parts: [Part], refusals: [(name: String, reason: String)]) {
    let count = values.count
    var parts: [Part] = []
    var refusals: [(name: String, reason: String)] = []
    func add(_ member: any EnsembleMember, isLogarithm: Bool = false, isAdjusted: Bool = true) {
      let view = View(isLogarithm: isLogarithm, isAdjusted: isAdjusted)
      parts.append(Part(member: member, view: view, error: nil, weight: 0))
    }
    let adjusted =
      pattern.map { pattern in values.indices.map { pattern.removed(from: values[$0], at: $0) } } ?? values
    adjusted.withUnsafeBufferPointer { adjusted in
      let drift = count > 1 ? (adjusted[count - 1] - adjusted[0]) / Double(count - 1) : 0
      if pattern == nil {
        add(WalkMember(name: "naive", drift: 0))
        if count >= 3 { add(WalkMember(name: "drift", drift: drift)) }
      }
      guard count >= Self.fewestValues else {
        refusals.append(("all that has to be estimated", "needs at least \(Self.fewestValues) observations"))
        return
      }
      add(DynamicThetaMember(adjusted))
      add(DifferencedMember(adjusted, drift: 0))
      let damped = TrendMember(adjusted, damped: true, isSeasonal: pattern != nil)
      if let pattern {
        add(LevelDriftMember(adjusted))
        values.withUnsafeBufferPointer {
          add(SeasonMember($0, season: pattern, start: damped), isAdjusted: false)
        }
      } else {
        add(damped)
      }
    }
    guard count >= Self.fewestValues else { return (parts, refusals) }
    guard !logarithms.isEmpty else {
      refusals.append(("all that sees logarithms", "needs values above zero"))
      return (parts, refusals)
    }
    let adjustedLogs =
      logPattern.map { pattern in logarithms.indices.map { pattern.removed(from: logarithms[$0], at: $0) } }
      ?? logarithms
    adjustedLogs.withUnsafeBufferPointer { adjusted in
      let drift = (adjusted[count - 1] - adjusted[0]) / Double(count - 1)
      if let logPattern {
        add(DifferencedMember(adjusted, drift: drift), isLogarithm: true)
        let damped = TrendMember(adjusted, damped: true, isSeasonal: true)
        logarithms.withUnsafeBufferPointer {
          add(SeasonMember($0, season: logPattern, start: damped), isLogarithm: true, isAdjusted: false)
          if count >= 3 * season {
            add(AirlineMember($0, season: season), isLogarithm: true, isAdjusted: false)
          } else {
            refusals.append(("log arima(0,1,1)(0,1,1)\(season)", "needs at least \(3 * season) observations"))
          }
        }
      } else {
        add(TrendMember(adjusted, damped: false, isSeasonal: false), isLogarithm: true)
      }
    }
    if season > 1, pattern == nil {
      refusals.append(("all that has a season", "needs two whole seasons, \(2 * season) observations"))
    }
    return (parts, refusals)
  }
}
