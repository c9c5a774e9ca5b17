import Commissioning
import Testing

@Suite("The shares of a figure's variance")
struct VarianceShareTests {
  private let count = 20_000

  @Test("a sum of independent numbers is shared out by their squared weights, and nothing remains")
  func linear() throws {
    let names = ["a", "b", "c"]
    let weights = [3e6, 2e6, 1e6]
    let drivers = names.map { InventedFutures.normal($0, count) }
    let figure = (0..<count).map { path in
      -40e6 + zip(weights, drivers).reduce(0) { $0 + $1.0 * $1.1[path] }
    }
    let shares = try VarianceShares(
      of: Draws(figure),
      drivers: zip(names, drivers).map { InventedFutures.driver($0, $1) }
        + [InventedFutures.driver("idle", InventedFutures.normal("idle", count))])
    // 9, 4 and 1 of 14.
    for (share, (id, expected)) in zip(
      shares.shares, [("a", 9.0 / 14), ("b", 4.0 / 14), ("c", 1.0 / 14), ("idle", 0)])
    {
      #expect(share.id == id)
      #expect(share.error > 0 && share.error < 0.02)
      #expect(near(share.value, expected, 4 * share.error), "\(id) \(share.value)")
    }
    #expect(near(shares.remainder, 0, 4 * shares.remainderError))
    #expect(near(shares.shares.reduce(shares.remainder) { $0 + $1.value }, 1, 1e-12))
    #expect(near(shares.variance / 14e12, 1, 0.05))
  }

  @Test("the Ishigami function has the shares that Sobol' indices give it")
  func ishigami() throws {
    // Ishigami and Homma 1990, a = 7 and b = 0.1: first-order indices 0.3139, 0.4424 and 0.
    let drivers = ["x1", "x2", "x3"].map { name in
      InventedFutures.uniform(name, count).map { (2 * $0 - 1) * Double.pi }
    }
    let figure = (0..<count).map { path in
      ishigami(drivers[0][path], drivers[1][path], drivers[2][path])
    }
    let shares = try VarianceShares(
      of: Draws(figure),
      drivers: zip(["x1", "x2", "x3"], drivers).map { InventedFutures.driver($0, $1) })
    let byName = Dictionary(uniqueKeysWithValues: shares.shares.map { ($0.id, $0) })
    for (id, expected) in [("x1", 0.3139), ("x2", 0.4424), ("x3", 0)] {
      let share = try #require(byName[id])
      #expect(near(share.value, expected, max(0.004, 4 * share.error)), "\(id) \(share.value)")
    }
    #expect(near(shares.remainder, 0.2437, max(0.006, 4 * shares.remainderError)))
  }

  private func ishigami(_ x: Double, _ y: Double, _ z: Double) -> Double {
    // sin by its series would say nothing more; the values are those of the standard library.
    sine(x) + 7 * sine(y) * sine(y) + 0.1 * z * z * z * z * sine(x)
  }

  private func sine(_ angle: Double) -> Double {
    // The Taylor series to the 25th power is exact to a part in 10^11 from -π to π.
    var term = angle
    var sum = angle
    for power in stride(from: 3.0, through: 25, by: 2) {
      term *= -angle * angle / (power * (power - 1))
      sum += term
    }
    return sum
  }

  @Test("what two numbers do only together is the remainder")
  func interaction() throws {
    let left = InventedFutures.normal("left", count)
    let right = InventedFutures.normal("right", count)
    let shares = try VarianceShares(
      of: Draws(zip(left, right).map { $0 * $1 }),
      drivers: [InventedFutures.driver("left", left), InventedFutures.driver("right", right)])
    for share in shares.shares { #expect(near(share.value, 0, 4 * share.error)) }
    #expect(near(shares.remainder, 1, 4 * shares.remainderError))
  }

  @Test("a step, and a driver of two values only, are seen")
  func steps() throws {
    let chance = InventedFutures.uniform("chance", count).map { $0 < 0.3 ? 1.0 : 0 }
    let ramp = InventedFutures.uniform("ramp", count)
    // Both halves have a variance of 0.21.
    let figure = zip(chance, ramp).map { $0 + ($1 < 0.3 ? 1 : 0) }
    let shares = try VarianceShares(
      of: Draws(figure),
      drivers: [InventedFutures.driver("chance", chance), InventedFutures.driver("ramp", ramp)])
    for share in shares.shares { #expect(near(share.value, 0.5, 0.02), "\(share.id) \(share.value)") }
  }

  @Test("the error of a share is the scatter of the share over seeds")
  func errors() throws {
    var found: [Double] = []
    var errors: [Double] = []
    for run in 0..<60 {
      let driver = InventedFutures.normal("driver \(run)", 2000)
      let noise = InventedFutures.normal("noise \(run)", 2000)
      let share = try #require(
        try VarianceShares(
          of: Draws(zip(driver, noise).map { $0 + $1 }), drivers: [InventedFutures.driver("driver", driver)]
        ).shares.first)
      found.append(share.value)
      errors.append(share.error)
    }
    let mean = found.reduce(0, +) / 60
    let scatter = (found.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 59).squareRoot()
    #expect(near(mean, 0.5, 0.008))
    #expect(near(errors.reduce(0, +) / 60 / scatter, 1, 0.3))
  }

  @Test("a figure that is certain has no shares, and constant drivers none")
  func certain() throws {
    let driver = InventedFutures.driver("driver", InventedFutures.normal("driver", 500))
    for figure in [Draws(5), Draws(Array(repeating: 5, count: 500))] {
      let shares = try VarianceShares(of: figure, drivers: [driver])
      #expect(shares.shares.isEmpty && shares.remainder == 0 && shares.variance == 0)
    }
    let noise = Draws(InventedFutures.normal("noise", 500))
    let constant = PlanDriver(id: "constant", kind: .series, draws: Draws(3))
    let shares = try VarianceShares(of: noise, drivers: [constant])
    #expect(shares.shares.isEmpty && shares.remainder == 1)
  }

  @Test("too few futures, futures of another run and values that are no numbers are refused with the reason")
  func refusals() {
    let few = Draws(InventedFutures.normal("few", 399))
    #expect(
      refusal { () throws(CommissioningError) in _ = try VarianceShares(of: few, drivers: []) }?
        .contains("give at least 400") == true)
    let figure = Draws(InventedFutures.normal("figure", 500))
    let short = InventedFutures.driver("short", InventedFutures.normal("short", 400))
    #expect(
      refusal { () throws(CommissioningError) in _ = try VarianceShares(of: figure, drivers: [short]) }?
        .contains("short: there are 400 simulated futures") == true)
    var broken = InventedFutures.normal("broken", 500)
    broken[17] = .nan
    #expect(
      refusal { () throws(CommissioningError) in _ = try VarianceShares(of: Draws(broken), drivers: []) }?
        .contains("not a finite number") == true)
    #expect(
      refusal { () throws(CommissioningError) in
        _ = try VarianceShares(of: figure, drivers: [InventedFutures.driver("broken", broken)])
      }?.contains("broken: it is not a finite number") == true)
  }
}
