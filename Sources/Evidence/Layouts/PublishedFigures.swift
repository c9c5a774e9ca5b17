import TimeSeries

/// What was read from a published file: its figures, series by series, and what became of every row.
public struct PublishedFigures: Sendable {
  /// A series and its figures in the order of the file.
  public struct PublishedSeries: Sendable {
    /// What tells it from others.
    public let key: PublishedSeriesKey
    /// Its figures.
    public fileprivate(set) var figures: [PublishedFigure] = []
  }

  /// The file, as it was named.
  public let file: String
  /// The layout that read it.
  public let layout: String
  /// The series, in the order in which they first appear.
  public private(set) var series: [PublishedSeries] = []
  /// What was taken for granted or done, as sentences.
  public private(set) var notes: [String] = []
  /// What is wrong and what is doubtful, in the order in which it was met.
  public private(set) var problems: [Problem] = []
  /// The problems beyond those that are held.
  public private(set) var omittedProblems = 0
  /// What became of every row and cell.
  public var tally = ImportTally()
  /// Whether the figures were counted from rows of single children, so that disclosure control applies before any of
  /// them is shown.
  public var isChildLevel = false
  private var positions: [PublishedSeriesKey: Int] = [:]

  /// The most problems that are held; the others are counted.
  static let problemLimit = 1000

  /// Takes figures of a file.
  public init(file: String, layout: String) {
    self.file = file
    self.layout = layout
  }

  /// The position of a series, which is begun when it is new.
  public mutating func position(of key: PublishedSeriesKey) -> Int {
    if let known = positions[key] { return known }
    positions[key] = series.count
    series.append(PublishedSeries(key: key))
    return series.count - 1
  }

  /// Adds a figure to a series, and counts it.
  ///
  /// - Parameter position: of the series; from ``position(of:)``.
  public mutating func add(_ figure: PublishedFigure, to position: Int) {
    guard series.indices.contains(position) else { return }
    series[position].figures.append(figure)
    tally.count(figure)
  }

  /// Adds a figure that has been counted before.
  mutating func append(_ figure: PublishedFigure, to position: Int) {
    guard series.indices.contains(position) else { return }
    series[position].figures.append(figure)
  }

  /// Adds a sentence, once.
  public mutating func note(_ sentence: String) {
    if !notes.contains(sentence) { notes.append(sentence) }
  }

  /// Adds a problem of a cell that is lost by it, and counts the cell.
  public mutating func fail(row: Int, _ message: String) {
    tally.unreadable += 1
    report(Problem(file: file, row: row, message: message))
  }

  /// Adds a problem of a row that is lost by it, and counts the row.
  public mutating func failRow(_ row: Int, _ message: String) {
    tally.unreadableRows += 1
    report(Problem(file: file, row: row, message: message))
  }

  /// Adds a problem.
  public mutating func report(_ problem: Problem) {
    if problems.count < Self.problemLimit { problems.append(problem) } else { omittedProblems += 1 }
  }

  /// Adds the problems that another reader found, and the number of those that it does not list.
  public mutating func report(_ problems: [Problem], omitted: Int) {
    for problem in problems { report(problem) }
    omittedProblems += max(0, omitted)
  }

  /// Begins anew: for a text that turns out to be in another encoding.
  public mutating func clear() {
    self = PublishedFigures(file: file, layout: layout)
  }
}

/// What became of the rows and cells of a file: the numbers that reconcile to the row.
public struct ImportTally: Hashable, Sendable {
  /// The rows under the header.
  public var rows = 0
  /// Rows with nothing in them.
  public var blankRows = 0
  /// Rows that were not wanted: another area or measure was asked for.
  public var unwantedRows = 0
  /// Rows that could not be read at all, each with a problem.
  public var unreadableRows = 0
  /// Figures with a value.
  public private(set) var values = 0
  /// Figures without one, by reason.
  public private(set) var suppressed = 0
  /// Figures that round to zero.
  public private(set) var roundedToZero = 0
  /// Figures that are not available.
  public private(set) var notAvailable = 0
  /// Figures that cannot be.
  public private(set) var notApplicable = 0
  /// Cells of measures that were not wanted.
  public var unwantedCells = 0
  /// Cells that could not be read, each with a problem.
  public var unreadable = 0

  /// Nothing read yet.
  public init() {}

  /// The cells of measures in the rows that were read: figures, unwanted and unreadable.
  public var cells: Int { figures + unwantedCells + unreadable }

  /// The figures: values and absences.
  public var figures: Int { values + suppressed + roundedToZero + notAvailable + notApplicable }

  /// The rows that gave cells.
  public var rowsRead: Int { rows - blankRows - unwantedRows - unreadableRows }

  mutating func count(_ figure: PublishedFigure) {
    switch figure.observation {
    case .value: values += 1
    case .suppressed: suppressed += 1
    case .roundsToZero: roundedToZero += 1
    case .notAvailable: notAvailable += 1
    case .notApplicable: notApplicable += 1
    }
  }
}
