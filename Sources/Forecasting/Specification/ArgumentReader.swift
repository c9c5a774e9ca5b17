/// Reads the arguments of a ``ModelExpression`` by place and by key, and refuses whatever nobody asked for.
///
/// A family takes what it knows and ends with ``finish()``:
///
///     var arguments = ArgumentReader(expression)
///     let trend = try arguments.choice("trend", among: [("N", Trend.none), ("A", .additive)], default: .none)
///     let window = try arguments.whole("window", in: 2...60, default: 4)
///     try arguments.finish()
///
/// Where keys and places are mixed, the arguments without a key are taken in the order in which the family asks.
public struct ArgumentReader {
  private let expression: ModelExpression
  private let group: [ModelExpression.Argument]
  private let groupIndex: Int
  /// Whether the group holds the options of a model, and not the arguments of one of them.
  private let isModel: Bool
  private var taken: [Bool]
  private var asked: [String] = []

  /// Reads one group of an expression; a group that was not written counts as empty.
  public init(_ expression: ModelExpression, group index: Int = 0) {
    self.expression = expression
    groupIndex = index
    isModel = index == 0
    group = expression.groups.indices.contains(index) ? expression.groups[index] : []
    taken = group.map { _ in false }
  }

  /// The arguments of a value, such as those of `step(2020-04)`.
  public init(_ expression: ModelExpression, of argument: ModelExpression.Argument) {
    self.expression = expression
    groupIndex = 0
    isModel = false
    group = argument.arguments ?? []
    taken = group.map { _ in false }
  }

  /// How many arguments have not been taken yet.
  public var remaining: Int { taken.count { !$0 } }

  /// Takes the argument of a key, or else the next one without a key where `byPlace` allows it; nil where there is none.
  public mutating func take(_ key: String, byPlace: Bool = true) -> ModelExpression.Argument? {
    asked.append(key)
    if let index = group.indices.first(where: { !taken[$0] && group[$0].key == key }) {
      taken[index] = true
      return group[index]
    }
    guard byPlace, let index = group.indices.first(where: { !taken[$0] && group[$0].key == nil }) else {
      return nil
    }
    taken[index] = true
    return group[index]
  }

  /// Takes every argument that is left and has no key, in order: terms of a regression, names of regressors.
  ///
  /// - Parameter options: what may stand there, for the list of options that ``finish()`` gives.
  public mutating func takeAll(offering options: [String] = []) -> [ModelExpression.Argument] {
    asked += options
    var list: [ModelExpression.Argument] = []
    for index in group.indices where !taken[index] && group[index].key == nil {
      taken[index] = true
      list.append(group[index])
    }
    return list
  }

  /// A whole number in a range.
  ///
  /// - Throws: ``ForecastingError/specification(_:position:problem:)`` for anything else, or for nothing where there is
  ///   no default.
  public mutating func whole(
    _ key: String, in range: ClosedRange<Int>, default standard: Int? = nil, byPlace: Bool = true
  ) throws(ForecastingError) -> Int {
    guard let argument = take(key, byPlace: byPlace) else {
      if let standard { return standard }
      throw missing(key)
    }
    guard argument.arguments == nil, let number = Int(argument.word), range.contains(number) else {
      throw expression.error(
        at: argument,
        "\"\(argument.word)\" is not a value of \(key); write a whole number from \(range.lowerBound) to \(range.upperBound)"
      )
    }
    return number
  }

  /// A number in a range; nil where it is not given and there is no default.
  public mutating func number(
    _ key: String, in range: ClosedRange<Double>, byPlace: Bool = true
  ) throws(ForecastingError) -> Double? {
    guard let argument = take(key, byPlace: byPlace) else { return nil }
    guard argument.arguments == nil, let number = Double(argument.word), range.contains(number) else {
      throw expression.error(
        at: argument,
        "\"\(argument.word)\" is not a value of \(key); write a number from \(NumberText.plain(range.lowerBound)) to "
          + NumberText.plain(range.upperBound))
    }
    return number
  }

  /// One of several words.
  public mutating func choice<Value>(
    _ key: String, among choices: [(word: String, value: Value)], default standard: Value? = nil,
    byPlace: Bool = true
  ) throws(ForecastingError) -> Value {
    guard let argument = take(key, byPlace: byPlace) else {
      if let standard { return standard }
      throw missing(key)
    }
    guard argument.arguments == nil, let found = choices.first(where: { $0.word == argument.word }) else {
      throw expression.error(
        at: argument,
        "\"\(argument.word)\" is not a value of \(key); write \(Self.list(choices.map(\.word)))")
    }
    return found.value
  }

  /// Whether a word stands among the arguments without a key, which it then leaves.
  public mutating func flag(_ word: String) -> Bool {
    asked.append(word)
    guard
      let index = group.indices.first(where: {
        !taken[$0] && group[$0].key == nil && group[$0].word == word && group[$0].arguments == nil
      })
    else { return false }
    taken[index] = true
    return true
  }

  /// Refuses arguments that nobody took, and lists the options that there are.
  public func finish() throws(ForecastingError) {
    guard let index = taken.firstIndex(of: false) else { return }
    let argument = group[index]
    if let twice = givenTwice(argument) { throw expression.error(at: argument, "\(twice) is given twice") }
    let written = argument.key.map { "\($0)=\(argument.word)" } ?? argument.word
    // Every model takes a scale, which is read before its family reads the rest.
    let options = isModel ? asked + ["scale"] : asked
    throw expression.error(
      at: argument,
      "\"\(written)\" is not an option of \(expression.name)"
        + (options.isEmpty
          ? "; it has none"
          : Set(options).count == 1
            ? "; its only option is \(options[0])"
            : "; its options are \(Self.list(options, joining: "and"))"))
  }

  /// The key or the word of an argument that was also taken from another place; nil where there is none.
  private func givenTwice(_ argument: ModelExpression.Argument) -> String? {
    let before = zip(group, taken).filter(\.1).map(\.0)
    if let key = argument.key { return before.contains { $0.key == key } ? key : nil }
    let isFlag = asked.contains(argument.word) && argument.arguments == nil
    return isFlag && before.contains { $0.key == nil && $0.word == argument.word } ? argument.word : nil
  }

  private func missing(_ key: String) -> ForecastingError {
    let family = isModel ? ModelCatalogue.families.first { $0.name == expression.name } : nil
    let advice = family.map {
      $0.example == $0.name ? "; it is written \($0.usage)" : "; write \($0.example), for example"
    }
    return expression.error(
      at: max(1, expression.end - (expression.groups.indices.contains(groupIndex) ? 1 : 0)),
      "\(key) is missing; \(expression.name) needs it" + (advice ?? ""))
  }

  /// `a, b or c`.
  static func list(_ words: [String], joining conjunction: String = "or") -> String {
    var different: [String] = []
    for word in words where !different.contains(word) { different.append(word) }
    guard different.count > 1, let last = different.last else { return different.first ?? "" }
    return different.dropLast().joined(separator: ", ") + " \(conjunction) \(last)"
  }
}
