/// A line of a service's spending on which measures save pounds.
public struct SavedLine: Hashable, Sendable, CustomStringConvertible {
  /// The service, by the name that scripts use.
  public let service: String
  /// The line, by the name that scripts use.
  public let line: String

  /// Names a line.
  public init(service: String, line: String) {
    self.service = service
    self.line = line
  }

  /// The line as it stands in a sentence.
  public var description: String { "the line \"\(line)\" of \(service)" }
}

/// What a measure does once it is in full effect.
public struct MitigationEffect: Hashable, Sendable {
  /// What it acts on, and how.
  public enum Action: Hashable, Sendable {
    /// The flow is multiplied by the size: requests × 0.95.
    case multiply(Flow)
    /// The size is added to the flow, in its own units: sixty places, half a point of a hazard.
    case add(Flow)
    /// The size is pounds saved in a full year on a line of a service, where no flow fits.
    case save(service: String, line: String)
  }

  /// What it acts on, and how.
  public let action: Action
  /// How strongly, once in full effect: one number, or a range in the same units.
  public let size: Assumption.Value
  /// The children it acts for; nil for all of the flow or line.
  public let cohort: String?

  /// States an effect; the register checks it.
  public init(_ action: Action, size: Assumption.Value, cohort: String? = nil) {
    self.action = action
    self.size = size
    self.cohort = cohort
  }

  /// What it acts on, whichever way.
  enum Target: Hashable, CustomStringConvertible {
    case flow(Flow)
    case line(SavedLine)

    var description: String {
      switch self {
      case .flow(let flow): "\(flow)"
      case .line(let line): "\(line)"
      }
    }
  }

  var target: Target {
    switch action {
    case .multiply(let flow), .add(let flow): .flow(flow)
    case .save(let service, let line): .line(SavedLine(service: service, line: line))
    }
  }

  /// The service that it acts on.
  public var service: String {
    switch target {
    case .flow(let flow): flow.service
    case .line(let line): line.service
    }
  }

  var multiplies: Bool {
    if case .multiply = action { true } else { false }
  }

  /// Whether two effects may act for the same children: the same cohort, or one of them for all.
  func mayShareChildren(with other: MitigationEffect) -> Bool {
    guard let cohort, let theirs = other.cohort else { return true }
    return cohort == theirs
  }

  /// The effect of a part of the measure: of half of 0.9, 0.95.
  func scaled(by part: Double) -> MitigationEffect {
    let size = multiplies ? self.size.mapped { 1 + ($0 - 1) * part } : self.size.mapped { $0 * part }
    return MitigationEffect(action, size: size, cohort: cohort)
  }

  /// What is wrong with its size, given the multiples of it that the measure's spread allows; nil where nothing is.
  func fault(spread: ClosedRange<Double>) -> String? {
    let size: Assumption
    do {
      size = try Assumption(id: "\(target)", value: self.size, unit: "", reason: "")
    } catch {
      return "the size of its effect on \(target) cannot be used: \(error)"
    }
    let isRange = size.bounds.lowerBound < size.bounds.upperBound
    if isRange, spread.lowerBound < spread.upperBound {
      return
        "its effect on \(target) is a range, \(size.text), and it has a spread as well; state the spread once, in the "
        + "units of the effect or as a multiple of it"
    }
    guard multiplies else { return nil }
    // Linear in the size and in the multiple, so that the extremes are at the ends.
    let factors = [size.bounds.lowerBound, size.bounds.upperBound].flatMap { size in
      [spread.lowerBound, spread.upperBound].map { 1 + (size - 1) * $0 }
    }
    guard let least = factors.min(), least < 0 else { return nil }
    return
      "it multiplies \(target) by as little as \(grouped(least)), and no more than the whole can go; a factor of 0 or "
      + "more is needed"
  }
}

extension Assumption.Value {
  /// The same value on another scale, which must not turn its order round.
  func mapped(_ scale: (Double) -> Double) -> Assumption.Value {
    switch self {
    case .fixed(let number): .fixed(scale(number))
    case .range(let low, let mostLikely, let high):
      .range(low: scale(low), mostLikely: scale(mostLikely), high: scale(high))
    }
  }
}
