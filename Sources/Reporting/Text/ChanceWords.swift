import Commissioning

/// How likely something is, in words that always mean the same, with the figure behind them.
///
/// The words and their limits are those of the Intergovernmental Panel on Climate Change (Mastrandrea and others,
/// 2010), with "almost certain" in place of "virtually certain": from 99 per cent on almost certain, from 90 very
/// likely, from 66 likely, from 33 about as likely as not, above 10 unlikely, above 1 very unlikely, and below that
/// exceptionally unlikely. Only what is known is certain, or ruled out.
public enum ChanceWords {
  /// The words alone: `very likely`.
  public static func words(_ probability: Probability) -> String {
    if probability.error == 0, probability.value >= 1 { return "certain" }
    if probability.error == 0, probability.value <= 0 { return "ruled out" }
    switch probability.value {
    case 0.99...: return "almost certain"
    case 0.9...: return "very likely"
    case 0.66...: return "likely"
    case 0.33...: return "about as likely as not"
    case 0.1...: return "unlikely"
    case 0.01...: return "very unlikely"
    default: return "exceptionally unlikely"
    }
  }

  /// The words with the figure: `very likely (93%)`; of what is known, the words alone.
  public static func text(_ probability: Probability) -> String {
    let words = words(probability)
    return probability.error == 0 && (probability.value <= 0 || probability.value >= 1)
      ? words : "\(words) (\(NumberText.percent(probability)))"
  }
}
