/// A value of the plan that a page can move.
struct Control: Encodable, Hashable, Sendable {
  /// The path that `--set` takes.
  let path: String
  /// What a person calls it.
  var name: String
  /// What it counts.
  let unit: String
  /// Why its author chose the value that stands.
  let reason: String
  /// The value that stands, as its author wrote it.
  let stated: String
  /// Where the slider begins: the value, or the most likely one of a range. Of a percentage, its points.
  let value: Double
  /// The low end of the slider.
  let low: Double
  /// The high end of the slider.
  let high: Double
  /// The step of the slider.
  let step: Double
  /// The digits after the point that the step needs.
  let decimals: Int
  /// Whether the value is written with a per cent sign.
  let isPercentage: Bool
  /// Whether it changes a flow of the plan, and at its beginning changes nothing; otherwise it is an assumption.
  let isLever: Bool
  /// Whether what stands is a range, whose doubt goes when one number takes its place.
  let isRange: Bool
  /// The low end of the range that stands; left out where one number stands.
  var statedLow: Double?
  /// The high end of the range that stands; left out where one number stands.
  var statedHigh: Double?
  /// Whether it moves a part of what another control moves, such as the price in one setting.
  var isPart = false
  /// The service whose flow it changes, by the name that people use; left out of an assumption, which may move several.
  var service: String?
  /// What it is about.
  var group = ControlGroup.other
  /// By how many pounds the balance of the last year moves between its ends.
  var swing = 0.0
}

/// What a control is about.
enum ControlGroup: String, CaseIterable, Encodable, Sendable {
  case need = "Need"
  case price = "Price"
  case capacity = "Capacity"
  case budget = "Budget"
  case other = "Other"
}

/// The controls of a service in a scenario.
struct ControlSet: Encodable, Sendable {
  /// The controls, in the order of their groups; in each, the one that moves the balance most first.
  let controls: [Control]
  /// The measures of the register.
  let measures: MeasureControls
  /// What is not offered, and why.
  let left: [String]
}

/// The measures of a register, each of which a page can leave out.
struct MeasureControls: Encodable, Hashable, Sendable {
  /// The path of the way in which measures count; null where the workspace does not say it.
  let modePath: String?
  /// How they count as it stands.
  let mode: String
  /// The ways in which they can count.
  let modes: [String]
  /// The measures that the budget has not.
  let measures: [Measure]
  /// What a reader must know.
  let notes: [String]

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(modePath, forKey: .modePath)
    try container.encode(mode, forKey: .mode)
    try container.encode(modes, forKey: .modes)
    try container.encode(measures, forKey: .measures)
    try container.encode(notes, forKey: .notes)
  }

  private enum CodingKeys: String, CodingKey {
    case modePath
    case mode
    case modes
    case measures
    case notes
  }

  /// A measure.
  struct Measure: Encodable, Hashable, Sendable {
    let id: String
    let name: String
    let owner: String
    let evidence: String
    /// How likely it is to be delivered: `60%`.
    let probability: String
    /// When it begins.
    let start: String
    /// The path of its status.
    let path: String
    /// The status that leaves it out.
    let off: String
    /// The names of the services that it changes or is paid by, as scripts use them.
    let services: [String]
  }
}
