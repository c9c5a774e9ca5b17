import TimeSeries

/// Published files from which a workspace is begun: what a plan needs of them, of every authority.
public struct StartingFiles: Sendable {
  /// A file that was read.
  public struct File: Hashable, Sendable {
    /// The file, as it was named.
    public let path: String
    /// How it was read, and why so.
    public let sentence: String
    /// The layout that it was read in; nil for files that hold no figures.
    public let layout: String?
    /// The series of a plan that it holds, in order.
    public let series: [String]
    /// The numbers of the authorities of which it holds any figure.
    let authorities: Set<Int>

    /// The name of the file without its folders.
    public var name: String { Self.name(of: path) }

    /// The name of a file without its folders.
    static func name(of path: String) -> String { path.split(separator: "/").last.map(String.init) ?? path }
  }

  /// The figures of a series and an area, all of them from one file.
  struct Held: Sendable {
    let measure: PublishedMeasure
    let path: String
    /// In order, one to a period.
    let figures: [PublishedFigure]
  }

  /// Where figures belong.
  enum Place: Hashable, Sendable {
    /// An authority, by its number.
    case authority(Int)
    case england
    /// An integrated care board, by its name in the file.
    case board(String)
  }

  /// The files, in the order in which they were named.
  public let files: [File]
  /// What was left out or could not be read, as sentences.
  public let notes: [String]
  /// What is wrong with single cells.
  public let warnings: [Problem]
  /// The last day of any figure of an authority.
  let latestDay: CivilDate
  /// The statistical neighbours, where a file holds them.
  let neighbours: NeighbourSet?
  let measures: PublishedMeasures
  let gazetteer: Gazetteer
  private let held: [String: [Place: Held]]

  /// Reads files whose layouts are recognised.
  ///
  /// - Parameter paths: the files. Where two hold the same series of an area, the one that is named first is taken.
  /// - Throws: ``EvidenceError``: no file, a file that cannot be read, a layout that is not known or that holds nothing
  ///   that a plan needs.
  public init(reading paths: [String]) throws(EvidenceError) {
    guard !paths.isEmpty else {
      throw .badArgument(
        "--area needs published files to begin from; give each with --from: \(StartingAdvice.files)")
    }
    gazetteer = try Gazetteer.english
    measures = try PublishedMeasures.embedded
    var reading = StartingReading(gazetteer: gazetteer, measures: measures)
    for path in paths { try reading.read(path) }
    files = reading.files
    notes = reading.notes
    warnings = reading.warnings
    neighbours = reading.neighbours
    held = reading.held
    guard let day = reading.latestDay else {
      throw .badArgument(
        "--from: the files hold no figure of any authority; give \(StartingAdvice.files)")
    }
    latestDay = day
  }

  /// The figures of a series and a place.
  func held(_ series: String, _ place: Place) -> Held? { held[series]?[place] }

  /// The latest value of a series in a place.
  func latest(_ series: String, _ place: Place) -> Double? {
    held(series, place)?.figures.last { $0.observation.value != nil }?.observation.value
  }

  /// The authorities of which anything is held, by number.
  var authorities: [Authority] {
    var numbers: Set<Int> = []
    for places in held.values {
      for case .authority(let number) in places.keys { numbers.insert(number) }
    }
    return numbers.sorted().compactMap { gazetteer[$0] }
  }

  /// The boards of which waiting lists are held, in order.
  var boards: [String] {
    var names: Set<String> = []
    for places in held.values { for case .board(let name) in places.keys { names.insert(name) } }
    return names.sorted()
  }

  /// The series of which anything is held for an authority.
  func series(of authority: Authority) -> Set<String> {
    Set(held.filter { $0.value[.authority(authority.number)] != nil }.keys)
  }
}

/// What to give, in words.
enum StartingAdvice {
  /// The files from which a plan can be begun.
  static let files = """
    lait.csv.gz (Local Authority Interactive Tool), population_0_17.csv (mid-year estimates), dsg_allocations.csv and \
    dsg_cumulative_deficit.csv (Dedicated Schools Grant), high_needs_benchmarking_2021_22.csv (Section 251 by line), or \
    files in their layouts under any name
    """
}
