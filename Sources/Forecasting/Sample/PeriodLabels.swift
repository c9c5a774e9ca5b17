import TimeSeries

/// The periods of a sample as they are written, or what they can be written from when an error asks for them: most
/// samples are never asked.
enum PeriodLabels: Hashable, Sendable {
  /// Written already.
  case texts([String])
  /// To be written in their canonical form.
  case periods([Period])

  /// The first of them.
  func prefix(_ count: Int) -> PeriodLabels {
    switch self {
    case .texts(let texts): .texts(Array(texts.prefix(count)))
    case .periods(let periods): .periods(Array(periods.prefix(count)))
    }
  }
}
