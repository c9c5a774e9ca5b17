import Needscast

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// What a check found: the problems, worst first, and what was read.
struct CheckReport {
  let input: String
  let problems: [Problem]
  let omitted: Int
  let notes: [String]
  let summary: [String]

  /// The number of problems that stop the input from being used.
  var errorCount: Int { problems.count { $0.severity == .error } + omitted }

  init(_ published: LayoutInput) throws {
    input = published.path
    do {
      let found: Findings
      if WorkspacePath.isWorkspace(input), !Self.isFolderOfFiles(input) {
        found = try Findings.of(workspace: input)
      } else if input != "-", let choice = try Self.layout(of: published) {
        found = try Findings(published: published, as: choice)
      } else {
        found = try Findings(
          file: input,
          options: SeriesFileOptions(
            frequency: published.options.frequency, yearType: published.options.yearType,
            keepsSoundSeries: true))
      }
      (problems, omitted, notes, summary) = (
        found.problems.sorted { Self.rank($0) < Self.rank($1) }, found.omitted, found.notes, found.summary
      )
    } catch EvidenceError.badData(let found, let more) {
      (problems, omitted, notes, summary) = (found.sorted { Self.rank($0) < Self.rank($1) }, more, [], [])
    }
  }

  /// Whether a folder is no workspace but may be an input of several files, such as a return.
  private static func isFolderOfFiles(_ path: String) -> Bool {
    FileIdentity.isFolder(path) && !FileIdentity("\(path)/workspace.yaml").exists
      && (try? LayoutChoice(recognising: LayoutInput(path))) != nil
  }

  /// The layout of a published file; nil for a series file, and for what is no known layout: the reader of series files
  /// says what is wrong with that.
  private static func layout(of input: LayoutInput) throws -> LayoutChoice? {
    do {
      let choice = try LayoutChoice(recognising: input)
      return choice.layout.name == "series" ? nil : choice
    } catch EvidenceError.badData(let problems, let omitted) {
      // The text reader says what is wrong with a text file; of a workbook it would only say that it is no text.
      if try input.isWorkbook { throw EvidenceError.badData(problems: problems, omitted: omitted) }
      return nil
    }
  }

  /// What an input is found to hold.
  private struct Findings {
    let problems: [Problem]
    let omitted: Int
    let notes: [String]
    let summary: [String]

    /// What a workspace is found to hold, sound or not.
    static func of(workspace path: String) throws -> Findings {
      var remains = Workspace.Remains()
      do {
        return try Findings(try Workspace(reading: path, remains: &remains))
      } catch EvidenceError.badData(let problems, let omitted) {
        return try Findings(refused: remains, problems: problems, omitted: omitted)
      }
    }

    private init(_ workspace: Workspace) throws {
      let plan = try workspace.plan()
      let beside = FilesBeside(workspace.folder, evidence: workspace.evidence, area: plan.area)
      problems =
        ComparatorDoubts(workspace.evidence, area: plan.area).gathered(
          try CheckReport.doubts(about: workspace.evidence, besides: workspace.warnings))
        + workspace.planningProblems() + beside.problems
      omitted = beside.omitted
      notes = workspace.notes
      summary =
        CheckReport.describe(workspace.evidence)
        + [
          "\(plan.services.count) services, \(plan.assumptions.count) assumptions, "
            + "\(workspace.scenarios.count) scenarios; latest publication "
            + (workspace.latestPublication.map { "\($0)" } ?? "not stated")
        ]
        + beside.summary
    }

    /// What can be said of a workspace that is refused, beyond the reasons.
    private init(refused remains: Workspace.Remains, problems: [Problem], omitted: Int) throws {
      // A series that could not be read would be missed by every file that names it.
      let beside =
        if let evidence = remains.evidence, let area = remains.area, remains.isWhole {
          FilesBeside(remains.folder, evidence: evidence, area: area)
        } else { FilesBeside(unreadIn: remains.folder) }
      let evidence = remains.evidence ?? Panel()
      let doubts = try CheckReport.doubts(about: evidence, besides: remains.warnings)
      self.problems =
        problems
        + (remains.area.map { ComparatorDoubts(evidence, area: $0).gathered(doubts) } ?? doubts)
        + beside.problems
      self.omitted = omitted + beside.omitted
      notes =
        remains.notes
        + (beside.unread.isEmpty
          ? []
          : [
            "\(beside.unread.joined(separator: ", ")): not looked at, because the workspace is refused; check again "
              + "when it is mended"
          ])
      summary = (remains.evidence.map { CheckReport.describe($0) } ?? []) + beside.summary
    }

    init(file path: String, options: SeriesFileOptions) throws {
      let file = try SeriesFile.read(path, options: options)
      let panel = try file.panel()
      problems = file.problems + (try CheckReport.doubts(about: panel, besides: file.warnings))
      omitted = file.omittedProblems
      notes = file.notes
      let failed = file.failed.count
      summary =
        CheckReport.describe(panel)
        + (failed == 0 ? [] : ["\(failed) series with errors left out of these counts"])
    }

    /// What a published file of another layout is found to hold.
    init(published input: LayoutInput, as choice: LayoutChoice) throws {
      let figures = try Layouts.read(input, as: choice.layout)
      let (panel, conflicts) = figures.panel()
      problems =
        figures.problems + conflicts + DataChecks.problems(of: panel, gazetteer: try .english)
      omitted = figures.omittedProblems
      notes = [choice.sentence] + figures.notes
      summary = ImportReport.summary(of: figures)
    }
  }

  /// What is wrong with series that could be read and what is doubtful about them.
  ///
  /// - Parameters:
  ///   - panel: the series.
  ///   - warnings: what reading has doubted already, which is not said twice of a row.
  private static func doubts(about panel: Panel, besides warnings: [Problem]) throws -> [Problem] {
    let impossible = DataChecks.impossibleCounts(in: panel)
    // The reader doubts the same counts, and does not know that there is nothing but them.
    let faulty = Set(impossible.map { Place($0) })
    let doubted = faulty.union(warnings.map { Place($0) })
    return impossible + DataChecks.unknownPolarities(in: panel)
      + warnings.filter { !faulty.contains(Place($0)) }
      + DataChecks.problems(of: panel, gazetteer: try .english).filter { !doubted.contains(Place($0)) }
  }

  /// A row of a file.
  private struct Place: Hashable {
    let file: String
    let row: Int?

    init(_ problem: Problem) {
      file = problem.file
      row = problem.row
    }
  }

  private static func rank(_ problem: Problem) -> (Int, String, Int, Int) {
    (problem.severity == .error ? 0 : 1, problem.file, problem.row ?? 0, problem.column ?? 0)
  }

  /// Counts observations and absences by their reason.
  private static func describe(_ panel: Panel) -> [String] {
    var rows = 0
    var known = 0
    var counted = 0
    var suppressed = 0
    var unavailable = 0
    var inapplicable = 0
    var roundedAway = 0
    var undated = 0
    var breaks = 0
    for series in panel {
      undated += series.undatedCount
      breaks += series.breaks.count
      rows += series.points.count
      for point in series.points {
        if point.isToldByCounts(in: series.measure.unit) {
          counted += 1
          continue
        }
        switch point.observation {
        case .value: known += 1
        case .suppressed: suppressed += 1
        case .notAvailable: unavailable += 1
        case .notApplicable: inapplicable += 1
        case .roundsToZero: roundedAway += 1
        }
      }
    }
    return [
      "\(panel.count) series, \(rows) rows: \(known) values, "
        + (counted > 0 ? "\(counted) to be worked out from counts, " : "")
        + "\(suppressed) suppressed, \(unavailable) not available, "
        + "\(inapplicable) not applicable, \(roundedAway) round to zero",
      "\(breaks) breaks, \(undated) rows without a date of publication",
    ]
  }

  /// The report in a form.
  func text(_ format: OutputFormat) throws -> String {
    switch format {
    case .text: text
    case .csv: csv
    case .json: try json()
    }
  }

  /// The report for people.
  private var text: String {
    var lines = problems.map { "\($0.severity.rawValue): \($0)" }
    if omitted > 0 { lines.append("and \(omitted) more") }
    lines += notes.map { "note: \(PlacedNote.text($0))" }
    lines += summary
    let warnings = problems.count - problems.count { $0.severity == .error }
    lines.append(
      "\(input): "
        + (errorCount == 0 ? "no errors" : "\(errorCount) error\(errorCount == 1 ? "" : "s")")
        + (warnings > 0 ? ", \(warnings) warning\(warnings == 1 ? "" : "s")" : ""))
    return lines.joined(separator: "\n") + "\n"
  }

  /// The problems for spreadsheets: `severity,file,row,column,message`.
  private var csv: String {
    CSVText.row(["severity", "file", "row", "column", "message"])
      + problems.map { problem in
        CSVText.row([
          problem.severity.rawValue, CSVText.text(problem.file), problem.row.map { "\($0)" } ?? "",
          problem.column.map { "\($0)" } ?? "", CSVText.text(problem.message),
        ])
      }.joined()
      + (omitted > 0
        ? CSVText.row(["error", CSVText.text(input), "", "", "and \(omitted) more problems"]) : "")
  }

  /// The report for editors.
  private func json() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    let document = Document(
      input: input, errors: errorCount, notes: notes.map { PlacedNote.text($0) }, summary: summary,
      problems: problems.map(ProblemDocument.init))
    return String(decoding: try encoder.encode(document), as: UTF8.self) + "\n"
  }

  private struct Document: Encodable {
    let input: String
    let errors: Int
    let notes: [String]
    let summary: [String]
    let problems: [ProblemDocument]
  }
}
