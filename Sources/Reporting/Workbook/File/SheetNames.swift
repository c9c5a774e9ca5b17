/// Names of sheets as workbooks allow them, told apart.
struct SheetNames {
  private var taken: Set<String> = []

  /// The most that a name has, in UTF-16 code units.
  private static let longest = 31

  /// A name like the one asked for: without `[ ] : * ? / \`, without an apostrophe at either end, 31 characters at most,
  /// and none that another sheet has, whatever the case of its letters.
  mutating func add(_ wanted: String) -> String {
    let line = WorkbookText.line(wanted, to: Self.longest)
    var name = String(line.map { "[]:*?/\\".contains($0) ? " " : $0 })
    while let first = name.first, first == "'" || first == " " { name.removeFirst() }
    while let last = name.last, last == "'" || last == " " { name.removeLast() }
    // Excel keeps the name of its log of changes to itself.
    if name.isEmpty || name.lowercased() == "history" { name = name.isEmpty ? "Sheet" : name + " sheet" }
    var result = name
    var number = 2
    while !taken.insert(result.lowercased()).inserted {
      let suffix = " (\(number))"
      result = WorkbookText.cut(name, to: Self.longest - suffix.utf16.count) + suffix
      number += 1
    }
    return result
  }
}

/// Names that formulas can use for cells, told apart.
struct DefinedNames {
  private var taken: Set<String> = []

  /// `high_needs_closing_balance` from `high-needs` and `closing_balance`.
  mutating func add(_ id: String, _ what: String) -> String {
    let plain = id.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? Character($0.lowercased()) : "_" }
    let base = "\(plain.first?.isLetter == true ? "" : "_")\(String(plain.prefix(150)))_\(what)"
    var name = base
    var number = 2
    while !taken.insert(name).inserted {
      name = "\(base)_\(number)"
      number += 1
    }
    return name
  }
}
