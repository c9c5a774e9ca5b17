import FuzzingDriver
import Readers

/// Reads lines of text as every kind of cell.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ data: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
  let defects = PeriodInput.defects(Array(UnsafeBufferPointer(start: data, count: count)))
  guard defects.isEmpty else { fatalError(defects.joined(separator: "\n")) }
  return 0
}

/// The beginning of this program, under the name that the package manager gives it.
@_cdecl("FuzzPeriod_main")
public func begin(_ count: Int32, _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> Int32 {
  run_fuzzer(count, arguments)
}
