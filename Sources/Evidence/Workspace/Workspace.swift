import Commissioning
import TimeSeries

/// A folder that holds a plan: `workspace.yaml`, and the series files that it names. It is on disk or in memory.
///
/// Reading is strict and complete: every problem that can be found is reported together, with file, line and column.
public struct Workspace: Sendable {
  /// The path of the folder; of a workspace in memory, its name.
  public let folder: String
  /// Every series of every file.
  public let evidence: Panel
  /// What the readers noticed and did not refuse, such as an encoding other than UTF-8.
  public let notes: [String]
  /// What may be wrong and does not stop a plan.
  public let warnings: [Problem]
  /// The files that were read, in order, with their contents' size.
  public let files: [WorkspaceFile]
  /// The scenarios, in the order of the file, then those in files of their own.
  public let scenarioDefinitions: [Scenario]

  /// The file as it was read.
  let root: WorkspaceNode
  /// The returns of children looked after that services name.
  private let returns: CareReturnStore

  /// A file that was read.
  public struct WorkspaceFile: Hashable, Sendable {
    /// The path from the workspace's folder; of a scenario's file from elsewhere, the path as it was given.
    public let path: String
    /// The bytes.
    public let bytes: [UInt8]
    /// The path by which it was opened; of a file in memory, the path by which it is named in what is said of it.
    public let location: String
  }

  /// The names of the scenarios, in the order of ``scenarioDefinitions``.
  public var scenarios: [String] { scenarioDefinitions.map(\.name) }

  /// The name of the workspace as it stands in its file.
  public static let baseScenario = "base"

  /// Reads a workspace: a folder, or its `workspace.yaml`.
  ///
  /// Every scenario is tried as well, so that a path that leads nowhere is found before it is wanted.
  ///
  /// - Parameters:
  ///   - path: the folder, or the file in it.
  ///   - scenarioFiles: files of scenarios from anywhere, which join those of the workspace.
  /// - Throws: ``EvidenceError`` with every problem found.
  public init(reading path: String, scenarioFiles: [String] = []) throws(EvidenceError) {
    var remains = Remains()
    try self.init(reading: path, scenarioFiles: scenarioFiles, remains: &remains)
  }

  /// Reads a workspace, and keeps what could be read of one that is refused.
  ///
  /// - Parameters:
  ///   - path: the folder, or the file in it.
  ///   - scenarioFiles: files of scenarios from anywhere, which join those of the workspace.
  ///   - remains: is given what could be read, as far as reading comes.
  /// - Throws: ``EvidenceError`` with every problem found.
  public init(
    reading path: String, scenarioFiles: [String] = [], remains: inout Remains
  ) throws(EvidenceError) {
    try self.init(in: WorkspaceFolder(path: path), scenarioFiles: scenarioFiles, remains: &remains)
  }

  /// Reads a workspace that is on disk or in memory.
  ///
  /// Every scenario is tried as well, so that a path that leads nowhere is found before it is wanted.
  ///
  /// - Throws: ``EvidenceError`` with every problem found.
  public init(in folder: WorkspaceFolder) throws(EvidenceError) {
    var remains = Remains()
    try self.init(in: folder, scenarioFiles: [], remains: &remains)
  }

  private init(
    in place: WorkspaceFolder, scenarioFiles: [String], remains: inout Remains
  ) throws(EvidenceError) {
    folder = place.path
    remains.folder = folder
    let contents = try place.read("workspace.yaml")
    let file = contents.path
    guard let text = String(validating: contents.bytes, as: UTF8.self) else {
      throw .badData(Problem(file: file, message: "this is not UTF-8; save it as UTF-8"))
    }
    root = try WorkspaceNode(yaml: text, file: file)
    let fields = try Self.open(root)
    var problems: [Problem] = []
    let read = try SeriesReading(try fields["series"], in: place)
    problems += read.problems
    remains.area = try? fields["area"].text()
    remains.notes = read.notes
    remains.warnings = read.warnings + read.series.flatMap { LeapCheck.warnings(of: $0) }
    remains.isWhole = !read.unread.hasFile && read.unread.names.isEmpty
    do {
      evidence = try Panel(read.series)
      remains.evidence = evidence
    } catch {
      problems.append(Problem(file: folder, message: "\(error)"))
      throw .badData(problems: problems, omitted: read.omitted)
    }
    var stated = ScenarioReading()
    stated.read(fields.optional("scenarios"))
    stated.read(files: fields.optional("scenario-files"), in: place)
    for name in scenarioFiles { try stated.read(file: name, as: name) }
    stated.checkInheritance()
    scenarioDefinitions = stated.scenarios
    problems += stated.problems
    let returns = CareReturnStore(of: try fields["services"], in: place, problems: &problems)
    self.returns = returns
    files =
      [WorkspaceFile(path: "workspace.yaml", bytes: contents.bytes, location: file)] + read.files
      + stated.files + returns.files
    notes = read.notes
    warnings = remains.warnings + [root.unreviewedWarning].compactMap { $0 }
    _ = Self.definition(
      root, evidence: evidence, returns: returns, unread: read.unread, problems: &problems)
    if problems.isEmpty {
      for scenario in scenarios {
        do {
          _ = try plan(scenario: scenario)
        } catch {
          problems += error.problems
        }
      }
    }
    guard problems.isEmpty else { throw .badData(problems: problems, omitted: read.omitted) }
  }

  /// The folder that a path names, whether it ends in the file, in a slash or in neither.
  static func folder(of path: String) -> String {
    var folder = Substring(path)
    if folder == "workspace.yaml" || folder.hasSuffix("/workspace.yaml") {
      folder = folder.dropLast("workspace.yaml".count)
      if folder.isEmpty { return "." }
    }
    while folder.count > 1, folder.hasSuffix("/") { folder = folder.dropLast() }
    return folder.isEmpty ? "." : String(folder)
  }

  /// The plan of a scenario, with further changes.
  ///
  /// - Parameters:
  ///   - scenario: one of ``scenarios``, or ``baseScenario``.
  ///   - others: scenarios whose changes are made after those, in this order.
  ///   - overrides: changes on top of the scenarios' own.
  /// - Throws: ``EvidenceError/badArgument(_:)`` for an unknown scenario, and for an override whose path or value the
  ///   plan cannot have.
  public func plan(
    scenario: String = baseScenario, also others: [String] = [], overrides: [Override] = []
  ) throws(EvidenceError) -> PlanDefinition {
    var tree = PlanTree(root)
    var chain = try chain(of: scenario)
    for other in others {
      // What two of them inherit from is changed once.
      let names = Set(chain.map(\.name))
      chain += try self.chain(of: other).filter { !names.contains($0.name) }
    }
    for (level, one) in chain.enumerated() {
      for step in one.steps { try tree.apply(step, level: level) }
    }
    do throws(EvidenceError) {
      for change in overrides { try tree.apply(change, level: chain.count) }
      return try definition(tree)
    } catch {
      // The workspace and its scenarios were sound when they were read: what is wrong now came with the overrides.
      guard !overrides.isEmpty else { throw error }
      throw .badArgument(Self.sentences(error.problems, of: overrides))
    }
  }

  /// A scenario with all that it inherits from, the farthest first; none for ``baseScenario``.
  ///
  /// - Throws: ``EvidenceError/badArgument(_:)`` for an unknown scenario.
  public func chain(of scenario: String) throws(EvidenceError) -> [Scenario] {
    if scenario == Self.baseScenario { return [] }
    guard let last = scenarioDefinitions.first(where: { $0.name == scenario }) else {
      throw .badArgument(
        "--scenario \(scenario): there is no scenario \"\(scenario)\"; "
          + NearestName.advice(for: scenario, among: [Self.baseScenario] + scenarios))
    }
    return try Scenario.chain(to: last, among: scenarioDefinitions)
  }

  /// Whether the name of a scenario is that of a file, `FILE.yaml`.
  public static func isScenarioFile(_ name: String) -> Bool {
    name.hasSuffix(".yaml") || name.hasSuffix(".yml")
  }

  /// The name of the scenario that an argument names, which may be a file that the workspace was read with.
  public func scenarioName(of argument: String) -> String {
    scenarioDefinitions.first { Self.isScenarioFile(argument) && $0.file == argument }?.name ?? argument
  }

  /// The last year of the plan as the file states it: a shorter plan leaves out measures that begin later, and does not
  /// refuse them.
  private var lastYear: FinancialYear? {
    do throws(EvidenceError) {
      return try root.value(of: "plan")?.value(of: "to")?.financialYear()
    } catch {
      return nil
    }
  }

  private func definition(_ tree: PlanTree) throws(EvidenceError) -> PlanDefinition {
    var problems: [Problem] = []
    guard
      let definition = Self.definition(
        tree.root, levers: tree.levers, evidence: evidence, returns: returns, planned: lastYear,
        problems: &problems),
      problems.isEmpty
    else { throw .badData(problems: problems, omitted: 0) }
    return definition
  }

  /// Problems as lines, each after the argument that caused it; after all of them where it stands in the file itself.
  private static func sentences(_ problems: [Problem], of overrides: [Override]) -> String {
    let arguments = overrides.map(\.argument)
    return problems.map { problem in
      arguments.contains(problem.file)
        ? "\(problem.file): \(problem.message)" : "\(arguments.joined(separator: " ")): \(problem)"
    }.joined(separator: "\n")
  }

  /// The latest day on which anything in the workspace became known: a row of a series, a rule, or a balance,
  /// a year's spending or a transfer that a service states. It is the date of a plan unless the plan says otherwise.
  ///
  /// Nil when nothing in the workspace has a date.
  public var latestPublication: CivilDate? {
    var problems: [Problem] = []
    let definition = Self.definition(root, evidence: evidence, returns: returns, problems: &problems)
    return Self.latestPublication(of: definition, evidence: evidence)
  }

  // MARK: Reading

  private static func open(_ root: WorkspaceNode) throws(EvidenceError) -> WorkspaceFields {
    try root.fields(
      required: ["needscast", "area", "plan", "series", "assumptions", "policies", "services"],
      optional: ["scenarios", "scenario-files", "mitigations", "mitigation-overlaps"])
  }

  /// The plan that a tree describes; nil when something in it is wrong, which is then among the problems.
  static func definition(
    _ root: WorkspaceNode, levers: [PlanTree.StatedLever] = [], evidence: Panel,
    returns: CareReturnStore, unread: SeriesReading.Unread = SeriesReading.Unread(),
    planned: FinancialYear? = nil, problems: inout [Problem]
  ) -> PlanDefinition? {
    do throws(EvidenceError) {
      let fields = try open(root)
      try fields["needscast"].version()
      let area = try fields["area"].text()
      let plan = try fields["plan"].fields(
        required: ["name", "from", "to", "draws", "seed"],
        optional: ["population-beyond-estimates", "mitigations"])
      let from = try plan["from"].financialYear()
      let to = try plan["to"].financialYear()
      guard from <= to else {
        throw try plan["to"].problem("the plan's last year, \(to), is before its first, \(from)")
      }
      let assumptions = try fields["assumptions"].assumptions(problems: &problems)
      let policies = try fields["policies"].policies()
      let references = ReferenceCheck(
        area: area, evidence: evidence, assumptions: assumptions.read,
        unreadAssumptions: assumptions.unread, unreadSeries: unread)
      references.check(policies: try fields["policies"], problems: &problems)
      var services: [any ServiceDefinition] = []
      var unreadServices: Set<String> = []
      for (key, value) in try fields["services"].entries() {
        do {
          services.append(try value.service(id: key.name, returns: returns))
          references.check(value, problems: &problems)
        } catch {
          problems += error.problems
          unreadServices.insert(key.name)
        }
      }
      let populationAssumption = plan.optional("population-beyond-estimates")
      if let populationAssumption {
        references.check(assumption: populationAssumption, problems: &problems)
      }
      let register = try fields.optional("mitigations")?.mitigations(
        overlaps: fields.optional("mitigation-overlaps"), years: from...max(to, planned ?? to),
        services: services, unread: unreadServices)
      return PlanDefinition(
        area: area, name: try plan["name"].text(), years: from...to,
        draws: try plan["draws"].wholeNumber(1...10_000_000),
        seed: UInt64(try plan["seed"].wholeNumber(0...Int.max)), policies: policies,
        assumptions: assumptions.read, populationBeyondEstimates: try populationAssumption?.text(),
        services: services,
        levers: LeverReading(services: services, unread: unreadServices, years: from...to)
          .levers(levers, problems: &problems), mitigations: register,
        mitigationMode: try plan.optional("mitigations")?.choice(MitigationMode.self) ?? .none)
    } catch {
      problems += error.problems
      return nil
    }
  }
}
