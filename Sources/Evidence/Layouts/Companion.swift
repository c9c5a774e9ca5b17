/// A file without figures of its own that others are read with.
enum Companion {
  /// The data dictionary of the Local Authority Interactive Tool.
  case dictionary
  /// A set of statistical neighbours.
  case neighbours

  /// Recognises a companion by its columns; nil for anything else.
  init?(_ sample: TableSample) {
    if sample.has(all: ["measure_short", "year_type"]) {
      self = .dictionary
    } else if sample.has(all: ["la_number", "neighbour_la_number"]) || sample.has(all: ["sn1", "sn2"]) {
      self = .neighbours
    } else {
      return nil
    }
  }

  /// What the file is and how it is used.
  var sentence: String {
    switch self {
    case .dictionary:
      "this is the data dictionary of the Local Authority Interactive Tool and holds no figures; give it beside them: "
        + "import lait lait.csv.gz --dictionary FILE"
    case .neighbours:
      "this is a set of statistical neighbours and holds no figures; give it where areas are compared: "
        + "init DIR --area NAME --comparators neighbours --from FILE"
    }
  }
}
