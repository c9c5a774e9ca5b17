/// A vector of double-doubles as two arrays, so that the leading parts can be handed to BLAS as they stand.
struct DoubleDoubleVector: Equatable, Sendable {
  var high: [Double]
  var low: [Double]

  init(zeros count: Int) {
    high = [Double](repeating: 0, count: count)
    low = high
  }

  /// Doubles, exactly.
  init(_ values: [Double]) {
    high = values
    low = [Double](repeating: 0, count: values.count)
  }

  var count: Int { high.count }

  subscript(index: Int) -> DoubleDouble {
    @inline(__always) get { DoubleDouble(high: high[index], low: low[index]) }
    @inline(__always) set {
      high[index] = newValue.high
      low[index] = newValue.low
    }
  }

  /// Adds `scale × column` to the elements from `start` on.
  ///
  /// This and ``dot(_:from:)`` are where refinement spends its time; they run over raw memory.
  mutating func add(_ column: UnsafeBufferPointer<Double>, times scale: DoubleDouble, from start: Int) {
    high.withUnsafeMutableBufferPointer { high in
      low.withUnsafeMutableBufferPointer { low in
        for row in 0..<column.count {
          let term = scale * column[row]
          let sum = DoubleDouble(high: high[start + row], low: low[start + row]) + term
          high[start + row] = sum.high
          low[start + row] = sum.low
        }
      }
    }
  }

  /// The inner product of `column` with the elements from `start` on.
  func dot(_ column: UnsafeBufferPointer<Double>, from start: Int) -> DoubleDouble {
    high.withUnsafeBufferPointer { high in
      low.withUnsafeBufferPointer { low in
        var sum = DoubleDouble.zero
        for row in 0..<column.count {
          sum += DoubleDouble(high: high[start + row], low: low[start + row]) * column[row]
        }
        return sum
      }
    }
  }
}
