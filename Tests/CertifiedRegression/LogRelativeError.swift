import Foundation

/// How many decimal digits of a value are right (McCullough 1998): `−log₁₀(|value − truth| / |truth|)`,
/// between 0 and 15.
///
/// Where the truth is zero there is no relative error; the absolute error `−log₁₀|value|` stands in, as is
/// the custom for the standard errors of data sets that a model fits exactly.
public func logRelativeError(_ value: Double, _ truth: Double) -> Double {
  let error = truth == 0 ? value.magnitude : (value - truth).magnitude / truth.magnitude
  guard error.isFinite else { return 0 }
  return error == 0 ? 15 : min(15, max(0, -log10(error)))
}

/// The least number of right digits over several values; zero if they do not even pair up.
public func leastLogRelativeError(_ values: [Double], _ truths: [Double]) -> Double {
  guard values.count == truths.count else { return 0 }
  return zip(values, truths).map(logRelativeError).min() ?? 0
}
