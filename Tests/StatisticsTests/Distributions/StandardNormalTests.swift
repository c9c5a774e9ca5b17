import Statistics
import Testing

@Suite("The fast standard normal")
struct StandardNormalTests {
  @Test("quantiles agree with Boost at a thousand random probabilities and their mirror images")
  func againstBoost() throws {
    let exact = try Normal()
    var stream = RandomStream(seed: 1, name: "standard normal")
    for _ in 0..<1000 {
      let u = stream.uniform()
      let p = u * u * u
      #expect(relativeError(StandardNormal.quantile(p), try exact.quantile(p)) < 2e-15)
      #expect(StandardNormal.quantile(1 - u) == -StandardNormal.quantile(1 - (1 - u)))
    }
  }

  @Test("the ends are infinite and outside there is nothing")
  func ends() {
    #expect(StandardNormal.quantile(0) == -.infinity)
    #expect(StandardNormal.quantile(1) == .infinity)
    #expect(StandardNormal.quantile(0.5) == 0)
    for p in [-0.1, 1.1, .nan, .infinity, -.infinity] { #expect(StandardNormal.quantile(p).isNaN) }
  }

  @Test("the distribution function agrees with Boost far into the tail")
  func cumulative() throws {
    let exact = try Normal()
    for z in stride(from: -37.0, through: 8, by: 0.37) {
      // z/√2 is rounded, and the tail magnifies that z² times.
      let tolerance = 4e-16 * max(1, z * z)
      #expect(relativeError(StandardNormal.cumulative(z), try exact.cumulative(z)) < tolerance, "\(z)")
      #expect(StandardNormal.complement(-z) == StandardNormal.cumulative(z))
      #expect(relativeError(StandardNormal.density(z), try exact.density(z)) < 1e-13, "\(z)")
    }
    #expect(StandardNormal.cumulative(.nan).isNaN)
    #expect(StandardNormal.cumulative(-.infinity) == 0)
    #expect(StandardNormal.cumulative(.infinity) == 1)
  }
}
