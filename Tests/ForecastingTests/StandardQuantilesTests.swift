import Statistics
import Testing

@testable import Forecasting

@Suite("Student's t at hand")
struct StandardQuantilesTests {
  @Test("is to the last bit what the distribution gives, for whole degrees of freedom and others")
  func sameBits() throws {
    for degreesOfFreedom in Array(stride(from: 0.5, through: 70, by: 0.5)) + [1e6] {
      let standard = try StudentT(degreesOfFreedom: degreesOfFreedom, location: 0, scale: 1)
      #expect(StandardQuantiles.peak(standard) == (try standard.density(0)))
      for probability in [
        0.1, (1 - 0.8) / 2, (1 + 0.8) / 2, (1 - 0.95) / 2, (1 + 0.95) / 2, 0.5, 0.025, 1e-7, 0.3,
      ] {
        #expect(StandardQuantiles.quantile(standard, probability) == (try standard.quantile(probability)))
      }
      #expect(
        StandardQuantiles.quantile(standard, -0.1) == nil && StandardQuantiles.quantile(standard, .nan) == nil
      )
    }
  }

  @Test("A mixture of one component is that component, whatever its weight")
  func oneComponent() throws {
    let one = try #require(
      StudentMixture([.init(weight: 7, location: 3, scale: 2)], degreesOfFreedom: 6))
    let standard = try StudentT(degreesOfFreedom: 6, location: 0, scale: 1)
    #expect(one.components.map(\.weight) == [1])
    for probability in [0.1, 0.5, 0.9, 0.975] {
      #expect(try one.quantile(probability) == 3 + 2 * standard.quantile(probability))
    }
    #expect(StudentMixture([.init(weight: 0, location: 3, scale: 2)], degreesOfFreedom: 6) == nil)
    #expect(StudentMixture([.init(weight: 1, location: 3, scale: 0)], degreesOfFreedom: 6) == nil)
  }
}
