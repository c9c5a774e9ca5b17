import Commissioning
import Testing

@Suite("Mean and covariance of stocks")
struct StockMomentsTests {
  @Test func aSteadyStockHasTheVarianceOfAPoissonNumber() throws {
    // One in and one in a hundred out each day from 100: after two years the variance is 100, not the 1,453 of a recursion
    // that never lets the surplus leave.
    var daily = try StockMoments(known: [100])
    for _ in 0..<730 {
      daily = try daily.advanced(intensities: [0], exits: [0.01], arrivals: [1], days: 1)
    }
    #expect(abs(daily.mean[0] - 100) < 1e-9)
    #expect(abs(daily.covariance[0] - 100) < 0.01)
  }

  @Test func ninetyDaysAtOnceAreNinetyDaysOneByOne() throws {
    let intensities = [0, 0.004, 0.002, 0.003, 0, 0.001, 0, 0.005, 0]
    let (exits, arrivals) = ([0.005, 0.016, 0.002], [0.3, 0, 0.1])
    let start = try StockMoments(known: [120, 40, 15])
    var daily = start
    for _ in 0..<90 {
      daily = try daily.advanced(intensities: intensities, exits: exits, arrivals: arrivals, days: 1)
    }
    let quarter = try start.advanced(intensities: intensities, exits: exits, arrivals: arrivals, days: 90)
    for (left, right) in zip(daily.mean + daily.covariance, quarter.mean + quarter.covariance) {
      #expect(abs(left - right) < 1e-9)
    }
  }

  @Test func membersThatOnlyMoveAreMultinomial() throws {
    let moved = try StockMoments(known: [50, 0])
      .advanced(intensities: [0, 0.01, 0, 0], exits: [0, 0], arrivals: [0, 0], days: 100)
    let stay = 0.36787944117144233  // e^-1
    #expect(abs(moved.mean[0] - 50 * stay) < 1e-10)
    #expect(abs(moved.covariance[0] - 50 * stay * (1 - stay)) < 1e-10)
    #expect(abs(moved.covariance[1] + 50 * stay * (1 - stay)) < 1e-10)
    #expect(abs(moved.covariance.reduce(0, +)) < 1e-10)
  }

  @Test func whatCannotBeIsRefused() throws {
    #expect(throws: CommissioningError.self) { try StockMoments(known: []) }
    #expect(throws: CommissioningError.self) { try StockMoments(known: [-1]) }
    #expect(throws: CommissioningError.self) { try StockMoments(known: [.nan]) }
    let stock = try StockMoments(known: [1, 2])
    let none = [0.0, 0]
    #expect(throws: CommissioningError.self) {
      try stock.advanced(intensities: none, exits: none, arrivals: none, days: 1)
    }
    let square = [0.0, 0, 0, 0]
    #expect(throws: CommissioningError.self) {
      try stock.advanced(intensities: square, exits: none, arrivals: none, days: 0)
    }
    #expect(throws: CommissioningError.self) {
      try stock.advanced(intensities: [0, -1, 0, 0], exits: none, arrivals: none, days: 1)
    }
    #expect(throws: CommissioningError.self) {
      try stock.advanced(intensities: square, exits: [.nan, 0], arrivals: none, days: 1)
    }
    #expect(throws: CommissioningError.self) {
      try stock.advanced(intensities: square, exits: none, arrivals: [0, -2], days: 1)
    }
    #expect(throws: CommissioningError.self) {
      try stock.advanced(intensities: [0, 1e308, 1e308, 0], exits: none, arrivals: none, days: 1e300)
    }
  }
}
