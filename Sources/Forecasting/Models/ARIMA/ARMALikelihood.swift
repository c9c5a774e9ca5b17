import RealModule

/// The exact Gaussian likelihood of regression with stationary ARMA errors, made to be evaluated many times over.
///
/// With L_φ and L_θ the lower triangular Toeplitz matrices of the two polynomials and v what the process carries into
/// the first observation (``ARMAStartCovariance``), L_φ w = E v + L_θ ε. So L_θ⁻¹L_φ w = H v + ε with H = L_θ⁻¹E, whose
/// columns are one impulse response, shifted: every product of its columns is a correlation of that response with
/// itself, and an evaluation costs O(n r), r the larger degree. That is Ljung and Box's likelihood (1979) written for
/// polynomials with many zeros; nothing in it is approximate, at the boundary of invertibility either.
///
/// Regression coefficients are solved for by generalised least squares, and the variance of the innovations is
/// concentrated out. Values that are missing are regression coefficients too, of columns that are one at the gap; a
/// flat prior on them turns the likelihood of the completed series into that of the values observed (Gómez,
/// Maravall and Peña, 1999).
final class ARMALikelihood {
  let orders: ARMAOrders
  /// The number of rows: observations after differencing, gaps included.
  let rows: Int
  /// The number of columns that stand for missing values; they come first.
  let gaps: Int
  /// The number of regression columns, after those of the gaps.
  let regressors: Int
  /// The number of observations that the likelihood is of.
  var observations: Int { rows - gaps }
  /// The generalised sum of squares at the last point evaluated.
  private(set) var sumOfSquares = Double.nan
  /// The logarithm of the determinant of the covariance, in units of the innovations' variance.
  private(set) var logDeterminant = Double.nan

  private let leastSumOfSquares: Double
  private let columns: Int
  private let dimension: Int
  private let pad: Int
  private let stride: Int
  private let autoregression: SparsePolynomial
  private let movingAverage: SparsePolynomial
  private let start: ARMAStartCovariance
  private let storage: UnsafeMutablePointer<Double>
  private let coefficients: UnsafeMutablePointer<Double>
  private let phi: UnsafeMutablePointer<Double>
  private let theta: UnsafeMutablePointer<Double>
  private let response: UnsafeMutablePointer<Double>
  private let factor: UnsafeMutablePointer<Double>
  private let product: UnsafeMutablePointer<Double>
  private let gram: UnsafeMutablePointer<Double>
  private let correlation: UnsafeMutablePointer<Double>
  private let shift: UnsafeMutablePointer<Double>
  private let data: UnsafeMutablePointer<Double>
  private let filtered: UnsafeMutablePointer<Double>
  private let whitened: UnsafeMutablePointer<Double>
  private let early: UnsafeMutablePointer<Double>

  /// Prepares the likelihood of a response.
  ///
  /// - Parameters:
  ///   - response: w, at least one value.
  ///   - gaps: one column for each missing value.
  ///   - regressors: the columns of the regression.
  ///   - leastSumOfSquares: what a smaller sum of squares counts as, so that an exact fit has a finite likelihood.
  init(
    orders: ARMAOrders, response w: [Double], gaps: [[Double]] = [], regressors: [[Double]] = [],
    leastSumOfSquares: Double = 0
  ) {
    self.orders = orders
    self.leastSumOfSquares = leastSumOfSquares
    rows = w.count
    self.gaps = gaps.count
    self.regressors = regressors.count
    columns = gaps.count + regressors.count + 1
    dimension = orders.stateDimension
    autoregression = SparsePolynomial(lags: orders.autoregressiveLags)
    movingAverage = SparsePolynomial(lags: orders.movingAverageLags)
    start = ARMAStartCovariance(orders: orders)
    // Zeros before and after each column spare the loops every question of where it begins and ends.
    pad = dimension
    let r = dimension
    stride = rows + 2 * pad + Self.lanes
    let blocks = [
      orders.count, orders.autoregressiveDegree, orders.movingAverageDegree, stride + r + 1, r * r, r * r,
      r * r, r + Self.lanes, r, columns * stride, columns * stride, columns * (rows + r),
      stride + r,
    ]
    storage = .allocate(capacity: blocks.reduce(0, +))
    storage.initialize(repeating: 0, count: blocks.reduce(0, +))
    var next = storage
    func block(_ index: Int) -> UnsafeMutablePointer<Double> {
      defer { next += blocks[index] }
      return next
    }
    coefficients = block(0)
    phi = block(1)
    theta = block(2)
    response = block(3) + pad
    factor = block(4)
    product = block(5)
    gram = block(6)
    correlation = block(7)
    shift = block(8)
    data = block(9) + pad
    filtered = block(10) + pad
    whitened = block(11)
    early = block(12) + pad
    for (column, values) in (gaps + regressors + [w]).enumerated() {
      for (row, value) in values.prefix(rows).enumerated() { data[column * stride + row] = value }
    }
  }

  deinit { storage.deallocate() }

  /// −2 log-likelihood at a point of the search (partial autocorrelations, block by block) without the constant
  /// N (1 + log 2π); infinite where there is none.
  func value(atPartials x: UnsafePointer<Double>) -> Double {
    for index in 0..<orders.count { coefficients[index] = x[index] }
    ARMAPolynomials.coefficients(fromPartials: coefficients, orders: orders)
    return value()
  }

  /// The same, at coefficients φ, Φ, θ, Θ.
  func value(at point: [Double]) -> Double {
    for index in 0..<orders.count { coefficients[index] = point[index] }
    return value()
  }

  /// The maximised log-likelihood with all constants, given the value of the objective.
  func logLikelihood(_ value: Double) -> Double {
    -0.5 * (value + Double(observations) * (1 + Double.log(2 * .pi)))
  }

  private func value() -> Double {
    expand()
    let isPureMovingAverage = orders.autoregressiveDegree == 0
    guard isPureMovingAverage ? prepareMovingAverage() : prepareMixed() else { return .infinity }
    let last = columns - 1
    if columns == 1, isPureMovingAverage {
      sumOfSquares = movingAverageSumOfSquares()
    } else {
      for column in 0..<columns { whiten(column, isPureMovingAverage: isPureMovingAverage) }
      guard orthogonalise() else { return .infinity }
      sumOfSquares = squares(whitened + last * (rows + dimension))
    }
    let count = Double(observations)
    let value = count * Double.log(max(sumOfSquares, leastSumOfSquares) / count) + logDeterminant
    return value.isFinite ? value : .infinity
  }

  private func expand() {
    let (p, q, start) = (orders.p, orders.q, orders.movingAverageStart)
    ARMAPolynomials.multiply(
      coefficients, regular: p, coefficients + p, seasonal: orders.seasonalP, season: orders.season,
      sign: -1, into: phi)
    for index in 0..<orders.autoregressiveDegree { phi[index] = -phi[index] }
    ARMAPolynomials.multiply(
      coefficients + start, regular: q, coefficients + start + q, seasonal: orders.seasonalQ,
      season: orders.season, sign: 1, into: theta)
    autoregression.take(phi, sign: -1)
    movingAverage.take(theta)
  }

  // MARK: Pure moving averages

  /// The innovations before the start need no prior beside their own: in the basis of impulse responses that begin at
  /// each of the r periods before the first observation, I + Z'Z is the matrix of correlations of the response with
  /// itself.
  private func prepareMovingAverage() -> Bool {
    let r = dimension
    if columns == 1 {
      impulse(count: rows + r)
      movingAverage.divide(
        data, into: filtered, count: rows, response, into: response, count: rows + r + 1)
    } else {
      impulseResponse(count: rows + r)
    }
    correlate(response, response, count: rows + 1)
    for j in 0..<r {
      gram[j * r] = correlation[j]
      for i in 1..<max(1, r - j) {
        let after = rows + i
        gram[(i + j) * r + i] = gram[(i + j - 1) * r + i - 1] + response[after] * response[after + j]
      }
    }
    guard let determinant = SmallCholesky.factorise(gram, order: r) else { return false }
    logDeterminant = determinant
    return true
  }

  /// The sum of squares of a response without columns beside it, whose filter has already been run.
  private func movingAverageSumOfSquares() -> Double {
    let r = dimension
    let own = filtered
    let total = squares(own, count: rows)
    correlate(own, response + 1, count: rows)
    for j in 0..<r { shift[j] = correlation[j] }
    SmallCholesky.solve(gram, order: r, shift)
    var explained = 0.0
    for j in 0..<r { explained += shift[j] * correlation[j] }
    // The difference is exact to 13 digits unless nearly all is explained; then the residuals are formed.
    if total - explained > 1e-3 * total { return total - explained }
    whiten(0, isPureMovingAverage: true)
    return squares(whitened)
  }

  // MARK: Processes with an autoregression

  private func prepareMixed() -> Bool {
    let r = dimension
    guard start.factor(phi: phi, theta: theta, into: factor) else { return false }
    impulseResponse(count: rows)
    for index in rows..<(rows + r) { response[index] = 0 }
    correlate(response, response, count: rows)
    for j in 0..<r {
      gram[j * r] = correlation[j]
      for i in 1..<max(1, r - j) {
        let (early, late) = (rows - i, rows - i - j)
        gram[(i + j) * r + i] =
          gram[(i + j - 1) * r + i - 1] - (late >= 0 ? response[early] * response[late] : 0)
      }
    }
    for i in 0..<r {
      for j in (i + 1)..<max(r, i + 1) { gram[i * r + j] = gram[j * r + i] }
    }
    // I + C'GC, with C lower triangular.
    for i in 0..<r {
      let row = product + i * r
      for j in 0..<r { row[j] = 0 }
      for k in 0..<r {
        let weight = gram[i * r + k]
        let from = factor + k * r
        for j in 0...k { row[j] += weight * from[j] }
      }
    }
    for i in 0..<r {
      let row = gram + i * r
      for j in 0...i { row[j] = i == j ? 1 : 0 }
    }
    for k in 0..<r {
      for i in 0...k {
        let weight = factor[k * r + i]
        guard weight != 0 else { continue }
        let row = gram + i * r
        let from = product + k * r
        for j in 0...i { row[j] += weight * from[j] }
      }
    }
    guard let determinant = SmallCholesky.factorise(gram, order: r) else { return false }
    logDeterminant = determinant
    return true
  }

  // MARK: Columns

  /// Writes a column's residuals given its own best start, and that start in standard units: together they have the
  /// generalised products of the columns as plain ones.
  private func whiten(_ column: Int, isPureMovingAverage: Bool) {
    let r = dimension
    let own = filtered + column * stride
    let out = whitened + column * (rows + r)
    if isPureMovingAverage {
      movingAverage.divide(data + column * stride, into: own, count: rows)
      correlate(own, response + 1, count: rows)
      for j in 0..<r { shift[j] = correlation[j] }
      SmallCholesky.solve(gram, order: r, shift)
      // The same filter, begun r periods early with the values that the series would have had.
      for t in 0..<r { early[t] = -shift[r - 1 - t] }
      for t in 0..<rows { early[r + t] = data[column * stride + t] }
      movingAverage.divide(early, into: early, count: rows + r)
      for t in 0..<(rows + r) { out[t] = early[t] }
      return
    }
    autoregression.multiply(data + column * stride, into: out, count: rows)
    movingAverage.divide(out, into: own, count: rows)
    correlate(response, own, count: rows)
    for j in 0..<r {
      var sum = 0.0
      for i in j..<r { sum += factor[i * r + j] * correlation[i] }
      shift[j] = sum
    }
    SmallCholesky.solve(gram, order: r, shift)
    for i in 0..<min(r, rows) {
      var sum = 0.0
      for j in 0...i { sum += factor[i * r + j] * shift[j] }
      out[i] -= sum
    }
    movingAverage.divide(out, into: own, count: rows)
    for t in 0..<rows { out[t] = own[t] }
    for j in 0..<r { out[rows + j] = shift[j] }
  }

  /// Gram and Schmidt's orthogonalisation, modified, of the whitened columns; those of the gaps add to the determinant.
  private func orthogonalise() -> Bool {
    let length = rows + dimension
    for column in 0..<(columns - 1) {
      let own = whitened + column * length
      let norm = squares(own)
      guard norm > 0, norm.isFinite else { return false }
      if column < gaps { logDeterminant += Double.log(norm) }
      for later in (column + 1)..<columns {
        let other = whitened + later * length
        var sum = 0.0
        for t in 0..<length { sum += own[t] * other[t] }
        let weight = sum / norm
        for t in 0..<length { other[t] -= weight * own[t] }
      }
    }
    return true
  }

  // MARK: Correlations

  private static let lanes = 8

  private func impulse(count: Int) {
    response[0] = 1
    for t in 1..<max(1, count + 1) { response[t] = 0 }
  }

  private func impulseResponse(count: Int) {
    impulse(count: count)
    movingAverage.divide(response, into: response, count: count + 1)
  }

  /// Σₜ aₜ bₜ₊ⱼ for j = 0 … r − 1, eight lags at a time in registers.
  private func correlate(_ a: UnsafePointer<Double>, _ b: UnsafePointer<Double>, count: Int) {
    var j = 0
    while j < dimension {
      var low = SIMD4<Double>.zero
      var high = SIMD4<Double>.zero
      let from = UnsafeRawPointer(b + j)
      for t in 0..<count {
        let weight = a[t]
        let place = t * MemoryLayout<Double>.stride
        low += weight * from.loadUnaligned(fromByteOffset: place, as: SIMD4<Double>.self)
        high += weight * from.loadUnaligned(fromByteOffset: place + 32, as: SIMD4<Double>.self)
      }
      for lane in 0..<4 {
        correlation[j + lane] = low[lane]
        correlation[j + lane + 4] = high[lane]
      }
      j += Self.lanes
    }
  }

  private func squares(_ column: UnsafePointer<Double>) -> Double { squares(column, count: rows + dimension) }

  private func squares(_ column: UnsafePointer<Double>, count: Int) -> Double {
    var sum = 0.0
    for t in 0..<count { sum += column[t] * column[t] }
    return sum
  }
}
