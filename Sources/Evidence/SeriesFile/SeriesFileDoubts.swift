import TimeSeries

// What is doubtful in a file and does not keep it from use.

extension SeriesFileReader {
  /// Doubts a column that is kept as an attribute and is a slip away from one that is read.
  mutating func doubtHeader() {
    let missing = SeriesColumns.names.filter { header.column($0) == nil }
    for (name, _) in columns.attributes {
      let small = name.lowercased()
      for known in missing {
        // Short words are near one another without being meant: "name" and "note" are two letters apart.
        let limit = known.count < 6 ? 1 : 2
        guard NearestName.distance(small, known, limit: limit) <= limit else { continue }
        warnings.add(
          Problem(
            file: header.file, row: 1,
            message:
              "column \"\(name)\" is not known and is kept as an attribute; did you mean \"\(known)\"?",
            severity: .warning))
        break
      }
    }
  }

  /// Doubts a numerator above its denominator, a denominator of nothing, and a value that is not their quotient.
  ///
  /// - Parameters:
  ///   - text: the value as it is written, whose last decimal says how it was rounded.
  ///   - isExplained: whether the row has a note; publishers divide by other denominators than those they print and say
  ///     so, and 3 per cent are then let pass.
  mutating func doubtQuotient(
    _ observation: Observation, _ text: String, over numerator: Double, _ denominator: Double, unit: Unit,
    isExplained: Bool, row: Int
  ) {
    guard !denominator.isNaN else { return }
    func doubt(_ message: String) {
      warnings.add(Problem(file: header.file, row: row, message: message, severity: .warning))
    }
    guard denominator > 0 else {
      doubt("denominator \(Observation.value(denominator)) is not above zero; check the column")
      return
    }
    guard !numerator.isNaN else { return }
    if unit.whole != nil, numerator > denominator {
      doubt(
        "numerator \(Observation.value(numerator)) is larger than denominator \(Observation.value(denominator)), and a "
          + "share cannot be more than the whole; check both")
      return
    }
    guard let value = observation.value, let multiplier = unit.multiplier else { return }
    let quotient = numerator / denominator * multiplier
    let tolerance = max(Self.halfUnit(of: text) * 1.000001, isExplained ? 0.03 * abs(value) : 0)
    if abs(quotient - value) > tolerance {
      doubt(
        "value \(observation) is not numerator \(Observation.value(numerator)) over denominator "
          + "\(Observation.value(denominator)), which is \(Observation.value((quotient * 1000).rounded() / 1000)); check "
          + "the three, or say in a note why they differ")
    }
  }

  /// Half of the last place that a number is written to: 0.05 for `12.4`, 0.5 for `12`.
  static func halfUnit(of text: String) -> Double {
    guard let point = text.firstIndex(of: ".") else { return 0.5 }
    let decimals = text[text.index(after: point)...].prefix { $0.isASCII && $0.isNumber }.count
    return (0..<decimals).reduce(0.5) { half, _ in half / 10 }
  }

  /// The periods that a series leaves out between two that it has, as a text; nil where they follow one another.
  static func gap(after point: Period, before next: Period) -> String? {
    guard let distance = point.distance(to: next), distance > 1 else { return nil }
    return distance <= 5
      ? (1..<distance).map { point.advanced(by: $0).label }.joined(separator: ", ")
      : "\(point.advanced(by: 1).label) to \(next.advanced(by: -1).label)"
  }

  /// Remembers the gaps of a series; areas that leave out the same are counted together.
  mutating func note(gaps missing: [String], of series: Int32) {
    guard !missing.isEmpty else { return }
    let text = missing.joined(separator: ", ")
    let id = rows.id(of: series)
    if let known = gaps.firstIndex(where: { $0.id == id && $0.missing == text }) {
      gaps[known].areas += 1
    } else if gaps.count < Self.gapLimit {
      gaps.append(Gap(id: id, missing: text, area: rows.area(of: series), areas: 1))
    } else {
      unnamedGaps += 1
    }
  }

  /// What a series leaves out.
  struct Gap {
    let id: String
    let missing: String
    /// The first area that does.
    let area: String?
    /// The number of areas that do.
    var areas: Int

    /// The gap as a sentence.
    var text: String {
      let place = areas > 1 ? " in \(areas) areas" : area.map { " in \($0)" } ?? ""
      return "series \"\(id)\" has no value for \(missing)\(place)"
    }
  }

  /// The most gaps that are named.
  static var gapLimit: Int { 20 }

  /// Doubts a value that its unit does not allow.
  mutating func doubtBounds(_ observation: Observation, _ unit: Unit, _ row: Int) {
    warnings.add(
      Problem(
        file: header.file, row: row,
        message:
          "value \(observation) lies outside what the unit \(unit) allows; check the value or the unit",
        severity: .warning))
  }
}
