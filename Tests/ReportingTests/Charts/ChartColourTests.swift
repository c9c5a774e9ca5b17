import Testing

@testable import Reporting

@Suite("The palette of charts") struct ChartColourTests {
  private func ratios(_ one: ChartColour, _ other: ChartColour) -> [Double] {
    [ContrastRatio(one.light, other.light).value, ContrastRatio(one.dark, other.dark).value]
  }

  @Test("Words are told from paper, light and dark", arguments: [ChartColour.ink, .faint, .level])
  func words(colour: ChartColour) {
    #expect(ratios(colour, .paper).allSatisfy { $0 >= 4.5 }, "\(ratios(colour, .paper))")
  }

  @Test("Marks are told from paper, light and dark", arguments: ChartColour.categories + [.muted, .level])
  func marks(colour: ChartColour) {
    #expect(ratios(colour, .paper).allSatisfy { $0 >= 3 }, "\(ratios(colour, .paper))")
  }

  @Test("The bands of a fan deepen inwards, and the line of the median is told from all of them")
  func bands() {
    let inwards = [ChartColour.paper, .outerBand, .band, .innerBand]
    for (outer, inner) in zip(inwards, inwards.dropFirst()) {
      for shades in [\ChartColour.light, \.dark] {
        let paper = ChartColour.paper[keyPath: shades]
        #expect(
          ContrastRatio(inner[keyPath: shades], paper) > ContrastRatio(outer[keyPath: shades], paper),
          "\(inner)")
        #expect(ContrastRatio(inner[keyPath: shades], outer[keyPath: shades]).value >= 1.25, "\(inner)")
      }
      #expect(ratios(.first, inner).allSatisfy { $0 >= 3 }, "\(inner): \(ratios(.first, inner))")
    }
  }

  @Test("What lies across bars and areas is told from the paper laid beneath it")
  func lines() { #expect(ratios(.ink, .paper).allSatisfy { $0 >= 7 }) }

  @Test("The categories are the shades of the Government Analysis Function, in its order")
  func categories() {
    #expect(
      ChartColour.categories.map(\.light)
        == ["#12436d", "#28a197", "#801650", "#f46a25", "#3d3d3d", "#a285d1"])
  }

  @Test("A page in the dark gives every colour its other shade, on screens alone")
  func styleSheet() {
    let sheet = ChartColour.styleSheet
    #expect(sheet.hasPrefix("@media screen and (prefers-color-scheme:dark){"))
    for colour in ChartColour.allCases {
      #expect(sheet.contains(".f-\(colour.rawValue){fill:\(colour.dark)}"))
      #expect(sheet.contains(".s-\(colour.rawValue){stroke:\(colour.dark)}"))
    }
    #expect(!sheet.contains("<") && sheet.filter { $0 == "{" }.count == sheet.filter { $0 == "}" }.count)
  }

  @Test("The contrast is that of the Web Content Accessibility Guidelines")
  func ratio() {
    #expect(abs(ContrastRatio("#000000", "#ffffff").value - 21) < 1e-12)
    // The lightest grey that is enough for words on white.
    #expect(abs(ContrastRatio("#767676", "#ffffff").value - 4.54) < 0.005)
    #expect(ContrastRatio("#ffffff", "#767676").value == ContrastRatio("#767676", "#ffffff").value)
    for shade in ["", "white", "#fff", "ffffff0", "#gggggg", "#-12345", "#é0000"] {
      #expect(ContrastRatio(shade, "#000000").value == 1, "\(shade)")
    }
  }
}
