import TimeSeries

/// What forecasts were made from, so that they can be made again.
public struct ForecastManifest: Codable, Hashable, Sendable {
  /// A file that was read.
  public struct Input: Codable, Hashable, Sendable {
    /// The file, as it was named.
    public let path: String
    /// The SHA-256 digest of its bytes, in hexadecimal.
    public let sha256: String

    /// A file.
    public init(path: String, sha256: String) {
      self.path = path
      self.sha256 = sha256
    }
  }

  /// An option of the run.
  public struct Option: Codable, Hashable, Sendable {
    /// Its name, without hyphens.
    public let name: String
    /// Its value, as it was given.
    public let value: String

    /// An option.
    public init(name: String, value: String) {
      self.name = name
      self.value = value
    }
  }

  /// The version of the command.
  public let version: String
  /// The seed from which every random number followed.
  public let seed: UInt64
  /// The levels of the intervals, from 0 to 1.
  public let levels: [Double]
  /// The options of the run, in the order given.
  public let options: [Option]
  /// The files that were read.
  public let inputs: [Input]

  /// Puts together a manifest.
  public init(version: String, seed: UInt64, levels: [Double], options: [Option] = [], inputs: [Input]) {
    self.version = version
    self.seed = seed
    self.levels = levels
    self.options = options
    self.inputs = inputs
  }
}

/// One step of one forecast, as a store holds it.
public struct StoredForecast: Hashable, Sendable {
  /// A value below which the outturn falls with a probability.
  public struct Quantile: Hashable, Sendable {
    /// The probability, above 0 and below 1; kept to nine decimals, so that 0.1 is 0.1 however it was worked out.
    public let probability: Double
    /// The value, in the unit of the series.
    public let value: Double

    /// A quantile.
    public init(probability: Double, value: Double) {
      self.probability = (probability * 1e9).rounded() / 1e9
      self.value = value
    }
  }

  /// The identifier of the series.
  public var series: String
  /// Its area, where it has one.
  public var area: String?
  /// The model, by its specification.
  public var model: String
  /// The day whose knowledge was used; nil for all that the input held.
  public var asOf: CivilDate?
  /// The last period that was known.
  public var origin: Period
  /// The number of periods after it, from 1.
  public var step: Int
  /// The period that is forecast.
  public var period: Period
  /// The mean, in the unit of the series.
  public var mean: Double
  /// The quantiles, by rising probability.
  public internal(set) var quantiles: [Quantile]

  /// A forecast of one step.
  public init(
    series: String, area: String? = nil, model: String, asOf: CivilDate? = nil, origin: Period, step: Int,
    period: Period, mean: Double, quantiles: [Quantile]
  ) {
    self.series = series
    self.area = area
    self.model = model
    self.asOf = asOf
    self.origin = origin
    self.step = step
    self.period = period
    self.mean = mean
    self.quantiles = quantiles.sorted { $0.probability < $1.probability }
  }

  /// The quantiles of a median and of intervals: the two ends of each level.
  ///
  /// - Parameters:
  ///   - median: the median.
  ///   - levels: the levels of the intervals, from 0 to 1.
  ///   - bounds: the lower and the upper end of each level's interval, in the order of the levels.
  public static func quantiles(median: Double, levels: [Double], bounds: [Double]) -> [Quantile] {
    var quantiles = [Quantile(probability: 0.5, value: median)]
    for (place, level) in levels.enumerated() where 2 * place + 1 < bounds.count {
      quantiles.append(Quantile(probability: (1 - level) / 2, value: bounds[2 * place]))
      quantiles.append(Quantile(probability: (1 + level) / 2, value: bounds[2 * place + 1]))
    }
    return quantiles
  }

  /// The value of a probability; nil when it was not kept.
  func quantile(_ probability: Double) -> Double? {
    let wanted = Quantile(probability: probability, value: 0).probability
    return quantiles.first { $0.probability == wanted }?.value
  }

  /// What is wrong with it; nil when it can be kept.
  var unsoundness: String? {
    if !mean.isFinite { return "its mean \(mean) is not a finite number" }
    if step < 1 { return "its step \(step) is not 1 or more" }
    for (place, quantile) in quantiles.enumerated() {
      if !(quantile.probability > 0 && quantile.probability < 1) {
        return "its quantile \(quantile.probability) does not lie between 0 and 1"
      }
      if !quantile.value.isFinite { return "its quantile \(quantile.probability) is not a finite number" }
      if place > 0, quantiles[place - 1].probability == quantile.probability {
        return "its quantile \(quantile.probability) stands twice"
      }
    }
    if PeriodCode(origin) == nil || PeriodCode(period) == nil { return "its periods lie too far away" }
    return nil
  }
}

/// What a store answers to something that is saved.
public struct StoreSaving: Hashable, Sendable {
  /// The number of the run in the store, from 1.
  public let run: Int
  /// Whether the very same was there already: nothing was changed, and the number is that of the earlier run.
  public let isRepeat: Bool
}

/// Forecasts that were saved together.
public struct SavedForecasts: Hashable, Sendable {
  /// The number of the run in the store, from 1.
  public let number: Int
  /// What they were made from.
  public let manifest: ForecastManifest
  /// The forecasts, in the order in which they were saved.
  public let forecasts: [StoredForecast]
}
