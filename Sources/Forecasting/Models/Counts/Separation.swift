import LinearAlgebra

// Whether a likelihood has a maximum at all.

extension ReweightedLeastSquares {
  /// The column along which the likelihood rises for ever; nil where there is none.
  ///
  /// A generalised linear model has no maximum when some direction d of its coefficients leaves the linear predictor of
  /// every response inside its range alone and moves every response on a bound only towards that bound (Albert and
  /// Anderson, 1984, for the logit; Santos Silva and Tenreyro, 2010, for counts). The iteration then runs along d,
  /// without end and with steps that do not shrink as those of a converging one do. So the last step is held to that
  /// definition, and the deviance twenty units of the linear predictor further on has to be no greater.
  func separatingColumn(_ law: ResponseLaw, _ point: Point, isLast: Bool) -> Int? {
    guard let coefficients = point.coefficients, point.direction.count == coefficients.count else {
      return nil
    }
    let moves = response.indices.map { row in
      point.direction.indices.reduce(0) { $0 + model.design[row, $1] * point.direction[$1] }
    }
    let largest = moves.reduce(0) { max($0, abs($1)) }
    guard largest.isFinite, largest > (isLast ? 1e-7 : 1e-3) else { return nil }
    let tolerance = (isLast ? 1e-2 : 1e-3) * largest
    for row in response.indices where weights[row] > 0 {
      let isEmpty = response[row] == 0
      let isFull = model.family.hasTrials && response[row] == trials[row]
      let isAllowed =
        isEmpty ? moves[row] <= tolerance : isFull ? moves[row] >= -tolerance : abs(moves[row]) <= tolerance
      guard isAllowed else { return nil }
    }
    var further = 0.0
    for row in response.indices {
      // What moves by no more than the tolerance stands still in the limit.
      let move = abs(moves[row]) <= tolerance ? 0 : 20 * moves[row] / largest
      further +=
        weights[row]
        * law.deviance(
          response[row], trials: trials[row],
          mean: law.link.mean(predictor: point.predictor[row] + move))
    }
    guard further <= point.deviance * (1 + 1e-9) else { return nil }
    // The column that carries most of the movement, other than the constant.
    var found: (column: Int, movement: Double)?
    for column in point.direction.indices {
      let values = model.design.column(column)
      let spread = (values.max() ?? 0) - (values.min() ?? 0)
      let movement = abs(point.direction[column]) * spread
      if movement > found?.movement ?? 0 { found = (column, movement) }
    }
    return found?.column
  }
}
