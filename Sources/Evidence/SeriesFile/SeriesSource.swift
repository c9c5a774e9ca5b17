/// Where a series file comes from: opened as often as it is read, in the encoding that its text turns out to have.
struct SeriesSource {
  /// The file, or `-` for standard input.
  let path: String
  private let limit: Int
  /// The encoding, once it is known; UTF-8 until then.
  private var encoding = TextFeed.Encoding.utf8

  init(_ path: String, limit: Int) {
    self.path = path
    self.limit = limit
  }

  /// Reads the file from its start; again where it turns out to be in Windows-1252.
  ///
  /// - Throws: ``EvidenceError``: what opening and the header give, and what the body throws.
  mutating func reading<Result>(
    _ options: SeriesFileOptions, _ body: (inout SeriesFileReader) throws(EvidenceError) -> Result
  ) throws(EvidenceError) -> Result {
    while true {
      let feed = try open()
      do throws(EvidenceError) {
        var reader = try Self.reader(feed, options)
        let result = try body(&reader)
        if feed.otherEncodingLine == nil { return result }
      } catch {
        // What is wrong may be so only because the text ended where it stopped being UTF-8.
        guard feed.otherEncodingLine != nil else { throw error }
      }
      encoding = .windows1252(line: feed.otherEncodingLine ?? 1)
    }
  }

  /// A reader of the file from its start, whose encoding is known or which cannot be read again.
  func reader(_ options: SeriesFileOptions) throws(EvidenceError) -> SeriesFileReader {
    try Self.reader(try open(), options)
  }

  /// Whether the input can be opened again: a file can, a pipe cannot.
  var canBeReadAgain: Bool { path != "-" && ByteFeed.isFile(path) }

  private func open() throws(EvidenceError) -> TextFeed {
    let bytes = try ByteFeed(path, limit: limit)
    return TextFeed(bytes, encoding: path == "-" || bytes.sizeOnDisk == nil ? .onePass : encoding)
  }

  private static func reader(
    _ feed: TextFeed, _ options: SeriesFileOptions
  ) throws(EvidenceError) -> SeriesFileReader {
    var lines = DelimitedReader(feed: feed)
    let header = try TableHeader(reading: &lines)
    return try SeriesFileReader(
      header, lines: lines, baseName: FileContents.baseName(of: feed.file), options: options)
  }
}
