import Statistics

/// What is asked of Student's t distribution most: its density at the centre and the ends of the usual intervals, for
/// whole numbers of degrees of freedom.
///
/// Inverting the distribution function costs a thousand times what a number costs that is at hand, and a hundred
/// thousand short series ask for the same few. The numbers are those that ``StudentT`` itself gives, to the last bit.
enum StandardQuantiles {
  /// The most degrees of freedom that are kept.
  private static let most = 64
  /// The ends of the intervals of 80 and of 95 per cent as ``Forecast/interval(_:step:)`` asks for them, and the median.
  private static let probabilities = [(1 - 0.8) / 2, (1 + 0.8) / 2, (1 - 0.95) / 2, (1 + 0.95) / 2, 0.5]

  private struct Row {
    let peak: Double
    let quantiles: [Double]
  }

  private static let rows: [Row?] = (0...most).map { degreesOfFreedom in
    guard
      let standard = try? StudentT(degreesOfFreedom: Double(degreesOfFreedom), location: 0, scale: 1),
      let peak = try? standard.density(0)
    else { return nil }
    let quantiles = probabilities.compactMap { try? standard.quantile($0) }
    return quantiles.count == probabilities.count ? Row(peak: peak, quantiles: quantiles) : nil
  }

  /// The density at the centre.
  static func peak(_ standard: StudentT) -> Double? {
    row(standard)?.peak ?? (try? standard.density(0))
  }

  /// The value below which the standard distribution holds a probability; nil for one that is none.
  static func quantile(_ standard: StudentT, _ probability: Double) -> Double? {
    if let row = row(standard) {
      for (known, quantile) in zip(probabilities, row.quantiles) where known == probability {
        return quantile
      }
    }
    return try? standard.quantile(probability)
  }

  private static func row(_ standard: StudentT) -> Row? {
    let degreesOfFreedom = standard.degreesOfFreedom
    guard degreesOfFreedom >= 1, degreesOfFreedom <= Double(most),
      degreesOfFreedom == degreesOfFreedom.rounded()
    else { return nil }
    return rows[Int(degreesOfFreedom)]
  }
}
