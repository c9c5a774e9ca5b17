// swift-tools-version: 6.2
import PackageDescription

// The readers built for libFuzzer, apart from the product's package because a package that others use may not set these
// flags. The sources are the product's own, by links; what reads is instrumented, what it only needs is not.
let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("MemberImportVisibility"),
]
let fuzzed: [SwiftSetting] =
  strict + [.unsafeFlags(["-sanitize=fuzzer,address", "-O", "-enforce-exclusivity=checked"])]

/// A fuzzer: one file that hands bytes to readers.
func fuzzer(_ name: String) -> Target {
  .executableTarget(
    name: name, dependencies: ["FuzzingDriver", "Readers"],
    swiftSettings: fuzzed + [.unsafeFlags(["-parse-as-library"])],
    linkerSettings: [.unsafeFlags(["-sanitize=fuzzer,address"])])
}

let package = Package(
  name: "Fuzzing",
  dependencies: [
    .package(url: "https://github.com/apple/swift-numerics", from: "1.1.1"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
  ],
  targets: [
    .systemLibrary(name: "CLAPACK", pkgConfig: "lapacke"),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib"),
    .systemLibrary(name: "CZip", pkgConfig: "libzip"),
    .systemLibrary(name: "CXML2", pkgConfig: "libxml-2.0"),
    .target(name: "CBoostMath", linkerSettings: [.linkedLibrary("m")]),
    .target(name: "LinearAlgebra", dependencies: ["CLAPACK"], swiftSettings: strict),
    .target(name: "Statistics", dependencies: ["CBoostMath", "LinearAlgebra"], swiftSettings: strict),
    .target(
      name: "Forecasting",
      dependencies: [
        "TimeSeries", "Statistics", "LinearAlgebra",
        .product(name: "RealModule", package: "swift-numerics"),
      ], swiftSettings: strict),
    .target(
      name: "Commissioning",
      dependencies: [
        "Forecasting", "TimeSeries", "Statistics", "LinearAlgebra",
        .product(name: "RealModule", package: "swift-numerics"),
      ], swiftSettings: strict),
    .target(name: "TimeSeries", swiftSettings: fuzzed),
    .target(
      name: "Evidence",
      dependencies: [
        "TimeSeries", "Forecasting", "Commissioning", "CZlib", "CZip", "CXML2",
        .product(name: "Yams", package: "Yams"),
        .product(name: "RealModule", package: "swift-numerics"),
      ],
      // What reads no file of anybody's, and would take minutes to build.
      exclude: ["Documentation.docc", "Files/FileDigest.swift", "Store"],
      resources: [
        .embedInCode("Geography/authorities.csv"),
        .embedInCode("Geography/authority-codes.csv"),
        .embedInCode("Geography/authority-changes.csv"),
        .embedInCode("Geography/combined-areas.csv"),
        .embedInCode("Starting/published-measures.csv"),
        .embedInCode("Starting/example-series.csv"),
        .embedInCode("Starting/starting-workspace.yaml"),
      ], swiftSettings: fuzzed),
    // What the fuzzers and the tests do with an input: the readers, and what they promise.
    .target(
      name: "Readers", dependencies: ["Evidence", "Commissioning", "TimeSeries"], swiftSettings: fuzzed),
    .target(name: "FuzzingDriver"),
    fuzzer("FuzzPeriod"),
    fuzzer("FuzzCSV"),
    fuzzer("FuzzYAML"),
    fuzzer("FuzzXLSX"),
  ]
)
