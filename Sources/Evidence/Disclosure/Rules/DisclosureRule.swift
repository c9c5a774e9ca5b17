/// What may be published of small counts: which are held back, what is rounded, and what an outsider may still find out.
///
/// Rules are data: the named ones stand in ``named``, with the publication that each comes from.
public struct DisclosureRule: Hashable, Sendable {
  /// How much must remain unknown of a count that is held back.
  public enum Remainder: Hashable, Sendable {
    /// Every count within the rule's bounds stays possible: the publication says no more than the rule does.
    case wholeBounds
    /// At least two counts stay possible. This is what rules that round every published count can give: the distance of
    /// two rounded counts narrows a held-back one, and must not fix it.
    case twoValues
  }

  /// The name by which the rule is asked for.
  public let name: String
  /// What it does, in a sentence.
  public let summary: String
  /// Where it comes from.
  public let source: String
  /// The counts that are held back, and the bounds within which a reader may know them to lie; nil where none is held
  /// back. Zero is protected where the bounds hold it.
  public let withheld: ClosedRange<Int>?
  /// The unit to which all other counts are rounded; nil where they are published as they are.
  public let rounding: Int?
  /// Whether a count that rounds to zero is published as `low`, so that it is told from zero.
  public let marksLowCounts: Bool
  /// Whether national counts are neither held back nor rounded.
  public let sparesNational: Bool
  /// Whether the rest of a denominator is protected as its numerator is: a rate of nearly 100 per cent tells of the few
  /// that are not counted.
  public let protectsComplement: Bool
  /// Whether rates are computed from counts before rounding.
  public let ratesAreExact: Bool
  /// Whether further counts are held back so that those held back first cannot be found from sums and differences.
  public let hasSecondary: Bool
  /// How much must remain unknown.
  public let remainder: Remainder

  /// The fewest events for which a directly standardised rate is published, in every rule but `none`
  /// (Office for Health Improvement and Disparities, PHEindicatormethods: no rate below 10 events).
  public static let fewestStandardisedEvents = 10

  /// A rule of one's own.
  ///
  /// - Parameters:
  ///   - name: the name by which it is asked for.
  ///   - summary: what it does.
  ///   - source: where it comes from.
  ///   - withheld: the counts that are held back, from 0 or more up to ``DisclosureTable/largestFigure``; nil for none.
  ///   - rounding: the unit of rounding, 2 or more up to the same; nil or less for no rounding.
  ///   - marksLowCounts: whether a count that rounds to zero is published as `low`.
  ///   - sparesNational: whether national counts are published as they are.
  ///   - protectsComplement: whether the rest of a denominator is protected too.
  ///   - ratesAreExact: whether rates are computed from counts before rounding.
  ///   - hasSecondary: whether further counts are held back where sums would tell.
  ///   - remainder: how much must remain unknown.
  public init(
    name: String, summary: String, source: String, withheld: ClosedRange<Int>?, rounding: Int? = nil,
    marksLowCounts: Bool = false, sparesNational: Bool = false, protectsComplement: Bool = false,
    ratesAreExact: Bool = false, hasSecondary: Bool = true, remainder: Remainder = .wholeBounds
  ) {
    self.name = name
    self.summary = summary
    self.source = source
    let largest = DisclosureTable.largestFigure
    self.withheld = withheld.map {
      min(max(0, $0.lowerBound), largest)...min(max(0, $0.upperBound), largest)
    }
    self.rounding = rounding.flatMap { $0 > 1 ? min($0, largest) : nil }
    self.marksLowCounts = marksLowCounts
    self.sparesNational = sparesNational
    self.protectsComplement = protectsComplement
    self.ratesAreExact = ratesAreExact
    self.hasSecondary = hasSecondary
    self.remainder = remainder
  }

  /// Whether zero is held back as other small counts are.
  public var protectsZero: Bool { withheld?.lowerBound == 0 }

  /// Whether a count is held back at first sight.
  ///
  /// - Parameters:
  ///   - count: the people, or the events, behind the figure.
  ///   - isNational: whether it is of the whole nation.
  public func withholds(_ count: Int, isNational: Bool = false) -> Bool {
    guard let withheld, !(isNational && sparesNational) else { return false }
    return withheld.contains(count)
  }

  /// Whether a directly standardised rate may be published.
  ///
  /// - Parameter events: the events behind it.
  public func allowsStandardisedRate(events: Int) -> Bool {
    withheld == nil && rounding == nil || events >= Self.fewestStandardisedEvents
  }

  /// A count as it is published, when it is not held back: the nearest multiple of the unit, a tie upwards.
  func rounded(_ count: Int, isNational: Bool) -> Int {
    guard let rounding, !(isNational && sparesNational) else { return count }
    let down = count - ((count % rounding) + rounding) % rounding
    return 2 * (count - down) >= rounding ? (Int.max - rounding > down ? down + rounding : down) : down
  }

  /// What a reader knows of a count from its published form: all counts that are published so.
  func known(ofPublished count: Int, isNational: Bool) -> ClosedRange<Int> {
    guard let rounding, !(isNational && sparesNational) else { return count...count }
    // Zero is told from the rest: by its own mark, or because small counts are held back.
    if count == 0, marksLowCounts || withheld.map({ !protectsZero && $0.upperBound >= rounding / 2 }) == true
    {
      return 0...0
    }
    let centre = rounded(count, isNational: isNational)
    var low = max(0, centre - rounding / 2)
    let high = centre + (rounding - 1) / 2
    if marksLowCounts { low = max(low, 1) }
    if let withheld, count > withheld.upperBound { low = max(low, withheld.upperBound + 1) }
    return min(low, count)...max(high, count)
  }
}
