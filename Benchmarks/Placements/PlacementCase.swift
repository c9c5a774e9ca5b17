import Needscast

/// The sample's episodes, and a year's forecast of them.
struct PlacementCase {
  let folder: String
  let episodes: CareEpisodes
  let mended: Int
  /// The day from whose end children are forecast: that of the last event in the sample.
  let opening: CivilDate

  /// A year later.
  var closing: CivilDate { opening.adding(days: 365) }

  init(folder: String) throws {
    self.folder = folder
    let read = try Self.read(folder)
    mended = read.doubts.count + read.omittedDoubts
    let last =
      read.episodes.episodes.map { max($0.start, $0.end ?? $0.start) }.max() ?? read.episodes.observedThrough
    opening = min(last, read.episodes.observedThrough)
    episodes = try read.episodes.known(on: opening)
  }

  /// The five returns of the sample, mended where its invented rows contradict each other.
  static func read(_ folder: String) throws -> CareReturn {
    try CareReturn.read(
      (2017...2021).map {
        CareReturnFiles(
          year: FinancialYear($0), header: "\(folder)/\($0)-header.csv",
          episodes: "\(folder)/\($0)-episodes.csv")
      }, options: CareReturnOptions(mending: Set(CareMending.allCases)))
  }

  func rates(months: Int) throws -> CareRates {
    try CareRates.estimated(
      from: episodes,
      windows: [ReferenceWindow(from: opening.adding(months: -months).adding(days: 1), through: opening)])
  }

  func forecast(months: Int) throws -> PlacementForecast {
    try PlacementForecast(
      rates: rates(months: months),
      opening: CareOpening(episodes.children(on: opening), on: opening, scheme: episodes.scheme),
      through: closing,
      dates: [closing])
  }
}
