import FuzzingDriver
import Readers

nonisolated(unsafe) private let input = WorkspaceInput()

/// Reads bytes as a workspace, as a scenario and as changes of a plan.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ data: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
  let defects = input.defects(Array(UnsafeBufferPointer(start: data, count: count)))
  guard defects.isEmpty else { fatalError(defects.joined(separator: "\n")) }
  return 0
}

/// The beginning of this program, under the name that the package manager gives it.
@_cdecl("FuzzYAML_main")
public func begin(_ count: Int32, _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> Int32 {
  run_fuzzer(count, arguments)
}
