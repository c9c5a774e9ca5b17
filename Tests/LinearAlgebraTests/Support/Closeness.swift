import Foundation
import LinearAlgebra

/// The largest difference between two vectors, relative to the largest value of the second; infinity if they
/// differ in length.
func relativeDistance(_ left: [Double], _ right: [Double]) -> Double {
  guard left.count == right.count else { return .infinity }
  let scale = right.reduce(0) { max($0, abs($1)) }
  let distance = zip(left, right).reduce(0) { max($0, abs($1.0 - $1.1)) }
  guard distance.isFinite else { return .infinity }
  return distance == 0 ? 0 : distance / scale
}

/// The same for matrices of one shape.
func relativeDistance(_ left: Matrix, _ right: Matrix) -> Double {
  guard left.rows == right.rows, left.columns == right.columns else { return .infinity }
  return relativeDistance(left.columnMajor, right.columnMajor)
}

/// The bits of a vector, for comparisons that allow no difference at all.
func bits(_ values: [Double]) -> [UInt64] { values.map(\.bitPattern) }

/// The path of a fixture of this target.
func fixture(_ name: String) throws -> String {
  struct Missing: Error {}
  guard let root = Bundle.module.resourceURL else { throw Missing() }
  return root.appendingPathComponent("Fixtures/" + name).path
}
