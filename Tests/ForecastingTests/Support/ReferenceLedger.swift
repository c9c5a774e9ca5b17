import Foundation
import Synchronization
import Testing

/// What a result is compared with in a reference, and how near it has to come.
enum Nearness {
  /// Within a distance.
  case absolute(Double)
  /// Within a share of the reference's size.
  case relative(Double)
  /// No further below the reference than this; above it is better.
  case noWorse(Double)
  /// No further above the reference than this; below it is better.
  case noGreater(Double)

  /// The tolerance as a table writes it.
  var text: String {
    switch self {
    case .absolute(0): "exact"
    case .absolute(let tolerance): "\(tolerance)"
    case .relative(let tolerance): "\(tolerance) of its size"
    case .noWorse(let tolerance): "at most \(tolerance) below"
    case .noGreater(let tolerance): "at most \(tolerance) above"
    }
  }

  /// How far a result is from the reference, counted as the tolerance is.
  func difference(_ found: Double, _ expected: Double) -> Double {
    switch self {
    case .absolute: abs(found - expected)
    case .relative: found == expected ? 0 : abs(found - expected) / abs(expected)
    case .noWorse: expected - found
    case .noGreater: found - expected
    }
  }

  var tolerance: Double {
    switch self {
    case .absolute(let tolerance), .relative(let tolerance), .noWorse(let tolerance),
      .noGreater(let tolerance):
      tolerance
    }
  }
}

/// Expects a result to lie near its reference, and notes the difference for the table in `Documentation/REFERENCES.md`
/// (`make references` writes it).
///
/// - Parameters:
///   - folder: the folder of the references, such as `arima`.
///   - item: the case, such as `Nile_011`.
///   - quantity: what is compared, such as `log-likelihood`; the table shows the worst of all comparisons under one name.
func expectReference(
  _ folder: String, _ item: String, _ quantity: String, _ found: Double, _ expected: Double,
  _ nearness: Nearness, sourceLocation: SourceLocation = #_sourceLocation
) {
  let difference = nearness.difference(found, expected)
  #expect(
    difference <= nearness.tolerance,
    "\(folder), \(item), \(quantity): \(found) where the reference has \(expected)",
    sourceLocation: sourceLocation)
  ReferenceLedger.note("\(folder)\t\(item)\t\(quantity)\t\(nearness.text)\t\(difference)\n")
}

/// Expects every number of a list to lie near its reference, and the lists to be of one length.
func expectReference(
  _ folder: String, _ item: String, _ quantity: String, _ found: [Double], _ expected: [Double],
  _ nearness: Nearness, sourceLocation: SourceLocation = #_sourceLocation
) {
  #expect(
    found.count == expected.count && !expected.isEmpty, "\(folder), \(item), \(quantity)",
    sourceLocation: sourceLocation)
  for (found, expected) in zip(found, expected) {
    expectReference(folder, item, quantity, found, expected, nearness, sourceLocation: sourceLocation)
  }
}

/// The file in which differences are noted, where the environment names one.
enum ReferenceLedger {
  private static let lines = Mutex<FileHandle?>(open())

  private static func open() -> FileHandle? {
    guard let path = ProcessInfo.processInfo.environment["NEEDSCAST_REFERENCES"], !path.isEmpty else {
      return nil
    }
    _ = FileManager.default.createFile(atPath: path, contents: nil)
    return FileHandle(forWritingAtPath: path)
  }

  static func note(_ line: String) {
    lines.withLock { $0?.write(Data(line.utf8)) }
  }
}
