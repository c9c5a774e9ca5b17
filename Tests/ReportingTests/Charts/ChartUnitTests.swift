import Testing

@testable import Reporting

@Suite("How charts write figures") struct ChartUnitTests {
  @Test("Pounds are written in the unit that suits the greatest of them")
  func pounds() {
    let millions = FigureText(.pounds, showing: [-12.44e6, 300])
    #expect(millions.text(-12.44e6) == "-£12.4m" && millions.text(300) == "£0.0m")
    #expect(millions.axisName == "£ million" && millions.tick(-10, decimals: 0) == "-10")
    let thousands = FigureText(.pounds, showing: [12_400])
    #expect(thousands.text(12_400) == "£12k" && thousands.axisName == "£ thousand")
    let single = FigureText(.pounds, showing: [900])
    #expect(single.text(-900) == "-£900" && single.axisName == "£")
    #expect(FigureText(.pounds, showing: [2.5e9]).text(2.5e9) == "£2,500m")
  }

  @Test("Shares bear their sign and counts the decimals that suit them")
  func others() {
    let share = FigureText(.percentage, showing: [53.2])
    #expect(share.text(53.2) == "53%" && share.tick(50, decimals: 0) == "50%")
    #expect(share.axisName == "per cent" && share.unitNote.isEmpty)
    #expect(FigureText(.percentage, showing: [3.25]).text(3.25) == "3.3%")
    let plans = FigureText(.count("plans"), showing: [1_204])
    #expect(plans.text(1_204) == "1,204" && plans.axisName == "plans" && plans.unitNote == "Unit: plans.")
    #expect(FigureText(.count("per 10,000 children"), showing: [88.12]).text(88.12) == "88.1")
  }

  @Test("A change bears its sign, nothing none")
  func changes() {
    let figures = FigureText(.pounds, showing: [1.2e6])
    #expect(figures.change(1.2e6) == "+£1.2m" && figures.change(-0.4e6) == "-£0.4m")
    #expect(figures.change(0) == "£0")
  }

  @Test("A figure of any size is a short text of digits")
  func sizes() {
    let dice = ChartDice(8)
    for _ in 0..<1_000 {
      let figure = dice.size()
      for unit in [ChartUnit.pounds, .percentage, .count("")] {
        let figures = FigureText(unit, showing: [figure])
        // Ticks are never so small that no power of ten stands for them.
        let tick = figures.tick(figure.magnitude < 1e-290 ? 0 : figure, decimals: 300)
        for text in [figures.text(figure), figures.change(figure), tick] {
          #expect(text.count <= 16 && !text.contains("n") && text.contains { $0.isNumber }, "\(text)")
        }
      }
    }
    #expect(FigureText(.count(""), showing: [1e300]).text(1e300) == "1.000e300")
    #expect(FigureText(.pounds, showing: [-1e300]).text(-1e300) == "-£1.000e294m")
  }
}
