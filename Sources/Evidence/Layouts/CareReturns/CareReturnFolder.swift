import Commissioning

/// The files of returns of children looked after, as they are named in a folder.
struct CareReturnFolder {
  /// What a file holds.
  enum Kind: Hashable { case header, episodes }

  /// The returns, in order of years.
  let returns: [CareReturnFiles]
  /// What was taken for granted, as sentences.
  private(set) var notes: [String] = []

  private struct Pair {
    var headers: [String] = []
    var episodes: [String] = []
  }

  /// Finds the files of an input: all of a folder, or those of the year of one of its files.
  ///
  /// - Throws: ``EvidenceError``: nothing at the path; ``EvidenceError/badData(problems:omitted:)`` for a file without
  ///   its neighbour, several of one kind and year, and a year that nothing says.
  init(_ input: LayoutInput) throws(EvidenceError) {
    let path = input.path
    guard path != "-" else {
      throw .badArgument(
        "-: a return of children looked after is two files; name one of them, or their folder")
    }
    let isFolder = FolderListing.files(of: path) != nil
    let folder = isFolder ? path : Self.folder(of: path)
    let names = FolderListing.files(of: folder) ?? []
    let wanted = isFolder ? nil : path.split(separator: "/").last.map(String.init)
    if let wanted {
      guard names.contains(wanted) else { throw .noSuchFile(path: path) }
      guard Self.kind(of: wanted) != nil else {
        throw .badData(
          Problem(
            file: path,
            message: """
              the name does not say whether this is the Header or the Episodes file; put header or episodes into the names \
              of both, and the years, such as episodes_2022-23.csv
              """))
      }
    }
    var pairs: [Int?: Pair] = [:]
    var singleYears: [Int] = []
    for name in names {
      guard let kind = Self.kind(of: name) else { continue }
      let year = Self.year(of: name)
      if let wanted, Self.year(of: wanted)?.start != year?.start { continue }
      if let year, year.isSingle, !singleYears.contains(year.start) { singleYears.append(year.start) }
      switch kind {
      case .header: pairs[year?.start, default: Pair()].headers.append(name)
      case .episodes: pairs[year?.start, default: Pair()].episodes.append(name)
      }
    }
    guard !pairs.isEmpty else {
      throw .badData(
        Problem(
          file: path,
          message: """
            the folder holds no file with header or episodes in its name; name the files such as header_2022-23.csv and \
            episodes_2022-23.csv
            """))
    }
    var found: [CareReturnFiles] = []
    var problems: [Problem] = []
    for year in pairs.keys.sorted(by: { ($0 ?? .min) < ($1 ?? .min) }) {
      guard let pair = pairs[year] else { continue }
      let title = year.map { "of \(FinancialYear($0))" } ?? "without a year in its name"
      guard pair.headers.count == 1, pair.episodes.count == 1 else {
        let files = (pair.headers + pair.episodes).joined(separator: ", ")
        problems.append(
          Problem(
            file: path,
            message: """
              the return \(title) has \(PublishedText.count(pair.headers.count, "Header file")) and \
              \(PublishedText.count(pair.episodes.count, "Episodes file")), \(files); keep one of each
              """))
        continue
      }
      guard let start = year ?? input.options.year ?? Self.year(of: FileContents.baseName(of: folder))?.start,
        PublishedPeriod.years.contains(start)
      else {
        problems.append(
          Problem(
            file: path,
            message: """
              nothing says of which year the return \(title) is; put the years into the names of the files, such as \
              episodes_2022-23.csv, or say in which year it begins
              """))
        continue
      }
      found.append(
        CareReturnFiles(
          year: FinancialYear(start), header: "\(folder)/\(pair.headers[0])",
          episodes: "\(folder)/\(pair.episodes[0])"))
    }
    guard problems.isEmpty else { throw .badData(problems: problems, omitted: 0) }
    returns = found.sorted { $0.year < $1.year }
    for files in returns {
      notes.append("the return of \(files.year) is \(files.header) and \(files.episodes)")
    }
    for start in singleYears.sorted() {
      notes.append(
        "a single year in the name of a file is that in which the return ends: \(start + 1) is \(FinancialYear(start))"
      )
    }
  }

  /// What a file holds, by its name; nil for other files.
  static func kind(of name: String) -> Kind? {
    let lowered = name.lowercased()
    guard [".csv", ".csv.gz", ".txt"].contains(where: lowered.hasSuffix) else { return nil }
    switch (lowered.contains("header"), lowered.contains("episode")) {
    case (true, false): return .header
    case (false, true): return .episodes
    default: return nil
    }
  }

  /// The calendar year in which the financial year in a name begins, and whether the name gives only the year in which it
  /// ends; nil where the name has no year.
  static func year(of name: String) -> (start: Int, isSingle: Bool)? {
    if let pair = BenchmarkingYears.year(in: name) { return (pair, false) }
    let digits = name.utf8.split { !(0x30...0x39).contains($0) }
    for run in digits where run.count == 4 {
      if let year = Int(String(decoding: run, as: UTF8.self)), PublishedPeriod.years.contains(year) {
        return (year - 1, true)
      }
    }
    return nil
  }

  private static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }
}
