import Statistics

/// Moves the draws of one standard normal quantity, a little and in step, so that they are spread as a standard normal
/// quantity is.
///
/// Latin hypercube sampling with dependence (M. Stein 1987; N. Packham and W. M. Schmidt 2010) puts in the place of each
/// draw the normal score of its rank: margins are then exact, and the ranks, with all their dependence, are kept. Here the
/// ranks are taken in a few thousand strata instead of one by one: if C of n draws lie below the edge of a stratum, the
/// edge moves to Φ⁻¹(C/n), and draws between two edges move in proportion. That costs two passes and no sort, and leaves
/// of the sampling error of a quantile what arises inside one stratum.
///
/// The map rises, so the order of the draws stays. Strata hold at least ``leastDraws`` draws; the first and the last draws
/// are moved along with the outermost edge.
struct Stratification: ~Copyable {
  private static let cells = 2048
  private static let reach = 5.0
  /// The fewest draws between two edges: the chance in the place of an edge is small beside the stratum.
  static let leastDraws = 24

  private let counts: UnsafeMutablePointer<Int32>
  private let slopes: UnsafeMutablePointer<Double>
  private let shifts: UnsafeMutablePointer<Double>

  init() {
    counts = .allocate(capacity: Self.cells)
    slopes = .allocate(capacity: Self.cells)
    shifts = .allocate(capacity: Self.cells)
  }

  deinit {
    counts.deallocate()
    slopes.deallocate()
    shifts.deallocate()
  }

  /// The cell of a value: added to 2⁵², a whole number stands in the last bits.
  @inline(__always)
  private static func cell(_ z: Double, _ scale: Double) -> Int {
    let place = max(0.5, min(Double(cells) - 0.5, z * scale + Double(cells / 2))) + (0x1p52 - 0.5)
    return Int(truncatingIfNeeded: place.bitPattern & UInt64(cells - 1))
  }

  /// The value at the lower edge of a cell.
  private static func edge(_ cell: Int) -> Double {
    Double(cell - cells / 2) * (2 * reach / Double(cells))
  }

  /// Spreads draws of a normal quantity with mean zero and the given standard deviation; fewer than twice
  /// ``leastDraws`` are left as they are.
  func spread(_ draws: UnsafeMutablePointer<Double>, count: Int, deviation: Double) {
    guard count >= 2 * Self.leastDraws, deviation > 0 else { return }
    let scale = Double(Self.cells) / (2 * Self.reach) / deviation
    for cell in 0..<Self.cells { counts[cell] = 0 }
    for index in 0..<count { counts[Self.cell(draws[index], scale)] &+= 1 }
    prepare(count: Double(count), deviation: deviation)
    for index in 0..<count {
      let cell = Self.cell(draws[index], scale)
      draws[index] = shifts[cell] + slopes[cell] * draws[index]
    }
  }

  /// The straight line on which the draws of each cell move, in the units of the draws.
  private func prepare(count: Double, deviation: Double) {
    // Edges one after another: where each is, where it belongs, and how many draws lie below it.
    var (below, start) = (0, 0)
    var last: (from: Double, to: Double, below: Int)?
    for cell in 0..<(Self.cells - 1) {
      below += Int(counts[cell])
      guard below - (last?.below ?? 0) >= Self.leastDraws, count - Double(below) >= Double(Self.leastDraws)
      else { continue }
      let (from, to) = (Self.edge(cell + 1), StandardNormal.quantile(Double(below) / count))
      let slope = last.map { (to - $0.to) / (from - $0.from) } ?? 1
      set(start...cell, slope: slope, shift: (to - slope * from) * deviation)
      last = (from, to, below)
      start = cell + 1
    }
    set(start...(Self.cells - 1), slope: 1, shift: last.map { ($0.to - $0.from) * deviation } ?? 0)
  }

  private func set(_ cells: ClosedRange<Int>, slope: Double, shift: Double) {
    for cell in cells {
      slopes[cell] = slope
      shifts[cell] = shift
    }
  }
}
