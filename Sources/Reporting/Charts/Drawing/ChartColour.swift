import RealModule

/// A colour by its part in a chart, after the palettes of the Government Analysis Function.
///
/// A chart that stands alone is drawn on white paper with the shades given here. Every element also carries
/// the colour's name as a class, so that a page that is read in the dark can give all of its charts other
/// shades at once (``styleSheet``). No colour carries a meaning alone: beside each stands a label, a pattern
/// of dashes or a place.
public enum ChartColour: String, CaseIterable, Hashable, Sendable {
  /// What the chart is drawn on.
  case paper
  /// Words and the marks of certain figures.
  case ink
  /// Words that a reader needs less: ticks, notes.
  case faint
  /// Lines of reference behind the figures.
  case grid
  /// Dark blue: the first category, and the line of a measure.
  case first
  /// Turquoise: the second category.
  case second
  /// Dark pink: the third category.
  case third
  /// Orange: the fourth category.
  case fourth
  /// Dark grey: the fifth category.
  case fifth
  /// Light purple: the sixth category.
  case sixth
  /// The palest band of a fan, the 95 per cent interval.
  case outerBand
  /// The band of the 80 per cent interval.
  case band
  /// The deepest band of a fan, the 50 per cent interval.
  case innerBand
  /// What recedes beside what is looked at.
  case muted
  /// A level to be kept to: a budget, a target.
  case level
  /// Grey of Making Data Count: common cause. Its shapes, and the three that follow, have an edge of ink.
  case commonCause
  /// Blue of Making Data Count: special cause, an improvement.
  case improvement
  /// Orange of Making Data Count: special cause, a concern.
  case concern
  /// Purple of Making Data Count: special cause of what is neither good nor bad.
  case neutral

  /// The categories, in the order in which they are given out.
  public static let categories: [ChartColour] = [.first, .second, .third, .fourth, .fifth, .sixth]

  /// The shade on white paper, as `#rrggbb`.
  public var light: String {
    switch self {
    case .paper: "#ffffff"
    case .ink: "#222222"
    case .faint: "#595959"
    case .grid: "#dddddd"
    case .first: "#12436d"
    case .second: "#28a197"
    case .third: "#801650"
    case .fourth: "#f46a25"
    case .fifth: "#3d3d3d"
    case .sixth: "#a285d1"
    case .outerBand: "#d7e4f0"
    case .band: "#a9c8e3"
    case .innerBand: "#6bace6"
    case .muted: "#8f8f8f"
    case .level: "#801650"
    case .commonCause: "#a6a6a6"
    case .improvement: "#00b0f0"
    case .concern: "#e46c0a"
    case .neutral: "#490092"
    }
  }

  /// The shade on dark paper.
  public var dark: String {
    switch self {
    case .paper: "#15191d"
    case .ink: "#f1f3f5"
    case .faint: "#b4bbc2"
    case .grid: "#3a424a"
    case .first: "#7db7ea"
    case .second: "#43c9bd"
    case .third: "#e58ab8"
    case .fourth: "#ff8f55"
    case .fifth: "#c9ced3"
    case .sixth: "#b9a1e0"
    case .outerBand: "#1f3346"
    case .band: "#2a4d6e"
    case .innerBand: "#315e88"
    case .muted: "#646d76"
    case .level: "#f2a6cb"
    case .commonCause: "#a6a6a6"
    case .improvement: "#00b0f0"
    case .concern: "#f58a32"
    case .neutral: "#b48ade"
    }
  }

  /// The rules by which a page shows its charts in the dark where its reader asks for that.
  public static var styleSheet: String {
    let rules = allCases.map { colour in
      ".f-\(colour.rawValue){fill:\(colour.dark)}.s-\(colour.rawValue){stroke:\(colour.dark)}"
    }
    return "@media screen and (prefers-color-scheme:dark){\(rules.joined())}"
  }

  /// The attributes that fill a shape with the colour.
  var fill: String { "class=\"f-\(rawValue)\" fill=\"\(light)\"" }

  /// The attributes that draw a line in the colour.
  var stroke: String { "class=\"s-\(rawValue)\" stroke=\"\(light)\"" }
}

/// How far two shades are told apart, from 1 for the same to 21 for black on white (Web Content Accessibility
/// Guidelines 2.2, relative luminance): 4.5 for words, 3 for what has to be seen of a drawing.
public struct ContrastRatio: Comparable, Sendable {
  /// The ratio.
  public let value: Double

  /// The ratio of two shades, each `#rrggbb`; 1 where one is no such text.
  public init(_ one: String, _ other: String) {
    guard let first = Self.luminance(one), let second = Self.luminance(other) else {
      value = 1
      return
    }
    value = (max(first, second) + 0.05) / (min(first, second) + 0.05)
  }

  /// Whether the one pair of shades is told apart less easily than the other.
  public static func < (left: ContrastRatio, right: ContrastRatio) -> Bool { left.value < right.value }

  private static func luminance(_ shade: String) -> Double? {
    guard shade.hasPrefix("#"), shade.utf8.count == 7, let bits = UInt32(shade.dropFirst(), radix: 16) else {
      return nil
    }
    func channel(_ shift: UInt32) -> Double {
      let share = Double((bits >> shift) & 0xFF) / 255
      return share <= 0.04045 ? share / 12.92 : .pow((share + 0.055) / 1.055, 2.4)
    }
    return 0.2126 * channel(16) + 0.7152 * channel(8) + 0.0722 * channel(0)
  }
}
