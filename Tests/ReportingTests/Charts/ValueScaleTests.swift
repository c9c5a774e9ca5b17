import Testing

@testable import Reporting

@Suite("The scale of figures") struct ValueScaleTests {
  private func scale(
    _ values: [Double], _ unit: ChartUnit = .count(""), includesZero: Bool = false, isWhole: Bool = false
  ) -> ValueScale {
    ValueScale(
      spanning: values, FigureText(unit, showing: values), includesZero: includesZero, isWhole: isWhole,
      from: 300, to: 100)
  }

  @Test("Figures keep their order and their proportions, and stand within the axis")
  func order() {
    let dice = ChartDice(5)
    for _ in 0..<500 {
      let values = (0..<6).map { _ in dice.figure(-1...1) * 1e7 }.sorted()
      let scale = scale(values, .pounds)
      let places = values.map(scale.place)
      #expect(zip(places, places.dropFirst()).allSatisfy { $0 >= $1 })
      #expect(places.allSatisfy { (100...300).contains($0) })
      let middle = (values[0] + values[5]) / 2
      #expect(abs(scale.place(middle) - (places[0] + places[5]) / 2) < 1e-9)
    }
  }

  @Test("Marks stand where figures of their size would, in the unit of the axis")
  func marks() {
    let scale = scale([0, 4e6], .pounds)
    #expect(scale.marks.map(\.text) == ["0", "1", "2", "3", "4"])
    #expect(scale.marks.map(\.place) == [300, 250, 200, 150, 100])
    #expect(scale.marks.map(\.isZero) == [true, false, false, false, false])
    #expect(scale.place(3e6) == 150)
    #expect(scale.figures.axisName == "£ million")
  }

  @Test("What lies beyond the axis stands at its end")
  func beyond() {
    let scale = scale([0, 4])
    #expect(scale.place(1e300) == 100 && scale.place(-1e300) == 300)
  }

  @Test("Lengths are measured from nothing, and the whole of shares is shown, where that is asked for")
  func ends() {
    #expect(scale([60, 90]).ticks.values.first == 60)
    #expect(scale([60, 90], includesZero: true).ticks.values.first == 0)
    #expect(scale([-60, -90], includesZero: true).ticks.values.last == 0)
    #expect(scale([40, 60], .percentage, isWhole: true).ticks.values == [0, 20, 40, 60, 80, 100])
    #expect(scale([]).ticks.values == [0, 0.2, 0.4, 0.6, 0.8, 1])
  }

  @Test("An axis reaches nothing where that does not squeeze the figures")
  func reaches() {
    #expect(ValueScale.reachesZero([1, 10]) && ValueScale.reachesZero([-10, -1]))
    #expect(!ValueScale.reachesZero([80, 90]) && !ValueScale.reachesZero([-90, -80]))
    #expect(ValueScale.reachesZero([-1, 100]) && ValueScale.reachesZero([]) && ValueScale.reachesZero([0]))
  }

  @Test("Texts of marks that lie flat stand apart within their range")
  func flat() {
    let values = [0.0, 5_000_000]
    let scale = ValueScale(
      spanning: values, FigureText(.count(""), showing: values), includesZero: true, from: 20, to: 200,
      about: 5)
    let written = scale.marks(within: 0...210)
    #expect(!written.isEmpty && written.count < scale.marks.count)
    let halves = written.map { WrappedText.width($0.text, size: ChartSheet.letters) / 2 }
    for (index, mark) in written.enumerated() {
      #expect(mark.place - halves[index] >= 0 && mark.place + halves[index] <= 210)
      if index > 0 {
        #expect(mark.place - halves[index] > written[index - 1].place + halves[index - 1])
      }
    }
  }
}
