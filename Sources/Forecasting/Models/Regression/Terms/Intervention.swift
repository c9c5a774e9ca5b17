/// A dated change from outside: a policy that began, a service that closed, a month of strikes.
///
/// Its effect is a coefficient on a column of time that is zero before the date (Box and Tiao, 1975; Bernal,
/// Cummins and Gasparrini, 2017, on interrupted time series).
public struct Intervention: Hashable, Sendable {
  /// What the effect looks like in time.
  public enum Shape: String, Hashable, Sendable, CaseIterable {
    /// The level changes at once: 1 from the date on, or until the last period of the change.
    case step
    /// One period stands out: 1 there and 0 elsewhere.
    case pulse
    /// The slope changes: 1 at the date, then 2, 3 …; after the last period of the change it stays where it is.
    case slope
  }

  /// What the effect looks like in time.
  public let shape: Shape
  /// The first period of the change, as it is written.
  public let start: String
  /// The last period of a temporary change, as it is written; nil for one that lasts.
  public let end: String?

  /// An intervention at a period.
  ///
  /// - Parameters:
  ///   - shape: what the effect looks like in time.
  ///   - start: the first period of the change, in any form in which the periods of the series can be written.
  ///   - end: the last period of a temporary change; a pulse is of one period and needs none.
  public init(_ shape: Shape, from start: String, until end: String? = nil) {
    self.shape = shape
    self.start = start
    self.end = shape == .pulse ? nil : end
  }

  /// The column's value at a position.
  ///
  /// - Parameters:
  ///   - position: periods since the first observation.
  ///   - first: the position of ``start``.
  ///   - last: the position of ``end``; nil for a change that lasts.
  static func value(_ shape: Shape, at position: Int, from first: Int, until last: Int?) -> Double {
    switch shape {
    case .step: position >= first && position <= last ?? position ? 1 : 0
    case .pulse: position == first ? 1 : 0
    case .slope: Double(max(0, min(position, last ?? position) - first + 1))
    }
  }
}

extension Intervention: CustomStringConvertible {
  /// The intervention as a specification writes it: `step(2020-04,2021-06)`.
  public var description: String {
    let periods = [start, end].compactMap { $0.map(ModelExpression.quoted) }
    return "\(shape.rawValue)(\(periods.joined(separator: ",")))"
  }
}
