import Commissioning
import TimeSeries

/// A place in a workspace file that knows where it is, so that every complaint can say so.
///
/// Reading is strict: a mapping is opened with the keys it may have, and any other key is an error that names the
/// nearest one that exists.
struct WorkspaceNode: Sendable {
  /// What stands at a place.
  enum Content: Sendable {
    case text(String)
    case list([WorkspaceNode])
    case mapping([(key: Key, value: WorkspaceNode)])
  }

  /// A key of a mapping, and where it stands.
  struct Key: Sendable {
    let name: String
    let line: Int?
    let column: Int?
  }

  let content: Content
  /// The keys that lead here from the top of the file.
  let path: [String]
  let file: String
  let line: Int?
  let column: Int?

  /// The path as an override would write it.
  var name: String { path.isEmpty ? "the file" : path.joined(separator: ".") }

  /// A complaint about this place.
  func problem(_ message: String) -> EvidenceError { .badData(remark(message)) }

  /// What is wrong at this place, to be reported with other problems.
  func remark(_ message: String, severity: Problem.Severity = .error) -> Problem {
    Problem(file: file, row: line, column: column, message: message, severity: severity)
  }

  /// Whether a mapping stands here.
  var isMapping: Bool {
    if case .mapping = content { true } else { false }
  }

  /// Whether a list stands here.
  var isList: Bool {
    if case .list = content { true } else { false }
  }

  // MARK: Mappings

  /// Opens a mapping that may have only the given keys.
  ///
  /// - Throws: ``EvidenceError/badData(problems:omitted:)`` for anything but a mapping, an unknown key, or a required
  ///   key that is missing.
  func fields(
    required: [String], optional: [String] = []
  ) throws(EvidenceError) -> WorkspaceFields {
    var fields: [String: WorkspaceNode] = [:]
    let allowed = required + optional
    for (key, value) in try entries() {
      guard allowed.contains(key.name) else {
        throw problem(
          at: key,
          "unknown key \"\(key.name)\" in \(name); " + NearestName.advice(for: key.name, among: allowed))
      }
      fields[key.name] = value
    }
    for key in required where fields[key] == nil {
      throw problem("\(name) needs the key \"\(key)\"")
    }
    return WorkspaceFields(of: self, fields: fields)
  }

  /// The entries of a mapping whose keys are names of the author's own choosing.
  func entries() throws(EvidenceError) -> [(key: Key, value: WorkspaceNode)] {
    guard case .mapping(let entries) = content else {
      throw problem("\(name) must be a mapping of keys to values, \"key: value\"")
    }
    return entries
  }

  /// The value of one key, where this is a mapping that has it.
  func value(of key: String) -> WorkspaceNode? {
    guard case .mapping(let entries) = content else { return nil }
    return entries.first { $0.key.name == key }?.value
  }

  /// A complaint about a key.
  func problem(at key: Key, _ message: String) -> EvidenceError {
    .badData(Problem(file: file, row: key.line, column: key.column, message: message))
  }

  // MARK: Values

  /// The items of a list.
  func items() throws(EvidenceError) -> [WorkspaceNode] {
    guard case .list(let items) = content else {
      throw problem("\(name) must be a list, one \"- item\" a line or [item, item]")
    }
    return items
  }

  /// A text that is not empty.
  func text() throws(EvidenceError) -> String { try text("a text") }

  /// A single value that is not empty, to be read as something else; the complaint says as what.
  private func text(_ wanted: String) throws(EvidenceError) -> String {
    guard case .text(let text) = content, !text.isEmpty else {
      throw problem("\(name) must be \(wanted)")
    }
    return text
  }

  /// A list of texts.
  func texts() throws(EvidenceError) -> [String] {
    var texts: [String] = []
    for item in try items() { texts.append(try item.text()) }
    return texts
  }

  /// A finite number; `3.5%` is 0.035.
  func number(_ wanted: String = "a number, such as 0.035 or 3.5%") throws(EvidenceError) -> Double {
    let text = try text(wanted)
    let isPercentage = text.hasSuffix("%")
    let digits = isPercentage ? String(text.dropLast()) : text
    // The decimal point is moved in the text, because dividing 11.7 by 100 does not give the number nearest 0.117.
    let shifted = isPercentage && !digits.contains(where: { "eE".contains($0) }) ? digits + "e-2" : digits
    guard let value = Double(shifted), value.isFinite, digits.allSatisfy({ "+-.0123456789eE".contains($0) })
    else {
      throw problem(
        "\"\(text)\" in \(name) is not a number; write digits with a point for decimals, such as 0.035 or 3.5%"
      )
    }
    return isPercentage && shifted == digits ? value / 100 : value
  }

  /// Whether a number is written with a per cent sign.
  var isPercentage: Bool {
    if case .text(let text) = content { text.hasSuffix("%") } else { false }
  }

  /// A whole number in a range.
  func wholeNumber(_ range: ClosedRange<Int>) throws(EvidenceError) -> Int {
    let text = try text("a whole number from \(range.lowerBound) to \(range.upperBound)")
    guard let value = Int(text), range.contains(value) else {
      throw problem(
        "\"\(text)\" in \(name) is not a whole number from \(range.lowerBound) to \(range.upperBound)")
    }
    return value
  }

  /// Accepts the one version of the file's layout that there is.
  func version() throws(EvidenceError) {
    let text = try text("the version of the file's layout, 1")
    guard text == "1" else {
      throw problem("\"\(text)\" in \(name) is no version of the file's layout; version 1 is the only one")
    }
  }

  /// A share, 0 to 1.
  func share() throws(EvidenceError) -> Double {
    let value = try number("a share, 0 to 1 or 0% to 100%")
    guard (0...1).contains(value) else {
      throw problem("\"\(try text())\" in \(name) is not a share; give 0 to 1, or 0% to 100%")
    }
    return value
  }

  /// A day, yyyy-mm-dd.
  func date() throws(EvidenceError) -> CivilDate {
    let text = try text("a day, such as 2028-03-31")
    guard let date = CivilDate(text) else {
      throw problem("\"\(text)\" in \(name) is not a day; write it as 2028-03-31")
    }
    return date
  }

  /// A financial year, 2024/25.
  func financialYear() throws(EvidenceError) -> FinancialYear {
    let text = try text("a financial year, such as 2024/25")
    guard let year = FinancialYear(text) else {
      throw problem("\"\(text)\" in \(name) is not a financial year; write it as 2024/25")
    }
    return year
  }

  /// One of a few words.
  func choice<Choice: RawRepresentable & CaseIterable>(
    _ type: Choice.Type
  ) throws(EvidenceError) -> Choice where Choice.RawValue == String {
    let words = Choice.allCases.map(\.rawValue).joined(separator: ", ")
    let text = try text("one of \(words)")
    guard let choice = Choice(rawValue: text) else {
      throw problem("\"\(text)\" in \(name) is not one of \(words)")
    }
    return choice
  }
}

/// The fields of a mapping that was opened with the keys it may have.
struct WorkspaceFields {
  private let parent: WorkspaceNode
  private let fields: [String: WorkspaceNode]

  init(of parent: WorkspaceNode, fields: [String: WorkspaceNode]) {
    self.parent = parent
    self.fields = fields
  }

  /// A field that was required when the mapping was opened.
  subscript(key: String) -> WorkspaceNode {
    get throws(EvidenceError) {
      guard let field = fields[key] else { throw parent.problem("\(parent.name) needs the key \"\(key)\"") }
      return field
    }
  }

  /// A field that may be left out.
  func optional(_ key: String) -> WorkspaceNode? { fields[key] }
}

extension FinancialYear {
  /// Reads `2024/25` or `2024-25`, from 1900/01 to 2199/00; nil for any other text, and for `2024/26`.
  public init?(_ text: String) {
    let parts = text.split(separator: text.contains("/") ? "/" : "-", omittingEmptySubsequences: false)
    guard parts.count == 2, parts[0].utf8.count == 4, parts[1].utf8.count == 2,
      parts.allSatisfy({ $0.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } }),
      let start = Int(parts[0]),
      let end = Int(parts[1]), (1900...2199).contains(start), (start + 1) % 100 == end
    else { return nil }
    self.init(start)
  }
}
