import LinearAlgebra
import RealModule

// What is known of the parameters of a structural model.

extension FittedStructuralModel {
  /// The variances, the shapes and the coefficients of the regression with their standard errors. A variance of zero
  /// lies on the edge of what is possible and has none.
  var parameters: [FittedParameter] { ownParameters.value(computedParameters) }

  private func computedParameters() -> [FittedParameter] {
    let errors = standardErrors()
    var list = layout.parts.enumerated().map { index, part in
      FittedParameter("\(part.rawValue) variance", maximum[index], standardError: errors[index])
    }
    for (index, shape) in layout.shapes.enumerated() {
      let place = layout.parts.count + index
      list.append(FittedParameter(shape.rawValue, maximum[place], standardError: errors[place]))
    }
    guard layout.covariates > 0 else { return list }
    let filter = KalmanFilter(series, dimension: layout.dimension)
    _ = filter.run(system)
    let (state, variance) = (filter.predictedState, filter.predictedVariance)
    for (index, place) in layout.covariateStates.enumerated() {
      let unit = regression.units[index]
      list.append(
        FittedParameter(
          regression.names[index], state[place] / unit,
          standardError: max(0, variance[place * layout.dimension + place]).squareRoot() / unit))
    }
    return list
  }

  /// Standard errors from the curvature of the log-likelihood at its maximum, taken by central differences in the
  /// logarithms of the variances and carried back by the delta method; nil for what lies on the edge, and for all where
  /// the curvature is not that of a maximum.
  private func standardErrors() -> [Double?] {
    let variances = layout.parts.count
    let surface = StructuralSurface(layout: layout, series: series, floor: 0)
    let largest = maximum[..<variances].max() ?? 0
    let free = maximum.indices.filter { index in
      index < variances ? maximum[index] > 1e-8 * largest : isInterior(index)
    }
    var none: [Double?] = maximum.map { _ in nil }
    guard !free.isEmpty else { return none }
    func step(_ index: Int) -> Double { index < variances ? 0.01 : 1e-3 * maximum[index] }
    func logLikelihood(_ moves: [(index: Int, steps: Double)]) -> Double {
      var parameters = maximum
      for (index, steps) in moves {
        if index < variances {
          parameters[index] *= Double.exp(steps * step(index))
        } else {
          parameters[index] += steps * step(index)
        }
      }
      return surface.run(parameters).logLikelihood
    }
    let top = logLikelihood([])
    let curvature = Matrix(rows: free.count, columns: free.count) { row, column in
      let (i, j) = (free[row], free[column])
      let scale = step(i) * step(j)
      if i == j { return -(logLikelihood([(i, 1)]) - 2 * top + logLikelihood([(i, -1)])) / scale }
      let same = logLikelihood([(i, 1), (j, 1)]) + logLikelihood([(i, -1), (j, -1)])
      let opposite = logLikelihood([(i, 1), (j, -1)]) + logLikelihood([(i, -1), (j, 1)])
      return -(same - opposite) / (4 * scale)
    }
    guard let factor = try? CholeskyFactorisation(curvature),
      let inverse = try? factor.solve(Matrix.identity(free.count))
    else { return none }
    for (place, index) in free.enumerated() {
      let error = inverse[place, place].squareRoot()
      none[index] = index < variances ? maximum[index] * error : error
    }
    return none
  }

  /// Whether a shape lies inside its range, so that differences can be taken.
  private func isInterior(_ index: Int) -> Bool {
    let value = maximum[index]
    switch layout.shapes[index - layout.parts.count] {
    case .damping, .cycleDamping: return value > 0.01 && value < 0.99
    case .cyclePeriod: return value > 3.1 && value < 0.99 * Double(series.count)
    }
  }
}
