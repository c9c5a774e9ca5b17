import Testing

@testable import Reporting

@Suite("Labels kept apart") struct LabelPlacementTests {
  @Test(
    "They keep their order, their distance and their range, and no other places are nearer to those wanted")
  func apart() {
    let dice = ChartDice(11)
    func squares(_ one: [Double], _ other: [Double]) -> Double {
      zip(one, other).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
    }
    for _ in 0..<500 {
      let wanted = (0..<dice.whole(1...6)).map { _ in dice.figure(0...200) }.sorted()
      let places = LabelPlacement.apart(wanted, by: 15, within: 20...180)
      #expect(places.count == wanted.count)
      #expect(zip(places, places.dropFirst()).allSatisfy { $1 - $0 >= 15 - 1e-9 }, "\(wanted) \(places)")
      #expect(places.allSatisfy { (20 - 1e-9...180 + 1e-9).contains($0) }, "\(wanted) \(places)")
      for _ in 0..<20 {
        var others = places.map { $0 + dice.figure(-3...3) }
        others = others.indices.map { index in
          others[...index].enumerated().map { $0.element + 15 * Double(index - $0.offset) }.max() ?? 0
        }
        guard others.allSatisfy({ (20...180).contains($0) }) else { continue }
        #expect(squares(others, wanted) >= squares(places, wanted) - 1e-6, "\(wanted) \(places) \(others)")
      }
    }
  }

  @Test("What is apart stays where it is, and what touches gives way to either side alike")
  func known() {
    #expect(LabelPlacement.apart([30, 60, 90], by: 15, within: 0...100) == [30, 60, 90])
    #expect(LabelPlacement.apart([10, 50, 50], by: 10, within: 0...100) == [10, 45, 55])
    #expect(LabelPlacement.apart([100, 100], by: 10, within: 0...100) == [90, 100])
    #expect(LabelPlacement.apart([], by: 10, within: 0...100).isEmpty)
  }

  @Test("Where the height has no room for all, the least important are left out")
  func fitting() {
    let scale = ValueScale(
      spanning: [0, 10], FigureText(.count(""), showing: [10]), includesZero: true, from: 40, to: 0)
    let labels = (0..<5).map { LabelPlacement.EndLabel(text: "label \($0)", value: 5) }
    let drawn = LabelPlacement.draw(labels, x: 0, on: scale, within: 0...40)
    #expect(drawn.count == 3 && drawn.allSatisfy { !$0.contains("label 3") && !$0.contains("label 4") })
    #expect(LabelPlacement.EndLabel(text: "a long name", value: 1).cut(to: 40).text == "a lon…")
  }
}
