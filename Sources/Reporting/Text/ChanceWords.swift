import Commissioning

/// How likely something is, in words that always mean the same, with the figure behind them.
///
/// The words are those of ``HedgedWord``, so that a chart says of a chance what the text beside it says. Only what is known
/// is certain, or ruled out.
public enum ChanceWords {
  /// The words alone: `highly likely`.
  public static func words(_ probability: Probability) -> String {
    if probability.error == 0, probability.value >= 1 { return "certain" }
    if probability.error == 0, probability.value <= 0 { return "ruled out" }
    return HedgedWord(probability.value).rawValue
  }

  /// The words with the figure: `highly likely (91%)`; of what is known, the words alone.
  public static func text(_ probability: Probability) -> String {
    let words = words(probability)
    return probability.error == 0 && (probability.value <= 0 || probability.value >= 1)
      ? words : "\(words) (\(NumberText.percent(probability)))"
  }
}
