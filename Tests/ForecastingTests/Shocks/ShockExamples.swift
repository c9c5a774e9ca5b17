import Statistics
import Testing
import TimeSeries

@testable import Forecasting

/// A random walk with drift, or one seen through noise.
func walk(
  _ count: Int, path: UInt64, noise: Double = 0, drift: Double = 0, season: [Double] = [0],
  name: String = "walk"
) -> [Double] {
  var stream = RandomStream(seed: 2027, name: name, path: path)
  var level = 100.0
  return (0..<count).map { index in
    level += drift + stream.normal()
    return level + noise * stream.normal() + season[index % season.count]
  }
}

/// A sample of plain counts of periods.
func counted(_ values: [Double], _ frequency: Frequency = .yearly) throws -> Sample {
  try Sample(
    try Series(
      id: "s", measure: Measure(id: "m", unit: .score),
      points: values.enumerated().map { DataPoint(.index($0, frequency), $1) }), scale: .natural)
}

/// A sample of consecutive periods from a first one, with flags by index; nil values leave a gap.
func dated(
  _ values: [Double?], from first: Period, unit: TimeSeries.Unit = .score, flags: [Int: DataFlags] = [:],
  area: String? = nil, scale: ScaleChoice = .natural
) throws -> Sample {
  try Sample(
    try Series(
      id: "s", area: area, measure: Measure(id: "m", unit: unit),
      points: values.enumerated().compactMap { index, value in
        let observation = value.map { Observation.value($0) } ?? .notAvailable
        return value == nil && flags[index] == nil
          ? nil
          : DataPoint(
            period: first.advanced(by: index), observation: observation, flags: flags[index] ?? [])
      }), scale: scale)
}

/// Values with a shock of a kind added: 0 an outlier, 1 a change of which 0.7 is left each period, 2 a shift.
func planted(_ values: [Double], kind: Int, at index: Int, size: Double) -> [Double] {
  var values = values
  var effect = size
  for place in index..<values.count {
    values[place] += effect
    effect *= [0, 0.7, 1][kind]
  }
  return values
}
