/// What an assumption is used for, and so which values it may have.
enum AssumptionRole {
  /// Any finite number.
  case number
  /// A part of a whole, or a probability: 0 to 1.
  case share
  /// Growth a year as a share: above -1, because a price cannot fall below nothing.
  case growth
  /// Pounds, places, children: not negative.
  case amount
  /// What is divided by: above zero.
  case divisor

  /// A value that is fit, by which a survey of what is wrong goes on when the assumption's own is not.
  var standIn: Double {
    switch self {
    case .number, .growth: 0
    case .share: 0.5
    case .amount, .divisor: 1
    }
  }

  /// - Throws: ``CommissioningError/unfitAssumption(id:service:text:wanted:)`` when any value the assumption may take is not fit.
  func check(_ assumption: Assumption, service: String) throws(CommissioningError) {
    let values = assumption.bounds
    let (fits, wanted) =
      switch self {
      case .number: (true, "")
      case .share: (values.lowerBound >= 0 && values.upperBound <= 1, "a share, 0 to 1 or 0% to 100%")
      case .growth: (values.lowerBound > -1, "growth a year, above -1 or -100%")
      case .amount: (values.lowerBound >= 0, "a number that is not negative")
      case .divisor: (values.lowerBound > 0, "a number above zero")
      }
    guard fits else {
      throw .unfitAssumption(
        id: assumption.id, service: service, text: assumption.text, wanted: wanted)
    }
  }
}
