internal import CLAPACK

/// How many threads the linear algebra library underneath (OpenBLAS) may use.
///
/// One, unless somebody asks for more: two threads split sums at other places than one, so the last bits of a
/// result would depend on the machine. Parallelism over many series or simulated paths belongs to the caller
/// and costs no reproducibility.
public enum BLASThreading {
  /// The storage order that every call into BLAS and LAPACK must name. To have it is to have set one thread:
  /// the two are tied together so that no call can come first and no optimiser can drop the setting as
  /// unused.
  static let columnMajor: Int32 = {
    openblas_set_num_threads(1)
    return LAPACK_COL_MAJOR
  }()

  /// Lets BLAS use `threads` threads for the whole process **and gives up equal bytes**: results may then
  /// differ in their last bits from run to run and from machine to machine. For exploration of very large
  /// matrices only; never where a result reaches output. Values below one count as one.
  public static func giveUpEqualBytes(threads: Int) {
    set(Int32(clamping: max(1, threads)))
  }

  /// Returns to one thread, and so to equal bytes, for the whole process.
  public static func restoreEqualBytes() {
    set(1)
  }

  /// The number of threads BLAS may use now.
  public static var threads: Int {
    columnMajor == LAPACK_COL_MAJOR ? Int(openblas_get_num_threads()) : 0
  }

  private static func set(_ threads: Int32) {
    // Compared, so that the setting of one thread happens before this one and not at the first call after it.
    if columnMajor == LAPACK_COL_MAJOR { openblas_set_num_threads(threads) }
  }
}
