import ArgumentParser
import Needscast

/// What is drawn, as `needscast chart --kind` names it.
enum ChartKind: String, CaseIterable, Sendable {
  case fan
  case multiples
  case histogram
  case stack
  case bridge
  case tornado
  case scenarios
  case neighbours
  case slope
  case hindcast

  /// The kinds that a series file has.
  static let ofSeries: [ChartKind] = [.fan, .multiples]

  /// The kinds with a comma between them.
  static let names = allCases.map(\.rawValue).joined(separator: ", ")

  /// The options, beside those of every chart, that say something to a kind of a workspace.
  var options: Set<String> {
    switch self {
    case .fan: ["--service", "--figure", "--scenario", "--to", "--compare-outturn"]
    case .multiples: ["--figure", "--scenario", "--to"]
    case .histogram: ["--service", "--figure", "--year", "--scenario", "--to"]
    case .stack: ["--service", "--part", "--scenario", "--to"]
    case .bridge: ["--service", "--from", "--to", "--year", "--scenario"]
    case .tornado: ["--service", "--figure", "--year", "--scenario", "--most"]
    case .scenarios: ["--service", "--figure", "--year", "--scenario", "--to"]
    case .hindcast: ["--scenario", "--to"]
    case .neighbours, .slope: ["--indicator"]
    }
  }

  /// Whether it is drawn from simulated futures, so that changes, draws and a seed matter.
  var isSimulated: Bool { self != .neighbours && self != .slope }

  /// A kind by its name; charts that have a verb of their own are refused with its name.
  static func named(_ text: String) throws -> ChartKind {
    if let kind = ChartKind(rawValue: text) { return kind }
    switch text {
    case "xmr", "spc", "control":
      throw ValidationError(
        "process-control charts are drawn by needscast spc FILE --series NAME --format svg.")
    case "waits", "waiting-list":
      throw ValidationError("waiting lists are drawn by needscast waits INPUT --list NAME --format svg.")
    default: throw ValidationError("write one of \(names).")
    }
  }
}

/// The forms of a chart: drawn unless otherwise asked for.
enum ChartFormat: String, ResultFormat {
  case svg
  case text
  case csv
  case json

  static var usual: ChartFormat { .svg }
}

/// What of a service is stacked.
enum StackedPart: String, ExpressibleByArgument, CaseIterable, Sendable {
  case spend
  case units
  case generalFund = "general-fund"

  var part: StackedAreaChart.ServicePart {
    switch self {
    case .spend: .spend
    case .units: .units
    case .generalFund: .generalFund
    }
  }
}

extension ArgumentForms {
  /// The width of a chart on a page or a telephone.
  static func chartWidth(_ text: String) throws -> Int {
    guard let width = Int(text), (360...1400).contains(width) else {
      throw ValidationError("write a whole number of pixels from 360 to 1400, such as 760.")
    }
    return width
  }

  /// The most bars of a tornado.
  static func bars(_ text: String) throws -> Int {
    guard let bars = Int(text), (1...100).contains(bars) else {
      throw ValidationError("write a whole number from 1 to 100, such as 12.")
    }
    return bars
  }
}
