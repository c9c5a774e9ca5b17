import HostileSeries
import Testing

@Suite("Hostile series") struct HostileSeriesTests {
  @Test("twenty thousand random short series bring no NaN, no crossing and no bound broken", arguments: 0..<4)
  func random(part: Int) {
    var findings = HostileFindings()
    var pool = UInt64(part) * 1_000_000
    while findings.forecasts + findings.refusals < 5000 {
      findings.examine(pool)
      pool += 1
    }
    #expect(findings.faults.isEmpty, "\(findings)")
    #expect(findings.forecasts > 4 * findings.refusals)
  }
}
