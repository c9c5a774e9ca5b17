import TimeSeries

extension PublishedFigures {
  /// The figures as series, the latest of several vintages first, each figure with the row it came from.
  ///
  /// A series whose periods cannot stand in one series is left out, with a problem.
  public func panel() -> (panel: Panel, problems: [Problem]) {
    let names = SeriesFileNames(series)
    var all: [Series] = []
    all.reserveCapacity(series.count)
    var problems: [Problem] = []
    for (one, name) in zip(series, names.names) {
      let choice = VintageChoice(one.figures)
      for (first, second) in choice.conflicts {
        problems.append(VintageChoice.problem(first, second, of: one.key, area: name.area, file: file))
      }
      let points = choice.figures.map { figure in
        DataPoint(
          period: figure.period, observation: figure.observation, rounding: figure.rounding,
          numerator: figure.numerator, denominator: figure.denominator, publication: figure.publication,
          flags: figure.flags, origin: Origin(file: file, row: figure.row), note: figure.note)
      }
      do {
        all.append(
          try Series(
            id: name.id, area: name.area.isEmpty ? nil : name.area,
            measure: Measure(
              id: one.key.measure, name: one.key.measureName, unit: one.key.unit,
              polarity: one.key.polarity ?? .neutral), points: points, attributes: one.key.breakdown))
      } catch {
        problems.append(Problem(file: file, row: one.figures.first?.row, message: "\(error)"))
      }
    }
    do {
      return (try Panel(all), problems)
    } catch {
      // Names are told apart above; should two be alike all the same, nothing is taken rather than one by chance.
      return (Panel(), problems + [Problem(file: file, message: "\(error)")])
    }
  }
}
