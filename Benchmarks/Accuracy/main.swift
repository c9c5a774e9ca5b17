// Prints how many digits Needscast gets right on the linear regression sets of NIST StRD, beside the ceiling
// that double-precision columns set and beside other solvers.
//
//     swift run AccuracyBenchmark Tests/LinearAlgebraTests/Fixtures/nist_lls
//
// Exits with 0 if each set comes within half a digit of the ceiling, 1 if not, 64 without a folder, 66 if it
// cannot be read.

import CertifiedRegression
import Foundation
import LinearAlgebra

let otherMethods = [
  ("numpy lstsq", "numpy.linalg.lstsq(rcond=None)"), ("numpy QR (as R)", "numpy QR"),
  ("statsmodels pinv", "statsmodels OLS(pinv)"), ("statsmodels QR", "statsmodels OLS(qr)"),
]

func cell(_ digits: AccuracyAnchors.Digits?) -> String {
  func text(_ value: Double?) -> String { value.map { String(format: "%.1f", $0) } ?? "–" }
  return "\(text(digits?.coefficients)) / \(text(digits?.standardErrors))"
}

func complain(_ message: String) { FileHandle.standardError.write(Data((message + "\n").utf8)) }

/// The table, and the sets that fall short.
func compare(folder: String) throws -> (lines: [String], shortfalls: [String]) {
  let anchors = try AccuracyAnchors(folder: folder)
  let heads = ["data set", "Needscast", "ceiling"] + otherMethods.map(\.0)
  var lines = [
    "Digits right (coefficients / standard errors), least over the parameters, at most 15:", "",
    "| " + heads.joined(separator: " | ") + " |",
    "| --- |" + String(repeating: " ---: |", count: heads.count - 1),
  ]
  var shortfalls: [String] = []
  for set in try CertifiedDataSet.load(folder: folder) {
    let design = try Matrix(
      rows: set.response.count, columns: set.columns.count, columnMajor: set.columnMajor)
    let fit = try LeastSquaresProblem(design: design).fit(set.response)
    let own = AccuracyAnchors.Digits(
      coefficients: leastLogRelativeError(fit.coefficients, set.estimates),
      standardErrors: leastLogRelativeError(fit.standardErrors ?? [], set.standardErrors))
    guard let ceiling = try anchors.digits(of: AccuracyAnchors.ceiling, on: set.name),
      let best = ceiling.coefficients, let bestErrors = ceiling.standardErrors
    else {
      shortfalls.append("\(set.name): the table of anchors has no ceiling")
      continue
    }
    if (own.coefficients ?? 0) < best - 0.5 || (own.standardErrors ?? 0) < bestErrors - 0.5 {
      shortfalls.append("\(set.name): \(cell(own)), the ceiling is \(cell(ceiling))")
    }
    let others = try otherMethods.map { try cell(anchors.digits(of: $0.1, on: set.name)) }
    lines.append("| " + ([set.name, cell(own), cell(ceiling)] + others).joined(separator: " | ") + " |")
  }
  return (lines, shortfalls)
}

guard let folder = CommandLine.arguments.dropFirst().first else {
  complain("Name the folder of the data sets: Tests/LinearAlgebraTests/Fixtures/nist_lls")
  exit(64)
}
do {
  let (lines, shortfalls) = try compare(folder: folder)
  print(lines.joined(separator: "\n"))
  for shortfall in shortfalls { complain("More than half a digit under the ceiling: \(shortfall)") }
  exit(shortfalls.isEmpty ? 0 : 1)
} catch {
  complain("The data sets in \(folder) could not be used: \(error)")
  exit(66)
}
