import Commissioning
import TimeSeries

/// A workspace while it is tried: which services it has, and why others are left out.
struct StartingDraft {
  /// The values of the template.
  private var texts: [String: String]
  private let held: Set<String>
  private var parts: Set<String> = []
  private var reasons: [String: String] = [:]
  let files: [StartingWorkspace.File]
  /// What happened while it was tried, as sentences.
  private(set) var notes: [String] = []
  /// The text of `workspace.yaml`.
  private(set) var yaml = ""
  /// The assumptions that nobody has looked at.
  private(set) var unreviewed = 0

  init(
    texts: [String: String], held: Set<String>, files: [StartingWorkspace.File], provenance: String
  ) {
    self.texts = texts
    self.held = held
    self.files = files
    self.texts["provenance"] = provenance
    self.texts["series-files"] = files.map { "  - \($0.name)" }.joined(separator: "\n")
  }

  /// The services that are kept.
  var services: [StartingService] { StartingService.all.filter { parts.contains($0.id) } }

  /// The services that are not.
  var leftOut: [StartingWorkspace.LeftOut] {
    StartingService.all.filter { !parts.contains($0.id) }
      .map { StartingWorkspace.LeftOut(name: $0.name, reason: reasons[$0.id] ?? "") }
  }

  /// What was read and what was done, for the head of the file, as comments.
  static func provenance(of published: StartingFiles) -> String {
    let lines =
      ["Begun by `needscast init` from published files:"]
      + published.files.map { "  \($0.name)" + ($0.layout.map { " (layout \($0))" } ?? "") }
      + [
        "Days of publication are approximate: the usual day of the release. Values are as last revised. Contains public",
        "sector information licensed under the Open Government Licence v3.0.",
      ]
    return (["#"] + lines.map { "# \(YAMLScalar.comment($0))" }).joined(separator: "\n")
  }

  // MARK: Choosing

  /// Takes a service and what goes with it.
  mutating func include(_ service: StartingService) {
    parts.insert(service.id)
    for option in service.options where option.series.allSatisfy(held.contains) { parts.insert(option.part) }
  }

  mutating func leaveOut(_ id: String, _ reason: String) {
    parts.remove(id)
    for option in StartingService.all.first(where: { $0.id == id })?.options ?? [] {
      parts.remove(option.part)
    }
    reasons[id] = reason
  }

  /// Takes every service for which the evidence suffices, and says what the others lack.
  mutating func choose(
    values: StartingValues, choices: StartingWorkspace.Choices, published: StartingFiles
  ) {
    for service in StartingService.all {
      let missing = service.needs.filter { group in !group.contains(where: held.contains) }
      if service.waits, choices.board == nil {
        leaveOut(
          service.id,
          """
          give a file of waiting lists of community health services with --from (nhs_community_waits.csv) and the \
          board with --care-board NAME.
          """)
      } else if !missing.isEmpty {
        leaveOut(service.id, StartingNeeds.sentence(missing, of: values.authority, published.measures))
      } else if service.waits, let list = service.needs.last?.first, values.share(of: list) == nil {
        leaveOut(
          service.id,
          """
          the area's part of the board's list cannot be told; it needs England's list in the same file, and England in the \
          file of mid-year estimates.
          """)
      } else {
        include(service)
      }
    }
  }

  // MARK: Trying

  /// Tries the plan, and leaves out what it refuses until nothing is refused.
  ///
  /// - Throws: ``EvidenceError/badData(problems:omitted:)`` where no service is left, with what each lacks, and where the
  ///   files that would be written cannot be read.
  mutating func settle(area: String) throws(EvidenceError) {
    let evidence = try panel()
    while !services.isEmpty {
      yaml = try text()
      let definition = try Workspace.definition(ofStarting: yaml, evidence: evidence)
      let date = Workspace.latestPublication(of: definition, evidence: evidence)
      let refused = date.map { PlanSimulator(definition, evidence: evidence).preconditions(asOf: $0) } ?? []
      guard let error = refused.first else {
        unreviewed = definition.assumptions.count(where: UnreviewedAssumptions.isUnreviewed)
        return
      }
      guard let id = error.service ?? services.first?.id, error.service != nil || refused.count == 1 else {
        throw .badArgument("the plan of \(area) cannot be made: \(error)")
      }
      drop(id, "\(error)")
    }
    throw .badData(
      problems: leftOut.map {
        Problem(file: area, message: "\($0.name) cannot be planned from these files: \($0.reason)")
      },
      omitted: 0)
  }

  /// Leaves out what a service can do without, and then the service.
  private mutating func drop(_ id: String, _ reason: String) {
    let flows = "\(id)-flows"
    if parts.remove(flows) != nil {
      notes.append("\(id): the flows are left out, because the plan with them is refused: \(reason)")
    } else {
      leaveOut(id, "the plan refuses it: \(reason).")
    }
  }

  private func panel() throws(EvidenceError) -> Panel {
    var series: [Series] = []
    for file in files {
      let read = try SeriesFile(FileContents(path: file.name, bytes: Array(file.text.utf8)))
      for position in 0..<read.count {
        do {
          if let one = try read.series(at: position) { series.append(one) }
        } catch {
          throw .badData(Problem(file: file.name, message: "\(error)"))
        }
      }
    }
    do {
      return try Panel(series)
    } catch {
      throw .badData(Problem(file: "series", message: "\(error)"))
    }
  }

  private func text() throws(EvidenceError) -> String {
    var values = StartingTemplate.Values(parts: parts, series: held, texts: texts)
    if parts.contains("looked-after") || parts.contains("participation") {
      values.parts.insert("hold-spread")
    }
    let waits = StartingService.all.contains { $0.waits && parts.contains($0.id) }
    if waits { values.parts.insert("waits") }
    if waits || parts.contains("participation") { values.parts.insert("nhs-prices") }
    for service in StartingService.all {
      values.texts["\(service.id)-missing"] = StartingNeeds.wrapped(reasons[service.id] ?? "")
    }
    do {
      return try StartingTemplate.embedded.filled(with: values)
    } catch {
      throw .badData(Problem(file: "workspace.yaml", message: "\(error)"))
    }
  }
}
