import Testing

@testable import Reporting

@Suite("Where rows and plots stand") struct AreaTests {
  private func rows(_ names: [String], width: Double, figures room: Double = 50) -> (RowArea, ChartSheet) {
    var sheet = ChartSheet(width: width)
    let area = RowArea(on: &sheet, names: names, figureRoom: (room, room)) { left, right in
      ValueScale(
        spanning: [0, 10], FigureText(.count("plans"), showing: [10]), includesZero: true, from: left,
        to: right)
    }
    return (area, sheet)
  }

  @Test("Rows follow each other, each as high as its name, and the sheet leaves room for all")
  func heights() {
    let (area, sheet) = rows(["a", String(repeating: "long words ", count: 10), ""], width: 400)
    #expect(area.rows.count == 3 && area.rows[0].top == area.top && area.rows[2].bottom == area.bottom)
    #expect(area.rows[0].bottom == area.rows[1].top && area.rows[1].bottom == area.rows[2].top)
    #expect(area.rows[0].bottom - area.rows[0].top == 26)
    #expect(area.rows[1].bottom - area.rows[1].top >= Double(area.rows[1].lines.count) * 15)
    #expect(area.rows[1].lines.count > 2 && area.rows[2].lines.isEmpty && sheet.y > area.bottom)
  }

  @Test("The drawing keeps a width and the figures their room, however long the names")
  func widths() {
    for width in ChartLayoutTests.widths {
      for room in [0.0, 40, 100] {
        let (area, sheet) = rows([String(repeating: "W", count: 200), "b"], width: width, figures: room)
        #expect(area.values.end - area.values.start >= 60 - 1e-9, "\(width) \(room)")
        #expect(area.values.end + room <= sheet.right + 1e-9, "\(width) \(room)")
        #expect(area.rows[0].lines.count <= 6)
        if width == 360 { #expect(area.rows[0].lines.last?.hasSuffix("…") == true) }
      }
    }
  }

  @Test("Nothing but names and an axis is drawn of an area without rows")
  func none() { #expect(rows([], width: 400).0.axes().allSatisfy { !$0.contains("nan") }) }

  @Test("A plot leaves room for its labels at either side and takes the height that it draws on")
  func plot() {
    var sheet = ChartSheet(width: 600)
    let area = PlotArea(on: &sheet, labels: ["2023", "2024"], height: 200, labelWidth: 80) { bottom, top in
      ValueScale(
        spanning: [0, 10], FigureText(.count("plans"), showing: [10]), includesZero: true, from: bottom,
        to: top)
    }
    #expect(area.bottom - area.top == 200 && sheet.y == area.bottom + 28)
    #expect(area.right == sheet.right - 90 && area.left > ChartSheet.margin)
    #expect(area.place(1, 10) == (area.right, area.top) && area.place(0, 0).y == area.bottom)
    #expect(area.zeroLine() != nil)
    #expect(area.beginning(of: 0).filter { $0.contains("published") }.isEmpty)
    #expect(area.beginning(of: 1).filter { $0.contains("published") || $0.contains("forecast") }.count == 2)
  }

  @Test("An area without labels at its right reaches the end of the room, its periods within it")
  func whole() {
    var sheet = ChartSheet(width: 600)
    let area = PlotArea(on: &sheet, labels: ["a", "b"]) { bottom, top in
      ValueScale(
        spanning: [5, 10], FigureText(.percentage, showing: [10]), includesZero: false, from: bottom, to: top)
    }
    #expect(area.right == sheet.right)
    #expect(area.positions.place(0) > area.left && area.positions.place(1) < area.right)
    #expect(area.zeroLine() == nil)
  }
}
