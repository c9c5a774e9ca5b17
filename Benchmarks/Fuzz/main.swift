// Forecasts random hostile series until a count is reached, and says every fault that it finds.
//
//     ForecastFuzz COUNT [FIRST]     FIRST is the number of the first pool, 0 unless given

import Glibc
import HostileSeries
import Statistics
import Synchronization

let arguments = CommandLine.arguments.dropFirst().compactMap { UInt64($0) }
guard let wanted = arguments.first else {
  print("usage: ForecastFuzz COUNT [FIRST]")
  exit(64)
}
let findings = Mutex(HostileFindings())
let portion = 2000
var next = arguments.count > 1 ? arguments[1] : 0
var total = HostileFindings()
while total.forecasts + total.refusals < Int(clamping: wanted) {
  let first = next
  concurrentBlocks(count: portion, blockSize: 50, jobs: 2) { block in
    var own = HostileFindings()
    for place in block { own.examine(first + UInt64(place)) }
    findings.withLock { $0.add(own) }
  }
  next += UInt64(portion)
  total = findings.withLock { $0 }
  if !total.faults.isEmpty { break }
  if (next / UInt64(portion)) % 50 == 0 { print("\(next) pools: \(total)") }
}
print(total)
exit(total.faults.isEmpty ? 0 : 1)
