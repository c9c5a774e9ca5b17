// swift-tools-version: 6.2
import PackageDescription

// Every module of ours is built in Swift 6 mode with warnings as errors. `MemberImportVisibility` keeps the table of
// permitted imports in Documentation/ARCHITECTURE.md honest: a file sees only what it imports itself.
let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("MemberImportVisibility"),
]

let package = Package(
  name: "Needscast",
  products: [
    .library(name: "Needscast", targets: ["Needscast"]),
    .executable(name: "needscast", targets: ["NeedscastCommand"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    // What the server library speaks in: fields of requests, its log, its limits of time.
    .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0", traits: []),
    .package(url: "https://github.com/apple/swift-log", from: "1.14.0"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.0"),
    .package(url: "https://github.com/apple/swift-numerics", from: "1.1.1"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    // Without its traits: nothing here is configured from files, and what remains builds sooner.
    .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: []),
    .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/swiftlang/swift-docc-plugin", from: "1.5.0"),
  ],
  targets: [
    // MARK: What Debian provides
    .systemLibrary(
      name: "CLAPACK", pkgConfig: "lapacke",
      providers: [.apt(["liblapacke-dev", "libopenblas-dev", "pkg-config"])]),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(name: "CZip", pkgConfig: "libzip", providers: [.apt(["libzip-dev"])]),
    .systemLibrary(name: "CXML2", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"])]),
    .systemLibrary(
      name: "CXLSXWriter", pkgConfig: "xlsxwriter", providers: [.apt(["libxlsxwriter-dev"])]),
    .target(name: "CBoostMath", linkerSettings: [.linkedLibrary("m")]),

    // MARK: Mathematics
    .target(name: "LinearAlgebra", dependencies: ["CLAPACK"], swiftSettings: strict),
    .target(name: "Statistics", dependencies: ["CBoostMath", "LinearAlgebra"], swiftSettings: strict),

    // MARK: The domain, pure: no files, no clock, no environment
    .target(name: "TimeSeries", swiftSettings: strict),
    .target(
      name: "Forecasting",
      dependencies: [
        "TimeSeries", "Statistics", "LinearAlgebra",
        .product(name: "RealModule", package: "swift-numerics"),
      ], swiftSettings: strict),
    .target(
      name: "Indicators",
      dependencies: [
        "Forecasting", "TimeSeries", "Statistics", "LinearAlgebra",
        .product(name: "RealModule", package: "swift-numerics"),
      ], swiftSettings: strict),
    .target(
      name: "Commissioning",
      dependencies: [
        "Forecasting", "Indicators", "TimeSeries", "Statistics", "LinearAlgebra",
        .product(name: "RealModule", package: "swift-numerics"),
      ], swiftSettings: strict),

    // MARK: The outside
    .target(
      name: "Evidence",
      dependencies: [
        "TimeSeries", "Forecasting", "Indicators", "Commissioning", "CZlib", "CZip", "CXML2",
        .product(name: "Yams", package: "Yams"),
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "RealModule", package: "swift-numerics"),
        .product(name: "GRDB", package: "GRDB.swift"),
        // SQLite's own functions, for statements that are run hundreds of thousands of times.
        .product(name: "GRDBSQLite", package: "GRDB.swift"),
      ],
      // Embedded, so that the command stays one file.
      resources: [
        .embedInCode("Geography/authorities.csv"),
        .embedInCode("Geography/authority-codes.csv"),
        .embedInCode("Geography/authority-changes.csv"),
        .embedInCode("Geography/combined-areas.csv"),
        .embedInCode("Starting/published-measures.csv"),
        .embedInCode("Starting/example-series.csv"),
        .embedInCode("Starting/starting-workspace.yaml"),
      ], swiftSettings: strict),
    .target(
      name: "Reporting",
      dependencies: [
        "Commissioning", "Forecasting", "Indicators", "TimeSeries", "CXLSXWriter",
        .product(name: "Mustache", package: "swift-mustache"),
        .product(name: "RealModule", package: "swift-numerics"),
      ],
      // The markup of the page and the words of the paper, embedded for the same reason.
      resources: [
        .embedInCode("Page/Templates/page.mustache"),
        .embedInCode("Page/Templates/style.mustache"),
        .embedInCode("Page/Templates/section.mustache"),
        .embedInCode("Page/Templates/block.mustache"),
        .embedInCode("Page/Templates/table.mustache"),
        .embedInCode("Page/Templates/figure.mustache"),
        .embedInCode("Paper/Templates/paper.mustache"),
        .embedInCode("Paper/Templates/paper-title.mustache"),
        .embedInCode("Paper/Templates/paper-table.mustache"),
        .embedInCode("Paper/Templates/paper-figure.mustache"),
        .embedInCode("Paper/Templates/paper-placeholder.mustache"),
        .embedInCode("Paper/Templates/paper-recommendations.mustache"),
        .embedInCode("Paper/Templates/paper-options.mustache"),
        .embedInCode("Paper/Templates/paper-money.mustache"),
        .embedInCode("Paper/Templates/paper-implications.mustache"),
        .embedInCode("Paper/Templates/paper-risks.mustache"),
        .embedInCode("Paper/Templates/paper-measures.mustache"),
        .embedInCode("Paper/Templates/paper-progress.mustache"),
        .embedInCode("Paper/Templates/paper-appendices.mustache"),
      ], swiftSettings: strict),
    .target(
      name: "Needscast",
      dependencies: [
        "LinearAlgebra", "Statistics", "TimeSeries", "Forecasting", "Indicators", "Commissioning", "Evidence",
        "Reporting",
      ], swiftSettings: strict),
    // The local web page. Its server library stays out of everything else.
    .target(
      name: "Explorer",
      dependencies: [
        "Needscast", .product(name: "Hummingbird", package: "hummingbird"),
        .product(name: "HummingbirdCore", package: "hummingbird"),
        .product(name: "HTTPTypes", package: "swift-http-types"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "NIOCore", package: "swift-nio"),
      ],
      resources: [
        .embedInCode("Page/page.html"), .embedInCode("Page/door.html"), .embedInCode("Page/app.js"),
        .embedInCode("Page/door.js"), .embedInCode("Page/app.css"), .embedInCode("Page/icon.svg"),
      ], swiftSettings: strict),
    .executableTarget(
      name: "NeedscastCommand",
      dependencies: [
        "Needscast", "Explorer", .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      resources: [.embedInCode("Verbs/Report/Documents/paper-reference.docx")], swiftSettings: strict),

    // MARK: Benchmarks
    .executableTarget(
      name: "AccuracyBenchmark", dependencies: ["LinearAlgebra", "CertifiedRegression"],
      path: "Benchmarks/Accuracy", swiftSettings: strict),
    .executableTarget(
      name: "LeastSquaresBenchmark", dependencies: ["LinearAlgebra"], path: "Benchmarks/LeastSquares",
      swiftSettings: strict),
    .executableTarget(
      name: "ModelsBenchmark", dependencies: ["Needscast"], path: "Benchmarks/Models",
      exclude: ["peers.py", "compare.py"], swiftSettings: strict),
    .executableTarget(
      name: "JointSimulationBenchmark", dependencies: ["Commissioning", "Statistics", "LinearAlgebra"],
      path: "Benchmarks/JointSimulation", exclude: ["peer.py"], swiftSettings: strict),
    .executableTarget(
      name: "PanelsBenchmark", dependencies: ["Needscast"], path: "Benchmarks/Panels",
      swiftSettings: strict),
    .executableTarget(
      name: "AuthoritiesBenchmark", dependencies: ["Needscast"], path: "Benchmarks/Authorities",
      swiftSettings: strict),
    .executableTarget(
      name: "ForecastFuzz", dependencies: ["HostileSeries", "Statistics"], path: "Benchmarks/Fuzz",
      swiftSettings: strict),
    // Whole processes timed for the benchmarks of the command.
    .target(name: "TimedRuns", path: "Benchmarks/Timing", swiftSettings: strict),
    .executableTarget(
      name: "PlanBenchmark", dependencies: ["TimedRuns"], path: "Benchmarks/Plan",
      swiftSettings: strict),
    .executableTarget(
      name: "ForecastBenchmark", dependencies: ["TimedRuns"], path: "Benchmarks/Forecast",
      exclude: ["peer.py"],
      swiftSettings: strict),
    .executableTarget(
      name: "ReadingBenchmark", dependencies: ["Evidence", "TimeSeries", "TimedRuns"],
      path: "Benchmarks/Reading", exclude: ["peer.py"], swiftSettings: strict),
    .executableTarget(
      name: "PlacementsBenchmark", dependencies: ["Needscast", "TimedRuns"], path: "Benchmarks/Placements",
      exclude: ["peer.py"], swiftSettings: strict),
    // Counts allocations, where the C library allows it.
    .target(name: "AllocationCount", path: "Benchmarks/AllocationCount"),
    .executableTarget(
      name: "IndicatorsBenchmark",
      dependencies: ["AllocationCount", "Indicators", "Statistics", "TimeSeries"],
      path: "Benchmarks/Indicators", exclude: ["peer.py"], swiftSettings: strict),
    .executableTarget(
      name: "high-needs-overspend", dependencies: ["Needscast"],
      path: "Notebooks-as-scripts/high-needs-overspend", exclude: ["figures"],
      swiftSettings: strict),

    // MARK: Tests, a target for each module
    // Reads the certified regression sets for the tests and for the table of accuracy.
    .target(
      name: "CertifiedRegression", path: "Tests/CertifiedRegression", swiftSettings: strict),
    // Random series as bad as files hold them, for the tests and for `make fuzz`.
    .target(
      name: "HostileSeries", dependencies: ["Forecasting", "TimeSeries", "Statistics"],
      path: "Tests/HostileSeries", swiftSettings: strict),
    .testTarget(
      name: "LinearAlgebraTests", dependencies: ["LinearAlgebra", "CertifiedRegression"],
      resources: [.copy("Fixtures")], swiftSettings: strict),
    .testTarget(
      name: "StatisticsTests", dependencies: ["Statistics", "CBoostMath"],
      resources: [.copy("Fixtures")], swiftSettings: strict),
    .testTarget(name: "TimeSeriesTests", dependencies: ["TimeSeries"], swiftSettings: strict),
    .testTarget(
      name: "ForecastingTests", dependencies: ["Forecasting", "TimeSeries", "Statistics", "HostileSeries"],
      resources: [.copy("Fixtures")], swiftSettings: strict),
    .testTarget(
      name: "IndicatorsTests",
      dependencies: ["Indicators", "Forecasting", "TimeSeries", "Statistics"],
      resources: [.copy("Fixtures")], swiftSettings: strict),
    .testTarget(
      name: "CommissioningTests",
      dependencies: ["Commissioning", "Forecasting", "TimeSeries", "Statistics", "LinearAlgebra"],
      swiftSettings: strict),
    // Files that nobody published, and a process of its own that imports them until it is ended.
    .target(
      name: "InventedPublications", dependencies: ["Evidence", "TimeSeries"],
      path: "Tests/InventedPublications", swiftSettings: strict),
    .executableTarget(
      name: "StoreCrashProbe", dependencies: ["Evidence", "InventedPublications"],
      path: "Tests/StoreCrashProbe", swiftSettings: strict),
    .testTarget(
      name: "EvidenceTests",
      dependencies: [
        "Evidence", "Commissioning", "Forecasting", "Indicators", "TimeSeries", "CZip",
        "InventedPublications",
        "StoreCrashProbe",
        .product(name: "GRDB", package: "GRDB.swift"),
      ],
      resources: [.copy("Fixtures")], swiftSettings: strict),
    .testTarget(
      name: "ReportingTests",
      dependencies: ["Reporting", "Commissioning", "Evidence", "Forecasting", "Indicators", "TimeSeries"],
      resources: [.copy("Fixtures")], swiftSettings: strict),
    .testTarget(
      name: "ExplorerTests", dependencies: ["Explorer", "Needscast"], swiftSettings: strict),
    .testTarget(
      name: "NeedscastCommandTests",
      dependencies: ["Needscast", "NeedscastCommand", "high-needs-overspend"],
      swiftSettings: strict),
  ]
)
