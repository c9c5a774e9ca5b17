import Testing

@testable import Commissioning

/// A small cohort, made up for tests.
enum InventedCohort {
  static func shape(ages: ClosedRange<Int> = 10...14) throws -> CohortShape {
    try CohortShape(
      ages: ages,
      settings: [
        PlanSetting(id: "main", name: "Mainstream"), PlanSetting(id: "special", name: "Special"),
        PlanSetting(id: "late", name: "Late", ages: (ages.upperBound - 1)...ages.upperBound),
      ],
      groups: [
        AgeGroup(name: "younger", ages: ages.lowerBound...ages.lowerBound + 1),
        AgeGroup(name: "older", ages: (ages.lowerBound + 2)...ages.upperBound),
      ], service: "test")
  }

  /// Rows of shares that go to settings that hold the age.
  static func moves(_ shape: CohortShape) -> [Double] {
    var result: [Double] = []
    for place in 0..<shape.ages.count {
      let late = shape.allows(ageAt: place, to: 2)
      result += late ? [0.5, 0.1, 0.4] : [0.9, 0.1, 0]
      result += late ? [0.02, 0.78, 0.2] : [0.05, 0.95, 0]
      result += late ? [0, 0, 1] : [0.5, 0.5, 0]
    }
    return result
  }

  static func placement(_ shape: CohortShape) -> [Double] {
    (0..<shape.ages.count).flatMap { place -> [Double] in
      shape.holds(shape.ages.lowerBound + place, setting: 2) ? [0.5, 0.2, 0.3] : [0.8, 0.2, 0]
    }
  }

  static func opening(_ shape: CohortShape) -> [Double] {
    (0..<shape.cells).map { cell in
      let late = cell % 3 == 2
      return late && !shape.holds(shape.ages.lowerBound + cell / 3, setting: 2)
        ? 0 : Double(20 + 7 * cell % 31)
    }
  }

  /// Rates that are certain, or known from `strength` observations each.
  static func rates(
    _ shape: CohortShape, strength: Double = .infinity, transfers: ShrunkBalance = .none,
    assessed: ShrunkRate? = nil, issued: ShrunkRate? = nil, years: Double = 0
  ) throws -> CohortRates {
    func table(_ mean: [Double], _ rows: Int) -> CohortRates.Table {
      CohortRates.Table(mean: mean, strength: [Double](repeating: strength, count: rows))
    }
    let ages = shape.ages.count
    return try CohortRates(
      shape: shape, ceasing: table((0..<shape.cells).map { 0.05 + 0.01 * Double($0 % 5) }, shape.cells),
      moves: table(moves(shape), shape.cells),
      requests: table((0..<ages).map { 0.01 + 0.002 * Double($0) }, ages), assessed: assessed, issued: issued,
      placement: table(placement(shape), ages), transfers: transfers, ceasingYears: years,
      requestYears: years,
      service: "test")
  }

  static func population(_ shape: CohortShape, years: Int) -> [[Double]] {
    (0..<years).map { year in (0..<shape.ages.count).map { Double(1000 + 20 * $0 + 10 * year) } }
  }

  static func draws(_ population: [[Double]]) -> [[Draws]] { population.map { $0.map { Draws($0) } } }

  /// Yearly tables of an area, from these rates as they are, in whole numbers.
  static func counts(_ name: String, _ shape: CohortShape, size: Double, ceasing: Double = 1, seed: Int = 0)
    throws
    -> CohortCounts
  {
    let settings = shape.settings.count
    let opening = opening(shape).map { ($0 * size).rounded() }
    var new: [Double] = []
    var gone: [Double] = []
    var moved: [Double] = []
    let shares = moves(shape)
    for cell in 0..<shape.cells {
      let place = cell / settings
      new.append((opening[cell] * 0.1 + Double((cell + seed) % 3)).rounded() * (opening[cell] > 0 ? 1 : 0))
      gone.append((opening[cell] * (0.05 + 0.01 * Double(place)) * ceasing).rounded())
      for to in 0..<settings {
        moved.append(
          shape.allows(ageAt: place, to: to)
            ? ((opening[cell] - gone[cell]) * shares[cell * settings + to]).rounded() : 0)
      }
    }
    let closing = opening.map { ($0 * 1.05).rounded() }
    return try CohortCounts(
      area: name, shape: shape, stock: [2023: opening, 2024: closing, 2025: closing],
      new: [2023: new, 2024: new], ceased: [2023: gone, 2024: gone], moves: [2023: moved, 2024: moved],
      requests: [2023: (0..<shape.ages.count).map { Double(30 + $0) * size }],
      assessed: [2024: PlanDecisions(yes: 70 * size, decided: 100 * size)],
      issued: [2024: PlanDecisions(yes: 66 * size, decided: 70 * size)],
      population: [
        2023: population(shape, years: 1)[0].map { $0 * size },
        2024: population(shape, years: 1)[0].map { $0 * size },
      ])
  }
}
