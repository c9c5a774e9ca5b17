/// The polynomials of an ARMA process: products, and the region in which they are stationary or invertible.
enum ARMAPolynomials {
  /// Turns partial autocorrelations into the coefficients a of the stationary polynomial 1 − a₁B − … − aₖBᵏ, in place.
  ///
  /// Durbin and Levinson's recursion maps the cube (−1, 1)ᵏ one to one onto the stationary region
  /// (Barndorff-Nielsen and Schou, 1973; Jones, 1980; Monahan, 1984). A corner or face of the cube is its boundary,
  /// where the polynomial has roots on the unit circle.
  static func coefficients(fromPartials a: UnsafeMutablePointer<Double>, count: Int) {
    for k in 0..<count {
      let partial = a[k]
      var low = 0
      var high = k - 1
      while low < high {
        let (first, second) = (a[low], a[high])
        a[low] = first - partial * second
        a[high] = second - partial * first
        low += 1
        high -= 1
      }
      if low == high { a[low] *= 1 - partial }
    }
  }

  /// The partial autocorrelations of the polynomial 1 − a₁B − … − aₖBᵏ; nil unless it is stationary.
  static func partials(of coefficients: [Double]) -> [Double]? {
    var a = coefficients
    for k in a.indices.reversed() {
      let partial = a[k]
      guard abs(partial) < 1 else { return nil }
      let shrink = 1 - partial * partial
      let before = a
      for j in 0..<k { a[j] = (before[j] + partial * before[k - 1 - j]) / shrink }
    }
    return a
  }

  /// Turns a point of the search, partial autocorrelations block by block, into the coefficients φ, Φ, θ, Θ, in place.
  static func coefficients(fromPartials x: UnsafeMutablePointer<Double>, orders: ARMAOrders) {
    coefficients(fromPartials: x, count: orders.p)
    coefficients(fromPartials: x + orders.p, count: orders.seasonalP)
    let start = orders.movingAverageStart
    coefficients(fromPartials: x + start, count: orders.q)
    coefficients(fromPartials: x + start + orders.q, count: orders.seasonalQ)
    // θ(B) = 1 + θ₁B + … has the opposite sign.
    for index in start..<orders.count { x[index] = -x[index] }
  }

  /// Writes the coefficients of Bᵏ, k = 1, 2, …, in (1 + s a₁B + …)(1 + s A₁Bᵐ + …) for a sign s of all coefficients.
  ///
  /// - Parameter product: receives `regular + season * seasonal` values.
  static func multiply(
    _ a: UnsafePointer<Double>, regular: Int, _ seasonalA: UnsafePointer<Double>, seasonal: Int, season: Int,
    sign: Double, into product: UnsafeMutablePointer<Double>
  ) {
    for k in 0..<(regular + season * seasonal) { product[k] = 0 }
    for i in 0..<regular { product[i] += sign * a[i] }
    for j in 0..<seasonal {
      let place = (j + 1) * season
      product[place - 1] += sign * seasonalA[j]
      for i in 0..<regular { product[place + i] += sign * seasonalA[j] * sign * a[i] }
    }
  }

  /// The coefficients of 1, B, B², … in the product of two polynomials that are given in the same way.
  static func product(_ first: [Double], _ second: [Double]) -> [Double] {
    guard !first.isEmpty, !second.isEmpty else { return [] }
    var result = [Double](repeating: 0, count: first.count + second.count - 1)
    for i in first.indices {
      for j in second.indices { result[i + j] += first[i] * second[j] }
    }
    return result
  }

  /// The coefficients of 1, B, B², … in (1 − B)ᵈ (1 − Bᵐ)ᴰ.
  static func difference(_ d: Int, seasonal: Int, season: Int) -> [Double] {
    var result = [1.0]
    for _ in 0..<d { result = product(result, [1, -1]) }
    var seasonalFactor = [Double](repeating: 0, count: season + 1)
    seasonalFactor[0] = 1
    seasonalFactor[season] -= 1
    for _ in 0..<seasonal { result = product(result, seasonalFactor) }
    return result
  }

  /// Whether every root of 1 − a₁B − … − aₖBᵏ is farther from the origin than `radius`: scaling B by the radius must
  /// leave the polynomial stationary.
  static func hasRoots(of coefficients: [Double], beyond radius: Double) -> Bool {
    var power = 1.0
    let scaled = coefficients.map { coefficient in
      power *= radius
      return coefficient * power
    }
    return partials(of: scaled) != nil
  }
}
