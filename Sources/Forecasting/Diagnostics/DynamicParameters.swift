/// Which parameters of a fitted model shape how its errors depend on one another.
///
/// Estimating them takes dependence out of the errors that were fitted to, so that Ljung and Box's statistic
/// loses one degree of freedom for each (Box and Pierce, 1970). Levels, trends, regression coefficients and
/// the error variance do not.
enum DynamicParameters {
  /// The names of such parameters, without their numbers: smoothing weights, damping, autoregressive and
  /// moving-average coefficients, the damping and the period of a cycle.
  static let names: Set<String> = [
    "alpha", "beta", "gamma", "phi", "rho", "ar", "ma", "sar", "sma", "damping", "cycle damping",
    "cycle period",
  ]

  /// The number of dynamic parameters of a fitted model: what it says itself, or else what their names tell.
  static func count(of fitted: any FittedModel) -> Int {
    fitted.dynamicParameterCount ?? count(in: fitted.parameters)
  }

  /// The number of dynamic parameters among those of a model, by their names.
  ///
  /// The variances of a structural model count less one, because only their ratios shape the dependence
  /// (Harvey, 1989, section 5.4).
  static func count(in parameters: [FittedParameter]) -> Int {
    var count = 0
    var variances = 0
    for parameter in parameters {
      let bare = parameter.name.lowercased().filter { !("0"..."9").contains($0) }
      if names.contains(bare) { count += 1 }
      if bare.hasSuffix("variance") { variances += 1 }
    }
    return count + max(0, variances - 1)
  }
}
