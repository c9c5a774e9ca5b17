/// The middle of many numbers.
enum Middle {
  /// The median; zero where there is no number.
  static func median(_ values: [Double]) -> Double {
    guard !values.isEmpty else { return 0 }
    let sorted = values.sorted()
    let half = sorted.count / 2
    return sorted.count % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2
  }

  /// The mean of the middle half: as robust as it needs to be, and not caught on rounded figures as the median is.
  static func interquartileMean(_ values: [Double]) -> Double {
    let sorted = values.sorted()
    let cut = sorted.count / 4
    let middle = sorted[cut..<(sorted.count - cut)]
    return middle.reduce(0, +) / Double(max(middle.count, 1))
  }

  /// The quantile, interpolated between the ordered values (Hyndman and Fan's type 7).
  static func quantile(_ sorted: [Double], _ probability: Double) -> Double {
    guard let last = sorted.last else { return 0 }
    let place = probability * Double(sorted.count - 1)
    let below = Int(place)
    guard below + 1 < sorted.count else { return last }
    return sorted[below] + (place - Double(below)) * (sorted[below + 1] - sorted[below])
  }
}
