/// How many numbers were read other than as they were written, and in what way.
public struct LooseNumberTally: Hashable, Sendable {
  private var counts = [Int](repeating: 0, count: LooseNumber.Change.allCases.count)
  private var examples = [String](repeating: "", count: LooseNumber.Change.allCases.count)

  /// A tally with nothing in it.
  public init() {}

  /// Counts a number, once for each thing that was done to it.
  ///
  /// - Parameters:
  ///   - number: the number that was read.
  ///   - text: how it was written; the first text of each kind is shown as an example.
  public mutating func count(_ number: LooseNumber, writtenAs text: some StringProtocol) {
    for (position, change) in LooseNumber.Change.allCases.enumerated() where number.changes.contains(change) {
      if counts[position] == 0 { examples[position] = "\"\(LooseText.trimmed(text))\" as \(number.plain)" }
      counts[position] += 1
    }
  }

  /// How many numbers had a change.
  public func count(of change: LooseNumber.Change) -> Int {
    for (position, candidate) in LooseNumber.Change.allCases.enumerated() where candidate == change {
      return counts[position]
    }
    return 0
  }

  /// What was done, a sentence for each kind of change with its count and its first example; none when all was plain.
  public var notes: [String] {
    LooseNumber.Change.allCases.enumerated().compactMap { position, change in
      let count = counts[position]
      guard count > 0 else { return nil }
      return
        "\(count) number\(count == 1 ? " was" : "s were") read \(Self.way(change)), such as \(examples[position])"
    }
  }

  private static func way(_ change: LooseNumber.Change) -> String {
    switch change {
    case .thousandsCommas: "without the commas between thousands"
    case .thousandsSpaces: "without the spaces between thousands"
    case .poundSign: "as pounds by the pound sign"
    case .magnitude: "with thousands, millions or billions multiplied out"
    case .parentheses: "as negative by the brackets around them"
    case .percentSign: "as percentages by the percent sign"
    case .typographicMinus: "with a dash as the minus sign"
    case .footnoteMark: "without the footnote marks after them"
    }
  }
}
