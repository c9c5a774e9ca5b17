import Statistics

/// Whether counts vary as their family says, in words.
enum CountDispersion {
  /// What the reader must know of the dispersion: Pearson's chi-squared over its degrees of freedom, and what follows from
  /// it.
  static func remarks(_ fit: GeneralisedLinearFit, isBinomial: Bool) -> [String] {
    let dispersion = fit.pearsonChiSquared / Double(max(1, fit.degreesOfFreedom))
    let ratio = "\((dispersion * 100).rounded() / 100)"
    let freedom = fit.degreesOfFreedom == 1 ? "1 degree" : "\(fit.degreesOfFreedom) degrees"
    let evidence = "Pearson's chi-squared is \(ratio) times its \(freedom) of freedom"
    if fit.logLikelihood == nil {
      guard fit.dispersion < 1 else { return [] }
      return [
        "\(evidence): the counts vary less than by chance, which narrows the standard errors; the forecast is no "
          + "narrower than the Poisson's"
      ]
    }
    if let size = fit.size {
      guard !size.isFinite else { return [] }
      return [
        "the counts vary no more than by chance, so the most likely size is infinite and the coefficients are the "
          + "Poisson's; the forecast allows for smaller sizes"
      ]
    }
    guard fit.degreesOfFreedom > 0,
      let chiSquared = try? Gamma.chiSquared(degreesOfFreedom: Double(fit.degreesOfFreedom)),
      let above = try? chiSquared.complement(fit.pearsonChiSquared)
    else { return [] }
    if above < 0.05 {
      return [
        "\(evidence): the counts vary more than by chance and the forecast is too sure; "
          + (isBinomial
            ? "choose a model of the shares, such as linear-trend"
            : "choose quasi-poisson or negative-binomial")
      ]
    }
    if above > 0.95 {
      return ["\(evidence): the counts vary less than by chance, and the forecast is wider than it need be"]
    }
    return ["\(evidence), as chance would have it"]
  }
}
