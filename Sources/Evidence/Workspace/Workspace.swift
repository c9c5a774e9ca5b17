import Commissioning
import TimeSeries

/// A folder that holds a plan: `workspace.yaml`, and the series files that it names.
///
/// Reading is strict and complete: every problem that can be found is reported together, with file, line and column.
public struct Workspace: Sendable {
  /// The folder.
  public let folder: String
  /// Every series of every file.
  public let evidence: Panel
  /// What the readers noticed and did not refuse, such as an encoding other than UTF-8.
  public let notes: [String]
  /// What may be wrong and does not stop a plan.
  public let warnings: [Problem]
  /// The files that were read, in order, with their contents' size.
  public let files: [WorkspaceFile]
  /// The names of the scenarios, in the order of the file.
  public let scenarios: [String]

  private let root: WorkspaceNode
  private let scenarioOverrides: [String: [Override]]

  /// A file that was read.
  public struct WorkspaceFile: Hashable, Sendable {
    /// The path from the workspace's folder.
    public let path: String
    /// The bytes.
    public let bytes: [UInt8]
  }

  /// The name of the workspace as it stands in its file.
  public static let baseScenario = "base"

  /// Reads a workspace: a folder, or its `workspace.yaml`.
  ///
  /// - Throws: ``EvidenceError`` with every problem found.
  public init(reading path: String) throws(EvidenceError) {
    let folder = path.hasSuffix("workspace.yaml") ? String(path.dropLast("workspace.yaml".count)) : path
    let base = folder.isEmpty ? "." : folder.hasSuffix("/") && folder.count > 1 ? String(folder.dropLast()) : folder
    let file = "\(base)/workspace.yaml"
    let contents = try FileContents.read(file)
    let root = try WorkspaceNode(yaml: String(decoding: contents.bytes, as: UTF8.self), file: file)
    self.folder = base
    self.root = root

    let fields = try Self.open(root)
    var problems: [Problem] = []
    var omitted = 0
    var files = [WorkspaceFile(path: "workspace.yaml", bytes: contents.bytes)]
    var series: [Series] = []
    var notes: [String] = []
    var warnings: [Problem] = []
    var readPaths: Set<String> = []
    for item in try fields["series"].items() {
      do {
        let name = try item.text()
        guard Self.staysInside(name) else {
          throw item.problem("\"\(name)\" leads out of the workspace; keep its files in its folder")
        }
        guard readPaths.insert(name).inserted else {
          throw item.problem("\"\(name)\" is listed twice")
        }
        let contents = try FileContents.read("\(base)/\(name)")
        files.append(WorkspaceFile(path: name, bytes: contents.bytes))
        let read = try SeriesFile(contents)
        notes += read.notes.map { "\(name): \($0)" }
        warnings += read.warnings
        for position in 0..<read.count {
          do {
            if let one = try read.series(at: position) { series.append(one) }
          } catch {
            problems.append(Problem(file: name, message: "\(error)"))
          }
        }
      } catch EvidenceError.badData(let found, let more) {
        problems += found
        omitted += more
      } catch {
        problems.append(Problem(file: file, row: item.line, column: item.column, message: "\(error)"))
      }
    }
    do {
      evidence = try Panel(series)
    } catch {
      problems.append(Problem(file: base, message: "\(error)"))
      throw .badData(problems: problems, omitted: omitted)
    }
    do {
      (scenarios, scenarioOverrides) = try Self.scenarios(fields.optional("scenarios"))
    } catch {
      (scenarios, scenarioOverrides) = ([], [:])
      problems += error.problems
    }
    self.files = files
    self.notes = notes
    self.warnings = warnings
    _ = Self.definition(root, evidence: evidence, problems: &problems)
    guard problems.isEmpty else { throw .badData(problems: problems, omitted: omitted) }
  }

  /// The plan of a scenario, with further changes.
  ///
  /// - Parameters:
  ///   - scenario: one of ``scenarios``, or ``baseScenario``.
  ///   - overrides: changes on top of the scenario's own.
  /// - Throws: ``EvidenceError/badData(problems:omitted:)`` for an unknown scenario or path, or for a value that the
  ///   plan cannot have.
  public func plan(
    scenario: String = baseScenario, overrides: [Override] = []
  ) throws(EvidenceError) -> PlanDefinition {
    var tree = root
    if scenario != Self.baseScenario {
      guard let changes = scenarioOverrides[scenario] else {
        throw root.problem(
          "there is no scenario \"\(scenario)\"; "
            + NearestName.advice(for: scenario, among: [Self.baseScenario] + scenarios))
      }
      for change in changes { tree = try tree.applying(change) }
    }
    for change in overrides { tree = try tree.applying(change) }
    var problems: [Problem] = []
    guard let definition = Self.definition(tree, evidence: evidence, problems: &problems), problems.isEmpty
    else { throw .badData(problems: problems, omitted: 0) }
    return definition
  }

  /// The latest day on which anything in the workspace became known: the date of a plan unless it says otherwise.
  public var latestPublication: CivilDate? {
    let published = evidence.flatMap { $0.points.compactMap { $0.publication?.date } }
    var problems: [Problem] = []
    let rules = Self.definition(root, evidence: evidence, problems: &problems)?.policies.knownDates ?? []
    return (published + rules).max()
  }

  // MARK: Reading

  private static func open(_ root: WorkspaceNode) throws(EvidenceError) -> WorkspaceFields {
    try root.fields(
      required: ["needscast", "area", "plan", "series", "assumptions", "policies", "services"],
      optional: ["scenarios"])
  }

  private static func staysInside(_ path: String) -> Bool {
    !path.hasPrefix("/") && !path.split(separator: "/").contains("..")
  }

  private static func scenarios(
    _ node: WorkspaceNode?
  ) throws(EvidenceError) -> ([String], [String: [Override]]) {
    var names: [String] = []
    var overrides: [String: [Override]] = [:]
    for (key, value) in try node?.entries() ?? [] {
      guard key.name != baseScenario else {
        throw value.problem("\"\(baseScenario)\" is the workspace as it stands; choose another name")
      }
      let fields = try value.fields(required: ["reason", "set"])
      _ = try fields["reason"].text()
      var changes: [Override] = []
      for (path, setting) in try fields["set"].entries() {
        changes.append(Override(path: path.name, value: try setting.text()))
      }
      names.append(key.name)
      overrides[key.name] = changes
    }
    return (names, overrides)
  }

  /// The plan that a tree describes; nil when something in it is wrong, which is then among the problems.
  private static func definition(
    _ root: WorkspaceNode, evidence: Panel, problems: inout [Problem]
  ) -> PlanDefinition? {
    do throws(EvidenceError) {
      let fields = try open(root)
      _ = try fields["needscast"].wholeNumber(1...1)
      let area = try fields["area"].text()
      let plan = try fields["plan"].fields(required: ["name", "from", "to", "draws", "seed"])
      let from = try plan["from"].financialYear()
      let to = try plan["to"].financialYear()
      guard from <= to else {
        throw try plan["to"].problem("the plan's last year, \(to), is before its first, \(from)")
      }
      let assumptions = try fields["assumptions"].assumptions(problems: &problems)
      let policies = try fields["policies"].policies()
      var services: [any ServiceDefinition] = []
      for (key, value) in try fields["services"].entries() {
        do {
          let service = try value.service(id: key.name)
          try ReferenceCheck(area: area, evidence: evidence, assumptions: assumptions).check(value)
          services.append(service)
        } catch {
          problems += error.problems
        }
      }
      return PlanDefinition(
        area: area, name: try plan["name"].text(), years: from...to,
        draws: try plan["draws"].wholeNumber(1...10_000_000),
        seed: UInt64(try plan["seed"].wholeNumber(0...Int.max)), policies: policies,
        assumptions: assumptions, services: services)
    } catch {
      problems += error.problems
      return nil
    }
  }
}
