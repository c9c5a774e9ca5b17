import Statistics

/// How sure an interval is meant to be: of a hundred such intervals, this share holds the underlying value.
public struct Confidence: Hashable, Sendable, Comparable {
  /// The share, strictly between 0 and 1.
  public let level: Double

  /// 95%, which comparisons and colours use.
  public static let p95 = Confidence(unchecked: 0.95)
  /// 99.8%, the outer limits of funnels and the level of the recent-trend test.
  public static let p998 = Confidence(unchecked: 0.998)
  /// The two levels that the Office for Health Improvement and Disparities publishes side by side.
  public static let published = [p95, p998]

  /// A level; nil unless it lies strictly between 0 and 1.
  public init?(_ level: Double) {
    guard level > 0, level < 1 else { return nil }
    self.level = level
  }

  private init(unchecked level: Double) { self.level = level }

  /// The normal deviate of the level's upper limit: 1.96 at 95%, 3.09 at 99.8%.
  public var z: Double { StandardNormal.quantile(0.5 + level / 2) }

  /// The share in words: `95%`, `99.8%`.
  public var label: String {
    let tenths = (level * 1000).rounded()
    return tenths.truncatingRemainder(dividingBy: 10) == 0 ? "\(Int(tenths / 10))%" : "\(tenths / 10)%"
  }

  /// The share as names of columns and keys have it: `95`, `998`.
  public var suffix: String { String(label.dropLast().filter { $0 != "." }) }

  /// Orders by level.
  public static func < (left: Confidence, right: Confidence) -> Bool { left.level < right.level }
}
