/// Series in a fixed order, each known by its identifier and area.
public struct Panel: Sendable {
  /// What names a series in a panel.
  public struct Key: Hashable, Sendable {
    /// The identifier of the series.
    public let id: String
    /// Its area, where it has one.
    public let area: String?

    /// A key.
    public init(id: String, area: String? = nil) {
      self.id = id
      self.area = area
    }
  }

  /// The series, in the order in which they were given.
  public let series: [Series]
  private let positions: [Key: Int]

  /// A panel without series.
  public init() {
    series = []
    positions = [:]
  }

  /// A panel of series.
  ///
  /// - Throws: ``TimeSeriesError/duplicateSeries(id:area:)``.
  public init(_ series: [Series]) throws(TimeSeriesError) {
    var positions: [Key: Int] = [:]
    positions.reserveCapacity(series.count)
    for (position, one) in series.enumerated() {
      guard positions.updateValue(position, forKey: Key(id: one.id, area: one.area)) == nil else {
        throw .duplicateSeries(id: one.id, area: one.area)
      }
    }
    self.series = series
    self.positions = positions
  }

  /// The series with an identifier and an area; nil when there is none.
  public subscript(id: String, area area: String? = nil) -> Series? {
    positions[Key(id: id, area: area)].map { series[$0] }
  }

  /// The areas, in the order in which they first appear; a series without one has none here.
  public var areas: [String] {
    var seen: Set<String> = []
    return series.compactMap(\.area).filter { seen.insert($0).inserted }
  }

  /// The panel as it was known on a day: see ``Series/known(asOf:)``. Series that had no figure by then stay, empty.
  public func known(asOf date: CivilDate) -> Panel {
    Panel(series: series.map { $0.known(asOf: date) }, positions: positions)
  }

  private init(series: [Series], positions: [Key: Int]) {
    self.series = series
    self.positions = positions
  }
}

extension Panel: RandomAccessCollection {
  /// 0, the position of the first series.
  public var startIndex: Int { series.startIndex }
  /// The number of series.
  public var endIndex: Int { series.endIndex }
  /// The series at a position from 0 up to ``endIndex``.
  public subscript(position: Int) -> Series { series[position] }
}
