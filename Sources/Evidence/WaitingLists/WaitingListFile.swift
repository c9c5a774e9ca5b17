import Indicators
import TimeSeries

/// Waiting lists as a file defines them: `waiting-lists.yaml` in the folder of a workspace, or a file of its own.
///
/// Every number is a figure of a published series, an assumption of the workspace, or written in the file with its source
/// or its reason. A list that cannot be read is a problem with its place, and the others are read all the same.
public struct WaitingListFile: Sendable {
  /// The name of the file in the folder of a workspace.
  public static let usualName = "waiting-lists.yaml"

  /// The area that the lists are of, where it is said.
  public let area: String?
  /// The lists that could be read, in the order of the file.
  public let lists: [WaitingListDefinition]
  /// The names of all lists, those that could not be read too.
  public let names: [String]
  /// What is wrong with the others.
  public let problems: [Problem]
  /// The paths that were read.
  public let paths: [String]

  /// Reads a file, or the one in the folder of a workspace.
  ///
  /// - Parameter path: the file, `-` for standard input, or the folder.
  /// - Throws: ``EvidenceError`` where there is no such file or nothing in it can be read.
  public init(reading path: String) throws(EvidenceError) {
    let file = WorkspacePath.isWorkspace(path) ? "\(Workspace.folder(of: path))/\(Self.usualName)" : path
    let contents = try FileContents.read(file)
    guard let text = String(validating: contents.bytes, as: UTF8.self) else {
      throw .badData(Problem(file: file, message: "this is not UTF-8; save it as UTF-8"))
    }
    let root = try WorkspaceNode(yaml: text, file: file)
    // A workspace is read only where the file refers to it, so that a sound file is not refused for another's fault.
    var workspace: Workspace?
    if root.refersToWorkspace, file != "-" {
      let folder = Self.folder(of: file)
      do throws(EvidenceError) {
        workspace = try Workspace(reading: folder)
      } catch .noSuchFile {
        workspace = nil
      }
    }
    try self.init(root, workspace: workspace, file: file)
  }

  init(_ root: WorkspaceNode, workspace: Workspace?, file: String) throws(EvidenceError) {
    let fields = try root.fields(required: ["needscast", "lists"], optional: ["area", "calendars"])
    try fields["needscast"].version()
    let stated = try fields.optional("area")?.text()
    let references: WaitingReferences
    if let workspace {
      references = try WaitingReferences(workspace, area: stated)
      paths = [file] + workspace.files.map(\.location)
    } else {
      references = WaitingReferences(area: stated)
      paths = [file]
    }
    area = references.area
    var calendars: [String: WaitingListCalendar] = [:]
    for (key, value) in try fields.optional("calendars")?.entries() ?? [] {
      calendars[key.name] = try value.waitingCalendar()
    }
    var lists: [WaitingListDefinition] = []
    var names: [String] = []
    var problems: [Problem] = []
    for (key, value) in try fields["lists"].entries() {
      names.append(key.name)
      do {
        lists.append(
          try value.waitingListDefinition(id: key.name, references: references, calendars: calendars))
      } catch {
        problems += error.problems
      }
    }
    guard !names.isEmpty else {
      throw try fields["lists"].problem("there is no list in it; add one under its name")
    }
    self.lists = lists
    self.names = names
    self.problems = problems
  }

  private static func folder(of file: String) -> String {
    guard let slash = file.lastIndex(of: "/") else { return "." }
    return slash == file.startIndex ? "/" : String(file[..<slash])
  }

  /// Whether a path is a file of definitions by its ending, `.yaml` or `.yml`, or a folder.
  public static func isDefinition(_ path: String) -> Bool {
    path.hasSuffix(".yaml") || path.hasSuffix(".yml") || WorkspacePath.isWorkspace(path)
  }
}

extension WorkspaceNode {
  /// Whether anything below names a series or an assumption.
  fileprivate var refersToWorkspace: Bool {
    switch content {
    case .text: false
    case .list(let items): items.contains { $0.refersToWorkspace }
    case .mapping(let entries):
      entries.contains { ["series", "assumption"].contains($0.key.name) || $0.value.refersToWorkspace }
    }
  }

  /// A calendar: its closures and the reason for them.
  fileprivate func waitingCalendar() throws(EvidenceError) -> WaitingListCalendar {
    let fields = try fields(required: ["reason"], optional: ["closures", "school-holidays"])
    var closures: [WaitingListCalendar.Closure] = []
    if let node = fields.optional("school-holidays") {
      closures.append(.schoolHolidays(remaining: try node.fields(required: ["capacity"])["capacity"].share()))
    }
    for item in try fields.optional("closures")?.items() ?? [] {
      let parts = try item.fields(required: ["name", "from", "to", "capacity"])
      let (name, from, to) = (try parts["name"].text(), try parts["from"], try parts["to"])
      let remaining = try parts["capacity"].share()
      if let first = try from.dayOfYear(), let last = try to.dayOfYear() {
        closures.append(
          .everyYear(
            name: name, fromMonth: first.month, fromDay: first.day, toMonth: last.month, toDay: last.day,
            remaining: remaining))
      } else {
        let (first, last) = (try from.date(), try to.date())
        guard first <= last else { throw to.problem("\(to.name) is \(last), before it begins on \(first)") }
        closures.append(.once(ClinicClosure(name: name, first: first, last: last, remaining: remaining)))
      }
    }
    guard !closures.isEmpty else {
      throw problem("\(name) closes on no day; write closures, school-holidays or both")
    }
    return WaitingListCalendar(closures: closures, reason: try fields["reason"].text())
  }

  /// A day of every year, `12-20`; nil for any other form.
  private func dayOfYear() throws(EvidenceError) -> (month: Int, day: Int)? {
    let text = try text()
    // 2020 has a 29 February.
    guard text.utf8.count == 5, let day = CivilDate("2020-\(text)") else { return nil }
    return (day.month, day.day)
  }
}
