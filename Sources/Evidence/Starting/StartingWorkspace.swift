import Commissioning
import TimeSeries

/// The files of a workspace that is begun: its `workspace.yaml` with comments that teach, and its series.
///
/// What is begun can be planned: the plan has been tried, and a service that it refuses is left out, with the reason in
/// its place.
public struct StartingWorkspace: Sendable {
  /// Which other authorities stand beside the one that is planned for.
  public enum Comparators: String, CaseIterable, Hashable, Sendable {
    /// All that the files hold.
    case all
    /// Those of its region.
    case region
    /// Its statistical neighbours.
    case neighbours
  }

  /// What may be chosen.
  public struct Choices: Hashable, Sendable {
    /// The other authorities.
    public var comparators: Comparators
    /// The integrated care board whose waiting lists are taken; nil for none.
    public var board: String?
    /// The plan's first financial year; nil for the one after the latest outturn.
    public var firstYear: FinancialYear?
    /// The plan's last financial year; nil for four years after its first.
    public var lastYear: FinancialYear?

    /// Choices; as the data suggest, unless said otherwise.
    public init(
      comparators: Comparators = .all, board: String? = nil, firstYear: FinancialYear? = nil,
      lastYear: FinancialYear? = nil
    ) {
      self.comparators = comparators
      self.board = board
      self.firstYear = firstYear
      self.lastYear = lastYear
    }
  }

  /// A service that is left out.
  public struct LeftOut: Hashable, Sendable {
    /// Its name for readers.
    public let name: String
    /// What is missing, and what would bring it.
    public let reason: String
  }

  /// A file, and its contents.
  public struct File: Hashable, Sendable {
    /// The name from the workspace's folder: `series/plans.csv`.
    public let name: String
    /// The contents.
    public let text: String
    /// The rows of a series file under its header; nil for other files.
    public let rows: Int?
  }

  /// The area that is planned for.
  public let area: String
  /// The files, the series first.
  public let files: [File]
  /// The names of the services for readers.
  public let services: [String]
  /// The services that are left out.
  public let leftOut: [LeftOut]
  /// The financial years of the plan.
  public let years: ClosedRange<FinancialYear>
  /// The number of assumptions that nobody local has looked at.
  public let unreviewed: Int
  /// The number of authorities whose series are held, the one that is planned for among them.
  public let authorities: Int
  /// What a reader should know, as sentences.
  public let notes: [String]

  /// Writes the files into a folder, all or none.
  ///
  /// - Parameter folder: a folder without a `workspace.yaml`; it is made when it is not there.
  /// - Throws: ``EvidenceError/cannotWrite(path:reason:)``, also for a folder that has a workspace or one of the files
  ///   already.
  public func write(to folder: String) throws(EvidenceError) {
    let folder = Workspace.folder(of: folder)
    try StartingFolder(folder).write(files)
  }

  /// Refuses a folder that has a workspace already.
  ///
  /// - Throws: ``EvidenceError/cannotWrite(path:reason:)``.
  public static func checkFolder(_ folder: String) throws(EvidenceError) {
    _ = try StartingFolder(Workspace.folder(of: folder))
  }

  /// Begins a workspace for an authority.
  ///
  /// - Parameters:
  ///   - area: the authority: a name, a three-digit number or a code.
  ///   - published: what was read of published files.
  ///   - choices: what may be chosen.
  /// - Throws: ``EvidenceError/badArgument(_:)`` for an area that is not known or of which nothing is held, and for
  ///   choices that cannot be had; ``EvidenceError/badData(problems:omitted:)`` where the files suffice for no service.
  public init(
    area text: String, from published: StartingFiles, choices: Choices = Choices()
  ) throws(EvidenceError) {
    let authority: Authority
    do {
      authority = try published.gazetteer.authority(named: text, on: published.latestDay)
    } catch {
      throw .badArgument("--area \(error)")
    }
    var notes: [String] = []
    let nothing = try StartingSelection.filesWithout(authority, in: published)
    notes += nothing
    let held = published.series(of: authority)
    let board = try StartingSelection.board(choices.board, in: published)
    let others = try StartingSelection.comparators(of: authority, choices.comparators, in: published)
    notes += StartingSelection.history(of: authority, in: published)
    let years = try StartingSelection.years(of: authority, choices, in: published)
    let series = StartingSeriesFiles(published, authorities: [authority] + others, board: board)
    let values = StartingValues(files: published, authority: authority, board: board, years: years)
    var draft = StartingDraft(
      texts: values.texts, held: held.union(series.lists), files: series.files,
      provenance: StartingDraft.provenance(of: published))
    draft.choose(values: values, choices: choices, published: published)
    try draft.settle(area: authority.name)
    self.area = authority.name
    files = draft.files + [File(name: "workspace.yaml", text: draft.yaml, rows: nil)]
    services = draft.services.map(\.name)
    leftOut = draft.leftOut
    self.years = years
    unreviewed = draft.unreviewed
    authorities = others.count + 1
    self.notes = notes + draft.notes
  }

  /// A small workspace of an invented area, to learn from.
  ///
  /// - Throws: ``EvidenceError`` only if the library was built with an example that cannot be planned.
  public static var example: StartingWorkspace {
    get throws(EvidenceError) { try StartingWorkspace(example: try StartingExample()) }
  }

  private init(example: StartingExample) throws(EvidenceError) {
    var draft = StartingDraft(
      texts: example.texts, held: example.series, files: example.files, provenance: example.provenance)
    for service in StartingService.all { draft.include(service) }
    draft.leaveOut("community-paediatrics", StartingExample.leftOutReason)
    draft.leaveOut("occupational-therapy", StartingExample.leftOutReason)
    try draft.settle(area: StartingExample.area)
    area = StartingExample.area
    files = draft.files + [File(name: "workspace.yaml", text: draft.yaml, rows: nil)]
    services = draft.services.map(\.name)
    leftOut = draft.leftOut
    self.years = StartingExample.years
    unreviewed = draft.unreviewed
    authorities = 1
    notes = draft.notes
  }
}
