import Commissioning

/// The word for a probability, by the yardstick that the British government's analysts share (Professional Head of
/// Intelligence Assessment, "Probability Yardstick", 2018), so that a reader need not guess what "likely" means.
///
/// The yardstick leaves gaps between its words; here each word reaches to the middle of the gap. The number always
/// stands beside the word.
public enum HedgedWord: String, CaseIterable, Hashable, Sendable {
  /// 0 to 7.5 per cent; the yardstick's 0 to 5.
  case remoteChance = "a remote chance"
  /// To 22.5 per cent; the yardstick's 10 to 20.
  case highlyUnlikely = "highly unlikely"
  /// To 37.5 per cent; the yardstick's 25 to 35.
  case unlikely = "unlikely"
  /// To 52.5 per cent; the yardstick's 40 to 50.
  case realisticPossibility = "a realistic possibility"
  /// To 77.5 per cent; the yardstick's 55 to 75.
  case likely = "likely"
  /// To 92.5 per cent; the yardstick's 80 to 90.
  case highlyLikely = "highly likely"
  /// Above; the yardstick's 95 to 100.
  case almostCertain = "almost certain"

  /// The word for a probability from 0 to 1; the nearest end's for any other number.
  public init(_ probability: Double) {
    self =
      switch probability {
      case ..<0.075: .remoteChance
      case ..<0.225: .highlyUnlikely
      case ..<0.375: .unlikely
      case ..<0.525: .realisticPossibility
      case ..<0.775: .likely
      case ..<0.925: .highlyLikely
      default: .almostCertain
      }
  }

  /// A sentence's beginning for something that happens with a probability, with its number: `It is likely (74%)`. What
  /// is known is no matter of chance, and is nil.
  static func opening(_ probability: Probability) -> String? {
    guard probability.error > 0 else { return nil }
    let number = NumberText.percent(probability)
    return switch HedgedWord(probability.value) {
    case .remoteChance: "There is a remote chance (\(number))"
    case .realisticPossibility: "There is a realistic possibility (\(number))"
    case let word: "It is \(word.rawValue) (\(number))"
    }
  }

  /// What the words stand for, as a note says it.
  static let legend =
    "A remote chance is below 8%, highly unlikely below 23%, unlikely below 38%, a realistic possibility below 53%, "
    + "likely below 78%, highly likely below 93%, and almost certain above."
}
