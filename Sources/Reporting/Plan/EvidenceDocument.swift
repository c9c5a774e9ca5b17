import Commissioning
import TimeSeries

/// A series that a plan used, as programs read it.
public struct EvidenceDocument: Codable, Hashable, Sendable {
  /// The series.
  public let id: String
  /// The area it is of; null where it has none.
  public let area: String?
  /// The publications its figures come from; null where none is named.
  public let source: String?
  /// The file and the rows its figures were read from, `plans.csv:2-8`; null for figures that were not read.
  public let row: String?
  /// The model that carried it forward; null where none did.
  public let model: String?

  init(_ used: PlanOutcome.UsedSeries) {
    id = used.series.id
    area = used.series.area
    model = used.model
    let origins = used.series.points.compactMap(\.origin)
    var sources: [String] = []
    for source in origins.compactMap(\.source) where !sources.contains(source) { sources.append(source) }
    source = sources.isEmpty ? nil : sources.joined(separator: "; ")
    row = Self.rows(of: origins)
  }

  /// Writes every key, null included.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(id, forKey: .id)
    try container.encode(area, forKey: .area)
    try container.encode(source, forKey: .source)
    try container.encode(row, forKey: .row)
    try container.encode(model, forKey: .model)
  }

  /// The rows of each file as runs: `a.csv:2-8,12; b.csv:4`.
  static func rows(of origins: [Origin]) -> String? {
    var files: [String] = []
    for origin in origins where !files.contains(origin.file) { files.append(origin.file) }
    let parts = files.map { file in
      var runs: [ClosedRange<Int>] = []
      for row in Set(origins.filter { $0.file == file }.map(\.row)).sorted() {
        if let last = runs.last, row == last.upperBound + 1 {
          runs[runs.count - 1] = last.lowerBound...row
        } else {
          runs.append(row...row)
        }
      }
      let text = runs.map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)-\($0.upperBound)" }
      return "\(file):\(text.joined(separator: ","))"
    }
    return parts.isEmpty ? nil : parts.joined(separator: "; ")
  }
}

/// An assumption as programs read it.
public struct AssumptionDocument: Codable, Hashable, Sendable {
  /// The name that services refer to.
  public let id: String
  /// The value: a number, or `{low, mostLikely, high}`.
  public let value: Value
  /// The unit, as its author wrote it.
  public let unit: String
  /// Why this value.
  public let reason: String

  /// What is assumed.
  public enum Value: Codable, Hashable, Sendable {
    /// One number, taken as certain.
    case fixed(Double)
    /// A range that each simulated future draws from.
    case range(Range)

    /// The numbers of a range.
    public struct Range: Codable, Hashable, Sendable {
      /// The least value.
      public let low: Double
      /// The most likely value.
      public let mostLikely: Double
      /// The greatest value.
      public let high: Double
    }

    /// Reads a number or an object.
    public init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let value = try? container.decode(Double.self) {
        self = .fixed(value)
      } else {
        self = .range(try container.decode(Range.self))
      }
    }

    /// Writes a number or an object.
    public func encode(to encoder: any Encoder) throws {
      var container = encoder.singleValueContainer()
      switch self {
      case .fixed(let value): try container.encode(value)
      case .range(let range): try container.encode(range)
      }
    }
  }

  init(_ assumption: Assumption) {
    id = assumption.id
    unit = assumption.unit
    reason = assumption.reason
    switch assumption.value {
    case .fixed(let number): value = .fixed(number)
    case .range(let low, let mostLikely, let high):
      value = .range(Value.Range(low: low, mostLikely: mostLikely, high: high))
    }
  }
}
