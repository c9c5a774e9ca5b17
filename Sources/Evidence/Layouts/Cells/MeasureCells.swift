import TimeSeries

/// Reads the cells of measures, and counts those that were not written as plain numbers.
struct MeasureCells {
  private var tally = LooseNumberTally()

  /// Reads a cell: a plain number, a code, or a number as people type it.
  ///
  /// - Parameters:
  ///   - table: stands on the row.
  ///   - column: the position of the field.
  ///   - unit: the unit of the measure; values that it cannot have are refused.
  ///   - isWhole: whether the measure counts whole things.
  /// - Throws: `UnreadableText` that says what would be accepted.
  mutating func observation(
    _ table: LayoutTable, _ column: Int, unit: Unit, isWhole: Bool = false
  ) throws(UnreadableText) -> Observation {
    let plain = table.withBytes(column) { PlainDecimal.value(of: $0) }
    let observation: Observation
    if let plain, plain.isFinite {
      observation = .value(plain)
    } else {
      observation = try read(table.text(column), unit: unit)
    }
    guard let value = observation.value else { return observation }
    func refusal(_ problem: String, _ remedy: String) -> UnreadableText {
      UnreadableText(text: table.text(column), problem: problem, remedy: remedy)
    }
    if let least = unit.lowerBound, value < least {
      throw refusal(
        "is below \(Observation.value(least))", "write a number from \(Observation.value(least)) up")
    }
    if let greatest = unit.upperBound, value > greatest {
      throw refusal(
        "is above \(Observation.value(greatest))", "write a number up to \(Observation.value(greatest))")
    }
    if isWhole, value != value.rounded() {
      throw refusal("is not a whole number", "write how many there are, such as 12")
    }
    return observation
  }

  private mutating func read(_ text: String, unit: Unit) throws(UnreadableText) -> Observation {
    let refusal: UnreadableText
    do throws(UnreadableText) {
      return try Observation(parsing: text, unit: unit)
    } catch {
      refusal = error
    }
    // Codes that a series file does not have: [c], k, ~.
    if let cell = try? PublishedCell(text), cell.note == nil, cell.observation.value == nil,
      cell.observation.bounds == nil
    {
      return cell.observation
    }
    let number: LooseNumber
    do throws(UnreadableText) {
      number = try LooseNumber(parsing: text)
    } catch {
      throw refusal.problem == "is not a number" ? error : refusal
    }
    if let said = number.unit, said != unit {
      throw UnreadableText(
        text: text, problem: "is in \(said), and the column in \(unit)",
        remedy: "write the number in \(unit), without a sign of another unit")
    }
    tally.count(number, writtenAs: text)
    return .value(number.value)
  }

  /// What was done to numbers that were not plain, as sentences with their counts.
  var notes: [String] { tally.notes }
}
