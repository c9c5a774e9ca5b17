// What a regression of counts says about the future, in words.

extension ResponseFamily {
  /// One sentence: what a regression of this family on a straight line says about the future.
  var summary: String {
    switch self {
    case .poisson, .quasiPoisson, .negativeBinomial:
      "a rate that grows or falls by a constant percentage goes on, and \(variation)"
    case .binomial:
      "a share goes on along a straight line of log odds or probits, and varies by chance alone"
    }
  }

  /// What goes on when a regression has these terms beside the constant.
  func outlook(of terms: [RegressionTerm]) -> String {
    let roles = Set(terms.map(\.role))
    // The order of the cases and not that of a set, which is another in every run.
    let parts = RegressionTerm.Role.allCases.filter(roles.contains).map { role in
      switch role {
      case .trend: "the trend"
      case .season: "the season"
      case .interventions: "the dated changes"
      case .regressors: "the effects of the regressors"
      }
    }
    let level = hasTrials ? "a constant share" : "a constant rate"
    guard let last = parts.last else { return "\(level) stays" }
    let listed = parts.count == 1 ? last : "\(parts.dropLast().joined(separator: ", ")) and \(last)"
    let isSingular = parts.count == 1 && (roles.contains(.trend) || roles.contains(.season))
    let goesOn = "\(listed) of its terms \(isSingular ? "goes" : "go") on"
    return roles.contains(.trend) ? goesOn : "\(level) stays, \(goesOn)"
  }

  /// How counts vary about what goes on.
  var variation: String {
    switch self {
    case .poisson: "counts vary by chance alone"
    case .quasiPoisson: "counts vary in proportion to the rate"
    case .negativeBinomial: "counts vary more than by chance"
    case .binomial: "counts of the share vary by chance alone"
    }
  }
}
