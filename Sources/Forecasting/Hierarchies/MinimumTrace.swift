import LinearAlgebra

/// The reconciliation that leaves the least total variance of error (S. L. Wickramasuriya, G. Athanasopoulos
/// and R. J. Hyndman, "Optimal forecast reconciliation for hierarchical and grouped time series through trace
/// minimization", 2019).
///
/// With ŷ the forecasts of all series and C = [I −A] the constraints that aggregates equal the sums of their
/// members, the reconciled forecasts are
///
///     ỹ = ŷ − W Cᵀ (C W Cᵀ)⁻¹ C ŷ,
///
/// the point nearest to ŷ in the metric of W⁻¹ among those that add up. That equals S (Sᵀ W⁻¹ S)⁻¹ Sᵀ W⁻¹ ŷ,
/// and is the better form to compute: W is not inverted, so that a series almost without error does no harm;
/// the system has as many unknowns as there are aggregates, which are few, and not as many as bottom series;
/// and forecasts that add up already have Cŷ = 0 and stay as they are to the last digit. Without correlations
/// nothing larger than C W Cᵀ is held.
struct MinimumTrace: Sendable {
  let hierarchy: Hierarchy
  private let owners: [[Int]]
  /// The rows of W Cᵀ that belong to the bottom series; nil without correlations, where they are −wⱼ aᵢⱼ.
  private let cross: Matrix?
  private let covariance: ErrorCovariance
  private let system: CholeskyFactorisation

  init(_ hierarchy: Hierarchy, covariance: ErrorCovariance) throws(ForecastingError) {
    self.hierarchy = hierarchy
    self.covariance = covariance
    let owners = hierarchy.owners
    self.owners = owners
    let (aggregates, bottom) = (hierarchy.aggregates.count, hierarchy.bottom.count)
    var elements = [Double](repeating: 0, count: aggregates * aggregates)
    if covariance.correlations == nil {
      cross = nil
      for aggregate in 0..<aggregates {
        elements[aggregate * aggregates + aggregate] = covariance.variances[aggregate]
      }
      for (member, list) in owners.enumerated() {
        let variance = covariance.variances[aggregates + member]
        for column in list {
          for row in list { elements[column * aggregates + row] += variance }
        }
      }
    } else {
      // W Cᵀ, column by column: the covariance with an aggregate less that with the sum of its members.
      func contrast(_ node: Int, _ aggregate: Int) -> Double {
        hierarchy.members(ofAggregate: aggregate).reduce(covariance.covariance(node, aggregate)) {
          $0 - covariance.covariance(node, aggregates + $1)
        }
      }
      let cross = Matrix(rows: bottom, columns: aggregates) { contrast(aggregates + $0, $1) }
      self.cross = cross
      for column in 0..<aggregates {
        for row in 0..<aggregates {
          elements[column * aggregates + row] = hierarchy.members(ofAggregate: row).reduce(
            contrast(row, column)
          ) {
            $0 - cross[$1, column]
          }
        }
      }
      // The two triangles differ by rounding only.
      for column in 0..<aggregates {
        for row in 0..<column {
          let mean = (elements[column * aggregates + row] + elements[row * aggregates + column]) / 2
          elements[column * aggregates + row] = mean
          elements[row * aggregates + column] = mean
        }
      }
    }
    do {
      system = try CholeskyFactorisation(
        Matrix(rows: aggregates, columns: aggregates, columnMajor: elements))
    } catch {
      throw .hierarchy(
        problem: "the errors do not tell how sure each series is: \(error); choose other weights")
    }
  }

  /// The reconciled bottom forecasts.
  ///
  /// - Parameter base: the forecasts of all series in the rows, in the order of ``Hierarchy/nodes``; each
  ///   column is reconciled by itself.
  func bottom(_ base: Matrix) throws(ForecastingError) -> Matrix {
    let aggregates = hierarchy.aggregates.count
    let excess = Matrix(rows: aggregates, columns: base.columns) { row, column in
      hierarchy.members(ofAggregate: row).reduce(base[row, column]) {
        $0 - base[aggregates + $1, column]
      }
    }
    do {
      let multipliers = try system.solve(excess)
      guard let cross else {
        return Matrix(rows: hierarchy.bottom.count, columns: base.columns) { row, column in
          let sum = owners[row].reduce(0) { $0 + multipliers[$1, column] }
          return base[aggregates + row, column] + covariance.variances[aggregates + row] * sum
        }
      }
      let correction = try cross * multipliers
      return Matrix(rows: hierarchy.bottom.count, columns: base.columns) { row, column in
        base[aggregates + row, column] - correction[row, column]
      }
    } catch {
      throw .hierarchy(problem: "the forecasts cannot be reconciled: \(error)")
    }
  }

  /// (Sᵀ W⁻¹ S)⁻¹: the covariance of the reconciled bottom forecasts where W is that of the given ones.
  func bottomCovariance() throws(ForecastingError) -> Matrix {
    let (aggregates, bottom) = (hierarchy.aggregates.count, hierarchy.bottom.count)
    do {
      let cross =
        self.cross
        ?? Matrix(rows: bottom, columns: aggregates) { row, column in
          owners[row].contains(column) ? -covariance.variances[aggregates + row] : 0
        }
      let correction = try cross * system.solve(cross.transposed)
      return Matrix(rows: bottom, columns: bottom) { row, column in
        covariance.covariance(aggregates + row, aggregates + column)
          - (correction[row, column] + correction[column, row]) / 2
      }
    } catch {
      throw .hierarchy(problem: "the forecasts cannot be reconciled: \(error)")
    }
  }
}
