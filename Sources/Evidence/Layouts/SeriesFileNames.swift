import TimeSeries

/// The names under which published series stand in a series file, where a series is known by its identifier and its area.
struct SeriesFileNames {
  /// For each series of the publication, its identifier and the text of its area.
  let names: [(id: String, area: String)]
  /// What had to be added to tell series apart, as sentences.
  let notes: [String]

  private struct Name: Hashable {
    let id: String
    let area: String
  }

  /// Names all series; those that would share a name are told apart by the level or code of their area, then by their
  /// unit, and at last by a number.
  init(_ series: [PublishedFigures.PublishedSeries]) {
    var names = series.map { Name(id: $0.key.id, area: Self.area($0.key.area)) }
    var added = 0
    let refinements: [(PublishedSeriesKey, Name) -> Name] = [
      { key, name in
        let mark = key.area.level.flatMap { $0.isEmpty ? nil : $0 } ?? key.area.code ?? key.area.number
        return Name(id: name.id, area: mark.map { "\(name.area) (\($0))" } ?? name.area)
      },
      { key, name in
        let mark = key.area.code ?? key.area.number
        return Name(id: name.id, area: mark.map { "\(name.area) (\($0))" } ?? name.area)
      },
      { key, name in Name(id: "\(name.id)-\(SeriesName.of(key.unit.description))", area: name.area) },
    ]
    for refine in refinements {
      var counts: [Name: Int] = [:]
      for name in names { counts[name, default: 0] += 1 }
      guard counts.values.contains(where: { $0 > 1 }) else { break }
      for index in names.indices where counts[names[index], default: 0] > 1 {
        let finer = refine(series[index].key, names[index])
        if finer != names[index] { added += 1 }
        names[index] = finer
      }
    }
    var seen: [Name: Int] = [:]
    var taken = Set(names)
    for index in names.indices {
      let name = names[index]
      let times = seen[name, default: 0] + 1
      seen[name] = times
      guard times > 1 else { continue }
      var number = times
      var finer = Name(id: "\(name.id)-\(number)", area: name.area)
      while !taken.insert(finer).inserted {
        number += 1
        finer = Name(id: "\(name.id)-\(number)", area: name.area)
      }
      names[index] = finer
      added += 1
    }
    self.names = names.map { ($0.id, $0.area) }
    notes =
      added == 0
      ? []
      : [
        "\(added) series would share their name and area with another; the level or code of the area, the unit or a number was added"
      ]
  }

  private static func area(_ area: PublishedArea) -> String {
    area.name.isEmpty ? area.code ?? area.number ?? "" : area.name
  }
}
