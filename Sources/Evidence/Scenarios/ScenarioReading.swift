import TimeSeries

/// The scenarios of a workspace, each with the one that it inherits from: those under `scenarios` in its own file, then
/// those in files of their own.
struct ScenarioReading {
  private(set) var scenarios: [Scenario] = []
  private(set) var files: [Workspace.WorkspaceFile] = []
  private(set) var problems: [Problem] = []

  /// Reads the scenarios that stand in the workspace's own file.
  mutating func read(_ node: WorkspaceNode?) {
    do throws(EvidenceError) {
      for (key, value) in try node?.entries() ?? [] {
        collect { () throws(EvidenceError) in
          try Scenario(value, name: key.name, place: value.place(at: key), required: [])
        }
      }
    } catch {
      problems += error.problems
    }
  }

  /// Reads the files of scenarios that a list names, all of them inside a folder.
  mutating func read(files list: WorkspaceNode?, in folder: WorkspaceFolder) {
    do throws(EvidenceError) {
      var seen: Set<[Substring]> = []
      for item in try list?.items() ?? [] {
        do throws(EvidenceError) {
          let parts = try item.fileInFolder()
          guard seen.insert(parts).inserted else {
            throw item.problem("\"\(try item.text())\" is listed twice")
          }
          try read(try folder.read(try item.text()), as: try item.text())
        } catch {
          problems += error.isAboutData ? error.problems : [item.remark("\(error)")]
        }
      }
    } catch {
      problems += error.problems
    }
  }

  /// Reads a file of one scenario.
  ///
  /// - Parameters:
  ///   - path: where the file is.
  ///   - name: the path under which it is listed among the files that were read.
  mutating func read(file path: String, as name: String) throws(EvidenceError) {
    try read(try FileContents.read(path), as: name)
  }

  private mutating func read(_ contents: FileContents, as name: String) throws(EvidenceError) {
    let path = contents.path
    guard let text = String(validating: contents.bytes, as: UTF8.self) else {
      throw .badData(Problem(file: path, message: "this is not UTF-8; save it as UTF-8"))
    }
    files.append(Workspace.WorkspaceFile(path: name, bytes: contents.bytes, location: path))
    let node = try WorkspaceNode(yaml: text, file: path)
    collect { () throws(EvidenceError) in
      let fields = try node.fields(required: ["needscast", "scenario"], optional: Scenario.keys)
      try fields["needscast"].version()
      let name = try fields["scenario"]
      return try Scenario(node, name: try name.text(), place: name, required: ["needscast", "scenario"])
    }
  }

  private mutating func collect(_ read: () throws(EvidenceError) -> Scenario) {
    do throws(EvidenceError) {
      let scenario = try read()
      if let other = scenarios.first(where: { $0.name == scenario.name }) {
        throw scenario.node.problem(
          "there is a scenario \"\(scenario.name)\" already, at \(other.node.position); choose another name")
      }
      scenarios.append(scenario)
    } catch {
      problems += error.problems
    }
  }

  /// Adds what is wrong with the inheritance of the scenarios that could be read to the problems.
  mutating func checkInheritance() {
    for scenario in scenarios {
      do throws(EvidenceError) {
        _ = try Scenario.chain(to: scenario, among: scenarios)
      } catch {
        // Every scenario that leads into a circle meets it; it is said once.
        problems += error.problems.filter { !problems.contains($0) }
      }
    }
  }
}

extension Scenario {
  /// The keys that a scenario may have, wherever it stands.
  static let keys = ["reason", "author", "date", "inherits", "set", "change"]

  /// Reads a scenario.
  ///
  /// - Parameters:
  ///   - place: where its name stands.
  ///   - required: further keys, which the caller reads.
  init(
    _ node: WorkspaceNode, name: String, place: WorkspaceNode, required: [String]
  ) throws(EvidenceError) {
    guard name != Workspace.baseScenario else {
      throw place.problem("\"\(name)\" is the workspace as it stands; choose another name")
    }
    guard !Workspace.isScenarioFile(name), !name.isEmpty else {
      throw place.problem("\"\(name)\" would be read as a file's name; choose another name")
    }
    let fields = try node.fields(
      required: required + ["reason"], optional: Self.keys.filter { $0 != "reason" })
    self.name = name
    self.node = place
    file = node.file
    reason = try fields["reason"].text()
    author = try fields.optional("author")?.text()
    date = try fields.optional("date")?.date()
    inherits = try fields.optional("inherits")?.text()
    var steps: [ScenarioStep] = []
    for (key, value) in try fields.optional("set")?.entries() ?? [] {
      steps.append(.set(ScenarioChange(path: key.name, value: value)))
    }
    for item in try fields.optional("change")?.items() ?? [] {
      steps.append(.change(try StatedChange(item)))
    }
    guard !steps.isEmpty || inherits != nil else {
      throw node.problem(
        "\(node.name) changes nothing; give \"set\", paths and their values, or \"change\", a list of changes"
      )
    }
    self.steps = steps
    parent = fields.optional("inherits")
  }

  /// A scenario with all that it inherits from, the farthest first.
  ///
  /// - Throws: ``EvidenceError/badData(problems:omitted:)`` for a scenario that is not there, and for a circle, which it
  ///   names.
  static func chain(to last: Scenario, among scenarios: [Scenario]) throws(EvidenceError) -> [Scenario] {
    var chain = [last]
    while let scenario = chain.first, let parent = scenario.inherits, parent != Workspace.baseScenario {
      let place = scenario.parent ?? scenario.node
      guard let next = scenarios.first(where: { $0.name == parent }) else {
        let others = scenarios.map(\.name).filter { $0 != scenario.name }
        throw place.problem(
          "there is no scenario \"\(parent)\" to inherit from; "
            + NearestName.advice(for: parent, among: [Workspace.baseScenario] + others))
      }
      if let start = chain.firstIndex(where: { $0.name == parent }) {
        // The same circle is met from each of its members; it is reported where the first of them in the file stands.
        let members = chain[...start]
        let first = scenarios.first { one in members.contains { $0.name == one.name } } ?? scenario
        throw (first.parent ?? first.node).problem(
          "scenarios inherit from one another in a circle, \(Self.circle(members, from: first)); let one of them "
            + "inherit from \"\(Workspace.baseScenario)\" or from nothing")
      }
      chain.insert(next, at: 0)
    }
    return chain
  }

  /// The members of a circle, each before the one that it inherits from: `a from b from a`.
  private static func circle(_ members: ArraySlice<Scenario>, from first: Scenario) -> String {
    var names = [first.name]
    var current = first
    while let next = members.first(where: { $0.name == current.inherits }), next.name != first.name {
      names.append(next.name)
      current = next
    }
    return (names + [first.name]).joined(separator: " from ")
  }
}

extension WorkspaceNode {
  /// The place of a key, for complaints about the name that it is.
  fileprivate func place(at key: Key) -> WorkspaceNode {
    WorkspaceNode(content: content, path: path, file: file, line: key.line, column: key.column)
  }

  /// The place as a reader finds it: `workspace.yaml:12`.
  var position: String { line.map { "\(file):\($0)" } ?? file }

  /// The parts of the path of a file that must lie in the workspace's folder.
  func fileInFolder() throws(EvidenceError) -> [Substring] {
    let name = try text()
    guard let parts = WorkspaceFolder.parts(of: name) else { throw problem(WorkspaceFolder.leadsOut(name)) }
    return parts
  }
}

extension EvidenceError {
  /// Whether the error is about what a file says, and so has a place in it.
  var isAboutData: Bool { if case .badData = self { true } else { false } }
}
