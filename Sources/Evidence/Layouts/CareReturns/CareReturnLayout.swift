import Commissioning
import TimeSeries

/// The return of children looked after (SSDA903): its Header and Episodes files, of one year or of several.
///
/// The input is a folder that holds both files of each year, or one of the files, whose neighbour is found beside it. A
/// file is known by `header` or `episode` in its name, and its year by the years there (`2022-23`, `2022_23`), or by the
/// one year in which the return ends (`2023`, to 31 March 2023); where there is one return and no year in the names of
/// the files, the name of the folder or the options say it.
///
/// Children's rows become counts, and no identifier leaves: `looked_after` on 31 March, and `started` and `ceased` in the
/// year to it, each in all, by placement and by age. ``PublishedFigures/isChildLevel`` says that disclosure control
/// applies to them. The rows that are counted in the tally are those of the files, where a cell is a count.
///
/// Rows that contradict each other (overlaps, duplicates, open episodes that the next return does not report) are
/// problems with file and row, and nothing is counted until they are mended, in the files or by
/// ``LayoutInput/Options/mending``; what is mended is reported as a doubt each. Source: Department for Education.
public enum CareReturnLayout: PublishedLayout {
  /// `ssda903`.
  public static let name = "ssda903"

  /// What it is, for people.
  public static let summary =
    "returns of children looked after (SSDA903): counts from Header and Episodes files"

  /// Knows one of the files by its columns.
  public static func recognise(_ sample: TableSample) -> Recognition? {
    if sample.has(all: ["child", "decom", "dec", "place"]) {
      return Recognition(.certain, "columns CHILD, DECOM, PLACE and DEC")
    }
    if sample.has(all: ["child", "dob", "ethnic"]), !sample.has("decom") {
      return Recognition(.certain, "columns CHILD, DOB and ETHNIC")
    }
    return nil
  }

  /// Knows a folder by the names of both files.
  public static func recognise(folder files: [String]) -> Recognition? {
    let kinds = Set(files.compactMap { CareReturnFolder.kind(of: $0) })
    return kinds.count == 2
      ? Recognition(.likely, "files of which one is a Header and one holds Episodes") : nil
  }

  /// Reads the returns and counts children.
  ///
  /// - Throws: ``EvidenceError``: files that are missing or cannot be read, and
  ///   ``EvidenceError/badData(problems:omitted:)`` with file and row for all that is wrong with their rows.
  public static func read(_ input: LayoutInput, into figures: inout PublishedFigures) throws(EvidenceError) {
    figures.clear()
    figures.isChildLevel = true
    let folder = try CareReturnFolder(input)
    for sentence in folder.notes { figures.note(sentence) }
    var contents: [(year: FinancialYear, header: FileContents, episodes: FileContents)] = []
    for files in folder.returns {
      let header = try FileContents.read(files.header, limit: input.options.byteLimit)
      let episodes = try FileContents.read(files.episodes, limit: input.options.byteLimit)
      for file in [header, episodes] { try count(file, in: &figures) }
      contents.append((files.year, header, episodes))
    }
    let read = try CareReturn(
      contents,
      options: CareReturnOptions(mending: input.options.mending, problemLimit: PublishedFigures.problemLimit))
    for sentence in read.notes { figures.note(sentence) }
    figures.report(read.doubts, omitted: read.omittedDoubts)
    var wanted = WantedNames(LayoutInput.Options(measures: input.options.measures))
    let counts = CareReturnCounts(
      area: PublishedArea(name: input.options.areas.count == 1 ? input.options.areas[0] : ""),
      publication: input.options.published.map { Publication(date: $0) })
    do throws(CommissioningError) {
      for year in folder.returns.map(\.year) {
        try counts.add(read.episodes, year, wanted: &wanted, to: &figures)
      }
    } catch {
      throw .badData(Problem(file: input.path, message: "\(error)"))
    }
    figures.note(
      """
      children are counted by episode: one who comes into care twice in a year starts twice, and short breaks count where \
      the files hold them
      """)
    if figures.series.contains(where: { $0.key.area.name.isEmpty }) {
      figures.note("a return does not name its authority; ask for one area to name it")
    }
    for sentence in wanted.notes { figures.note(sentence) }
  }

  /// Counts the rows of a file.
  private static func count(_ contents: FileContents, in figures: inout PublishedFigures)
    throws(EvidenceError)
  {
    var rows = try DelimitedText(DecodedText(contents)).rows()
    while try rows.next() {
      figures.tally.rows += 1
      if rows.isBlank { figures.tally.blankRows += 1 }
    }
  }
}
