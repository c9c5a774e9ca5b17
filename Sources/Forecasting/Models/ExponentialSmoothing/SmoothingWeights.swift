/// The smoothing parameters of one form. Those that the form has not are zero, and phi is one.
struct SmoothingWeights: Hashable, Sendable {
  /// How much of an error the level takes up.
  var alpha = 0.0
  /// How much of it the growth takes up.
  var beta = 0.0
  /// How much of it the season takes up.
  var gamma = 0.0
  /// The factor by which growth fades each period.
  var phi = 1.0
}

extension ETS {
  /// Smoothing parameters that are given and not estimated; nil for those that are estimated.
  public struct Fixed: Hashable, Sendable {
    /// How much of an error the level takes up.
    public var alpha: Double?
    /// How much of it the growth takes up.
    public var beta: Double?
    /// How much of it the season takes up.
    public var gamma: Double?
    /// The factor by which growth fades each period.
    public var phi: Double?

    /// Fixes the parameters that are given.
    public init(alpha: Double? = nil, beta: Double? = nil, gamma: Double? = nil, phi: Double? = nil) {
      self.alpha = alpha
      self.beta = beta
      self.gamma = gamma
      self.phi = phi
    }

    /// Those parameters that a form has.
    func relevant(to form: ETSForm) -> ETS.Fixed {
      ETS.Fixed(
        alpha: alpha, beta: form.trend == .none ? nil : beta, gamma: form.season == .none ? nil : gamma,
        phi: form.trend.isDamped ? phi : nil)
    }

    /// How many are given.
    var count: Int { [alpha, beta, gamma, phi].count { $0 != nil } }
  }

  /// Where the smoothing parameters are searched for.
  public enum Region: String, Hashable, Sendable, CaseIterable {
    /// Level, growth and season are weighted averages of new and old: 0 < beta < alpha < 1, 0 < gamma < 1 - alpha.
    case usual
    /// Early observations lose their influence on the forecast: the roots' condition of Hyndman and others (2008,
    /// section 10.2). Wider than ``usual``, and harder to interpret.
    case admissible
  }

  /// Where the starting states come from.
  public enum Start: String, Hashable, Sendable, CaseIterable {
    /// They are estimated by maximum likelihood with the smoothing parameters.
    case optimised
    /// They are read off the first cycles: a classical decomposition and a straight line (Hyndman and others, 2008,
    /// section 2.6.1).
    case heuristic
  }
}
