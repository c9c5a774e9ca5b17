import Testing

@testable import Reporting

@Suite("Histograms of simulated futures") struct HistogramChartTests {
  private func chart(
    _ amounts: [Double], threshold: Double = 0, side: HistogramChart.Side = .below,
    sideName: String = "deficit"
  ) throws(ReportingError) -> HistogramChart {
    try HistogramChart(
      title: "t", unit: .pounds, amounts: amounts, threshold: threshold, side: side, sideName: sideName)
  }

  @Test("Every future is counted once, the bars follow each other and none is half shaded")
  func counted() throws {
    let dice = ChartDice(17)
    for round in 0..<300 {
      let count = dice.whole(20...600)
      let scale = dice.figure(1...1e7)
      let isWhole = dice.isTrue()
      let amounts = (0..<count).map { _ in
        let amount = (dice.figure(-1...1) + dice.figure(-1...1)) * scale
        return isWhole ? (amount / scale * 10).rounded() / 10 : amount
      }
      let threshold = dice.pickThreshold(amounts)
      let side: HistogramChart.Side = dice.isTrue() ? .below : .above
      let chart = try chart(amounts, threshold: threshold, side: side)
      let beyond = amounts.filter { side == .below ? $0 < threshold : $0 > threshold }.count
      #expect(chart.shareBeyond == Double(beyond) / Double(count), "\(round)")
      #expect((1...70).contains(chart.bins.count), "\(round): \(chart.bins.count)")
      #expect(zip(chart.bins, chart.bins.dropFirst()).allSatisfy { $0.upper == $1.lower }, "\(round)")
      #expect(chart.bins.allSatisfy { !($0.lower < threshold && threshold < $0.upper) }, "\(round)")
      let drawn = chart.bins.reduce(0) { $0 + $1.share }
      #expect(drawn >= 0.99 - 1e-9 && drawn <= 1 + 1e-9, "\(round): \(drawn)")
      if count < 200 { #expect(abs(drawn - 1) < 1e-9 && chart.notes.isEmpty, "\(round): \(drawn)") }
      if drawn < 1 - 1e-9 { #expect(chart.notes.count == 1, "\(round)") }
    }
  }

  @Test("Futures at the threshold itself are not beyond it, nor shaded")
  func atThreshold() throws {
    let amounts = (0..<60).map { $0 < 40 ? 0.0 : $0 < 50 ? -10 : 10 }
    for side in [HistogramChart.Side.below, .above] {
      let chart = try chart(amounts, side: side)
      #expect(chart.shareBeyond == 10.0 / 60)
      #expect(abs(chart.bins.reduce(0) { $0 + $1.share } - 1) < 1e-9 && chart.notes.isEmpty)
      let shaded = chart.bins.filter { side == .below ? $0.upper <= 0 : $0.lower >= 0 }
      #expect(abs(shaded.reduce(0) { $0 + $1.share } - 10.0 / 60) < 1e-9)
    }
  }

  @Test("The shaded bars lie on their side of the line, and words say how many futures they are")
  func shaded() throws {
    let reading = try ChartReading(try ChartSamples.histogram.svg())
    let line = try #require(reading.shapes("line", .ink).first)
    let beyond = reading.shapes("rect", .fourth)
    #expect(!beyond.isEmpty && beyond.allSatisfy { $0.places[1].x <= line["x1"] })
    #expect(reading.shapes("rect", .first).allSatisfy { $0.places[0].x >= line["x1"] })
    #expect(reading.shows("84% deficit"))
    #expect(
      try ChartSamples.histogram.description.hasPrefix(
        "Closing balance, 5,000 simulated futures. 84% of the futures lie below £0: deficit. "
          + "35 of 5,000 futures lie outside"))
  }

  @Test("A chance that is not nothing is never said to be, nor one that is not certain")
  func rare() throws {
    let rare = (0..<1_000).map { $0 == 0 ? -1.0 : Double($0) }
    #expect(try chart(rare).description.hasPrefix("<1% of the futures"))
    #expect(try chart(rare.map { -$0 }).description.hasPrefix(">99% of the futures"))
    #expect(try chart(rare.map { $0 + 2 }).description.hasPrefix("<1% of the futures"))
    #expect(try chart(rare.map { -$0 - 2 }).description.hasPrefix(">99% of the futures"))
  }

  @Test("All zeros, tiny and vast amounts, and a threshold far from them, are drawn")
  func extremes() throws {
    let sets: [[Double]] = [
      Array(repeating: 0, count: 20), Array(repeating: 1e300, count: 20),
      (0..<20).map { $0 % 2 == 0 ? 1e300 : -1e300 }, (0..<20).map { Double($0) * .leastNonzeroMagnitude },
      (0..<30).map { 1e15 + Double($0) }, (0..<400).map { $0 < 390 ? 5 : Double($0) * 1e6 },
    ]
    for amounts in sets {
      for threshold in [0, 1e300, -1e300, 3, -Double.leastNonzeroMagnitude] {
        for side in [HistogramChart.Side.below, .above] {
          let chart = try chart(
            amounts, threshold: threshold, side: side, sideName: String(repeating: "word ", count: 40))
          #expect(
            chart.bins.count <= 70 && chart.bins.contains { $0.share > 0 }, "\(amounts[1]) \(threshold)")
          for width in [360.0, 1_400] {
            let reading = try ChartReading(chart.svg(width: width))
            #expect(reading.overlaps.isEmpty && reading.strays.isEmpty && reading.strayShapes.isEmpty)
          }
        }
      }
    }
  }

  @Test("Too few amounts, and amounts that are none, are refused")
  func refusals() {
    let enough = (0..<20).map(Double.init)
    #expect(throws: ReportingError.emptyChart("t")) { try chart(Array(enough.dropLast())) }
    for figure in [Double.nan, .infinity, 1e301] {
      #expect(throws: ReportingError.emptyChart("t")) { try chart(enough + [figure]) }
      #expect(throws: ReportingError.emptyChart("t")) { try chart(enough, threshold: figure) }
    }
  }
}

extension ChartDice {
  /// A threshold at, among or beyond some amounts.
  fileprivate func pickThreshold(_ amounts: [Double]) -> Double {
    let one = amounts[whole(0...amounts.count - 1)]
    return isTrue(0.3) ? one : isTrue() ? 0 : one * figure(-4...4)
  }
}
