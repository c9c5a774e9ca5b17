import ArgumentParser
import Needscast

/// Which chart is drawn.
enum ControlChartChoice: String, CaseIterable, ExpressibleByArgument {
  case automatic
  case xmr
  case p
  case u
  case g

  /// The kind; nil for the one that suits a series.
  var kind: ControlChartKind? { ControlChartKind(rawValue: rawValue) }
}

/// How the limits are fixed, as it is written; a period is read beside the series it is for.
enum BaselineArgument {
  case points(Int)
  case upTo(String)
}

/// A recalculation as it is written, `2022-04=New pathway opened`; its period is read beside the series it is for.
struct RebaseArgument {
  let period: String
  let reason: String

  init(_ text: String) throws {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let trimmed = parts.map { $0.drop(while: \.isWhitespace) }
    guard trimmed.count == 2, !trimmed[0].isEmpty, !trimmed[1].isEmpty else {
      throw ValidationError(
        "write the period and, after =, what happened then, such as \"2022-04=New pathway opened\"; without a reason "
          + "limits are not worked out anew.")
    }
    guard ControlChartArguments.isPeriod(String(trimmed[0])) else {
      throw ValidationError(
        "\"\(trimmed[0])\" is no period; write one of the series before =, such as "
          + "\"2022-04=New pathway opened\".")
    }
    period = String(trimmed[0])
    reason = String(trimmed[1])
  }
}

/// How the other options of control charts are written.
enum ControlChartArguments {
  /// The points or the period by which limits are fixed.
  static func baseline(_ text: String) throws -> BaselineArgument {
    if let count = Int(text), count < 1000 {
      guard count >= ControlChart.fewestPoints else {
        throw ValidationError(
          "\(text) points are too few for limits; give 12 to 999 points, or a period such as 2024-03.")
      }
      return .points(count)
    }
    guard isPeriod(text) else {
      throw ValidationError("write a number of points from 12 to 999, or a period such as 2024-03.")
    }
    return .upTo(text)
  }

  /// Whether a text is a period of any kind; whether a series has such periods is seen beside the series.
  static func isPeriod(_ text: String) -> Bool {
    let frequencies: [Frequency?] = [nil] + Frequency.allCases
    let years: [YearType?] = [nil] + YearType.allCases
    return frequencies.contains { frequency in
      years.contains { (try? Period(parsing: text, frequency: frequency, yearType: $0)) != nil }
    }
  }

  static func target(_ text: String) throws -> Double {
    guard let level = Double(text), level.isFinite else {
      throw ValidationError("write a number in the unit of the series, such as 92 for per cent.")
    }
    return level
  }

  static func width(_ text: String) throws -> Int {
    guard let width = Int(text), (360...2000).contains(width) else {
      throw ValidationError("write a whole number of pixels from 360 to 2000, such as 760.")
    }
    return width
  }

  static func polarity(_ text: String) throws -> Polarity {
    guard let polarity = Self.read(polarity: text) else {
      throw ValidationError("write higher, lower or neutral: which way the measure should go.")
    }
    return polarity
  }

  /// A polarity as files and options write it; nil for anything else.
  static func read(polarity text: String) -> Polarity? {
    switch text.lowercased() {
    case "higher", "higher is better", "higherisbetter": .higherIsBetter
    case "lower", "lower is better", "lowerisbetter": .lowerIsBetter
    case "neutral": .neutral
    default: nil
    }
  }
}
