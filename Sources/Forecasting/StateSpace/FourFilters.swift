// Four systems of two states filtered side by side, one in each lane of a vector. The recursions of one filter wait for
// one another, above all for a division at every step; those of four wait together. A search takes its differences this
// way, and a posterior its nodes.

/// What four passes leave behind.
struct FourPasses {
  var summaries: [4 of FilterSummary]
  var state: (SIMD4<Double>, SIMD4<Double>) = (.zero, .zero)
  /// P₁₁, P₁₂ and P₂₂.
  var variance: (SIMD4<Double>, SIMD4<Double>, SIMD4<Double>) = (.zero, .zero, .zero)
}

/// Vectors of the elements of four systems.
private struct FourSystems {
  private(set) var z: (SIMD4<Double>, SIMD4<Double>) = (.zero, .zero)
  private(set) var t: (SIMD4<Double>, SIMD4<Double>, SIMD4<Double>, SIMD4<Double>) = (
    .zero, .zero, .zero, .zero
  )
  private(set) var c: (SIMD4<Double>, SIMD4<Double>) = (.zero, .zero)
  private(set) var v: (SIMD4<Double>, SIMD4<Double>, SIMD4<Double>) = (.zero, .zero, .zero)
  private(set) var noise: SIMD4<Double> = .zero

  init(_ systems: [StateSpace]) {
    for lane in 0..<4 {
      let system = systems[lane]
      z.0[lane] = system.loading[0]
      z.1[lane] = system.loading[1]
      t.0[lane] = system.transition[0]
      t.1[lane] = system.transition[1]
      t.2[lane] = system.transition[2]
      t.3[lane] = system.transition[3]
      c.0[lane] = system.intercept[0]
      c.1[lane] = system.intercept[1]
      v.0[lane] = system.disturbance[0]
      v.1[lane] = system.disturbance[1]
      v.2[lane] = system.disturbance[3]
      noise[lane] = system.noise
    }
  }
}

extension KalmanFilter {
  /// Filters the series with four systems of two states; nil where they are not of the kind that this is for, or where
  /// their diffuse starts do not end at the same time.
  func runFour(_ systems: [StateSpace]) -> FourPasses? {
    guard dimension == 2, isConstant, systems.count == 4 else { return nil }
    var passes = FourPasses(summaries: .init(repeating: FilterSummary()))
    var reached = 0
    for lane in 0..<4 {
      var determinant = LogProduct()
      let time = pass(systems[lane], nil, stopsWhenResolved: true, &passes.summaries[lane], &determinant)
      guard workspace.rank == 0, workspace.forgotten == 0, lane == 0 || time == reached else { return nil }
      reached = time
      passes.summaries[lane].logDeterminant = determinant.logarithm
      passes.state.0[lane] = workspace.state[0]
      passes.state.1[lane] = workspace.state[1]
      passes.variance.0[lane] = workspace.variance[0]
      passes.variance.1[lane] = workspace.variance[1]
      passes.variance.2[lane] = workspace.variance[3]
    }
    series.values.withUnsafeBufferPointer { values in
      filterFour(UnsafeBufferPointer(rebasing: values[reached...]), FourSystems(systems), &passes)
    }
    return passes
  }

  /// Filters what is left of the series; the recursions are those of ``filterTwo(_:_:_:_:)``.
  private func filterFour(
    _ values: UnsafeBufferPointer<Double>, _ system: FourSystems, _ passes: inout FourPasses
  ) {
    let (z1, z2) = system.z
    let (t11, t12, t21, t22) = system.t
    let (c1, c2) = system.c
    let (v11, v12, v22) = system.v
    let noise = system.noise
    var (a1, a2) = passes.state
    var (p11, p12, p22) = passes.variance
    var calm = 0
    var (gain1, gain2) = (SIMD4<Double>.zero, SIMD4<Double>.zero)
    var (inverse, variance) = (SIMD4<Double>.zero, SIMD4<Double>.one)
    var determinants = FourLogProducts()
    var observed = 0
    var sum = SIMD4<Double>.zero
    for value in values {
      if value.isNaN {
        calm = 0
      } else {
        observed += 1
        let error = value - z1 * a1 - z2 * a2
        if calm >= 3 {
          sum += error * error * inverse
          determinants.multiply(by: variance)
          let (s1, s2) = (a1 + gain1 * error, a2 + gain2 * error)
          a1 = t11 * s1 + t12 * s2 + c1
          a2 = t21 * s1 + t22 * s2 + c2
          continue
        }
        let m1 = p11 * z1 + p12 * z2
        let m2 = p12 * z1 + p22 * z2
        variance = z1 * m1 + z2 * m2 + noise
        // A lane without variance learns nothing, and is impossible if its error is another than zero.
        let isExact = variance .<= 0
        sum.replace(with: .infinity, where: isExact .& (error .!= 0))
        variance.replace(with: 1, where: isExact)
        inverse = 1 / variance
        inverse.replace(with: 0, where: isExact)
        let (before1, before2) = (gain1, gain2)
        gain1 = m1 * inverse
        gain2 = m2 * inverse
        let (change1, change2) = (gain1 - before1, gain2 - before2)
        let change = change1 * change1 + change2 * change2
        let size = gain1 * gain1 + gain2 * gain2
        calm = all(change .<= Self.settled * Self.settled * size) ? calm + 1 : 0
        p11 -= gain1 * m1
        p12 -= gain1 * m2
        p22 -= gain2 * m2
        determinants.multiply(by: variance)
        sum += error * error * inverse
        a1 += gain1 * error
        a2 += gain2 * error
      }
      (a1, a2) = (t11 * a1 + t12 * a2 + c1, t21 * a1 + t22 * a2 + c2)
      let (w11, w12) = (t11 * p11 + t12 * p12, t11 * p12 + t12 * p22)
      let (w21, w22) = (t21 * p11 + t22 * p12, t21 * p12 + t22 * p22)
      p11 = w11 * t11 + w12 * t12 + v11
      p12 = w11 * t21 + w12 * t22 + v12
      p22 = w21 * t21 + w22 * t22 + v22
    }
    passes.state = (a1, a2)
    passes.variance = (p11, p12, p22)
    let logarithms = determinants.logarithms
    for lane in 0..<4 {
      passes.summaries[lane].observations += observed
      passes.summaries[lane].sumOfSquares += sum[lane]
      passes.summaries[lane].logDeterminant += logarithms[lane]
    }
  }
}
