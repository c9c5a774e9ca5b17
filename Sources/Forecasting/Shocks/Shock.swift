/// A disturbance of a series that its model cannot be expected to explain: a year that stands out, a change that fades, a
/// step that stays.
///
/// The kinds are those of C. Chen and L.-M. Liu, "Joint estimation of model parameters and outlier effects in time series"
/// (1993), without the innovation outlier, which for a short public series is a level shift by another name.
public struct Shock: Hashable, Sendable {
  /// What a shock does to the values from its period on.
  public enum Kind: Hashable, Sendable {
    /// One value stands out and the next are as if it had not been.
    case additiveOutlier
    /// The values jump and come back: of the change, the share `decay` is left after each further period.
    case temporaryChange(decay: Double)
    /// The values jump and stay.
    case levelShift
    /// The value counts for less: the part of it that the other periods do not support is taken off.
    case downWeighted

    /// The field's name for it.
    public var name: String {
      switch self {
      case .additiveOutlier: "additive outlier"
      case .temporaryChange: "temporary change"
      case .levelShift: "level shift"
      case .downWeighted: "down-weighted observation"
      }
    }
  }

  /// A kind and how probable it is among those that the shock may be of.
  public struct Alternative: Hashable, Sendable {
    /// The kind.
    public let kind: Kind
    /// Its posterior probability, given that there is a shock here; the probabilities of a shock sum to one.
    public let probability: Double
  }

  /// Why a shock was looked for where it was found.
  public enum Reason: String, Hashable, Sendable {
    /// The values say so.
    case values
    /// The period overlaps the pandemic years, and the values say so.
    case pandemic
    /// The series is flagged as breaking here.
    case flaggedBreak = "flagged break"
    /// The pool of the series says so.
    case pool
  }

  /// What the shock is treated as: the most probable kind.
  public let kind: Kind
  /// Periods since the first observation at which it sets in.
  public let position: Int
  /// The period, as it is written.
  public let label: String
  /// Its size at that period on the scale of the sample: the posterior mean. A level shift is counted upwards from the
  /// level before it.
  public let size: Double
  /// The posterior standard deviation of the size.
  public let standardError: Double
  /// The observed value less what it would have been without the shock, in the unit of the series; for a level shift what
  /// is observed less what the level before it would have given.
  public let sizeInUnit: Double
  /// The posterior odds of a shock here against none, the prior that counts every position and kind included; infinite for
  /// a flagged break, which nobody has to prove.
  public let odds: Double
  /// Why it was looked for here.
  public let reason: Reason
  /// The kinds that it may be of, the most probable first. Towards the end of a series a step that stays and a change
  /// that fades look alike: what is known of them then is mostly the prior.
  public let alternatives: [Alternative]
}
