import FoundationEssentials

/// JSON as the command writes it: keys sorted, two spaces deep, slashes as they are, a line feed at the end.
enum JSONText {
  static func text(_ value: some Encodable) throws(ReportingError) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
    do {
      return String(decoding: try encoder.encode(value), as: UTF8.self) + "\n"
    } catch {
      throw .notRepresentable("\(error)")
    }
  }
}
