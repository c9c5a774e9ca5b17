import Needscast

/// Series of which the last part is set aside: what a forecaster may see, and what came.
///
/// Columns `series_id,frequency,period_index,value,split`, where `split` is `train` or `test`, and others by which series
/// are pooled and measures divided.
struct TruthFile {
  struct Item {
    let id: String
    let frequency: Frequency
    /// The values of the columns beyond the first five, by name.
    let labels: [String: String]
    var train: [(period: Int, value: Double, text: String)] = []
    var test: [(period: Int, value: Double)] = []

    /// What the errors of this series are divided by; a gap counts as one step.
    var scale: ErrorScale {
      ErrorScale(
        values: train.map(\.value), positions: Array(train.indices), season: frequency.seasonalPeriod)
    }
  }

  let items: [Item]
  /// The further columns, in the order of the file.
  let labelNames: [String]

  /// Reads a file, plain or compressed.
  init(_ path: String) throws {
    let table = try DelimitedText(DecodedText(FileContents.read(path)))
    let wanted = ["series_id", "frequency", "period_index", "value", "split"]
    let columns = wanted.compactMap { table.column($0) }
    guard columns.count == wanted.count else {
      throw Failure("\(path): the columns \(wanted.joined(separator: ", ")) are needed")
    }
    labelNames = table.header.filter { !wanted.contains($0) }
    let labelColumns = labelNames.compactMap { table.column($0) }
    var items: [Item] = []
    var numbers: [String: Int] = [:]
    var rows = try table.rows()
    while try rows.next() {
      let cells = columns.map { rows.text($0) }
      guard let frequency = Frequency(rawValue: cells[1]), let period = Int(cells[2]),
        let value = Double(cells[3]), value.isFinite, ["train", "test"].contains(cells[4])
      else {
        throw Failure(
          "\(path):\(rows.row): a frequency, a whole period, a value and train or test are needed")
      }
      let number: Int
      if let known = numbers[cells[0]] {
        number = known
      } else {
        number = items.count
        numbers[cells[0]] = number
        var labels: [String: String] = [:]
        for (name, column) in zip(labelNames, labelColumns) { labels[name] = rows.text(column) }
        items.append(Item(id: cells[0], frequency: frequency, labels: labels))
      }
      if cells[4] == "train" {
        items[number].train.append((period, value, cells[3]))
      } else {
        items[number].test.append((period, value))
      }
    }
    for index in items.indices {
      items[index].train.sort { $0.period < $1.period }
      items[index].test.sort { $0.period < $1.period }
    }
    self.items = items
  }

  /// The frequencies, in the order in which they first appear.
  var frequencies: [Frequency] {
    var found: [Frequency] = []
    for item in items where !found.contains(item.frequency) { found.append(item.frequency) }
    return found
  }

  /// The command's input for the series of a frequency: `series,period,value` and `pool` where there is one.
  func input(_ frequency: Frequency, pool: String?) -> String {
    var text = "series,period,value" + (pool.map { _ in ",pool" } ?? "") + "\n"
    for item in items where item.frequency == frequency {
      let id = Self.quoted(item.id)
      let end = pool.map { "," + Self.quoted(item.labels[$0] ?? "") } ?? ""
      for row in item.train { text += "\(id),\(row.period),\(row.text)\(end)\n" }
    }
    return text
  }

  private static func quoted(_ text: String) -> String {
    guard text.contains(where: { ",\"\n\r".contains($0) }) else { return text }
    return "\"" + text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"")
      + "\""
  }
}

/// Why the table cannot be made: a sentence.
struct Failure: Error, CustomStringConvertible {
  let description: String
  init(_ description: String) { self.description = description }
}
