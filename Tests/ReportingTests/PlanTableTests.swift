import Commissioning
import Reporting
import Testing
import TimeSeries

@Suite struct PlanTableTests {
  @Test func printed() throws {
    print(PlanTable(name: "Needs of Borchester", detail: .full).text(try InventedPlan.outcome(comparesOutturn: true)))
    print(PlanTable(name: "Needs of Borchester", detail: .summary).text(try InventedPlan.outcome(comparesOutturn: true, asOf: CivilDate(year: 2023, month: 9, day: 30) ?? InventedPlan.knowledge)))
    print(PlanTable(name: "Needs of Borchester").text(try InventedPlan.outcome(withGrant: false)))
  }
}
