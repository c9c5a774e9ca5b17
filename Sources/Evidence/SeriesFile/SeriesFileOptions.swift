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
    covariates: [String] = [], poolBy: String? = nil,
    problemLimit: Int = 50, byteLimit: Int = FileContents.defaultLimit
  ) {
    self.frequency = frequency
    self.yearType = yearType
    self.keepsSoundSeries = keepsSoundSeries
    self.covariates = covariates
    self.poolBy = poolBy
    self.problemLimit = max(1, problemLimit)
    self.byteLimit = byteLimit
  }
}

extension SeriesFileOptions {
  /// The number of processors that are there.
  static var processors: Int { max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))) }
}
