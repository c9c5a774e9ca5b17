/// Random series files as bad as they come: quotes, line ends of every kind, blank rows, codes, gaps, rows that contradict
/// their series, fields that cannot be read, quotes that never close, older encodings, NUL bytes, files cut short.
struct HostileFile {
  /// The contents of the file.
  private(set) var bytes: [UInt8] = []

  private static let names = [
    "series", "area", "measure", "period", "value", "unit", "published", "published_approximate", "note",
    "source",
    "break", "numerator", "denominator", "frequency", "pool", "x", "rounding", "status",
  ]
  private static let values = [
    "1", "12.5", "-3", "c", "x", "1-7", "<5", "low", "*", "", " 4 ", "1e3", "99", "101",
  ]
  private static let bad = ["zz", "", "2020-13-01", "12,4%", "1e309", "5-1", "q\"q", "s1", "2001", " "]

  private var generator: SeededGenerator

  /// The file of a seed; two thirds of the files are hostile, the others merely of every shape.
  init(seed: UInt64) {
    generator = SeededGenerator(state: seed)
    bytes = make()
  }

  private mutating func chance(_ share: Double) -> Bool {
    Double.random(in: 0..<1, using: &generator) < share
  }

  private mutating func pick(_ texts: [String]) -> String { texts.randomElement(using: &generator) ?? "" }

  private mutating func make() -> [UInt8] {
    let isHostile = chance(0.67)
    var columns = ["period", "value"]
    for name in Self.names where !columns.contains(name) && chance(name == "series" ? 0.85 : 0.45) {
      columns.append(name)
    }
    columns.shuffle(using: &generator)
    var rows: [[String]] = []
    for series in 0..<Int.random(in: 1...6, using: &generator) {
      rows += self.rows(of: series, columns, isHostile: isHostile)
    }
    if chance(0.3) { rows.shuffle(using: &generator) }
    if chance(0.1) { rows.reverse() }
    let separator = pick([",", ",", ",", ";", "\t"])
    let lineEnd = pick(["\n", "\n", "\r\n", "\r"])
    var text = columns.joined(separator: separator) + lineEnd
    for row in rows {
      var fields = row.map { quoted($0) }
      if isHostile, chance(0.02) { fields.removeLast() }
      text += fields.joined(separator: separator)
      if isHostile, chance(0.003) { text += separator + "a\"" }
      if isHostile, chance(0.003) { text += separator + "\"open" }
      text += lineEnd
      if chance(0.05) { text += lineEnd }
      if chance(0.03) { text += String(repeating: separator, count: columns.count - 1) + lineEnd }
    }
    if chance(0.2) { text.removeLast() }
    var bytes = Array(text.utf8)
    if chance(0.1) { bytes = [0xEF, 0xBB, 0xBF] + bytes }
    if chance(0.1) { bytes.insert(0xE9, at: Int.random(in: 0...bytes.count, using: &generator)) }
    if isHostile, chance(0.03) { bytes.insert(0, at: Int.random(in: 0...bytes.count, using: &generator)) }
    if isHostile, chance(0.03) { bytes.removeLast(bytes.count / 2) }
    return bytes
  }

  private mutating func rows(of series: Int, _ columns: [String], isHostile: Bool) -> [[String]] {
    let area = pick(["Sefton", "Sefton, \"north\"", "É", "", "E0800"])
    let unit = pick([
      "count", "per cent", "proportion", "per 10,000", "weird", "", isHostile ? "per 0" : "weeks",
    ])
    let frequency = isHostile ? pick(["annual", "", "", "quarterly"]) : ""
    let form = Int.random(in: 0..<5, using: &generator)
    let start = Int.random(in: 1990...2020, using: &generator)
    var rows: [[String]] = []
    for step in 0..<Int.random(in: 1...9, using: &generator) {
      let year = start + step
      let period =
        switch form {
        case 0: "\(year)/\(String(year + 1).suffix(2))"
        case 1: "\(start + step / 4)-Q\(step % 4 + 1)"
        default: "\(year)"
        }
      var said = [
        "series": "s\(series)", "area": area, "measure": "m\(series % 2)", "period": period,
        "value": pick(Self.values),
        "unit": unit, "published": pick(["2020-01-05", "2024-02-29", "", "2019-12-31"]),
        "published_approximate": pick(["", "yes", "no", "No "]),
        "note": pick(["", "a\nb", "see, \"x\"", "r\r\nt"]),
        "source": pick(["", "S251", "LAIT"]), "break": pick(["", "no", "yes", "reporting"]),
        "numerator": pick(["", "3", "1", "c"]), "denominator": pick(["", "10", "4", "0"]),
        "frequency": frequency,
        "rounding": pick(["", "5", "10"]), "status": pick(["", "provisional", "revised"]),
        "pool": "p\(series / 2)", "x": pick(["1", "2", ""]),
      ]
      if isHostile, chance(0.06) { said[pick(columns)] = pick(Self.bad) }
      rows.append(columns.map { said[$0] ?? "" })
      if chance(0.02), let last = rows.last { rows.append(last) }
    }
    return rows
  }

  private mutating func quoted(_ field: String) -> String {
    guard chance(0.06) || field.contains(where: { ",;\t\"\n\r".contains($0) || $0 == "\r\n" }) else {
      return field
    }
    return "\"" + field.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"")
      + "\""
  }
}
