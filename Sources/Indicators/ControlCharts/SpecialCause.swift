/// The four rules of NHS England's Making Data Count by which a point is special cause, in their order of priority: the
/// first that applies names the point.
public enum ControlRule: String, CaseIterable, Hashable, Sendable {
  /// One point beyond a process limit.
  case outsideLimits
  /// Seven or more consecutive points, each higher, or each lower, than the one before; a tie ends the run.
  case trend
  /// Two of three consecutive points between the near line and the limit of one side.
  case twoOfThree
  /// Seven or more consecutive points on one side of the centre line; a point on the line ends the run.
  case shift

  /// The number of points of a shift, and of a trend.
  public static let runLength = 7
}

/// Which version of the rule of two of three is used.
public enum TwoOfThreeVersion: String, CaseIterable, Hashable, Sendable {
  /// As NHS England's tools and NHSRplotthedots have it: points beyond the limits do not count, and all three points lie
  /// on one side of the centre line.
  case makingDataCount
  /// As the Western Electric handbook has it: points beyond the limits count, and the third point may lie anywhere.
  case westernElectric
}

/// A rule and the side on which it was met: what makes a point special cause.
public enum SpecialCause: UInt8, CaseIterable, Hashable, Sendable {
  // In order of priority, for the sides exclude each other but for trends, of which the later one names the point.
  /// Above the upper process limit.
  case aboveLimit
  /// Below the lower process limit.
  case belowLimit
  /// Part of a run of points each higher than the last.
  case rising
  /// Part of a run of points each lower than the last.
  case falling
  /// One of two of three points near the upper limit.
  case nearUpperLimit
  /// One of two of three points near the lower limit.
  case nearLowerLimit
  /// Part of a run of points above the centre line.
  case aboveCentre
  /// Part of a run of points below the centre line.
  case belowCentre

  /// The rule that was met.
  public var rule: ControlRule {
    switch self {
    case .aboveLimit, .belowLimit: .outsideLimits
    case .rising, .falling: .trend
    case .nearUpperLimit, .nearLowerLimit: .twoOfThree
    case .aboveCentre, .belowCentre: .shift
    }
  }

  /// Whether it points towards higher values.
  public var isHigh: Bool {
    switch self {
    case .aboveLimit, .rising, .nearUpperLimit, .aboveCentre: true
    case .belowLimit, .falling, .nearLowerLimit, .belowCentre: false
    }
  }

  /// The name in words: `above the upper process limit`, `run of points below the centre line`.
  public var label: String {
    switch self {
    case .aboveLimit: "above the upper process limit"
    case .belowLimit: "below the lower process limit"
    case .rising: "run of rising points"
    case .falling: "run of falling points"
    case .nearUpperLimit: "two of three points near the upper process limit"
    case .nearLowerLimit: "two of three points near the lower process limit"
    case .aboveCentre: "run of points above the centre line"
    case .belowCentre: "run of points below the centre line"
    }
  }
}

/// Any number of special causes of one point.
public struct SpecialCauses: OptionSet, Hashable, Sendable {
  /// The causes as bits, in the order of ``SpecialCause``.
  public let rawValue: UInt8

  /// Causes from their bits.
  public init(rawValue: UInt8) { self.rawValue = rawValue }

  /// One cause.
  public init(_ cause: SpecialCause) { rawValue = 1 << cause.rawValue }

  /// Whether a cause is among them.
  public func contains(_ cause: SpecialCause) -> Bool { contains(SpecialCauses(cause)) }

  /// Whether a rule was met on either side.
  public func contains(_ rule: ControlRule) -> Bool { all.contains { $0.rule == rule } }

  /// The causes, in the order of their priority.
  public var all: [SpecialCause] { SpecialCause.allCases.filter { contains($0) } }
}

/// What the rules say of one point.
public struct PointSignal: Hashable, Sendable {
  /// Where the point lies: 0 on the centre line, 1 on a side of it, 2 between the near line and the limit, 3 beyond the
  /// limit; negative below the centre line, and ``noPoint`` where there is no value.
  public let zone: Int8
  /// Every rule that the point meets or is part of meeting.
  public internal(set) var causes: SpecialCauses = []
  /// The cause that names the point: the first in order of priority; nil for common cause.
  public internal(set) var named: SpecialCause?

  /// The zone of a point without a value.
  public static let noPoint = Int8.min

  /// A point without a value, or without limits.
  public static let none = PointSignal(zone: noPoint)

  init(zone: Int8) { self.zone = zone }

  /// A point beside its limits, before any run is looked for; a value that is not a number is no point.
  public init(_ value: Double, _ limits: ControlLimits) {
    if value > limits.centre {
      zone = value > limits.upper ? 3 : value > limits.nearUpper ? 2 : 1
    } else if value < limits.centre {
      zone = value < limits.lower ? -3 : value < limits.nearLower ? -2 : -1
    } else {
      zone = value == limits.centre ? 0 : .min
    }
  }

  /// The side of the centre line: 1 above, -1 below, 0 on it and where there is no point.
  var side: Int8 { zone == Self.noPoint ? 0 : zone.signum() }
}
