import Commissioning
import Statistics
import Testing

@Suite("Amounts in whole pence")
struct PenceTests {
  @Test(
    "pounds round to the nearest penny and half a penny to the even one",
    arguments: [
      (0.125, 12), (0.375, 38), (-0.125, -12), (-0.375, -38), (1.005, 100), (0.285, 28), (1.115, 111),
      (2.675, 267), (1_000_000.005, 100_000_001), (0.1 + 0.2, 30), (-0.0, 0),
      (4_503_599_627_370.5, 450_359_962_737_050),
    ] as [(Double, Int64)])
  func rounding(_ pounds: Double, _ pence: Int64) throws {
    #expect(try Pence(pounds: pounds).count == pence)
  }

  @Test(
    "what cannot be held to the penny is refused",
    arguments: [Double.nan, .infinity, -.infinity, 1e14, -1e300, 90_071_992_547_409.92])
  func unusable(_ pounds: Double) {
    #expect(throws: CommissioningError.self) { try Pence(pounds: pounds) }
  }

  @Test("every amount of pence comes back from pounds as it was")
  func roundTrip() throws {
    var stream = RandomStream(seed: 1, name: "round-trip")
    for _ in 0..<10_000 {
      let count = Int64(truncatingIfNeeded: stream.next()) >> Int64(11 + stream.next() % 40)
      #expect(try Pence(pounds: Pence(count).pounds).count == count)
    }
  }

  @Test(
    "an amount is written and read with commas between thousands",
    arguments: [
      (123_456_789, "£1,234,567.89"), (-5, "-£0.05"), (0, "£0.00"), (100_000, "£1,000.00"),
      (99_999, "£999.99"),
      (Int64.max, "£92,233,720,368,547,758.07"), (Int64.min, "-£92,233,720,368,547,758.08"),
    ] as [(Int64, String)])
  func text(_ count: Int64, _ text: String) throws {
    #expect(Pence(count).description == text)
    #expect(try Pence(text: text).count == count)
    #expect(Pence(text)?.count == count)
  }

  @Test(
    "people's other ways of writing are read",
    arguments: [("1234.5", 123_450), ("12", 1200), ("-0.05", -5), ("−£3", -300), ("1,234", 123_400)]
      as [(String, Int64)])
  func reading(_ text: String, _ count: Int64) throws {
    #expect(try Pence(text: text).count == count)
  }

  @Test(
    "what is no amount is refused with what would be accepted",
    arguments: [
      "", "£", "-", "1.2.3", "1,23", "1234,567", ",123", "12.", "1.234", "12p", "1e3", "£-3", "£1,234.5x",
      "١٢",
      "92233720368547758.08", "99999999999999999999", "-92233720368547758.09", ".50",
    ])
  func refusedText(_ text: String) {
    let error = #expect(throws: CommissioningError.self) { try Pence(text: text) }
    #expect(error?.description.contains("write pounds and pence as £1,234.56") == true)
    #expect(Pence(text) == nil)
  }

  @Test("a sum that cannot be held is an error, and large amounts of opposite signs sum in any order")
  func overflow() throws {
    let most = Pence(Int64.max)
    #expect(throws: CommissioningError.self) { try most.adding(Pence(1)) }
    #expect(throws: CommissioningError.self) { try Pence(Int64.min).subtracting(Pence(1)) }
    #expect(throws: CommissioningError.self) { try most.times(2) }
    #expect(throws: CommissioningError.self) { try Pence(Int64.min).negated() }
    #expect(throws: CommissioningError.self) { try Pence.sum([most, Pence(1)]) }
    #expect(try Pence.sum([most, most, Pence(-Int64.max)]) == most)
    #expect(try Pence(3).adding(Pence(4)).subtracting(Pence(9)).times(-5) == Pence(10))
    #expect(Pence(-1) < .zero)
  }

  // MARK: Apportionment

  @Test(
    "a total is shared out to the penny by the largest remainder, of equal ones to the earlier part",
    arguments: [
      (100, [1, 1, 1], [34, 33, 33]), (-100, [1, 1, 1], [-34, -33, -33]), (10, [6, 3, 1], [6, 3, 1]),
      (5, [0, 0, 2], [0, 0, 5]), (0, [0, 0], [0, 0]), (1, [1e-300, 1e300], [0, 1]),
      // Hamilton's method on Balinski and Young's example of five states and 26 seats.
      (26, [9061, 7179, 5259, 3319, 1182], [9, 7, 5, 4, 1]),
      (7, [.leastNonzeroMagnitude, .leastNonzeroMagnitude], [4, 3]),
    ] as [(Int64, [Double], [Int64])])
  func apportioned(_ total: Int64, _ weights: [Double], _ parts: [Int64]) throws {
    #expect(try Pence.apportion(Pence(total), by: weights).map(\.count) == parts)
  }

  @Test("parts sum to the total, and each is within a penny of its share, whatever the weights")
  func apportionment() throws {
    var stream = RandomStream(seed: 7, name: "apportion")
    for _ in 0..<500 {
      let total = Int64(truncatingIfNeeded: stream.next()) >> Int64(stream.next() % 60)
      let weights = (0..<(1 + Int(stream.next() % 40))).map { _ in stream.exponential() }
      let parts = try Pence.apportion(Pence(total), by: weights)
      #expect(try Pence.sum(parts) == Pence(total))
      let whole = weights.reduce(0, +)
      for (part, weight) in zip(parts, weights) {
        let share = Double(total) * weight / whole
        #expect(abs(Double(part.count) - share) < 1 + abs(share) * 1e-12)
      }
    }
    #expect(try Pence.sum(Pence.apportion(Pence(Int64.min), by: [1, 2, 4])) == Pence(Int64.min))
  }

  @Test(
    "weights that share nothing out are refused",
    arguments: [[0.0, 0.0], [], [1, -1], [.nan], [.infinity, 1]])
  func refusedWeights(_ weights: [Double]) {
    #expect(throws: CommissioningError.self) { try Pence.apportion(Pence(1), by: weights) }
  }
}
