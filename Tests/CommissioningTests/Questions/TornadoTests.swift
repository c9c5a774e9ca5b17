import Commissioning
import Testing

@Suite("A tornado, one number at a time")
struct TornadoTests {
  /// A balance that falls by a and rises by b, with noise of its own.
  private func balance(_ settings: [Setting]) throws(CommissioningError) -> Draws {
    var a = 3.0
    var b = 1.0
    for setting in settings {
      if setting.path == "a" { a = setting.value }
      if setting.path == "b" { b = setting.value }
      if setting.path == "refused" {
        guard setting.value <= 1 else {
          throw .invalid(service: "test", reason: "\(setting.value) is above 1")
        }
      }
    }
    return Draws(InventedFutures.spread(2000).map { $0 * 2 - 10 * a + 100 * b - 70 })
  }

  private func candidate(_ path: String, _ low: Double, _ high: Double) -> TornadoCandidate {
    TornadoCandidate(id: path, path: path, low: low, high: high, reason: .stated)
  }

  @Test("bars stand in the order of how far they move the mean, with the chance at both ends")
  func order() throws {
    let tornado = try Tornado(
      of: [candidate("a", 2.5, 3.5), candidate("idle", 0, 1), candidate("b", 0.9, 1.1)],
      countsBelowZero: true, evaluate: balance)
    #expect(tornado.bars.map(\.candidate.id) == ["b", "a", "idle"])
    #expect(near(tornado.mean.value, 0, 1e-9))
    #expect(tornado.probability?.value == 0.5)
    let b = tornado.bars[0]
    #expect(near(b.swing, 20, 1e-9))
    #expect(near(b.low?.mean.value, -10, 1e-9))
    #expect(near(b.high?.mean.value, 10, 1e-9))
    // The same futures at both ends: a difference that is the same in each has no error.
    #expect(near(b.swingError, 0, 1e-9))
    #expect(near(b.low?.difference.value, -10, 1e-9))
    // ±10 against a standard deviation of 2 is certain; ±5 for a is 2.5 standard deviations.
    #expect(b.low?.probability?.value == 1)
    #expect(b.high?.probability?.value == 0)
    #expect(near(tornado.bars[1].swing, -10, 1e-9))
    #expect(near(tornado.bars[1].high?.probability?.value, 0.99379, 6e-4))
    #expect(tornado.bars[2].swing == 0)
  }

  @Test("an end that the plan refuses is named with its reason, and the plan as it stands takes its place")
  func refusedEnd() throws {
    let tornado = try Tornado(of: [candidate("refused", 0.9, 1.1)], countsBelowZero: false, evaluate: balance)
    let bar = try #require(tornado.bars.first)
    #expect(bar.low != nil && bar.high == nil)
    #expect(bar.refusals == ["test: 1.1 is above 1"])
    #expect(bar.swing == 0)
    #expect(bar.low?.probability == nil && tornado.probability == nil)
  }

  @Test("a figure that is not a number is refused, and the plan's own refusal stands")
  func refusals() {
    #expect(
      refusal { () throws(CommissioningError) in
        _ = try Tornado(of: [], countsBelowZero: true) { _ in Draws([1, .infinity]) }
      }?.contains("not a finite number") == true)
    #expect(
      refusal { () throws(CommissioningError) in
        _ = try Tornado(of: [], countsBelowZero: true) { _ throws(CommissioningError) in
          throw .invalid(service: "plan", reason: "no such year")
        }
      } == "plan: no such year")
  }
}
