import Needscast

/// How far a piece of work is, in one line.
struct ProgressText: Hashable, Sendable {
  /// What is being done: `forecasting`.
  let what: String
  /// What is counted: `series`.
  let unit: String
  /// How many are done.
  let done: Int
  /// How many there are; nil where nobody knows.
  let total: Int?
  /// The seconds since the work began.
  let seconds: Int

  private static let bar = 24

  /// The line, at most a number of places wide: where it is narrow the bar and the estimate go, then the count.
  func line(width: Int) -> String {
    let clock = Self.clock(seconds)
    guard let total, total > 1 else {
      let counted = done > 0 && (total ?? 2) > 1 ? "\(NumberText.whole(done)) \(unit)" : nil
      return Self.first(
        of: [[what, counted, clock], [what, clock]].map { $0.compactMap(\.self).joined(separator: "  ") },
        width: width)
    }
    let share = min(1, Double(done) / Double(total))
    let filled = Int((share * Double(Self.bar)).rounded(.down))
    let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: Self.bar - filled)
    let percent = "\(Int((share * 100).rounded(.down)))%"
    let count = "\(NumberText.whole(min(done, total))) of \(NumberText.whole(total)) \(unit)"
    let rest = left.map { "about \(Self.clock($0)) left" }
    let forms: [[String?]] = [
      [what, bar, percent, count, clock, rest], [what, percent, count, clock, rest],
      [what, percent, clock, rest], [what, percent, clock],
    ]
    return Self.first(of: forms.map { $0.compactMap(\.self).joined(separator: "  ") }, width: width)
  }

  /// The seconds that are left if the rest goes as what is done; nil where too little is done to say.
  private var left: Int? {
    guard let total, done > 0, done < total, seconds > 1 else { return nil }
    let estimate = Double(seconds) * Double(total - done) / Double(done)
    return estimate < 360_000 ? Int(estimate.rounded(.up)) : nil
  }

  private static func first(of forms: [String], width: Int) -> String {
    forms.first { DisplayText.width(of: $0) <= width } ?? ""
  }

  /// Minutes and seconds, `0:07`; hours where there are any, `1:02:05`.
  private static func clock(_ seconds: Int) -> String {
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    let (minutes, rest) = seconds.quotientAndRemainder(dividingBy: 60)
    guard minutes >= 60 else { return "\(minutes):\(two(rest))" }
    return "\(minutes / 60):\(two(minutes % 60)):\(two(rest))"
  }
}
