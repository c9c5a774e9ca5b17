import TimeSeries

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// How a series file is read.
public struct SeriesFileOptions: Sendable {
  /// How often the periods follow one another, where a row's own `frequency` does not say.
  public var frequency: Frequency?
  /// The kind of year, where a row's own `calendar` does not say.
  public var yearType: YearType?
  /// Whether series with problems are left out and named in ``SeriesFile/problems``, while the others are read; without
  /// it, any problem of a row refuses the file.
  public var keepsSoundSeries: Bool
  /// The columns of numbers that are wanted beside the values, as covariates of each figure: the regressors of a model.
  public var covariates: [String]
  /// The column whose value says which pool a series belongs to; nil for no pools. A value that varies within a series is
  /// a problem of the series.
  public var poolBy: String?
  /// What the periods of a series are read with.
  public var periodReading = PeriodReading.file
  /// Whether a header without rows is a file of no series; otherwise it is refused.
  public var mayBeEmpty = false
  /// The most problems that are reported; the others are counted.
  public var problemLimit: Int
  /// The most bytes that are read, after decompression.
  public var byteLimit: Int
  /// The most threads that take the rows of a large file apart; it changes no result.
  public var threads = SeriesFileOptions.processors
  /// About how many bytes a thread takes at a time; it changes no result.
  var chunkSize = 1 << 20

  /// Options; the contract's defaults unless given.
  public init(
    frequency: Frequency? = nil, yearType: YearType? = nil, keepsSoundSeries: Bool = false,
    covariates: [String] = [], poolBy: String? = nil, periodReading: PeriodReading = .file,
    problemLimit: Int = 50, byteLimit: Int = FileContents.defaultLimit
  ) {
    self.frequency = frequency
    self.yearType = yearType
    self.keepsSoundSeries = keepsSoundSeries
    self.covariates = covariates
    self.poolBy = poolBy
    self.periodReading = periodReading
    self.problemLimit = max(1, problemLimit)
    self.byteLimit = byteLimit
  }
}

/// How the rows of a series file stand, where that is promised.
public enum SeriesOrder: Sendable {
  /// The rows of a series stand together, and the series of a pool. To notice one that comes back, something of each is
  /// remembered.
  case grouped
  /// The rows come in ascending order of pool (where pools are asked for), series and area, compared as UTF-8 bytes; a column
  /// that is not there counts for nothing, an empty field is the least. Nothing needs to be remembered but the row before.
  case sorted
}

extension SeriesFileOptions {
  /// With what else the periods of a series are read, where they do not say alone what they are (`PeriodColumn`).
  public enum PeriodReading: Sendable {
    /// With those of the whole file: one form in it may explain the others.
    case file
    /// With those of its pool, and of a series in no pool by itself: no series decides about those of other pools, whatever
    /// part of them a file holds. What is said of a series that fails then names no line either.
    case pool
  }

  /// The number of processors that are there.
  static var processors: Int { max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))) }
}
