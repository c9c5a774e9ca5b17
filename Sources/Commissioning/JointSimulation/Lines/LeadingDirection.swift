import LinearAlgebra
import RealModule

/// For one year, the combination of all walks that moves the total, so that its draws too can be spread evenly.
///
/// To first order the total moves with S = Σ wᵢ Dᵢ, wᵢ being the coefficient of the regression of the total on Dᵢ: for a
/// log-normal line its mean, for a normal one its level. S is normal with mean zero and a variance that is known, so its
/// draws can be spread as those of a walk are (``Stratification``), and what that moves S by is shared out to the walks in
/// proportion to their covariance with it, which leaves everything beside S as it was. It is Latin hypercube sampling along
/// the direction that matters, as P. Glasserman, P. Heidelberger and P. Shahabuddin (1999) stratify option prices.
struct LeadingDirection: Sendable {
  /// wᵢ, for every walk.
  let weights: [Double]
  /// Cov(Dᵢ, S)/Var(S), for every walk.
  let shares: [Double]
  /// The standard deviation of S; zero where the total does not move.
  let deviation: Double

  /// The direction of every year of a model.
  static func all(_ model: JointModel, factor: Matrix) -> [LeadingDirection] {
    let walks = model.walks
    let correlations = Matrix(rows: walks.count, columns: walks.count) { row, column in
      (0...min(row, column)).reduce(0) { $0 + factor[row, $1] * factor[column, $1] }
    }
    var covariance = [Double](repeating: 0, count: walks.count * walks.count)
    return (1...model.years).map { year in
      for row in walks.indices {
        for column in walks.indices {
          let (left, right) = (walks[row], walks[column])
          let place = row * walks.count + column
          covariance[place] =
            (1 - left.reversion) * (1 - right.reversion) * covariance[place]
            + left.shock(year) * right.shock(year) * correlations[row, column]
        }
      }
      return LeadingDirection(weights: weights(model, year), covariance: covariance)
    }
  }

  private init(weights: [Double], covariance: [Double]) {
    let count = weights.count
    let withTotal = (0..<count).map { row in
      (0..<count).reduce(0) { $0 + covariance[row * count + $1] * weights[$1] }
    }
    let variance = (0..<count).reduce(0) { $0 + weights[$1] * withTotal[$1] }
    self.weights = weights
    deviation = variance > 0 && variance.isFinite ? variance.squareRoot() : 0
    shares = withTotal.map { variance > 0 && variance.isFinite ? $0 / variance : 0 }
  }

  private static func weights(_ model: JointModel, _ year: Int) -> [Double] {
    var prices = [Double](repeating: 0, count: model.prices.count)
    let lines = model.lines.map { line in
      let price = line.price.flatMap { name in model.prices.firstIndex { $0.name == name } }
      let level = line.level * (price.map { mean(model.prices[$0].walk, year) } ?? 1)
      if let price {
        prices[price] += line.level * mean(line.walk, year) * slope(model.prices[price].walk, year)
      }
      return level * slope(line.walk, year)
    }
    return lines + prices
  }

  /// The mean of the walk's factor.
  private static func mean(_ walk: RandomWalk, _ year: Int) -> Double {
    let spread = walk.spread(year)
    return walk.form == .normal
      ? 1 + walk.centre(year) : Double.exp(walk.centre(year) + spread * spread / 2)
  }

  /// The coefficient of the regression of the walk's factor on its deviation.
  private static func slope(_ walk: RandomWalk, _ year: Int) -> Double {
    walk.form == .normal ? 1 : mean(walk, year)
  }
}
