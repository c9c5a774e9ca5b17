import Testing
import TimeSeries

@testable import Reporting

@Suite("Rows written as bytes")
struct CSVBytesTests {
  private func bytes(_ write: (inout [UInt8]) -> Void) -> String {
    var text: [UInt8] = []
    write(&text)
    return String(decoding: text, as: UTF8.self)
  }

  @Test("Every number is written as plain text has it")
  func numbers() {
    var generator = SeededGenerator(state: 9)
    var values: [Double] = [
      0, -0.0, 1, -1, 0.1, 100, 1e-3, 9.99e-4, 1e-5, -1e-300, 1e15, 9e15, 9_007_199_254_740_992, 1e16, 1.5e22,
      1e300,
      .greatestFiniteMagnitude, .leastNonzeroMagnitude, 12345.678, -0.001, 54760.000000000015, .nan,
      .infinity,
    ]
    for _ in 0..<5000 {
      values.append(Double(bitPattern: UInt64.random(in: 0...UInt64.max, using: &generator)))
      values.append(Double.random(in: -1e6...1e6, using: &generator))
      values.append((Double.random(in: -1e3...1e3, using: &generator) * 100).rounded() / 100)
    }
    for value in values {
      #expect(bytes { NumberText.append(value, to: &$0) } == NumberText.plain(value), "\(value)")
    }
  }

  @Test(
    "Every text is quoted and guarded as a cell is",
    arguments: [
      "", "a", "two words", "a,b", "a\"b", "\"", "line\nfeed", "\r\n", "=1+1", "+44", "-3", "-x", "@name",
      "\ttab",
      "a=b", "é, ü", "-1,5", "\n=x", "\u{FF1D}1", "\u{FEFF}=1", "\u{200B}+x", "\u{FEFF}", "–", "—x", "ﬁ",
      "\u{2060}-3",
    ])
  func texts(text: String) {
    #expect(bytes { CSVText.append(text, to: &$0) } == CSVText.text(text))
  }
}
