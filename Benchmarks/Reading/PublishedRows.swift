#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// A large file of series as authorities publish them, made from numbers alone: the same rows each time.
///
/// Every area has every measure in every quarter. Some values are suppressed, within bounds or not, and some are not
/// available. The rows stand by series, or are shuffled.
struct PublishedRows {
  /// The number of local authorities.
  static let areas = 152
  /// The number of quarters, from the first of 2000.
  static let periods = 100

  /// In which order the rows stand.
  enum Order: String {
    case grouped, shuffled
  }

  let measures: Int
  let order: Order

  /// The number of rows.
  var count: Int { Self.areas * Self.periods * measures }

  /// Writes the file unless it is there already; gives its path, nil when it cannot be written.
  func write(in folder: String) -> String? {
    let path = "\(folder)/published-\(count)-\(order.rawValue).csv"
    if access(path, R_OK) == 0 { return path }
    mkdir(folder, 0o777)
    let part = path + ".part"
    guard let file = fopen(part, "w") else { return nil }
    let shuffle = Shuffle(count: count)
    var bytes = Array("series,area,measure,period,value,unit,published\n".utf8)
    for place in 0..<count {
      append(order == .grouped ? place : shuffle[place], to: &bytes)
      if bytes.count > 1 << 20 {
        fwrite(bytes, 1, bytes.count, file)
        bytes.removeAll(keepingCapacity: true)
      }
    }
    fwrite(bytes, 1, bytes.count, file)
    guard ferror(file) == 0, fclose(file) == 0, rename(part, path) == 0 else { return nil }
    return path
  }

  private static let topics = ["plans", "absence", "care", "spend", "waits", "visits", "exclusion"]
  private static let units = ["count", "per cent", "per 10,000", "pounds", "weeks", "count", "per cent"]

  private func append(_ row: Int, to bytes: inout [UInt8]) {
    let quarter = row % Self.periods
    let measure = row / Self.periods % measures
    let area = row / Self.periods / measures
    let kind = measure % Self.topics.count
    bytes += Self.topics[kind].utf8
    bytes.append(UInt8(ascii: "-"))
    Self.append(measure, width: 3, to: &bytes)
    bytes += ",E0".utf8
    Self.append(6_000_001 + 7 * area, width: 7, to: &bytes)
    bytes.append(UInt8(ascii: ","))
    bytes += Self.topics[kind].utf8
    bytes.append(UInt8(ascii: ","))
    Self.append(2000 + quarter / 4, width: 4, to: &bytes)
    bytes += "-Q".utf8
    Self.append(quarter % 4 + 1, width: 1, to: &bytes)
    bytes.append(UInt8(ascii: ","))
    appendValue(Self.mixed(UInt64(row)), kind, to: &bytes)
    // A unit with a comma in it stands in quotes, as spreadsheets write it.
    bytes += (kind == 2 ? ",\"\(Self.units[kind])\"," : ",\(Self.units[kind]),").utf8
    Self.append(2000 + (quarter + 2) / 4, width: 4, to: &bytes)
    bytes += ["-08-28\n", "-11-26\n", "-02-24\n", "-05-27\n"][quarter % 4].utf8
  }

  private func appendValue(_ random: UInt64, _ kind: Int, to bytes: inout [UInt8]) {
    switch random >> 56 {
    case 0..<6: bytes += "c".utf8
    case 6..<9: bytes += "x".utf8
    case 9..<12: bytes += "1-7".utf8
    default:
      let number = Int(random >> 20 & 0xFFFF)
      switch kind {
      case 0, 5: Self.append(number % 4000, width: 1, to: &bytes)
      case 3: Self.append(number * 37, width: 1, to: &bytes)
      default:
        Self.append(number % 1000 / 10, width: 1, to: &bytes)
        bytes.append(UInt8(ascii: "."))
        Self.append(number % 10, width: 1, to: &bytes)
      }
    }
  }

  private static func append(_ number: Int, width: Int, to bytes: inout [UInt8]) {
    var power = 1
    for _ in 1..<width { power *= 10 }
    while number / power > 9 { power *= 10 }
    while power > 0 {
      bytes.append(UInt8(truncatingIfNeeded: 48 + number / power % 10))
      power /= 10
    }
  }

  /// The mixing step of G. L. Steele, D. Lea and C. H. Flood, "Fast splittable pseudorandom number generators" (2014).
  private static func mixed(_ number: UInt64) -> UInt64 {
    var mixed = number &* 0x9E37_79B9_7F4A_7C15
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// The numbers below a count in an order without pattern: a Feistel network over the next power of four, walked until
  /// it lands below the count (J. Black and P. Rogaway, "Ciphers with arbitrary finite domains", 2002).
  private struct Shuffle {
    let count: Int
    let half: UInt64

    init(count: Int) {
      self.count = count
      var half: UInt64 = 1
      while 1 << (2 * half) < count { half += 1 }
      self.half = half
    }

    subscript(place: Int) -> Int {
      var number = UInt64(place)
      repeat {
        var (left, right) = (number >> half, number & (1 << half - 1))
        for round in 0..<4 as Range<UInt64> {
          (left, right) = (right, left ^ (PublishedRows.mixed(right << 8 | round + 1) & (1 << half - 1)))
        }
        number = left << half | right
      } while number >= UInt64(count)
      return Int(number)
    }
  }
}
