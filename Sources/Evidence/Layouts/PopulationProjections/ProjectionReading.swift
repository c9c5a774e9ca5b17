import TimeSeries

/// What both layouts of projections read alike.
struct ProjectionReading {
  let publication: Publication?
  let isWanted: Bool
  var wanted: WantedNames
  var cells = MeasureCells()

  init(_ options: LayoutInput.Options) {
    publication = options.published.map { Publication(date: $0) }
    var wanted = WantedNames(options)
    isWanted = wanted.wants(measure: PopulationProjectionsLayout.measure)
    self.wanted = wanted
  }

  /// The series of an area, sex, age and basis.
  func key(_ area: PublishedArea, sex: String, age: AgeSpan, basis: String, unit: Unit = .count)
    -> PublishedSeriesKey
  {
    PublishedSeriesKey(
      measure: PopulationProjectionsLayout.measure, measureName: "Population projection", area: area,
      unit: unit,
      breakdown: [
        Series.Attribute(name: PopulationProjectionsLayout.sexName, value: sex),
        Series.Attribute(name: PopulationProjectionsLayout.ageName, value: age.description),
        Series.Attribute(name: PopulationProjectionsLayout.basisName, value: basis),
      ])
  }

  /// `males`, `females` or `persons`; nil for a text that is none of them.
  static func sex(_ text: String) -> String? {
    switch text.lowercased() {
    case "persons", "person", "all", "all persons", "both": "persons"
    case "males", "male", "m": "males"
    case "females", "female", "f": "females"
    default: nil
    }
  }

  func finish(_ figures: inout PublishedFigures) {
    if figures.tally.figures > 0 {
      figures.note(
        """
        these are projections, not outturns: they show what would happen if recent trends went on; each is of 30 June of \
        its year
        """)
    }
    for sentence in cells.notes { figures.note(sentence) }
    for sentence in wanted.notes { figures.note(sentence) }
  }
}
