/// A small linear programme: the least c·x over x ≥ 0 with rows a·x ≥ b, where no element of c is negative.
///
/// It is solved through its dual, the most b·y with Aᵀy ≤ c and y ≥ 0, by the simplex method on a dense tableau. Since c
/// is not negative y = 0 is a place to start from, so that no first phase is needed; a dual without bound says that the
/// rows contradict one another; and the tableau has one line for each variable, of which there are few, however many
/// rows there are (Dantzig 1963). Bland's rule (1977) takes over when steps stop to improve, so that it always ends.
struct LinearProgram {
  /// One row, a·x ≥ b.
  struct Row {
    var coefficients: [Double]
    var bound: Double
  }

  /// A solution.
  struct Solution {
    /// The variables.
    let values: [Double]
    /// What is to be least.
    let objective: Double
    /// By how much the objective would rise if the bound of each row were one higher.
    let prices: [Double]
  }

  /// What came of it.
  enum Outcome {
    case solved(Solution)
    /// No x meets all the rows.
    case infeasible
    /// The steps ran out, which rounding alone can cause.
    case unfinished
  }

  let costs: [Double]
  var rows: [Row]

  private static let tolerance = 1e-11

  func solve() -> Outcome {
    let height = costs.count
    let width = rows.count + height + 1
    let right = width - 1
    var tableau = [Double](repeating: 0, count: (height + 1) * width)
    for line in 0..<height {
      for (column, row) in rows.enumerated() { tableau[line * width + column] = row.coefficients[line] }
      tableau[line * width + rows.count + line] = 1
      tableau[line * width + right] = costs[line]
    }
    // The last line holds what one more of each column would still gain.
    for (column, row) in rows.enumerated() { tableau[height * width + column] = row.bound }
    var basis = (0..<height).map { rows.count + $0 }
    var idle = 0
    for _ in 0..<(200 * (height + 10)) {
      let isIdle = idle > 2 * height + 20
      guard let entering = Self.entering(tableau[(height * width)..<(height * width + right)], first: isIdle)
      else { return .solved(solution(tableau, basis: basis, width: width)) }
      var leaving: Int?
      var least = Double.infinity
      for line in 0..<height {
        let pivot = tableau[line * width + entering]
        guard pivot > 1e-9 else { continue }
        let ratio = max(0, tableau[line * width + right]) / pivot
        if ratio < least || (ratio == least && leaving.map { basis[line] < basis[$0] } ?? true) {
          (least, leaving) = (ratio, line)
        }
      }
      guard let leaving else { return .infeasible }
      idle = least > 1e-12 ? 0 : idle + 1
      Self.pivot(&tableau, line: leaving, column: entering, height: height, width: width)
      basis[leaving] = entering
    }
    return .unfinished
  }

  /// The column that gains most, or the first that gains; nil where none does.
  private static func entering(_ gains: ArraySlice<Double>, first: Bool) -> Int? {
    var best: Int?
    var most = tolerance
    for (column, gain) in gains.enumerated() where gain > most {
      best = column
      if first { break }
      most = gain
    }
    return best
  }

  private static func pivot(
    _ tableau: inout [Double], line: Int, column: Int, height: Int, width: Int
  ) {
    tableau.withUnsafeMutableBufferPointer { cells in
      let own = line * width
      let pivot = cells[own + column]
      for place in 0..<width { cells[own + place] /= pivot }
      for other in 0...height where other != line {
        let factor = cells[other * width + column]
        if factor == 0 { continue }
        let start = other * width
        for place in 0..<width { cells[start + place] -= factor * cells[own + place] }
        cells[start + column] = 0
      }
    }
  }

  private func solution(_ tableau: [Double], basis: [Int], width: Int) -> Solution {
    let height = costs.count
    // What a slack column would lose is the variable of its line.
    let values = (0..<height).map { max(0, -tableau[height * width + rows.count + $0]) }
    var prices = [Double](repeating: 0, count: rows.count)
    for (line, column) in basis.enumerated() where column < rows.count {
      prices[column] = max(0, tableau[line * width + width - 1])
    }
    return Solution(
      values: values, objective: zip(costs, values).reduce(0) { $0 + $1.0 * $1.1 }, prices: prices)
  }
}
