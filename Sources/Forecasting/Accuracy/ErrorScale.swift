/// What the errors of a forecast are divided by, so that series of different units and sizes can be averaged: how far
/// the seasonal naive forecast missed within the history that the forecast was made from.
///
/// R. J. Hyndman and A. B. Koehler, "Another look at measures of forecast accuracy" (2006).
public struct ErrorScale: Hashable, Sendable {
  /// The mean absolute difference of a value from the one a season earlier, in the unit of the series.
  public let absolute: Double
  /// The mean squared difference, in the squared unit of the series.
  public let squared: Double

  /// Whether nothing can be divided by it: the history never changed, or has one value.
  public var isZero: Bool { !(absolute > 0 && squared > 0) }

  /// The scale of a history.
  ///
  /// Where there is no season, or the history has no more values than a season, the differences are those of one value
  /// from the one before it, whatever lies between them. With a season, a value whose counterpart a season earlier is
  /// missing makes no difference; where all are missing, the differences are those of one.
  ///
  /// - Parameters:
  ///   - values: the observed values in the order of time.
  ///   - positions: their periods, counted from any start, strictly increasing; as many as there are values.
  ///   - season: the number of periods after which the season returns; 1 for none.
  public init(values: [Double], positions: [Int], season: Int) {
    var differences = Differences()
    if season > 1, values.count > season {
      var earlier = 0
      for later in values.indices.prefix(positions.count) {
        while positions[earlier] < positions[later] - season { earlier += 1 }
        if positions[earlier] == positions[later] - season {
          differences.add(values[later] - values[earlier])
        }
      }
    }
    if differences.count == 0 {
      for later in values.indices.dropFirst() { differences.add(values[later] - values[later - 1]) }
    }
    absolute = differences.count > 0 ? differences.absolute / Double(differences.count) : 0
    squared = differences.count > 0 ? differences.squared / Double(differences.count) : 0
  }

  /// The scale of what a model was fitted to.
  public init(_ sample: Sample) {
    self.init(values: sample.observed, positions: sample.positions, season: sample.season)
  }

  private struct Differences {
    var count = 0
    var absolute = 0.0
    var squared = 0.0

    mutating func add(_ difference: Double) {
      count += 1
      absolute += abs(difference)
      squared += difference * difference
    }
  }
}
