#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Input for the benchmark: annual series of seven figures that drift and wander, in pools that share a drift.
enum ShortSeries {
  static let poolSize = 90
  private static let years = 2018..<2025

  /// Writes so many series into a file of a folder, unless it is there already; gives its path, nil when it cannot be
  /// written.
  static func write(_ count: Int, in folder: String) -> String? {
    let path = "\(folder)/series-\(count).csv"
    if access(path, R_OK) == 0 { return path }
    mkdir(folder, 0o777)
    let part = path + ".part"
    guard let file = fopen(part, "w") else { return nil }
    var generator = SplitMix(state: 1)
    var text = "series,period,value,pool\n"
    var drift = 0.0
    for id in 0..<count {
      let pool = id / poolSize
      if id % poolSize == 0 { drift = 2 * generator.uniform() - 1 }
      var level = 20 + 60 * generator.uniform()
      for year in years {
        // The sum of three uniform numbers is near enough to a normal one.
        level += drift + 2 * (generator.uniform() + generator.uniform() + generator.uniform()) - 3
        let tenths = Int((10 * level).rounded())
        let sign = tenths < 0 ? "-" : ""
        text +=
          "measure \(pool)|area \(id % poolSize),\(year),\(sign)\(abs(tenths) / 10).\(abs(tenths) % 10),measure \(pool)\n"
      }
      if text.utf8.count > 1 << 20 {
        fputs(text, file)
        text = ""
      }
    }
    fputs(text, file)
    guard fclose(file) == 0, rename(part, path) == 0 else { return nil }
    return path
  }

  /// G. L. Steele, D. Lea and C. H. Flood, "Fast splittable pseudorandom number generators" (2014).
  private struct SplitMix {
    var state: UInt64

    mutating func uniform() -> Double {
      state &+= 0x9E37_79B9_7F4A_7C15
      var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
      mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
      return Double((mixed ^ (mixed >> 31)) >> 11) * 0x1p-53
    }
  }
}
