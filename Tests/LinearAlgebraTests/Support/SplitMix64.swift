import LinearAlgebra

/// SplitMix64 (Steele, Lea and Flood 2014): a small generator with a seed, so that random inputs are the same
/// each time.
struct SplitMix64: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// Values between −1 and 1.
  mutating func vector(_ count: Int) -> [Double] {
    (0..<count).map { _ in Double.random(in: -1...1, using: &self) }
  }

  /// A matrix of values between −1 and 1.
  mutating func matrix(_ rows: Int, _ columns: Int) throws -> Matrix {
    try Matrix(rows: rows, columns: columns, columnMajor: vector(rows * columns))
  }

  /// A matrix of values between −1 and 1 under an intercept.
  mutating func design(_ rows: Int, _ columns: Int) throws -> Matrix {
    try Matrix(
      rows: rows, columns: columns,
      columnMajor: [Double](repeating: 1, count: rows) + vector(rows * (columns - 1)))
  }
}
