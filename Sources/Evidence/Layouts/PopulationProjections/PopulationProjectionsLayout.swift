import TimeSeries

/// Subnational population projections of the Office for National Statistics, by age and sex.
///
/// Two published layouts are read:
/// - wide, as in the zip files of the 2014-based to 2022-based projections: `AREA_CODE, AREA_NAME, COMPONENT, SEX,
///   AGE_GROUP` and a column for the middle of each year, `2022` to `2047`. Ages are 0 to 89, `90 and over` and
///   `All ages`; the component is `Population` (births, deaths and migration are other files, of stretches of time, and
///   are refused);
/// - long, as the interface for developers gives it: `v4_0`, then codes with their labels: `calendar-years, Time`,
///   `administrative-geography, Geography`, `sex, Sex`, an age column with its label, and `projectiontype` where it has
///   one.
///
/// A figure belongs to 30 June of its year. A projection is no outturn: the measure is `population_projection`, whose
/// identifier says so in every series file, and the breakdown `basis` names the projection (`2022-based projection`).
/// The first year of a wide file is the estimate on which the projection is based, which its figures remark.
public enum PopulationProjectionsLayout: PublishedLayout {
  /// `ons-projections`.
  public static let name = "ons-projections"

  /// What it is, for people.
  public static let summary = "subnational population projections by age and sex"

  /// The measure of every figure.
  public static let measure = "population_projection"
  /// The breakdowns of every series, in their order.
  static let (sexName, ageName, basisName) = ("sex", "age", "basis")
  /// The unit to which the projections are given.
  static let rounding = 0.001

  private static let wideKeys = ["area_code", "area_name", "component", "sex", "age_group"]

  /// Knows a wide file by its key columns and years; a long one by those of the interface, and that it says it is a
  /// projection: estimates have the same columns.
  public static func recognise(_ sample: TableSample) -> Recognition? {
    if sample.has(all: wideKeys), sample.columns.contains(where: { year(of: $0) != nil }) {
      return Recognition(.certain, "columns AREA_CODE, COMPONENT, AGE_GROUP and a column for each year")
    }
    guard sample.columns.first.map(LongColumns.isObservation) == true,
      sample.has(all: ["calendar-years", "administrative-geography"]),
      LongColumns.age(of: sample.columns) != nil
    else { return nil }
    if LongColumns.projection(of: sample.columns) != nil {
      return Recognition(
        .certain, "columns calendar-years, administrative-geography, ages and projection type")
    }
    guard FileContents.baseName(of: sample.file).lowercased().contains("projection") else { return nil }
    return Recognition(.likely, "columns calendar-years, administrative-geography and ages, and its name")
  }

  /// Reads all figures of a file.
  ///
  /// - Throws: ``EvidenceError/badData(problems:omitted:)`` when a column is missing or the text cannot be taken apart.
  public static func read(_ input: LayoutInput, into figures: inout PublishedFigures) throws(EvidenceError) {
    try input.reading(allowsRepeatedNames: true) { table throws(EvidenceError) in
      figures.clear()
      if table.columns.first.map(LongColumns.isObservation) == true {
        var reader = try LongProjections(table, input.options, &figures)
        try table.forEachRow(into: &figures) { row, figures in reader.read(row, &figures) }
        reader.common.finish(&figures)
      } else {
        var reader = try WideProjections(table, input.options, &figures)
        try table.forEachRow(into: &figures) { row, figures in reader.read(row, &figures) }
        reader.common.finish(&figures)
      }
    }
  }

  /// The year that a column is named by; nil for other columns.
  static func year(of column: String) -> Int? {
    guard column.utf8.count == 4, column.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
    return Int(column)
  }

  /// The middle of a year: 30 June.
  ///
  /// - Returns: nil for a year that no publication is of.
  static func middle(of year: Int) -> Period? {
    guard PublishedPeriod.years.contains(year) else { return nil }
    return CivilDate(year: year, month: 6, day: 30).map { .censusDate($0) }
  }
}
