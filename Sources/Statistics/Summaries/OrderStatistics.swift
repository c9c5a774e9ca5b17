#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Order statistics by partial sorting in place.
enum OrderStatistics {
  /// The type-7 quantile at `p` of all the values, where those before `start` are already known to be no larger than
  /// the rest and `p` selects a rank from `start` on.
  static func quantile(
    selectingIn values: UnsafeMutableBufferPointer<Double>, at p: Double, from start: Int
  ) -> Double {
    let last = values.count - 1
    let position = Double(last) * p
    let rank = min(Int(position), last)
    let fraction = position - Double(rank)
    select(rank, in: values, from: min(start, rank), to: last)
    let lower = values[rank]
    guard fraction > 0, rank < last else { return lower }
    // The next order statistic is the least of those that selection has left above.
    var next = values[rank + 1]
    for i in rank + 1...last { next = min(next, values[i]) }
    // Weighted so that neither an overflowing difference nor a step outside lower...next can occur.
    return next == lower ? lower : (1 - fraction) * lower + fraction * next
  }

  /// Rearranges `values[first...last]` so that the one of rank `k` stands at `k`, none larger before it and none
  /// smaller after: R. W. Floyd and R. L. Rivest, "Algorithm 489: the algorithm SELECT" (1975), about
  /// n + min(k, n − k) comparisons.
  static func select(
    _ k: Int, in values: UnsafeMutableBufferPointer<Double>, from first: Int, to last: Int
  ) {
    var (left, right) = (first, last)
    while right > left {
      if right - left > 600 {
        // Selecting in a small sample around the expected place brings nearly the right value to k, so that the
        // partition below leaves only a little on the side where the answer is.
        let n = Double(right - left + 1)
        let i = Double(k - left + 1)
        let z = log(n)
        let s = 0.5 * exp(2 * z / 3)
        let deviation = 0.5 * (z * s * (n - s) / n).squareRoot() * (i < n / 2 ? -1 : 1)
        let newLeft = max(left, Int(Double(k) - i * s / n + deviation))
        let newRight = min(right, Int(Double(k) + (n - i) * s / n + deviation))
        select(k, in: values, from: newLeft, to: newRight)
      }
      let pivot = values[k]
      var i = left
      var j = right
      values.swapAt(left, k)
      if values[right] > pivot { values.swapAt(left, right) }
      while i < j {
        values.swapAt(i, j)
        i += 1
        j -= 1
        while values[i] < pivot { i += 1 }
        while values[j] > pivot { j -= 1 }
      }
      if values[left] == pivot {
        values.swapAt(left, j)
      } else {
        j += 1
        values.swapAt(j, right)
      }
      if j <= k { left = j + 1 }
      if k <= j { right = j - 1 }
    }
  }
}
