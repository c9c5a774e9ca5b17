/// How much measures that act on one flow, or one line, reach the same children.
///
/// Of the second, the part outside the overlap acts on what the first leaves, as if the two knew nothing of each other;
/// the part inside adds only what it can do beyond the first. With factors of 0.8 and 0.7 and no overlap 0.56 of the
/// flow remains; with a full overlap 0.7, which is what the stronger does alone. So measures together never do less than
/// the strongest and never more than the whole.
public struct Overlap: Hashable, Sendable {
  /// The measures, by their ids, in the order in which they act.
  public let measures: [String]
  /// The part of their effect that is the same, 0 to 1.
  public let share: Double
  /// Why that much.
  public let reason: String

  /// States an overlap; the register checks it.
  public init(measures: [String], share: Double, reason: String) {
    self.measures = measures
    self.share = share
    self.reason = reason
  }

  /// What two factors make together.
  ///
  /// Measures that push opposite ways have nothing in common.
  static func factor(_ first: Double, _ second: Double, share: Double) -> Double {
    let apart = first * second
    let same: Double
    if first <= 1, second <= 1 {
      same = min(first, second)
    } else if first >= 1, second >= 1 {
      same = max(first, second)
    } else {
      return apart
    }
    return apart + (same - apart) * share
  }

  /// What two additions, or two sums saved, make together.
  static func sum(_ first: Double, _ second: Double, share: Double) -> Double {
    let apart = first + second
    // Opposite signs, or nothing on one side: nothing in common.
    guard first != 0, second != 0, (first > 0) == (second > 0) else { return apart }
    let same = first > 0 ? max(first, second) : min(first, second)
    return apart + (same - apart) * share
  }
}
