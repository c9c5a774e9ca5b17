import Testing

@testable import Reporting

@Suite("The scale of periods") struct PositionScaleTests {
  private func years(_ count: Int, to end: Double) -> PositionScale {
    PositionScale((0..<count).map { "\(2000 + $0)" }, from: 0, to: end)
  }

  @Test("Periods run from end to end, and one alone stands in the middle")
  func places() {
    #expect((0..<3).map { years(3, to: 100).place($0) } == [0, 50, 100])
    #expect(years(1, to: 100).place(0) == 50)
    #expect(years(3, to: 100).place(0.5) == 25)
    #expect(years(0, to: 100).labelled.isEmpty && years(0, to: 100).written(within: 0...100).isEmpty)
  }

  @Test("All periods are written where there is room, otherwise every other one counted from the last")
  func labelled() {
    #expect(years(5, to: 400).labelled == [0, 1, 2, 3, 4])
    #expect(years(5, to: 100).labelled == [0, 2, 4])
    #expect(years(100, to: 300).labelled.last == 99)
    #expect(PositionScale(["a", "b"], from: 5, to: 5).labelled == [1])
  }

  @Test("What is written stands apart and within its range, the last period always")
  func written() throws {
    let dice = ChartDice(9)
    for _ in 0..<500 {
      let labels = try (0..<dice.whole(1...40)).map { _ in try dice.name() }
      let end = dice.figure(40...1_300)
      let written = PositionScale(labels, from: 30, to: 30 + end)
        .written(within: 10...(end + 40))
      #expect(!written.isEmpty)
      var free = 10.0 - 1e-9
      for label in written {
        let half = WrappedText.width(label.text, size: ChartSheet.letters) / 2
        #expect(label.place - half >= free, "\(written)")
        free = label.place + half
      }
      #expect(free <= end + 40 + 1e-9)
    }
  }
}
