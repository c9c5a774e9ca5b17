import TimeSeries

/// The rows of a series file, column by column: 20 bytes a row, and what the optional columns add (eight for a count,
/// four for a text, one for flags).
struct SeriesRows {
  /// What the rows of a series have in common, by the numbers of its texts.
  struct Identity {
    let id: String
    let area: String?
    /// The row from which the rest was taken.
    let firstLine: Int32
    let unit: Unit
    /// The numbers of the texts of `unit`, `measure`, `calendar` and `frequency`.
    let fixed: [Int32]
    /// The numbers of the texts of the attributes.
    let attributes: [Int32]
  }

  var identities: [Identity] = []
  var texts = TextTable()
  /// The distinct periods, by number; filled once the whole column has been read.
  var periods: [Period?] = []

  var series: [Int32] = []
  var period: [Int32] = []
  var observations = PackedObservations()
  var line: [Int32] = []
  var numerator: [Double] = []
  var denominator: [Double] = []
  /// Days since the epoch; ``unknownDay`` where there is no date.
  var published: [Int32] = []
  var flags: [UInt8] = []
  /// The numbers of each covariate, by column; NaN where there is none.
  var covariates: [[Double]] = []
  var source: [Int32] = []
  var note: [Int32] = []

  /// The bit of `flags` that says the publication date is approximate; ``DataFlags`` uses the lower ones.
  static let approximate: UInt8 = 128

  /// Stands for a date of publication that is not known.
  static let unknownDay = Int32.min

  var count: Int { series.count }
}
