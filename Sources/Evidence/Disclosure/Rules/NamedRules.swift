// The rules that have a name.

extension DisclosureRule {
  /// The rules that can be asked for by name, in the order in which they are listed.
  public static let named: [DisclosureRule] = [
    .hospitalEpisodes, .childMeasurement, .alcoholUnder18, .underFive, .underThree, .roundedToFive, .none,
  ]

  /// `hes`: 1 to 7 held back, other sub-national counts rounded to 5, zero and national counts as they are, rates from
  /// counts before rounding.
  public static let hospitalEpisodes = DisclosureRule(
    name: "hes",
    summary:
      "holds back 1 to 7, rounds other sub-national counts to 5, leaves zero and national counts; rates "
      + "from unrounded counts",
    source: "NHS Digital, disclosure control methodology for Hospital Episode Statistics, September 2018",
    withheld: 1...7, rounding: 5, sparesNational: true, ratesAreExact: true, hasSecondary: true,
    remainder: .twoValues)

  /// `ncmp`: numerators up to 7 held back, zero among them, and so is the rest of the denominator; all counts rounded
  /// to 5.
  public static let childMeasurement = DisclosureRule(
    name: "ncmp",
    summary:
      "holds back numerators of 7 or fewer and those within 7 of their denominator, rounds numerators "
      + "and denominators to 5; rates from rounded counts",
    source:
      "Office for Health Improvement and Disparities, National Child Measurement Programme in Fingertips",
    withheld: 0...7, rounding: 5, protectsComplement: true, remainder: .twoValues)

  /// `alcohol-under-18`: 1 to 5 held back, zero not, and further counts so that these cannot be found.
  public static let alcoholUnder18 = DisclosureRule(
    name: "alcohol-under-18",
    summary: "holds back 1 to 5, and further counts where sums would tell; zero is published",
    source:
      "Office for Health Improvement and Disparities, alcohol-specific admissions under 18 in Fingertips",
    withheld: 1...5)

  /// `under-5`: 1 to 4 held back, and further counts so that these cannot be found.
  public static let underFive = DisclosureRule(
    name: "under-5",
    summary: "holds back 1 to 4, and further counts where sums would tell; zero is published",
    source:
      "indicators of Fingertips that suppress 1 to 4; councils' answers under the Freedom of Information "
      + "Act, which say fewer than 5",
    withheld: 1...4, protectsComplement: true)

  /// `under-3`: 1 and 2 held back, and further counts so that these cannot be found.
  public static let underThree = DisclosureRule(
    name: "under-3",
    summary: "holds back 1 and 2, and further counts where sums would tell; zero is published",
    source: "indicators of Fingertips that suppress counts below 3",
    withheld: 1...2, protectsComplement: true)

  /// `round-to-5`: nothing held back; all counts rounded to 5, `low` where that gives zero.
  public static let roundedToFive = DisclosureRule(
    name: "round-to-5", summary: "holds nothing back, rounds to 5; low where 1 or 2 would round to zero",
    source: "Department for Education, Explore Education Statistics: rounding and the symbol low",
    withheld: nil, rounding: 5, marksLowCounts: true, hasSecondary: false)

  /// `none`: everything is published as it is.
  public static let none = DisclosureRule(
    name: "none", summary: "publishes everything as it is", source: "figures that are public already",
    withheld: nil, hasSecondary: false)

  /// The rule of a name; capitals and spaces around it do not count.
  ///
  /// - Parameter name: one of the names of ``named``.
  /// - Throws: ``EvidenceError/badArgument(_:)`` that lists the names.
  public init(named name: String) throws(EvidenceError) {
    let wanted = name.lowercased().split(separator: " ", omittingEmptySubsequences: true).joined(
      separator: " ")
    guard let rule = Self.named.first(where: { $0.name == wanted }) else {
      let list = Self.named.map { "\($0.name) (\($0.summary))" }.joined(separator: "; ")
      throw .badArgument("disclosure rule \"\(name)\" is not known; accepted are \(list)")
    }
    self = rule
  }
}
