import Indicators
import TimeSeries

/// A scorecard as it stands in a file, `scorecard.yaml` of a workspace, and what it is to be compared with.
///
/// Reading is strict, and goes on: every line that is wrong is a problem with its place, and what is sound is kept.
public struct ScorecardFile: Sendable {
  /// The card, without the indicators that could not be read.
  public let scorecard: Scorecard
  /// The area that is the benchmark, such as England; nil where the file names none.
  public let benchmark: String?
  /// The region; nil where the file names none.
  public let region: String?
  /// The statistical neighbours, in the order of their file; none where the file names no file of them.
  public let neighbours: [String]
  /// What is wrong, in the order of the file.
  public let problems: [Problem]
  /// The paths that were read.
  public let paths: [String]

  /// The name of the file in the folder of a workspace.
  public static let usualName = "scorecard.yaml"

  /// Reads a card and looks for its series.
  ///
  /// - Parameters:
  ///   - path: the file.
  ///   - evidence: the series of the workspace; a series that an indicator names and that is not among them is a problem.
  ///   - area: the area that the card is for.
  /// - Throws: ``EvidenceError`` where the file cannot be read at all, or is no scorecard.
  public init(reading path: String, evidence: Panel, area: String) throws(EvidenceError) {
    let contents = try FileContents.read(path)
    guard let text = String(validating: contents.bytes, as: UTF8.self) else {
      throw .badData(Problem(file: path, message: "this is not UTF-8; save it as UTF-8"))
    }
    let root = try WorkspaceNode(yaml: text, file: path)
    let fields = try root.fields(
      required: ["needscast", "name", "source", "themes", "priorities", "indicators"],
      optional: ["benchmark", "region", "neighbours", "stated-targets", "measures"])
    // What is wrong with the head of the file does not hide what is wrong with its indicators.
    var head = GatheredFaults()
    _ = head.keep { () throws(EvidenceError) in try fields["needscast"].version() }
    let name = head.keep { () throws(EvidenceError) in try fields["name"].text() } ?? ""
    let source = head.keep { () throws(EvidenceError) in try fields["source"].text() } ?? ""
    var paths = [path]
    var reading = ScorecardReading(evidence: evidence, area: area)
    try reading.read(themes: fields["themes"], priorities: fields["priorities"])
    try reading.read(fields["indicators"], list: "score card")
    if let measures = fields.optional("measures") { try reading.read(measures, list: "theme measures") }
    reading.read(statedTargets: fields.optional("stated-targets"))
    benchmark = reading.area(fields.optional("benchmark"))
    region = reading.area(fields.optional("region"))
    var neighbours: [String] = []
    if let node = fields.optional("neighbours") {
      do throws(EvidenceError) {
        _ = try node.fileInFolder()
        let file = "\(FileContents.folder(of: path))/\(try node.text())"
        neighbours = try AreaList.read(file).names
        paths.append(file)
      } catch {
        reading.note(error, at: node)
      }
    }
    guard head.problems.isEmpty else {
      throw .badData(problems: head.problems + reading.problems, omitted: 0)
    }
    self.neighbours = neighbours
    self.paths = paths
    scorecard = Scorecard(
      name: name, source: source, themes: reading.themes, priorities: reading.priorities,
      indicators: reading.indicators, statedTargets: reading.statedTargets)
    problems = reading.problems
  }
}

extension FileContents {
  /// The folder that a path is in, `.` for a bare name.
  fileprivate static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }
}
