// Imports invented files into a store, one after another, until it has done or is ended: the other process of the tests
// that end a process in the middle of an import and that let two write at once.
//
//     StoreCrashProbe STORE FIRST COUNT SERIES
//
// imports the files FIRST, FIRST + 1, … of SERIES series each, and says the number of each on standard output once it is
// committed. With STORE_CRASH_AT=began|written|figures:N in the environment it ends itself there, as `kill -9` would,
// in the file of STORE_CRASH_FILE (by default the first).
import Evidence
import Foundation
import InventedPublications

#if canImport(Glibc)
  import Glibc
#endif

let arguments = CommandLine.arguments.dropFirst().map { $0 }
guard arguments.count == 4, let first = Int(arguments[1]), let count = Int(arguments[2]),
  let seriesCount = Int(arguments[3]), first >= 1, count >= 1
else {
  FileHandle.standardError.write(Data("StoreCrashProbe STORE FIRST COUNT SERIES\n".utf8))
  exit(64)
}
let environment = ProcessInfo.processInfo.environment
let crashFile = environment["STORE_CRASH_FILE"].flatMap(Int.init) ?? first
let crashStep: StoreStep? =
  switch environment["STORE_CRASH_AT"] {
  case "began": .began
  case "written": .written
  case let text?: text.split(separator: ":").last.flatMap { Int($0) }.map(StoreStep.figures)
  case nil: nil
  }

do {
  let store = try Store(at: arguments[0], mode: .writing)
  for file in first..<first + count {
    let invented = InventedPublication(file: file, series: seriesCount)
    _ = try store.import(invented.figures, digest: invented.digest) { step in
      if file == crashFile, step == crashStep { kill(getpid(), SIGKILL) }
    }
    FileHandle.standardOutput.write(Data("\(file)\n".utf8))
  }
} catch {
  FileHandle.standardError.write(Data("\(error)\n".utf8))
  exit(70)
}
