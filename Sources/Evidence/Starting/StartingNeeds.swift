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
        first.series + (group.count > 1 ? " or another of \(group.count) like it" : ""))
    }
    let parts = files.map { file in
      let series = names[file] ?? []
      let more = series.count > 5 ? " and \(series.count - 5) more" : ""
      return "\(file) brings \(series.prefix(5).joined(separator: ", "))\(more)"
    }
    return "\(authority.label) lacks figures that it needs; \(parts.joined(separator: "; "))."
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
