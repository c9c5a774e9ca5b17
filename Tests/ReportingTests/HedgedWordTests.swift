import Commissioning
import Testing

@testable import Reporting

@Suite("The words for chances")
struct HedgedWordTests {
  @Test(
    "each word of the yardstick has its own range",
    arguments: [
      (0, HedgedWord.remoteChance), (0.05, .remoteChance), (0.1, .highlyUnlikely), (0.2, .highlyUnlikely),
      (0.25, .unlikely), (0.35, .unlikely), (0.4, .realisticPossibility), (0.5, .realisticPossibility),
      (0.55, .likely), (0.75, .likely), (0.8, .highlyLikely), (0.9, .highlyLikely), (0.95, .almostCertain),
      (1, .almostCertain),
    ])
  func yardstick(_ probability: Double, _ word: HedgedWord) {
    #expect(HedgedWord(probability) == word)
  }

  @Test func `The words rise with the probability and leave no gap`() {
    var places: [Int] = []
    for thousandth in 0...1000 {
      places.append(HedgedWord.allCases.firstIndex(of: HedgedWord(Double(thousandth) / 1000)) ?? -1)
    }
    #expect(places == places.sorted())
    #expect(Set(places) == Set(HedgedWord.allCases.indices))
  }
}
