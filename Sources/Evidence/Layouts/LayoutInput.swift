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
    /// The header of an earlier release of the same publication, against which columns that are new, gone or renamed are
    /// reported; none to compare with when it is empty.
    public var previousHeader: [String]
    /// The most bytes that are held, after decompression.
    public var byteLimit: Int

    /// Options; all of a file, unless said otherwise.
    public init(
      areas: [String] = [], measures: [String] = [], published: CivilDate? = nil, sheet: String? = nil,
      range: String? = nil, frequency: Frequency? = nil, yearType: YearType? = nil, year: Int? = nil,
      outturnYear: Int? = nil, mending: Set<CareMending> = [], dictionary: String? = nil,
      previousHeader: [String] = [], byteLimit: Int = FileContents.defaultLimit
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
      self.previousHeader = previousHeader
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

  /// Reads the table of the file row by row: a delimited text in UTF-8 or Windows-1252, compressed or not, or the sheet
  /// of a workbook.
  ///
  /// - Parameters:
  ///   - allowsRepeatedNames: whether two columns may share a name; without it, such a header is refused.
  ///   - body: reads the rows; it is called again, after ``LayoutTable`` of another encoding, when the text turns out
  ///     not to be UTF-8, and must then begin anew.
  /// - Throws: ``EvidenceError``: what opening and the header give, and what the body throws.
  public func reading<Result>(
    allowsRepeatedNames: Bool = false, _ body: (inout LayoutTable) throws(EvidenceError) -> Result
  ) throws(EvidenceError) -> Result {
    if try isWorkbook {
      let text = try sheetTable().delimitedText()
      var lines = DelimitedReader(bytes: text.bytes, file: text.file, separator: .comma)
      let header = try TableHeader(reading: &lines)
      var table = LayoutTable(header: header, lines: lines, sheet: text)
      return try body(&table)
    }
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

  /// Whether the file is a workbook, by its first bytes.
  ///
  /// - Throws: ``EvidenceError`` when the file cannot be opened.
  public var isWorkbook: Bool {
    get throws(EvidenceError) {
      guard path != "-", ByteFeed.isFile(path) else { return false }
      let feed = try ByteFeed(path, limit: 8, blockSize: 8)
      var bytes: [UInt8] = []
      do throws(EvidenceError) {
        _ = try feed.append(to: &bytes)
      } catch {
        // What is longer than eight bytes or no sound gzip is for the reader to say.
        guard case .unreadable = error else { return false }
        throw error
      }
      return bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]) || bytes.starts(with: [0xD0, 0xCF, 0x11, 0xE0])
    }
  }

  /// The table of the sheet and cells that were asked for.
  ///
  /// - Throws: ``EvidenceError`` for what is no workbook that can be read, a sheet or cells that are not there, and cells
  ///   without a table.
  func sheetTable() throws(EvidenceError) -> SheetTable {
    try Workbook(path: path).table(sheet: options.sheet, range: options.range)
  }
}
