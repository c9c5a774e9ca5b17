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
        found = try Findings(workspace: input)
      } else if input != "-", let choice = try Self.layout(of: published) {
        found = try Findings(published: published, as: choice)
      } else {
        found = try Findings(
          file: input,
          options: SeriesFileOptions(
            frequency: published.options.frequency, yearType: published.options.yearType))
      }
      (problems, omitted, notes, summary) = (
        found.problems.sorted { Self.rank($0) < Self.rank($1) }, 0, found.notes, found.summary
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

  /// What a sound input is found to hold.
  private struct Findings {
    let problems: [Problem]
    let notes: [String]
    let summary: [String]

    init(workspace path: String) throws {
      let workspace = try Workspace(reading: path)
      let plan = try workspace.plan()
      let beside = try FilesBeside(workspace, area: plan.area)
      let doubts = DataChecks.problems(of: workspace.evidence, gazetteer: try .english)
      // What reading has already doubted of a row is not said twice.
      let doubted = Set(workspace.warnings.map { Place($0) })
      problems =
        ComparatorDoubts(workspace.evidence, area: plan.area).gathered(
          workspace.warnings + doubts.filter { !doubted.contains(Place($0)) })
        + workspace.planningProblems() + beside.problems
      notes = workspace.notes
      summary =
        CheckReport.describe(
          workspace.evidence, rows: workspace.evidence.reduce(0) { $0 + $1.points.count })
        + [
          "\(plan.services.count) services, \(plan.assumptions.count) assumptions, "
            + "\(workspace.scenarios.count) scenarios; latest publication "
            + (workspace.latestPublication.map { "\($0)" } ?? "not stated")
        ]
        + beside.summary
    }

    init(file path: String, options: SeriesFileOptions) throws {
      let file = try SeriesFile.read(path, options: options)
      let panel = try file.panel()
      let doubted = Set(file.warnings.map { Place($0) })
      problems =
        file.warnings
        + DataChecks.problems(of: panel, gazetteer: try .english).filter { !doubted.contains(Place($0)) }
      notes = file.notes
      summary = CheckReport.describe(panel, rows: file.rowCount)
    }

    /// What a published file of another layout is found to hold.
    init(published input: LayoutInput, as choice: LayoutChoice) throws {
      let figures = try Layouts.read(input, as: choice.layout)
      let (panel, conflicts) = figures.panel()
      problems =
        figures.problems + conflicts + DataChecks.problems(of: panel, gazetteer: try .english)
      notes = [choice.sentence] + figures.notes
      summary = ImportReport.summary(of: figures)
    }
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
  private static func describe(_ panel: Panel, rows: Int) -> [String] {
    var known = 0
    var suppressed = 0
    var unavailable = 0
    var inapplicable = 0
    var roundedAway = 0
    var undated = 0
    var breaks = 0
    for series in panel {
      undated += series.undatedCount
      breaks += series.breaks.count
      for point in series.points {
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
      "\(panel.count) series, \(rows) rows: \(known) values, \(suppressed) suppressed, \(unavailable) not available, "
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
      errorCount == 0
        ? "\(input): no errors" + (warnings > 0 ? ", \(warnings) warning\(warnings == 1 ? "" : "s")" : "")
        : "\(input): \(errorCount) error\(errorCount == 1 ? "" : "s")")
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
