/// Something that was worked out, or the reason why it was not: a report never leaves a blank.
public enum Availability<Value> {
  /// It is here.
  case available(Value)
  /// It is not, for the reason given: a sentence without its full stop.
  case unavailable(String)

  /// What was worked out; nil where there is a reason instead.
  public var value: Value? {
    if case .available(let value) = self { value } else { nil }
  }

  /// Why there is nothing; nil where there is something.
  public var reason: String? {
    if case .unavailable(let reason) = self { reason } else { nil }
  }

  /// The result of some work, or its complaint as the reason.
  init(_ work: () throws(IndicatorsError) -> Value) {
    do throws(IndicatorsError) {
      self = .available(try work())
    } catch {
      self = .unavailable("\(error)")
    }
  }
}

extension Availability: Equatable where Value: Equatable {}
extension Availability: Hashable where Value: Hashable {}
extension Availability: Sendable where Value: Sendable {}
