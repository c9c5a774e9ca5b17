/// One uncertain quantity: its value in every simulated future, or one value where it is known.
///
/// Element `p` of every sampled quantity belongs to the same simulated future `p`, so that arithmetic on draws is
/// arithmetic inside each future; quantiles are taken last and never added.
public struct Draws: Sendable {
  /// How the values are held.
  enum Storage: Sendable {
    case known(Double)
    case sampled([Double])
  }

  let storage: Storage

  /// A quantity that is the same in every simulated future.
  public init(_ value: Double) { storage = .known(value) }

  /// A quantity with one value for each simulated future, in the order of the futures.
  public init(_ values: [Double]) { storage = .sampled(values) }

  /// The value, where it is known.
  public var knownValue: Double? {
    if case .known(let value) = storage { value } else { nil }
  }

  /// The value in one simulated future, counted from 0; nil for a future that was not simulated.
  public subscript(path: Int) -> Double? {
    switch storage {
    case .known(let value): value
    case .sampled(let values): values.indices.contains(path) ? values[path] : nil
    }
  }

  /// The mean over the simulated futures; not a number when there are none.
  public var mean: Double {
    switch storage {
    case .known(let value): value
    case .sampled(let values): values.reduce(0, +) / Double(values.count)
    }
  }

  /// The same function of the quantity in every simulated future.
  @inline(__always)
  func map(_ function: (Double) -> Double) -> Draws {
    switch storage {
    case .known(let value): Draws(function(value))
    case .sampled(let values): Draws(values.map(function))
    }
  }

  /// The same function of two quantities in every simulated future.
  ///
  /// A future that only one of them has is not a number, and is refused when it is summarised: a shorter result would
  /// hide that the two belong to different runs.
  @inline(__always)
  func combined(_ other: Draws, _ function: (Double, Double) -> Double) -> Draws {
    switch (storage, other.storage) {
    case (.known(let left), .known(let right)): Draws(function(left, right))
    case (.known(let left), .sampled(let values)): Draws(values.map { function(left, $0) })
    case (.sampled(let values), .known(let right)): Draws(values.map { function($0, right) })
    case (.sampled(let left), .sampled(let right)):
      Draws(
        [Double](unsafeUninitializedCapacity: max(left.count, right.count)) { buffer, count in
          let shared = min(left.count, right.count)
          count = max(left.count, right.count)
          for path in 0..<shared { buffer.initializeElement(at: path, to: function(left[path], right[path])) }
          for path in shared..<count { buffer.initializeElement(at: path, to: .nan) }
        })
    }
  }

  static func + (left: Draws, right: Draws) -> Draws { left.combined(right) { $0 + $1 } }
  static func - (left: Draws, right: Draws) -> Draws { left.combined(right) { $0 - $1 } }
  static func * (left: Draws, right: Draws) -> Draws { left.combined(right) { $0 * $1 } }
  static func / (left: Draws, right: Draws) -> Draws { left.combined(right) { $0 / $1 } }
  static func * (left: Draws, right: Double) -> Draws { left.map { $0 * right } }
  static func / (left: Draws, right: Double) -> Draws { left.map { $0 / right } }
  static func + (left: Draws, right: Double) -> Draws { left.map { $0 + right } }
  static prefix func - (draws: Draws) -> Draws { draws.map { -$0 } }

  /// The quantity where it is positive, and zero elsewhere.
  var positivePart: Draws { map { max(0, $0) } }

  /// The size of the quantity, whatever its sign.
  var magnitude: Draws { map { abs($0) } }

  /// The lesser of two quantities in every simulated future.
  func lesser(_ other: Draws) -> Draws { combined(other) { min($0, $1) } }

  /// A part of a whole that cannot be larger than the whole, nor anything of a whole that is not positive.
  func atMost(_ whole: Draws) -> Draws { lesser(whole.positivePart) }

  /// The sum of several quantities; zero for none.
  static func sum(_ parts: [Draws]) -> Draws { parts.reduce(Draws(0)) { $0 + $1 } }
}
