import Needscast
import Testing

@testable import Explorer

@Suite struct SmallPartsTests {
  @Test func `A token is 128 bits of chance, and only itself matches it`() {
    let tokens = (0..<200).map { _ in ExplorerToken() }
    #expect(Set(tokens.map(\.text)).count == 200)
    for token in tokens {
      #expect(token.text.utf8.count == 32 && token.text.allSatisfy { $0.isHexDigit })
      #expect(token.matches(token.text))
      #expect(!token.matches(nil) && !token.matches("") && !token.matches(token.text + "0"))
      #expect(!token.matches(String(token.text.dropLast())) && !token.matches(token.text.uppercased() + " "))
    }
    #expect(!tokens[0].matches(tokens[1].text))
  }

  @Test func `A query is taken apart strictly`() {
    #expect(RequestQuery("a=1&b=x%3Dy&b=%C2%A3+%2B")?.values("b") == ["x=y", "£ +"])
    #expect(RequestQuery("a")?.value("a") == "")
    #expect(RequestQuery("")?.items == [])
    for broken in ["a=%", "a=%4", "a=%zz", "%ff=1", "a=%C3%28"] {
      #expect(RequestQuery(broken) == nil, "\(broken)")
    }
  }

  @Test func `A slider has round steps, holds what stands and stays within what makes sense`() throws {
    var generator = SystemRandomNumberGenerator()
    for _ in 0..<500 {
      let size = Double.random(in: -3...7, using: &generator)
      let middle =
        Double.random(in: -1...1, using: &generator)
        * (0..<Int(size.magnitude)).reduce(1) { sum, _ in sum * 10 }
      let width = Double.random(in: 0...1, using: &generator) * middle.magnitude + 1e-3
      let isPercentage = Bool.random(using: &generator)
      let assumption = try Assumption(
        id: "a", value: .range(low: middle - width, mostLikely: middle, high: middle + width), unit: "",
        reason: "",
        isPercentage: isPercentage)
      let range = try #require(ControlRange(assumption))
      let scale = isPercentage ? 100.0 : 1
      #expect(
        range.low <= (middle - width) * scale + range.step
          && range.high >= (middle + width) * scale - range.step)
      #expect(range.step > 0 && (range.high - range.low) / range.step <= 110)
      #expect(middle - width < 0 || range.low >= 0)
      if isPercentage, middle - width >= 0, middle + width <= 1 { #expect(range.high <= 100 + range.step) }
    }
    let share = try Assumption(id: "a", value: .fixed(0.75), unit: "", reason: "", isPercentage: true)
    #expect(ControlRange(share)?.high == 100)
    #expect(ControlRange(try Assumption(id: "a", value: .fixed(0), unit: "", reason: "")) == nil)
  }

  @Test func `A file's name is safe whatever the scenario is called`() {
    #expect(ScenarioFile.fileName("Fewer requests, 2027") == "scenario-fewer-requests-2027.yaml")
    for name in [
      "../../etc/passwd", "CON", "/", "..", ".hidden", "a\u{0}b", "🙂", "اب", "<b>x</b>", "  ",
      String(repeating: "x", count: 500),
    ] {
      let file = ScenarioFile.fileName(name)
      #expect(file.hasPrefix("scenario-") && file.hasSuffix(".yaml") && file.utf8.count <= 80, "\(name)")
      #expect(
        file.unicodeScalars.allSatisfy {
          $0.isASCII && ("a"..."z" ~= $0 || "0"..."9" ~= $0 || $0 == "-" || $0 == ".")
        })
      #expect(!file.contains(".."))
    }
  }
}
