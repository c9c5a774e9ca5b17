import ArgumentParser
import Needscast

/// `needscast rates`: rates and shares with their limits, beside others and over time.
struct RatesVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rates",
    abstract: "Give rates and shares their limits, set areas beside others, and test trends.",
    discussion: """
      Reads a series file. Figures with numerator and denominator are worked out from them (the column value must be \
      there, and may then be empty); counts become rates of the \
      population of --population; published rates without counts keep their value, and have limits only where they are \
      published too or the population implies them. Shares have Wilson limits, rates Byar's and below ten events the exact \
      Poisson ones. An area is better or worse than a benchmark only where the benchmark lies outside its limits.

      EXAMPLES:
        needscast rates Datasets/invented/rates.csv --latest
        needscast rates Datasets/invented/rates.csv --area Exampleshire --trend
        needscast rates Datasets/invented/rates.csv --pool 3 --funnel --format csv
        needscast rates Datasets/invented/rates-by-age.csv --standardise direct --bands age_band
        needscast rates Datasets/sefton/series/looked-after.csv --series looked-after-children --area Sefton \
      --population Datasets/sefton/series/population.csv --trend --joinpoint
        needscast rates Datasets/sefton/series/looked-after.csv --series looked-after-rate --area Sefton --latest \
      --neighbours Datasets/sefton/neighbours.csv --population Datasets/sefton/series/population.csv
      """)

  /// How rates are standardised for age.
  enum Standardisation: String, ExpressibleByArgument, CaseIterable {
    case direct
    case indirect
  }

  @Argument(help: "The series file, or - for standard input.")
  var input: String

  @Option(help: ArgumentHelp("Report this series only; may be repeated.", valueName: "id"))
  var series: [String] = []

  @Option(
    help: ArgumentHelp(
      "Report this area only, others are still compared with; may be repeated.", valueName: "area"))
  var area: [String] = []

  @Flag(help: "Report the last period of each series only.")
  var latest = false

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "The levels of the limits, in per cent, from 50 on (default: 95,99.8).", valueName: "95,99.8"),
    transform: ArgumentForms.levels)
  var confidence: IntervalLevels?

  @Option(
    help: ArgumentHelp(
      "A series file with the population of each area, as a count: the denominator of counts.",
      valueName: "file"))
  var population: String?

  @Option(help: ArgumentHelp("The series of --population, where it holds several.", valueName: "id"))
  var populationSeries: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "The number of people that rates of counts are told by (default: 10,000; standardised 100,000).",
      valueName: "n"),
    transform: Self.multiplier)
  var per: Double?

  @Option(
    help: ArgumentHelp(
      "The area to compare with (default: England, where it is in the file).", valueName: "area"))
  var benchmark: String?

  @Option(help: ArgumentHelp("A second area to compare with.", valueName: "area"))
  var region: String?

  @Option(
    help: ArgumentHelp(
      "A file with the column area: rank, quarter and z of the reported areas among these.", valueName: "file"
    ))
  var neighbours: String?

  @Option(
    help: ArgumentHelp(
      "The rule of better and worse.",
      valueName: "limits-95|limits-99.8|overlap-95|overlap-99.8|quartiles|none"),
    transform: Self.method)
  var compare: ComparisonMethod = .limits(.p95)

  @Option(
    help: ArgumentHelp(
      "Which way every measure goes, whatever the file says.", valueName: "higher|lower|neutral"),
    transform: Self.polarity)
  var polarity: Polarity?

  @Flag(help: "Test trends: the recent-trend marker of five years, Mann-Kendall, Sen's slope.")
  var trend = false

  @Flag(help: "Test recent trends of shares by logistic regression on counts as well.")
  var logistic = false

  @Flag(help: "Fit straight lines that meet where the trend changes (joinpoint regression).")
  var joinpoint = false

  @Flag(help: "Test each figure against the one before.")
  var change = false

  @Flag(help: "Say where each area lies in the funnel of all areas of its period.")
  var funnel = false

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Sum counts over this many years, 2 to 20.", valueName: "years"), transform: Self.years
  )
  var pool: Int?

  @Option(
    help: ArgumentHelp(
      "Standardise for age; the file has a row for each band of --bands.", valueName: "direct|indirect"))
  var standardise: Standardisation?

  @Option(help: ArgumentHelp("The column of the age bands.", valueName: "column"))
  var bands: String?

  @Option(
    help: ArgumentHelp(
      "A file with the columns band,weight (default: European Standard Population 2013).", valueName: "file"))
  var standard: String?

  @Option(help: ArgumentHelp("Also write the failures to this file, as CSV.", valueName: "file"))
  var errors: String?

  @OptionGroup var seriesInput: SeriesInputOptions

  @OptionGroup var options: OutputOptions

  func validate() throws {
    try checkLevels()
    if (standardise == nil) != (bands == nil) {
      throw ValidationError("--standardise and --bands go together: how, and the column of the age bands.")
    }
    if standard != nil, standardise != .direct {
      throw ValidationError("--standard is for --standardise direct.")
    }
    if standardise != nil, pool != nil || population != nil || funnel || change {
      throw ValidationError(
        "--standardise takes counts by age band; leave out --pool, --population, --funnel and --change.")
    }
    if populationSeries != nil, population == nil {
      throw ValidationError("--population-series names a series of --population; give the file too.")
    }
  }

  /// Limits of less than half of chance are asked for by mistake, such as 0.95 for 95.
  private func checkLevels() throws {
    guard let levels = confidence?.percentages else { return }
    if let low = levels.first(where: { $0 < 50 }) {
      let meant = low < 1 && low >= 0.5 ? "; write \(NumberText.plain(low * 100)) if that is meant" : ""
      throw ValidationError(
        "--confidence takes levels from 50 to below 100 per cent, such as 95,99.8, and not "
          + "\(NumberText.plain(low))\(meant).")
    }
    if let fine = levels.first(where: { ($0 * 10 - ($0 * 10).rounded()).magnitude > 1e-9 }) {
      throw ValidationError(
        "--confidence takes levels to a tenth of a per cent, such as 95,99.8, and not \(NumberText.plain(fine))."
      )
    }
    if Set(levels).count < levels.count {
      throw ValidationError("--confidence takes every level once.")
    }
  }

  func run() throws {
    try Failure.reporting {
      let inputs = [input] + [population, neighbours, standard].compactMap { $0 }
      let errorsTarget = errors.map { [OutputTarget(option: "--errors", path: $0)] } ?? []
      try OutputTarget.check(options.target + errorsTarget, against: inputs, overwrite: options.force)
      let run = try RatesRun(self)
      for note in run.notes { options.say(note) }
      let report = RatesReport(run.document)
      let hasTrends = trend || joinpoint || logistic
      switch options.format {
      case .text: try options.write(report.text(width: options.page.width))
      case .csv: try options.write(hasTrends ? report.trendsCSV() : report.csv())
      case .json: try options.write(try report.json())
      }
      if let errors {
        do {
          try AtomicOutput.write(run.failuresCSV, to: errors, overwrite: options.force)
        } catch {
          throw Failure(error)
        }
      }
      for failure in run.failures { StandardStreams.error("\(failure.message)\n") }
      guard run.failures.isEmpty else { throw ExitCode(Failure.wrongData) }
    }
  }

  private static func multiplier(_ text: String) throws -> Double {
    guard let number = Double(text.filter { $0 != "," }), number > 0, number <= 1e9 else {
      throw ValidationError("write a number of people above 0, such as 10000 or 100,000.")
    }
    return number
  }

  private static func years(_ text: String) throws -> Int {
    guard let years = Int(text), (2...20).contains(years) else {
      throw ValidationError("write a whole number from 2 to 20, such as 3.")
    }
    return years
  }

  private static func method(_ text: String) throws -> ComparisonMethod {
    guard let method = ComparisonMethod(text) else {
      throw ValidationError(
        "write limits-95, limits-99.8, overlap-95, overlap-99.8, quartiles or none.")
    }
    return method
  }

  private static func polarity(_ text: String) throws -> Polarity {
    switch text {
    case "higher": return .higherIsBetter
    case "lower": return .lowerIsBetter
    case "neutral": return .neutral
    default: throw ValidationError("write higher, lower or neutral.")
    }
  }
}
