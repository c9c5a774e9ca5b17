extension ETS {
  /// How a specification names exponential smoothing: `ets`, `ets(A,Ad,N)`, `ets(M,Z,M)12`, with options after the form.
  static let family = ModelFamily(
    "ets",
    usage: "ets(A|M|Z, N|A|Ad|M|Md|Z, N|A|M|Z, alpha=X, beta=X, gamma=X, phi=X, start=optimised|heuristic, "
      + "region=usual|admissible)SEASON",
    summary: "level, trend and season that follow recent values, in any of the thirty forms; Z is chosen",
    example: "ets(A,Ad,N)", takesSeason: true
  ) { (expression: ModelExpression) throws(ForecastingError) in
    try ETS(expression)
  }

  /// Reads a specification; see ``family``.
  init(_ expression: ModelExpression) throws(ForecastingError) {
    var arguments = ArgumentReader(expression)
    let error = try arguments.choice(
      "error", among: ETSForm.ErrorTerm.allCases.map { ($0.rawValue, Optional($0)) } + [("Z", nil)],
      default: .some(nil))
    let trend = try arguments.choice(
      "trend", among: ETSForm.Trend.allCases.map { ($0.rawValue, Optional($0)) } + [("Z", nil)],
      default: .some(nil))
    let season = try arguments.choice(
      "season", among: ETSForm.Season.allCases.map { ($0.rawValue, Optional($0)) } + [("Z", nil)],
      default: .some(nil))
    let fixed = Fixed(
      alpha: try arguments.number("alpha", in: -0.5...2.5, byPlace: false),
      beta: try arguments.number("beta", in: -0.5...4, byPlace: false),
      gamma: try arguments.number("gamma", in: 0...2.5, byPlace: false),
      phi: try arguments.number("phi", in: 0...1, byPlace: false))
    let start = try arguments.choice(
      "start", among: Start.allCases.map { ($0.rawValue, $0) }, default: .optimised, byPlace: false)
    let region = try arguments.choice(
      "region", among: Region.allCases.map { ($0.rawValue, $0) }, default: .usual, byPlace: false)
    try arguments.finish()
    if let trend {
      let hasTrend = trend != ETSForm.Trend.none
      try Self.refuse("beta", unless: hasTrend, "beta belongs to the trends A, Ad, M and Md", expression)
      try Self.refuse("phi", unless: trend.isDamped, "phi belongs to the trends Ad and Md", expression)
    }
    if let season {
      let hasSeason = season != ETSForm.Season.none
      try Self.refuse("gamma", unless: hasSeason, "gamma belongs to the seasons A and M", expression)
    }
    try Self.requirePeriod(expression)
    self.init(
      error: error, trend: trend, season: season, period: expression.season, fixed: fixed, start: start,
      region: region)
  }

  /// Refuses a parameter that the form which was written does not have.
  static func refuse(
    _ key: String, unless isPresent: Bool, _ reason: String, _ expression: ModelExpression
  ) throws(ForecastingError) {
    guard !isPresent, let argument = expression.groups.first?.first(where: { $0.key == key }) else { return }
    throw expression.error(at: argument, "\(reason); leave it out, or ask for what it belongs to")
  }

  /// The lengths of season that can be asked for.
  static let periods = 2...366

  /// Refuses a season whose length nobody could mean.
  static func requirePeriod(_ expression: ModelExpression) throws(ForecastingError) {
    guard let period = expression.season, !periods.contains(period) else { return }
    throw expression.error(
      at: expression.end,
      "\(period) is not the length of a season; write a whole number from \(periods.lowerBound) to "
        + "\(periods.upperBound)")
  }
}
