import RealModule
import TimeSeries

/// Finds the shocks of samples and takes them out: outliers, changes that fade, level shifts, the pandemic years, breaks
/// that are flagged, and a last observation that is provisional.
///
/// A treatment keeps what it has worked out about where observations stand, so one of them serves a whole batch, on any
/// number of threads. What it answers depends on the sample alone.
///
///     let treatment = ShockTreatment()
///     let treated = treatment.treat(sample)
///     let fitted = try model.fit(treated.sample)
public struct ShockTreatment: Sendable {
  /// What is held of shocks beforehand.
  public let prior: ShockPrior
  /// Whether arbitrary shocks are looked for, beside pandemic years and flagged breaks.
  public let searches: Search
  /// The standard deviation of a revision in units of the usual change from one observation to the next, where no
  /// revisions are known: an assumption, which every forecast that rests on it says.
  public let assumedRevision: Double
  let store = ShockDesignStore()

  /// What is looked for.
  public struct Search: OptionSet, Hashable, Sendable {
    /// The choice as bits.
    public let rawValue: Int
    /// A choice from its bits.
    public init(rawValue: Int) { self.rawValue = rawValue }
    /// Shocks at any position.
    public static let anywhere = Search(rawValue: 1)
    /// The pandemic years.
    public static let pandemic = Search(rawValue: 2)
  }

  /// Series with fewer observations are searched for nothing: their breaks and provisional figures alone are treated.
  public static let fewestObservations = 5
  /// In longer series only so many of the last observations are searched: what lies further back says little about the
  /// level, and the work grows with the square of the length.
  public static let longestWindow = 144
  /// Readings that are less probable are left out.
  static let leastReading = 0.05
  /// A shock that is older than so many observations is what it most probably is, and has no other reading.
  static let openObservations = 4

  /// A treatment.
  ///
  /// - Parameters:
  ///   - prior: what is held of shocks beforehand.
  ///   - searches: what is looked for; flagged breaks and provisional figures are always treated.
  ///   - assumedRevision: the standard deviation of a revision in units of the usual change.
  public init(
    prior: ShockPrior = .standard, searches: Search = [.anywhere, .pandemic], assumedRevision: Double = 0.25
  ) {
    var prior = prior
    if !searches.contains(.anywhere) {
      prior.odds = 0
      prior.furtherOdds = 0
    }
    if !searches.contains(.pandemic) { prior.pandemicOdds = 0 }
    self.prior = prior
    self.searches = searches
    self.assumedRevision = assumedRevision >= 0 && assumedRevision.isFinite ? assumedRevision : 0.25
  }

  /// The sample without its shocks.
  ///
  /// - Parameters:
  ///   - sample: any sample; one of fewer than ``fewestObservations`` is searched for nothing.
  ///   - revisions: by how much earlier provisional figures of the series changed when they became final, on the scale of
  ///     the sample; fewer than three are not enough to go by.
  public func treat(_ sample: Sample, revisions: [Double] = []) -> TreatedSample {
    guard let scope = SearchScope(sample, treatment: self) else {
      return ShortSampleTreatment(sample, treatment: self, revisions: revisions).treated
    }
    guard scope.hasOrdinaryChange || !sample.breaks.isEmpty else {
      return ShortSampleTreatment(sample, treatment: self, revisions: revisions).treated
    }
    let search = scope.search(prior)
    var design = scope.entry.design
    var pandemic = scope.entry.pandemic
    let announced = scope.announced
    if !announced.isEmpty {
      guard let admitted = design.admitting(announced.flatMap(\.disturbances)) else {
        return ShortSampleTreatment(sample, treatment: self, revisions: revisions).treated
      }
      design = admitted
      pandemic = pandemic.compactMap { alternative in
        design.admitting(alternative.disturbances).map {
          ShockSearch.PandemicAlternative(
            treatment: alternative.treatment, disturbances: alternative.disturbances, design: $0)
        }
      }
    }
    let found = scope.hasOrdinaryChange ? search.findings(design: design, pandemic: pandemic) : []
    guard !found.isEmpty || !sample.breaks.isEmpty else {
      return provisional(TreatedSample(untouched: sample), revisions: revisions)
    }
    let removal = ShockRemoval(
      scope: scope, search: search, design: scope.entry.design, findings: announced + found, prior: prior)
    return provisional(removal.treated, revisions: revisions)
  }
}
