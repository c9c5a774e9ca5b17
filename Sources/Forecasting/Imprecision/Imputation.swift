import RealModule
import Statistics
import TimeSeries

/// Completions of a sample in which some figures are known as intervals: each has a value in their place, drawn from
/// where it may lie given its bounds and its neighbours.
///
/// A model is fitted to every completion and the forecast is the mixture of theirs: multiple imputation, D. B. Rubin,
/// "Multiple Imputation for Nonresponse in Surveys" (1987); for rounded and grouped data D. F. Heitjan and D. B. Rubin
/// (1990). How the values are drawn is said at ``LatentPath``.
///
/// The draws depend on the name of the sample and on its figures alone.
public struct Imputation: Sendable {
  /// How many completions are made.
  ///
  /// The variance of a mixture of m completions is exact but for the share 1/m of the variance between them (Rubin,
  /// 1987, section 4.2), which seldom is a third of the whole: of 16 the intervals are right within about 1 per cent.
  public static let usualCount = 16
  /// Rounded values are taken as exact where the variance that rounding leaves is less than this share of the variance of
  /// a change from one period to the next, so that it widens no interval by as much as a hundredth.
  public static let negligibleShare = 0.01

  /// The sweeps before the first completion, and from one to the next.
  private static let burnIn = 40
  private static let thinning = 10

  /// The completions, all on the scale of the sample, in the order drawn.
  public let samples: [Sample]
  /// How many periods before the first observation of the sample they begin.
  public let lead: Int
  /// How many periods after the last observation of the sample they end.
  public let tail: Int
  /// The values of each completion in the periods after the last observation, `tail` of them, on the scale of the sample.
  let tailValues: [[Double]]
  /// Many values for each of those periods, on the scale of the sample.
  let tailDraws: [[Double]]
  /// What the reader must know, a sentence without its full stop.
  public let remark: String

  /// Completes a sample.
  ///
  /// - Parameters:
  ///   - sample: any sample.
  ///   - count: how many completions are made; at least 1.
  /// - Returns: nil where all figures are exact, or as good as exact.
  /// - Throws: ``ForecastingError/scale(series:problem:)`` for an interval of which the scale shows nothing,
  ///   ``ForecastingError/unsuitable(series:model:problem:)`` for one too long after the last observation, and what
  ///   ``Sample/init(_:scale:)`` throws.
  public init?(_ sample: Sample, count: Int = usualCount) throws(ForecastingError) {
    guard let coarse = sample.coarse, let origin = sample.firstPeriod, sample.needsImputation else {
      return nil
    }
    let takesRounded = sample.roundingShare >= Self.negligibleShare
    let layout = try LatentLayout(coarse, of: sample, origin: origin, takesRounded: takesRounded)
    guard !layout.figures.isEmpty else { return nil }
    var path = LatentPath(layout.points, priorVariance: layout.priorVariance)
    var stream = RandomStream(seed: 0, name: "imputation/\(sample.name)")
    for _ in 0..<Self.burnIn { path.sweep(from: &stream) }
    var samples: [Sample] = []
    var tailValues: [[Double]] = []
    var tailDraws = [[Double]](repeating: [], count: layout.tail)
    for _ in 0..<max(1, count) {
      for _ in 0..<Self.thinning {
        path.sweep(from: &stream)
        for step in 0..<layout.tail { tailDraws[step].append(layout.tailValue(step, of: path)) }
      }
      samples.append(try layout.completed(path, scale: sample.scale))
      tailValues.append((0..<layout.tail).map { layout.tailValue($0, of: path) })
    }
    self.samples = samples
    self.tailValues = tailValues
    self.tailDraws = tailDraws
    lead = layout.lead
    tail = layout.tail
    remark =
      CoarseRemark(
        coarse, origin: origin, takesRounded: takesRounded, completions: samples.count
      ).text
  }
}

extension Sample {
  /// Whether models are to be fitted to completions of the sample instead of the sample itself: see ``Imputation``.
  public var needsImputation: Bool {
    guard let coarse else { return false }
    return coarse.figures.contains { !$0.hasValue } || roundingShare >= Imputation.negligibleShare
  }

  /// The variance that rounding leaves in a value, as a share of the variance of a change from one period to the next, on
  /// the scale of the sample: the mean of width² / 12 over all observations, which is that of an even spread.
  var roundingShare: Double {
    guard let coarse else { return 0 }
    var sum = 0.0
    for figure in coarse.figures where figure.hasValue {
      guard let latent = LatentFigure(figure.bounds, countsWholes: false, unit: unit, scale: scale) else {
        continue
      }
      sum += (latent.upper - latent.lower) * (latent.upper - latent.lower) / 12
    }
    guard sum > 0 else { return 0 }
    var squares = LatentLayout.priorVariance(of: observed, scale: scale)
    var count = 1
    for index in values.indices.dropFirst() where !breaks.contains(positions[index]) {
      let change = values[index] - values[index - 1]
      squares += change * change / Double(positions[index] - positions[index - 1])
      count += 1
    }
    return squares > 0 ? sum / Double(self.count) / (squares / Double(count)) : .infinity
  }
}
