import RealModule
import TimeSeries

/// Finds a change that is beyond anything the series has ever done.
///
/// Changes are compared as ratios where the unit has a zero below which nothing is (counts, rates), as differences
/// elsewhere. A change is doubted when it is more than four times the largest of all others and more than ten times
/// their middle one, when there are at least five others, and when the figures are not small: counts below 20 do as they
/// like. A break or a note says that somebody has seen it.
enum JumpCheck {
  private static let timesLargest = 4.0
  private static let timesMedian = 10.0
  private static let leastOthers = 5
  private static let smallCount = 20.0

  /// A warning for the jump of a series, where it has one.
  static func problems(of series: Series) -> [Problem] {
    let known = series.points.filter { $0.value?.isFinite == true }
    guard known.count >= leastOthers + 2 else { return [] }
    let values = known.compactMap(\.value)
    let isRatio = usesRatios(series.measure.unit, values)
    var changes: [(size: Double, index: Int)] = []
    for index in 1..<known.count {
      let (before, after) = (values[index - 1], values[index])
      if known[index].breakBefore || known[index].note != nil { continue }
      if isRatio, max(before, after) < smallCount { continue }
      let size = isRatio ? abs(Double.log(after / before)) : abs(after - before)
      if size.isFinite { changes.append((size, index)) }
    }
    guard changes.count > leastOthers, let jump = changes.max(by: { $0.size < $1.size }) else { return [] }
    let others = changes.filter { $0.index != jump.index }.map(\.size).sorted()
    guard let largest = others.last, largest > 0, jump.size > timesLargest * largest,
      jump.size > timesMedian * others[others.count / 2], let origin = known[jump.index].origin
    else { return [] }
    // The leap of ten times and more has a sentence of its own.
    if !LeapCheck.warnings(of: series).isEmpty { return [] }
    let (before, after) = (known[jump.index - 1], known[jump.index])
    let place = series.area.map { " of \($0)" } ?? ""
    return [
      Problem(
        file: origin.file, row: origin.row,
        message: """
          "\(series.id)"\(place) goes from \(before.observation) at \(before.period.label) to \(after.observation) at \
          \(after.period.label), more than \(Int(timesLargest)) times the largest of its other \(others.count) changes; \
          check both, and mark a break or write a note where it is right
          """, severity: .warning)
    ]
  }

  private static func usesRatios(_ unit: Unit, _ values: [Double]) -> Bool {
    switch unit {
    case .count, .rate, .pounds, .weeks: values.allSatisfy { $0 > 0 }
    case .proportion, .percentage, .score, .other: false
    }
  }
}
