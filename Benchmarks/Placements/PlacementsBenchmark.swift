import Needscast
import TimedRuns

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Times 1,000 simulated futures of a year of placements, from the files of five returns to figures, beside the one
/// deterministic year of the package whose sample the files are.
///
///     PlacementsBenchmark PYTHON OUTPUT [FOLDER]
///
/// PYTHON has cs-demand-model 0.5.1; where it is not installed the peer is left out, and said to be. FOLDER holds the files
/// `2017-header.csv`, `2017-episodes.csv` and so on; without it the peer's own sample is read.
@main
struct PlacementsBenchmark {
  static func main() {
    let arguments = CommandLine.arguments
    guard arguments.count >= 3 else {
      print("usage: PlacementsBenchmark PYTHON OUTPUT [FOLDER]")
      exit(64)
    }
    let peer = Peer(python: arguments[1], output: arguments[2])
    if peer == nil {
      print(
        "cs-demand-model 0.5.1 is not installed for \(arguments[1]); the peer is left out (PEERS=1 installs it)"
      )
    }
    guard let folder = arguments.count > 3 ? arguments[3] : peer?.folder else {
      print("there is no sample to read; name its folder with SAMPLE=FOLDER")
      return
    }
    do {
      try report(PlacementCase(folder: folder), beside: peer)
    } catch {
      print("\(error)")
      exit(65)
    }
  }

  private static func report(_ sample: PlacementCase, beside peer: Peer?) throws {
    let whole = sample.episodes
    print(
      "\(whole.episodes.count) episodes; \(try whole.children(on: sample.opening).count) children in care at the end of "
        + "\(sample.opening); \(sample.mended) rows mended as the options say")
    print("")
    print("| what | seconds: median | min | max |")
    print("| --- | ---: | ---: | ---: |")
    row("read five returns") { _ = try PlacementCase.read(sample.folder) }
    row("estimate rates, six months") { _ = try sample.rates(months: 6) }
    for jobs in [1, 2] {
      row("1,000 futures of one year, \(jobs) \(jobs == 1 ? "thread" : "threads")") {
        _ = try sample.forecast(months: 6).simulate(paths: 1_000, seed: 1, jobs: jobs)
      }
    }
    row("mean and covariance without simulation") {
      _ = try sample.forecast(months: 6).moments(on: [sample.closing])
    }
    if let peer {
      print("| cs-demand-model: read | \(fixed(peer.read, 3)) | | |")
      print("| cs-demand-model: rates | \(fixed(peer.rates, 3)) | | |")
      print("| cs-demand-model: one year, one forecast | \(fixed(peer.forecast, 3)) | | |")
      print("| cs-demand-model: whole process | \(fixed(peer.process, 3)) | | |")
    }
    print("")
    for months in [6, 12] {
      let paths = try sample.forecast(months: months).simulate(paths: 10_000, seed: 1, jobs: 2)
      let draws = try paths.children(on: sample.closing)
      let values = (0..<10_000).compactMap { draws[$0] }.sorted()
      print(
        "Children at the end of \(sample.closing), rates of \(months) months: mean \(fixed(draws.mean, 1)), 80% from "
          + "\(fixed(values[1_000], 0)) to \(fixed(values[9_000], 0)); mean without simulation "
          + "\(fixed(try sample.forecast(months: months).moments(on: [sample.closing])[0].total, 1)) at mean rates"
      )
    }
    if let peer {
      print(
        "cs-demand-model: from \(fixed(peer.opening, 0)) on \(peer.date) to \(fixed(peer.inCare, 1)) in care a year later, "
          + "\(fixed(peer.withAll, 1)) with the rows it calls not in care")
    }
  }

  /// Prints the row of a case: one run to warm up, then five that count.
  private static func row(_ name: String, _ body: () throws -> Void) {
    var seconds: [Double] = []
    for run in 0...5 {
      let clock = ContinuousClock()
      let start = clock.now
      do { try body() } catch {
        print("| \(name) | could not be run: \(error) | | |")
        return
      }
      let time = start.duration(to: clock.now)
      if run > 0 {
        seconds.append(Double(time.components.seconds) + Double(time.components.attoseconds) / 1e18)
      }
    }
    seconds.sort()
    print("| \(name) | \(fixed(seconds[2], 3)) | \(fixed(seconds[0], 3)) | \(fixed(seconds[4], 3)) |")
    fflush(nil)
  }

  /// A number with a number of decimals.
  private static func fixed(_ value: Double, _ decimals: Int) -> String {
    var scale = 1
    for _ in 0..<decimals { scale *= 10 }
    let scaled = Int((value * Double(scale)).rounded())
    guard decimals > 0 else { return "\(scaled)" }
    let digits = String(scaled % scale)
    return "\(scaled / scale)." + String(repeating: "0", count: decimals - digits.count) + digits
  }
}
