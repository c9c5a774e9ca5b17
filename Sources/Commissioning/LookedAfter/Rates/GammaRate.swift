import Statistics

/// What is known of a rate of events: a gamma distribution, as counts of events over exposure leave it.
///
/// With a gamma prior a count of Poisson events adds itself to the shape and its exposure to the exposure (Gelman and
/// others, 2013, section 2.6). A rate of which nothing suggests that it happens has shape 0, and is 0.
public struct GammaRate: Hashable, Sendable {
  /// The events behind it, those of the prior included.
  public let shape: Double
  /// The exposure behind it, that of the prior included.
  public let exposure: Double

  init(shape: Double, exposure: Double) {
    self.shape = shape
    self.exposure = exposure
  }

  /// A rate that is zero in every future.
  static let zero = GammaRate(shape: 0, exposure: 1)

  /// The mean, events per unit of exposure.
  public var mean: Double { shape / exposure }

  /// The variance.
  public var variance: Double { shape / (exposure * exposure) }

  /// A draw of the rate; the stream moves only where the rate is not zero.
  @inline(__always)
  func draw(from stream: inout RandomStream) -> Double {
    shape > 0 ? stream.gamma(shape: shape, scale: 1 / exposure) : 0
  }
}
