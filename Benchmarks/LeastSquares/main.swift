// How many small least squares problems one thread solves in a second, beside numpy where python3 has it.
//
//     swift run -c release LeastSquaresBenchmark

import Foundation
import LinearAlgebra

let (problems, rows, columns, runs) = (100_000, 10, 3, 5)

/// SplitMix64 (Steele, Lea and Flood 2014), for the same numbers each time.
struct SplitMix64: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

func summary(_ rates: [Double]) -> (median: Double, text: String) {
  let sorted = rates.sorted()
  let median = sorted[sorted.count / 2]
  let text = String(
    format: "%.0f problems a second (median of %d runs, %.0f to %.0f)", median, sorted.count, sorted[0],
    sorted[sorted.count - 1])
  return (median, text)
}

func measureNeedscast() throws -> [Double] {
  var generator = SplitMix64(state: 20_260_401)
  var designs: [Double] = []
  for _ in 0..<problems {
    designs += [Double](repeating: 1, count: rows) + (0..<rows).map { Double($0) }
    designs += (0..<rows).map { _ in Double.random(in: -1...1, using: &generator) }
  }
  let responses = (0..<(problems * rows)).map { _ in Double.random(in: -1...1, using: &generator) }
  var coefficients = [Double](repeating: 0, count: problems * columns)
  var outcomes = [SmallLeastSquares.Outcome](repeating: .notFinite(column: 0), count: problems)
  var workspace = try SmallLeastSquares(rows: rows, columns: columns)
  return (0..<runs).map { _ in
    let elapsed = ContinuousClock().measure {
      workspace.solve(
        count: problems, designs: designs, responses: responses, coefficients: &coefficients,
        outcomes: &outcomes)
    }
    let solved = outcomes.count { if case .solved = $0 { true } else { false } }
    return Double(solved) / (elapsed / .seconds(1))
  }
}

/// The careful solver on monthly series of ten years with a trend, a step and four seasonal terms.
func measureRefined() throws -> [Double] {
  var generator = SplitMix64(state: 20_260_402)
  let design = Matrix(rows: 120, columns: 7) { row, column in
    let (time, season) = (Double(row), Double(row % 12) * .pi / 6)
    return [1, time, row < 60 ? 0 : 1, cos(season), sin(season), cos(2 * season), sin(2 * season)][column]
  }
  let responses = (0..<200).map { _ in
    (0..<120).map { _ in Double.random(in: -1...1, using: &generator) }
  }
  return try (0..<runs).map { _ in
    var rows = 0
    let elapsed = try ContinuousClock().measure {
      for response in responses {
        rows += try LeastSquaresProblem(design: design).fit(response).residuals.count
      }
    }
    return Double(rows / 120) / (elapsed / .seconds(1))
  }
}

/// One rate a line from a loop over `numpy.linalg.lstsq`; nil if python3 or numpy is missing.
func measureNumpy() -> [Double]? {
  let script = """
    import time
    import numpy as np
    generator = np.random.default_rng(20260401)
    count = 10000
    designs = generator.uniform(-1, 1, (count, \(rows), \(columns)))
    designs[:, :, 0] = 1
    designs[:, :, 1] = np.arange(\(rows))
    responses = generator.uniform(-1, 1, (count, \(rows)))
    for run in range(\(runs)):
        start = time.perf_counter()
        for design, response in zip(designs, responses):
            np.linalg.lstsq(design, response, rcond=None)
        print(count / (time.perf_counter() - start))
    """
  let process = Process()
  process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
  process.arguments = ["python3", "-c", script]
  // One thread, as here.
  process.environment = ProcessInfo.processInfo.environment.merging(["OPENBLAS_NUM_THREADS": "1"]) { $1 }
  let output = Pipe()
  process.standardOutput = output
  process.standardError = FileHandle.nullDevice
  guard (try? process.run()) != nil else { return nil }
  let data = output.fileHandleForReading.readDataToEndOfFile()
  process.waitUntilExit()
  let rates = String(decoding: data, as: UTF8.self).split(whereSeparator: \.isNewline).compactMap {
    Double($0)
  }
  return process.terminationStatus == 0 && rates.count == runs ? rates : nil
}

print(
  "LeastSquaresProblem:   \(summary(try measureRefined()).text), 120 × 7, refined, design factorised anew")
print("\(problems) problems of \(rows) rows and \(columns) columns, one thread")
let own = summary(try measureNeedscast())
print("SmallLeastSquares:     \(own.text)")
if let rates = measureNumpy() {
  let numpy = summary(rates)
  print("numpy.linalg.lstsq:    \(numpy.text)")
  print(String(format: "Ratio of the medians:  %.1f", own.median / numpy.median))
} else {
  print("numpy was not found: no comparison.")
}
