import TimeSeries

/// What is known of a measure of the Local Authority Interactive Tool: from its dictionary, and from its values.
struct InteractiveToolMeasure {
  /// The short name.
  let name: String
  /// What its years are.
  let yearKind: InteractiveToolPeriod.YearKind
  /// The unit to which the tool rounds what it shows.
  let rounding: Double?
  private let entry: InteractiveToolDictionary.Entry?
  /// The kinds of its periods, in the order in which they appear.
  private(set) var kinds: [Period.Kind] = []
  private var isWhole = true
  private var hasValue = false
  /// Whether a year stood alone whose kind nobody gives.
  private(set) var guessedBare = false
  private(set) var guessedSplit = false

  init(_ name: String, _ dictionary: InteractiveToolDictionary, _ options: LayoutInput.Options) {
    self.name = name
    entry = dictionary.entries[name.withoutOuterSpaces]
    if let kind = entry?.yearKind {
      yearKind = kind
    } else if let type = options.yearType {
      yearKind = .year(type)
    } else {
      yearKind = .unknown
    }
    var unit = 1.0
    for _ in 0..<(entry?.decimalPlaces ?? 0) { unit /= 10 }
    rounding = entry?.decimalPlaces == nil ? nil : unit
  }

  /// The number of the kind of a period, which is remembered.
  mutating func number(of period: Period) -> Int {
    if yearKind == .unknown {
      switch period.kind {
      case .year(.calendar): guessedBare = true
      case .year, .pooledYears(_, .financial): guessedSplit = true
      default: break
      }
    }
    if let known = kinds.firstIndex(of: period.kind) { return known }
    kinds.append(period.kind)
    return kinds.count - 1
  }

  /// Takes note of a value.
  mutating func see(_ value: Double) {
    hasValue = true
    if value < 0 || value != value.rounded() { isWhole = false }
  }

  /// Whether a value has no more decimal places than the tool shows; files hold binary fractions, so that a distance of
  /// a millionth of the last place is none.
  func isShown(_ value: Double) -> Bool {
    guard let places = entry?.decimalPlaces else { return true }
    var scaled = value
    for _ in 0..<places { scaled *= 10 }
    return abs(scaled - scaled.rounded()) <= max(1e-6, abs(scaled) * 1e-12)
  }

  /// The unit: by the label of its axis, or per cent where the short name has a `%`.
  var unit: Unit {
    if let label = entry?.unitLabel { return UnitLabel.unit(label, isWhole: isWhole && hasValue) }
    if name.contains("%") { return .percentage }
    return .other("unit not given")
  }

  /// The identity of a series.
  func key(_ area: PublishedArea, kind: Int) -> PublishedSeriesKey {
    let breakdown =
      kinds.count > 1 && kinds.indices.contains(kind)
      ? [Series.Attribute(name: "periods", value: Self.words(kinds[kind]))] : []
    return PublishedSeriesKey(
      measure: name, measureName: entry?.name, area: area, unit: unit, breakdown: breakdown,
      polarity: entry?.polarity)
  }

  private static func words(_ kind: Period.Kind) -> String {
    switch kind {
    case .year(let type): "\(type) years"
    case .pooledYears(let count, let type): "\(count) \(type) years pooled"
    case .census: "census dates"
    case .quarter, .month, .week, .day, .rollingMonths, .index: "\(kind)"
    }
  }

  /// What was taken for granted of all measures, as sentences.
  static func notes(
    _ measures: [InteractiveToolMeasure], _ options: LayoutInput.Options, hasUnrounded: Bool
  ) -> [String] {
    var notes: [String] = []
    let used = measures.filter { !$0.kinds.isEmpty }
    let bare = used.filter(\.guessedBare)
    let split = used.filter(\.guessedSplit)
    let advice =
      options.dictionary == nil
      ? "name the tool's dictionary to have the year type of each measure"
      : "the dictionary says nothing of them"
    if !bare.isEmpty {
      notes.append(
        "\(bare.count) measures have years such as 2016 without a year type, read as calendar years (\(ListedNames.of(bare.map(\.name), limit: 4))); \(advice)"
      )
    }
    if !split.isEmpty {
      notes.append(
        "\(split.count) measures have years such as 2016/17 without a year type, read as financial years (\(ListedNames.of(split.map(\.name), limit: 4))); \(advice)"
      )
    }
    let ending = used.filter {
      if case .year(let type) = $0.yearKind { type != .calendar } else { false }
    }
    if !ending.isEmpty {
      notes.append(
        "a year such as 2016 of a financial or academic measure is the one that ends in it: 2015/16 (\(ending.count) measures)"
      )
    }
    let days = used.filter { if case .census = $0.yearKind { true } else { false } }
    if !days.isEmpty {
      notes.append(
        "measures of year type Annual are counts on 31 March, those of January on the 15th and those of the end of September on the 30th (\(days.count) measures)"
      )
    }
    let several = used.filter { $0.kinds.count > 1 }
    if !several.isEmpty {
      notes.append(
        "\(several.count) measures have periods of several kinds, each of which is a series of its own: \(ListedNames.of(several.map(\.name)))"
      )
    }
    let unitless = used.filter { $0.unit == .other("unit not given") }
    if !unitless.isEmpty {
      notes.append(
        "the unit of \(unitless.count) measures is not given: \(ListedNames.of(unitless.map(\.name), limit: 4))"
      )
    }
    if hasUnrounded {
      notes.append(
        "some periods hold more decimal places than the tool shows: only where every value has no more is a figure taken to be rounded"
      )
    }
    return notes
  }
}
