import RealModule

/// What can be worked out about the search for shocks before the values are known: everything that depends on where the
/// observations stand, and not on what they are.
///
/// For each ``UndisturbedBase`` the precision P of the values with level, slope and season projected out: y'Py is the
/// generalised sum of squares of y. A disturbance with effects d and coefficient b ~ N(0, τ²) takes b̂ = d'Py τ²/(1 + τ²
/// d'Pd), and leaves the precision P − Pd d'P τ²/(1 + τ² d'Pd). P. de Jong and J. Penzer, "Diagnosing shocks in time
/// series" (1998), read the same from one pass of the Kalman filter and smoother; for short series the matrix itself is
/// small, and is the same for every series observed at the same periods.
struct ShockDesign: Sendable {
  /// The number of observations.
  let count: Int
  /// Periods since the first observation.
  let positions: [Int]
  /// The degrees of freedom of the sum of squares.
  private(set) var freedom: Double
  /// What is left of a temporary change after one more period.
  let decay: Double
  /// P of each base, one after another, row by row.
  private(set) var precision: [Double]
  /// The part of the logarithm of each base's evidence that does not depend on the values.
  private(set) var constants: [Double]
  /// d'Pd for every base, kind and position: those of the first base first, and in it those of the first kind.
  private(set) var strengths: [Double]

  /// The number of bases.
  let bases: Int
  /// What an effect of each kind that is 1 at an observation has become at the next, kind by kind: nothing of an outlier,
  /// all of a shift.
  private let fades: [Double]

  /// - Parameters:
  ///   - positions: strictly increasing, at least three.
  ///   - season: the number of periods after which the season returns; 1 for none.
  /// - Returns: nil where level, slope and season leave fewer than two degrees of freedom, or the equations cannot be
  ///   solved.
  init?(
    positions: [Int], season: Int, decay: Double, processes: [UndisturbedBase] = UndisturbedBase.all
  ) {
    count = positions.count
    self.positions = positions
    self.decay = decay
    bases = processes.count
    fades =
      positions.map { _ in 0 }
      + positions.indices.map { index in
        index + 1 < positions.count ? Double.pow(decay, positions[index + 1] - positions[index]) : 0
      } + positions.map { _ in 1 }
    let changes = count - 1
    guard changes >= 3 else { return nil }
    let lengths = (0..<changes).map { positions[$0 + 1] - positions[$0] }
    var columns = [lengths.map(Double.init)]
    if season > 1 {
      for place in 1..<season {
        let effect = positions.map { $0 % season == place ? 1.0 : 0 }
        if effect.contains(1) { columns.append((0..<changes).map { effect[$0 + 1] - effect[$0] }) }
      }
    }
    precision = []
    precision.reserveCapacity(bases * count * count)
    constants = []
    strengths = []
    freedom = 0
    for process in processes {
      guard let whitened = WhitenedChanges(covariance: process.covariance(lengths: lengths), columns: columns)
      else { return nil }
      let left = Double(changes - whitened.rank)
      guard left >= 2 else { return nil }
      freedom = left
      precision += whitened.precision
      constants.append(-0.5 * whitened.logDeterminant)
    }
    strengths = tabulated()
  }

  /// The d'Pd of all bases, kinds and positions.
  private func tabulated() -> [Double] {
    var table = [Double](repeating: 0, count: bases * 3 * count)
    var effect = [Double](repeating: 0, count: count)
    for base in 0..<bases {
      let offset = base * count * count
      for kind in 0..<3 {
        var strength = 0.0
        for index in effect.indices { effect[index] = 0 }
        for start in stride(from: count - 1, through: 0, by: -1) {
          let fading = fade(kind, from: start)
          // Effects that set in here are this observation's own and, faded, those that set in at the next.
          let own = precision[offset + start * count + start]
          strength = own + 2 * fading * effect[start] + fading * fading * strength
          for row in 0..<count {
            effect[row] = precision[offset + row * count + start] + fading * effect[row]
          }
          table[(base * 3 + kind) * count + start] = strength
        }
      }
    }
    return table
  }

  /// What an effect that is 1 at an observation has become at the next: of kind 0 nothing, of kind 1 what decay leaves, of
  /// kind 2 all.
  func fade(_ kind: Int, from index: Int) -> Double { fades[kind * count + index] }

  /// The effects on all observations of a shock of size 1 that sets in at one of them.
  func effects(_ kind: Int, from start: Int) -> [Double] {
    var values = [Double](repeating: 0, count: count)
    var value = 1.0
    for index in start..<count {
      values[index] = value
      value *= fade(kind, from: index)
    }
    return values
  }

  /// The design once disturbances with these effects and independent prior variances are admitted; an infinite variance is
  /// a flat prior, which takes a degree of freedom.
  ///
  /// - Returns: nil where the effects cannot be told from level, slope and season, or too little is left.
  func admitting(_ disturbances: [Disturbance]) -> ShockDesign? {
    var design = self
    for disturbance in disturbances {
      let isFlat = disturbance.variance == .infinity
      if isFlat { design.freedom -= 1 }
      guard design.freedom >= 2 else { return nil }
      for base in 0..<bases {
        let projected = design.projected(disturbance.effects, base: base)
        var strength = 0.0
        for index in 0..<count { strength += disturbance.effects[index] * projected[index] }
        guard !isFlat || strength > 1e-9 else { return nil }
        let share = isFlat ? 1 / strength : disturbance.variance / (1 + disturbance.variance * strength)
        design.constants[base] -=
          0.5 * (isFlat ? Double.log(strength) : Double.log(onePlus: disturbance.variance * strength))
        let offset = base * count * count
        for row in 0..<count {
          let factor = share * projected[row]
          for column in 0..<count {
            design.precision[offset + row * count + column] -= factor * projected[column]
          }
        }
      }
    }
    design.strengths = design.tabulated()
    return design
  }

  /// The sum of squares y'Py of one base.
  func square(of values: [Double], base: Int) -> Double {
    let offset = base * count * count
    return precision.withUnsafeBufferPointer { precision in
      values.withUnsafeBufferPointer { values in
        // The matrix is symmetric: half of it is enough.
        var square = 0.0
        for row in 0..<count {
          var sum = 0.0
          let start = offset + row * count
          for column in 0..<row { sum += precision[start + column] * values[column] }
          square += values[row] * (2 * sum + precision[start + row] * values[row])
        }
        return square
      }
    }
  }

  /// Pd of one base.
  func projected(_ effects: [Double], base: Int) -> [Double] {
    let offset = base * count * count
    return (0..<count).map { row in
      var sum = 0.0
      for column in 0..<count { sum += precision[offset + row * count + column] * effects[column] }
      return sum
    }
  }
}

/// Effects on the observations that come with an unknown coefficient.
struct Disturbance: Sendable {
  /// The effect of a coefficient of 1 on each observation.
  var effects: [Double]
  /// The prior variance of the coefficient in units of the one-step error variance; infinite where nothing is held of it.
  var variance: Double
}

/// Changes made independent and of one variance, with some columns projected out.
private struct WhitenedChanges {
  /// The precision of the values, row by row.
  let precision: [Double]
  /// log |V| + log |X'V⁻¹X| for the covariance V of the changes and the columns X.
  let logDeterminant: Double
  /// The number of independent columns.
  let rank: Int

  init?(covariance: [Double], columns: [[Double]]) {
    let changes = columns[0].count
    let count = changes + 1
    var factor = covariance
    var logDeterminant = 0.0
    // Cholesky's factor of the covariance, in its lower triangle.
    for column in 0..<changes {
      var pivot = factor[column * changes + column]
      for k in 0..<column { pivot -= factor[column * changes + k] * factor[column * changes + k] }
      guard pivot > 0, pivot.isFinite else { return nil }
      let root = pivot.squareRoot()
      factor[column * changes + column] = root
      logDeterminant += Double.log(pivot)
      for row in (column + 1)..<max(changes, column + 1) {
        var sum = factor[row * changes + column]
        for k in 0..<column { sum -= factor[row * changes + k] * factor[column * changes + k] }
        factor[row * changes + column] = sum / root
      }
    }
    func solved(_ values: [Double]) -> [Double] {
      var solution = values
      for row in 0..<changes {
        var sum = solution[row]
        for k in 0..<row { sum -= factor[row * changes + k] * solution[k] }
        solution[row] = sum / factor[row * changes + row]
      }
      return solution
    }
    func inner(_ first: [Double], _ second: [Double]) -> Double {
      var sum = 0.0
      for index in first.indices { sum += first[index] * second[index] }
      return sum
    }
    // Gram and Schmidt, twice over: once is not enough where columns are nearly alike.
    var basis: [[Double]] = []
    for column in columns {
      var whitened = solved(column)
      let before = inner(whitened, whitened)
      for _ in 0..<2 {
        for direction in basis {
          let share = inner(direction, whitened)
          for index in whitened.indices { whitened[index] -= share * direction[index] }
        }
      }
      let length = inner(whitened, whitened)
      guard length > 1e-10 * before else { continue }
      logDeterminant += Double.log(length)
      basis.append(whitened.map { $0 / length.squareRoot() })
    }
    // Row t of the whitened differences of the values, level and columns projected out.
    var rows: [[Double]] = []
    rows.reserveCapacity(count)
    for value in 0..<count {
      var unit = [Double](repeating: 0, count: changes)
      if value > 0 { unit[value - 1] = 1 }
      if value < changes { unit[value] = -1 }
      var whitened = solved(unit)
      for direction in basis {
        let share = inner(direction, whitened)
        for index in whitened.indices { whitened[index] -= share * direction[index] }
      }
      rows.append(whitened)
    }
    var precision = [Double](repeating: 0, count: count * count)
    for row in 0..<count {
      for column in 0...row {
        let value = inner(rows[row], rows[column])
        precision[row * count + column] = value
        precision[column * count + row] = value
      }
    }
    self.precision = precision
    self.logDeterminant = logDeterminant
    rank = basis.count
  }
}
