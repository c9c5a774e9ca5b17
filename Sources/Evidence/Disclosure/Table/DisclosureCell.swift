/// One figure of a table that is to be published: a count, or an amount such as pounds behind which a count stands.
public struct DisclosureCell: Hashable, Sendable {
  /// Where a figure stands in its table, from what is held back first to what is held back last.
  public enum Standing: Int, Hashable, Sendable, Comparable {
    /// A figure of the table's body.
    case detail
    /// A sum of others: a row, a column, a region.
    case total
    /// The figure of the whole nation.
    case national

    /// The order in which figures are held back.
    public static func < (left: Standing, right: Standing) -> Bool { left.rawValue < right.rawValue }
  }

  /// What outsiders see of a figure.
  public enum Visibility: Hashable, Sendable {
    /// It is to be published, as the rule allows.
    case published
    /// It is not published, and must not be found from what is: the people that a list of parts leaves out, the cases
    /// added between two publications of a running total.
    case hidden
    /// It is known to everybody, published here or not: a category that cannot occur.
    case known
  }

  /// The name in reports and problems.
  public let name: String
  /// The figure in each version of the table, in whole units: people, or pence. A table that is published in one version
  /// has one; scenarios of one table have one each.
  public let values: [Int]
  /// The people behind an amount, in each version; nil where the figure is itself the count.
  public let people: [Int]?
  /// Where it stands.
  public let standing: Standing
  /// What outsiders see of it.
  public let visibility: Visibility
  /// The position of the cell that counts the whole of which this one is a part, where the two are published as a share.
  public let denominator: Int?
  /// The name that the same figure has in other years or tables: where one is held back, the others are too, if need be.
  public let family: String?
  /// Whether readers learn the count before rounding from something else, such as an exact rate of a known population.
  public let isExactWhenPublished: Bool
  /// Whether an amount may be below zero; a count may not.
  public let mayBeNegative: Bool

  /// A figure.
  ///
  /// - Parameters:
  ///   - name: the name in reports.
  ///   - values: the figure in each version of the table, in whole units.
  ///   - people: the people behind an amount; nil for a count.
  ///   - standing: where it stands.
  ///   - visibility: what outsiders see of it.
  ///   - denominator: the position of the whole of which it is a part.
  ///   - family: the name that the same figure has in other years.
  ///   - isExactWhenPublished: whether readers learn the count before rounding.
  ///   - mayBeNegative: whether an amount may be below zero.
  public init(
    name: String, values: [Int], people: [Int]? = nil, standing: Standing = .detail,
    visibility: Visibility = .published, denominator: Int? = nil, family: String? = nil,
    isExactWhenPublished: Bool = false, mayBeNegative: Bool = false
  ) {
    self.name = name
    self.values = values
    self.people = people
    self.standing = standing
    self.visibility = visibility
    self.denominator = denominator
    self.family = family
    self.isExactWhenPublished = isExactWhenPublished
    self.mayBeNegative = mayBeNegative
  }

  /// The people behind the figure in a version.
  func count(_ version: Int) -> Int { people.map { $0[version] } ?? values[version] }

  /// Whether the figure itself counts people.
  var isCount: Bool { people == nil }
}
