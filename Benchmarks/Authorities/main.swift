import Foundation
import Needscast

// What plans of every authority would have said at earlier dates, beside what has been published since, and beside two
// forecasts that need no model: no change, and last year's growth.
//
// Usage: AuthoritiesBenchmark WORKSPACE DATE...

let arguments = CommandLine.arguments.dropFirst()
let dates = arguments.dropFirst().compactMap { CivilDate($0) }
guard let folder = arguments.first, !dates.isEmpty, dates.count == arguments.count - 1 else {
  FileHandle.standardError.write(Data("usage: AuthoritiesBenchmark WORKSPACE YYYY-MM-DD...\n".utf8))
  exit(64)
}

do {
  let workspace = try Workspace(reading: folder)
  let areas = Set(workspace.evidence.compactMap(\.area)).sorted()
  let hindcast = AuthoritiesHindcast(workspace: workspace, plan: try workspace.plan(), areas: areas)
  var scores: [HindcastScore] = []
  for date in dates { scores += hindcast.scores(asOf: date) }
  print(HindcastReport(scores: scores, areas: areas.count, dates: dates).text)
} catch {
  FileHandle.standardError.write(Data("\(error)\n".utf8))
  exit(65)
}
