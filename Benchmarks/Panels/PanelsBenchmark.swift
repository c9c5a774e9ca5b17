import Foundation
import Needscast

/// Scores the automatic forecaster beside naive on series whose last part is set aside: the command forecasts from what
/// it may see, in whole processes from file to file, and is scored by what came.
///
///     swift run -c release PanelsBenchmark .build/release/needscast TRUTH.csv [model ...]
///
/// A value without a forecast is scored with the last value that was seen, lies in no interval, and is counted as
/// missing. Series whose scale is zero are left out of scaled measures and counted.
@main
struct PanelsBenchmark {
  static let levels = [0.8, 0.95]

  static func main() {
    let arguments = Array(CommandLine.arguments.dropFirst())
    guard arguments.count >= 2 else {
      print("usage: PanelsBenchmark COMMAND TRUTH.csv [MODEL ...]")
      exit(64)
    }
    do {
      try run(
        arguments[0], path: arguments[1],
        models: arguments.count > 2 ? Array(arguments[2...]) : ["automatic", "naive"])
    } catch {
      FileHandle.standardError.write(Data("\(error)\n".utf8))
      exit(65)
    }
  }

  static func run(_ command: String, path: String, models: [String]) throws {
    let truth = try TruthFile(path)
    let pool = truth.labelNames.contains("pool") ? "pool" : nil
    let isPooled = try pool != nil && ForecastRun.canPool(command)
    print("\(path): \(truth.items.count) series" + (isPooled ? ", pooled by the column pool" : ""))
    if pool != nil, !isPooled { print("(the command cannot pool yet: each series is forecast by itself)") }
    print("")
    let runs = try models.map { model in
      // What each series says by itself is the same in a pool.
      (
        model,
        try ForecastRun(command, truth: truth, model: model, pool: isPooled && model != "naive" ? pool : nil)
      )
    }
    print(
      "| group | model | series | forecasts | missing | zero scale | sMAPE | MASE | RMSSE | 80% | 95% | MSIS |"
    )
    print("| --- | --- |" + String(repeating: " ---: |", count: 10))
    for (column, values) in groups(of: truth) {
      for value in values {
        for (model, run) in runs {
          let items = truth.items.filter { Self.label(column, of: $0) == value }
          let (measures, missing) = measures(items, run)
          print("| \(column == nil ? "all" : value) | \(model) | " + row(measures, missing) + " |")
        }
      }
    }
    print(
      "\nSeconds, whole processes: " + runs.map { "\($0) \(fixed($1.seconds, 2))" }.joined(separator: ", ")
        + "\n")
  }

  /// The columns by which the measures are divided, those that are there, and their values; nil for all series.
  private static func groups(of truth: TruthFile) -> [(column: String?, values: [String])] {
    let columns = ["mission", "origin"].filter(truth.labelNames.contains)
    let divided: [(String?, [String])] = (columns + ["frequency"]).compactMap { column in
      let values = Set(truth.items.map { label(column, of: $0) }).sorted()
      return values.count > 1 ? (column, values) : nil
    }
    return [(nil, [""])] + divided
  }

  private static func label(_ column: String?, of item: TruthFile.Item) -> String {
    guard let column else { return "" }
    return column == "frequency" ? item.frequency.rawValue : item.labels[column] ?? ""
  }

  private static func measures(_ items: [TruthFile.Item], _ run: ForecastRun) -> (AccuracyMeasures, Int) {
    var tally = AccuracyTally(levels: levels)
    var missing = 0
    for item in items where !item.test.isEmpty {
      let own = run.steps[item.id] ?? [:]
      var series = SeriesAccuracy(scale: item.scale, levels: levels)
      for (index, came) in item.test.enumerated() {
        if let point = own[index + 1] {
          series.add(point, actual: came.value)
        } else if let last = item.train.last {
          missing += 1
          series.add(ForecastPoint(mean: last.value), actual: came.value)
        }
      }
      tally.add(series)
    }
    return (tally.measures, missing)
  }

  private static func row(_ measures: AccuracyMeasures, _ missing: Int) -> String {
    ["\(measures.series)", "\(measures.forecasts)", "\(missing)", "\(measures.zeroScale)"].joined(
      separator: " | ")
      + " | "
      + ([measures.smape, measures.mase, measures.rmsse] + measures.coverage + [measures.msis])
      .map { $0.map { fixed($0, 4) } ?? "–" }.joined(separator: " | ")
  }

  private static func fixed(_ value: Double, _ decimals: Int) -> String {
    String(format: "%.\(decimals)f", value)
  }
}
