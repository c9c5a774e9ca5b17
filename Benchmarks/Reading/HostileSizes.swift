#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Files of sizes that no series file should have: they are to be refused, or read, in little memory and time.
enum HostileSizes: String, CaseIterable {
  case longLine = "a line of 1 GB"
  case openQuote = "a quote that never closes, 1 GB"
  case openQuotes = "a quote opened on every line, 1 GB"
  case columns = "10,000 columns, 2,000 rows"

  /// Writes the file; gives its path, nil when it cannot be written.
  func write(in folder: String) -> String? {
    mkdir(folder, 0o777)
    let path = "\(folder)/hostile.csv"
    guard let file = fopen(path, "w") else { return nil }
    switch self {
    case .longLine:
      Self.repeated("aaaaaaaaaaaaaaa,", file, after: "series,period,value\n")
    case .openQuote:
      Self.repeated("a,2020,1\n", file, after: "series,period,value\nb,2020,1\n\"c,2020,1\n")
    case .openQuotes:
      Self.repeated("\"a,2020,1\n", file, after: "series,period,value\n")
    case .columns:
      let names = (0..<9997).map { "attribute \($0)" }.joined(separator: ",")
      fputs("series,period,value,\(names)\n", file)
      let fields = (0..<9997).map { "\($0 % 10)" }.joined(separator: ",")
      for row in 0..<2000 { fputs("s\(row / 10),\(2000 + row % 10),1,\(fields)\n", file) }
    }
    return fclose(file) == 0 ? path : nil
  }

  private static func repeated(_ text: String, _ file: UnsafeMutablePointer<FILE>, after start: String) {
    fputs(start, file)
    let block = String(repeating: text, count: 1 << 16)
    for _ in 0..<((1 << 30) / block.utf8.count) { fputs(block, file) }
  }
}
