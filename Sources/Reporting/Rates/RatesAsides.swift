// What is said beside the tables of rates.

extension RatesReport {
  /// What stands beside the figures: why there are none, why none are compared, missing neighbours and remarks, each
  /// sentence once.
  func asides(_ entries: [RatesDocument.Entry]) -> [String] {
    var lines: [String] = []
    func say(_ line: String) { if !lines.contains(line) { lines.append(line) } }
    for entry in entries {
      if let reason = entry.reason { say(reason) }
      for figure in entry.figures {
        if let reason = figure.reason { say(reason) }
        let place = "\(entry.area.map { "\($0), " } ?? "")\(figure.period)"
        for other in [figure.benchmark, figure.region] {
          if let other, let reason = other.reason { say("\(place), beside \(other.area): \(reason)") }
        }
        if let peers = figure.peers, !peers.missing.isEmpty {
          say("\(place): no value of \(peers.missing.joined(separator: ", ")), which are not ranked")
        }
        if let change = figure.change, let reason = change.reason { say("\(place): \(reason)") }
      }
    }
    for line in shared(entries, \.funnel?.reason) { say(line) }
    for line in shared(
      entries,
      { figure in
        figure.peers.flatMap { peers in
          peers.reason.map { (peers.rank == nil ? "not ranked, because " : "no quarter, because ") + $0 }
        }
      })
    { say(line) }
    for line in remarks(entries) { say(line) }
    if let line = methods(entries) { lines.append(line) }
    return lines
  }

  /// What the values are, and how the limits of those that have some were found.
  private func methods(_ entries: [RatesDocument.Entry]) -> String? {
    let figures = entries.flatMap(\.figures).filter { $0.value != nil }
    let statistics = Set(figures.compactMap(\.statistic)).sorted()
    guard !statistics.isEmpty else { return nil }
    // "Limits: limits as published" says a word twice.
    let methods = Set(
      figures.filter { !$0.limits.isEmpty }.compactMap(\.method).map {
        $0.hasPrefix("limits ") ? String($0.dropFirst("limits ".count)) : $0
      })
    let found = methods.isEmpty ? "" : "; limits: \(methods.sorted().joined(separator: ", "))"
    return statistics.joined(separator: ", ") + found
  }

  /// Sentences about figures, each once, with the first of its places and how many others there are.
  private func shared(
    _ entries: [RatesDocument.Entry], _ sentence: (RatesDocument.Figure) -> String?
  ) -> [String] {
    var order: [String] = []
    var places: [String: [String]] = [:]
    for entry in entries {
      for figure in entry.figures {
        guard let text = sentence(figure) else { continue }
        if places[text] == nil { order.append(text) }
        places[text, default: []].append("\(entry.area.map { "\($0), " } ?? "")\(figure.period)")
      }
    }
    return order.map { text in
      let all = places[text] ?? []
      let others = all.count - 1
      let more = others == 0 ? "" : " and \(others) other \(others == 1 ? "figure" : "figures")"
      return "\(all.first ?? "")\(more): \(text)"
    }
  }

  /// Remarks, each once: those of several figures without a place, those of single figures for the last of each area.
  private func remarks(_ entries: [RatesDocument.Entry]) -> [String] {
    var counts: [String: Int] = [:]
    for figure in entries.flatMap(\.figures) {
      if let remark = figure.remark { counts[remark, default: 0] += 1 }
    }
    return entries.flatMap { entry -> [String] in
      let remarked = entry.figures.filter { $0.remark != nil }
      var lines: [String] = []
      for figure in remarked {
        guard let remark = figure.remark else { continue }
        if counts[remark, default: 0] > 1 {
          lines.append(remark)
        } else if figure == remarked.last {
          let likewise = remarked.count > 1 ? " (earlier figures likewise, as --format csv has it)" : ""
          lines.append("\(entry.area.map { "\($0), " } ?? "")\(figure.period): \(remark)\(likewise)")
        }
      }
      return lines
    }
  }
}
