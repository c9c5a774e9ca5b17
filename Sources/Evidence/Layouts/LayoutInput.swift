import TimeSeries

/// A file that is read as a layout, and what was asked for.
public struct LayoutInput: Sendable {
  /// What to read of a file, and what to know that it does not say.
  public struct Options: Hashable, Sendable {
    /// The areas that are wanted, by any of their names or codes; all when there are none.
    public var areas: [String]
    /// The measures that are wanted, by the name that the layout gives them; all when there are none.
    public var measures: [String]
    /// The day on which the file was published, where its rows do not say.
    public var published: CivilDate?
    /// The sheet of a workbook; nil for the only one that is not hidden.
    public var sheet: String?
    /// The cells of the sheet, such as `A1:F20`; nil for all.
    public var range: String?
    /// How often the periods follow one another, where they do not say.
    public var frequency: Frequency?
    /// The kind of year, where the periods do not say.
    public var yearType: YearType?
    /// The calendar year in which the year of the file begins, where the file does not say: 2021 for the high needs
    /// benchmarking tool of 2021-22.
    public var year: Int?
    /// The calendar year in which the year of outturn figures begins, where the file does not say.
    public var outturnYear: Int?
    /// What may be done to rows of a care return that contradict each other; what is not asked for is refused.
    public var mending: Set<CareMending>
    /// A file that explains the measures, for layouts that have one: the data dictionary of the Local Authority
    /// Interactive Tool.
    public var dictionary: String?
    /// The most bytes that are held, after decompression.
    public var byteLimit: Int

    /// Options; all of a file, unless said otherwise.
    public init(
      areas: [String] = [], measures: [String] = [], published: CivilDate? = nil, sheet: String? = nil,
      range: String? = nil, frequency: Frequency? = nil, yearType: YearType? = nil, year: Int? = nil,
      outturnYear: Int? = nil, mending: Set<CareMending> = [], dictionary: String? = nil,
      byteLimit: Int = FileContents.defaultLimit
    ) {
      self.areas = areas
      self.measures = measures
      self.published = published
      self.sheet = sheet
      self.range = range
      self.frequency = frequency
      self.yearType = yearType
      self.year = year
      self.outturnYear = outturnYear
      self.mending = mending
      self.dictionary = dictionary
      self.byteLimit = byteLimit
    }
  }

  /// The file, a folder for layouts of several files, or `-` for standard input.
  public let path: String
  /// What was asked for.
  public let options: Options

  /// An input.
  public init(_ path: String, options: Options = Options()) {
    self.path = path
    self.options = options
  }

  /// Reads the table of the file row by row: a delimited text in UTF-8 or Windows-1252, compressed or not.
  ///
  /// - Parameters:
  ///   - allowsRepeatedNames: whether two columns may share a name; without it, such a header is refused.
  ///   - body: reads the rows; it is called again, after ``LayoutTable`` of another encoding, when the text turns out
  ///     not to be UTF-8, and must then begin anew.
  /// - Throws: ``EvidenceError``: what opening and the header give, and what the body throws.
  public func reading<Result>(
    allowsRepeatedNames: Bool = false, _ body: (inout LayoutTable) throws(EvidenceError) -> Result
  ) throws(EvidenceError) -> Result {
    var encoding = TextFeed.Encoding.utf8
    while true {
      let bytes = try ByteFeed(path, limit: options.byteLimit)
      let canBeReadAgain = path != "-" && bytes.sizeOnDisk != nil
      let feed = TextFeed(bytes, encoding: canBeReadAgain ? encoding : .onePass)
      do throws(EvidenceError) {
        var lines = DelimitedReader(feed: feed)
        let header = try TableHeader(reading: &lines, allowsRepeatedNames: allowsRepeatedNames)
        var table = LayoutTable(header: header, lines: lines)
        let result = try body(&table)
        if feed.otherEncodingLine == nil { return result }
      } catch {
        guard feed.otherEncodingLine != nil else { throw error }
      }
      encoding = .windows1252(line: feed.otherEncodingLine ?? 1)
    }
  }
}

/// The rows of a file that a layout reads, one after another.
public struct LayoutTable {
  let header: TableHeader
  private var lines: DelimitedReader

  init(header: TableHeader, lines: DelimitedReader) {
    self.header = header
    self.lines = lines
  }

  /// The file, as it was named.
  public var file: String { header.file }
  /// The names of the columns, without spaces at their ends.
  public var columns: [String] { header.names }
  /// The line on which the row begins, from 1.
  public var row: Int { lines.row }
  /// The number of fields in the row.
  public var fieldCount: Int { lines.fieldCount }
  /// Whether every field of the row is empty.
  public var isBlank: Bool { lines.isBlank }
  /// What the reader should know of the text, as sentences; more may come with later rows.
  public var notes: [String] { lines.notes + header.notes }

  /// The position of a column, whatever its capitals: the first that is written so, else the first of the name; nil when
  /// there is none.
  public func column(_ name: String) -> Int? { header.column(name) }

  /// Reads the next row; false at the end.
  ///
  /// - Throws: ``EvidenceError/badData(problems:omitted:)`` for text that cannot be taken apart.
  public mutating func next() throws(EvidenceError) -> Bool { try lines.next() }

  /// The text of a field, from 0, as it stands; empty for a field that the row does not have.
  public func text(_ index: Int) -> String { lines.text(index) }

  /// The bytes of a field, from 0; none for a field that the row does not have.
  public func withBytes<Result>(_ index: Int, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
    lines.withBytes(index, body)
  }

  /// The positions of columns that a layout cannot do without.
  ///
  /// - Throws: ``EvidenceError/badData(problems:omitted:)`` that names those that are missing and what the header has.
  public func columns(required names: [String], of layout: String) throws(EvidenceError) -> [Int] {
    let missing = names.filter { column($0) == nil }
    guard missing.isEmpty else {
      let wanted = missing.map { "\"\($0)\"" }.joined(separator: ", ")
      let found = columns.prefix(40).map { "\"\($0)\"" }.joined(separator: ", ")
      throw .badData(
        Problem(
          file: file, row: 1,
          message: """
            the layout \(layout) needs \(missing.count == 1 ? "a column" : "columns") \(wanted), and the header has \
            \(found)\(columns.count > 40 ? " and \(columns.count - 40) more" : ""); name another layout, or mend the \
            header
            """))
    }
    return names.compactMap { column($0) }
  }
}
