import Commissioning
import Foundation
import Reporting
import Testing

@Suite("A monitoring view reported")
struct MonitoringReportTests {
  static func view(upTo: Int? = 1) throws -> MonitoringView {
    let year = MonitoringYear(FinancialYear(2025), by: .quarter)
    let actuals = upTo.map { last in
      (0...last).map { ActualSpend(line: "homes", period: year.periods[$0], pence: 150_005_000) }
    }
    return try MonitoringView(
      year, upTo: upTo.map { year.periods[$0] },
      entries: .init(
        lines: [BudgetLine(id: "homes", name: "Children's homes", pence: 500_000_000, profile: .equal)],
        actuals: actuals ?? [],
        commitments: [
          Commitment(id: "c", line: "homes", kind: .amount(period: year.periods[3], pence: 250_000_001))
        ],
        expected: [ExpectedChange(line: "homes", new: Draws([0, 1000]), ceasing: Draws(0.5))],
        volumes: [
          VolumeAndPrice(
            line: "homes", part: "all", budgeted: .init(children: 20, weeks: 50, weeklyPrice: 5000),
            forecast: .init(children: 22, weeks: 50, weeklyPrice: 5000))
        ], reasons: [VarianceReason(line: "homes", kind: .volume, text: "Two more, \"late\".")]))
  }

  @Test("the table foots and gives reasons")
  func text() throws {
    let text = MonitoringReport(try Self.view()).text()
    #expect(text.hasPrefix("Budget of 2025/26 by quarter, actuals to 2025/26 Q2, in pounds"))
    #expect(text.contains("2,500,000.00"))
    #expect(text.contains("-500,100.00"))
    #expect(text.contains("Children's homes: volume: Two more, \"late\"."))
    #expect(text.contains("5,500,599.51"))
    #expect(text.contains("\nTotal "))
    #expect(MonitoringReport(try Self.view(upTo: nil)).text().contains("before the first actuals"))
  }

  @Test(
    "comma-separated text has a row for each period, to date and the year, and its periods sum to the year")
  func csv() throws {
    let rows = MonitoringReport(try Self.view()).csv().split(separator: "\n").map(String.init)
    #expect(rows.first == MonitoringReport.columns.joined(separator: ","))
    #expect(rows.count == 1 + 2 * 6)
    #expect(rows[1] == "homes,2025/26 Q1,period,1250000.00,1500050.00,0.00,,,1500050.00,-250050.00,,,,")
    #expect(rows[4] == "homes,2025/26 Q4,period,1250000.00,,2500000.01,,,2500000.01,-1250000.01,,,,")
    #expect(rows[5] == "homes,2025/26 Q2,to-date,2500000.00,3000100.00,,,,,-500100.00,,,,")
    #expect(
      rows[6]
        == "homes,2025/26,year,5000000.00,3000100.00,2500000.01,500.00,0.50,5500599.51,-500599.51,1,0.19245008972987526,"
        + "volume,\"Two more, \"\"late\"\".\"")
    #expect(rows[12].hasPrefix("total,2025/26,year,5000000.00,"))
  }

  @Test("JSON names every amount, null where there is none")
  func json() throws {
    let text = try MonitoringReport(try Self.view()).json()
    let document = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    #expect(Set(document.keys) == ["year", "step", "upTo", "lines", "total", "notes"])
    let line = try #require((document["lines"] as? [[String: Any]])?.first)
    #expect((line["bridge"] as? [String: Double])?["volume"] == -500_000)
    #expect((line["bridge"] as? [String: Double])?["other"] == -599.51)
    #expect((line["year"] as? [String: Double])?["forecast"] == 5_500_599.51)
    #expect((line["toDate"] as? [String: Double])?["variance"] == -500_100)
    #expect((line["reason"] as? [String: String])?["kind"] == "volume")
    let periods = try #require(line["periods"] as? [[String: Any]])
    #expect(periods.count == 4 && periods[3]["actual"] is NSNull)
    #expect((document["total"] as? [String: Any])?["reason"] is NSNull)
    let early = try MonitoringReport(try Self.view(upTo: nil)).json()
    #expect(early.contains("\"upTo\" : null"))
  }
}
