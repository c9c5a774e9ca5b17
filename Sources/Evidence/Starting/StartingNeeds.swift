/// What a service lacks, in words.
enum StartingNeeds {
  /// Which series are missing, and the file that would bring each.
  static func sentence(
    _ missing: [[String]], of authority: Authority, _ measures: PublishedMeasures
  ) -> String {
    var files: [String] = []
    var names: [String: [String]] = [:]
    for group in missing {
      let holders = measures.all.filter { group.contains($0.series) }
      guard let first = holders.first else { continue }
      let file = "\(first.publisher) (layout \(first.layout))"
      if names[file] == nil { files.append(file) }
      names[file, default: []].append(
        group.count > 1 ? "one of \(group.joined(separator: ", "))" : first.series)
    }
    let parts = files.map { "\($0) would bring \((names[$0] ?? []).joined(separator: "; "))" }
    return "\(authority.name) has no figures of it in the files given; \(parts.joined(separator: "; "))."
  }

  /// A sentence in a comment of the services, over as many lines as it takes.
  static func wrapped(_ sentence: String) -> String {
    var lines: [String] = []
    var line = ""
    for word in YAMLScalar.comment(sentence).split(separator: " ") {
      if !line.isEmpty, line.count + word.count > 100 {
        lines.append(line)
        line = ""
      }
      line += line.isEmpty ? String(word) : " \(word)"
    }
    lines.append(line)
    return lines.joined(separator: "\n  # ")
  }
}
