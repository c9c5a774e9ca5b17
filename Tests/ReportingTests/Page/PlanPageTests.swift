import Commissioning
import Testing

@testable import Reporting

@Suite("A plan as a page") struct PlanPageTests {
  /// Made once: simulating and drawing take most of the time.
  private static let page = Result { try PlanPage(InventedPageReport.report()).html() }
  private static var reading: PageReading { get throws { PageReading(try page.get()) } }

  @Test func `The page is complete, closed and quoted everywhere`() throws {
    let page = try Self.page.get()
    #expect(page.hasPrefix("<!DOCTYPE html>\n<html lang=\"en-GB\">"))
    #expect(page.hasSuffix("</html>\n"))
    let reading = try Self.reading
    #expect(reading.complaint == nil)
    #expect(reading.named("main").count == 1 && reading.named("h1").count == 1)
  }

  @Test func `Nothing comes from elsewhere, and nothing runs`() throws {
    let reading = try Self.reading
    for name in ["script", "link", "img", "iframe", "object", "form", "base", "image", "use"] {
      #expect(reading.named(name).isEmpty, "\(name)")
    }
    for element in reading.elements {
      for (name, value) in element.attributes {
        #expect(!name.lowercased().hasPrefix("on"), "\(element.name) has \(name)")
        #expect(name != "src" && name != "style", "\(element.name) has \(name)")
        if name.hasSuffix("href") { #expect(value.hasPrefix("#"), "\(value) leaves the page") }
      }
    }
    let page = try Self.page.get()
    #expect(!page.contains("url("))
    #expect(!page.contains("@import"))
    #expect(page.contains("default-src 'none'; style-src 'unsafe-inline'"))
  }

  @Test func `Every name goes through as it was written, but for marks that deceive`() throws {
    let reading = try Self.reading
    let whole = InventedPageReport.name.replacing("\u{202E}", with: "[U+202E]")
    func has(_ name: String, _ text: String) -> Bool {
      reading.named(name).contains { $0.text.contains(text) }
    }
    #expect(has("h1", whole))
    for name in ["title", "h2", "h3", "li", "p", "dt", "dd", "caption", "th", "td"] {
      #expect(has(name, whole), "\(name) has lost the name")
    }
    let page = try Self.page.get()
    #expect(!page.contains("<script") && !page.contains("<img") && !page.contains("<\u{0338}"))
  }

  @Test func `What is written from right to left is set so, wherever a name may stand`() throws {
    let named = ["h1", "h2", "h3", "p", "li", "dt", "dd", "caption", "th", "figcaption"]
    for element in try Self.reading.elements where named.contains(element.name) {
      let isOurs = element.within.contains("footer") || element.attributes["id"] == "contents-title"
      let isAroundLinks = element.names.contains("a")
      #expect(
        element.attributes["dir"] == "auto" || isOurs || isAroundLinks, "\(element.name): \(element.text)")
    }
  }

  @Test func `No two elements have one id, and every link and label finds its own`() throws {
    let reading = try Self.reading
    let ids = reading.elements.compactMap { $0.attributes["id"] }
    #expect(Set(ids).count == ids.count)
    for element in reading.elements {
      if let target = element.attributes["href"] { #expect(ids.contains(String(target.dropFirst()))) }
      for label in element.attributes["aria-labelledby"]?.split(separator: " ") ?? [] {
        #expect(ids.contains(String(label)), "\(label)")
      }
    }
    let sections = reading.named("section").compactMap { $0.attributes["id"] }
    let links = reading.named("a").filter { $0.within.contains("nav") }.compactMap { $0.attributes["href"] }
    #expect(links == sections.map { "#\($0)" })
  }

  @Test func `Headings leave no level out`() throws {
    var level = 0
    for element in try Self.reading.elements {
      guard element.name.count == 2, element.name.first == "h", let next = element.name.last?.wholeNumberValue
      else { continue }
      #expect(next <= level + 1, "\(element.text) follows a heading of level \(level)")
      level = next
    }
    #expect(level > 0)
  }

  @Test func `Every table has a caption, headings with a scope and rows of its own width`() throws {
    let reading = try Self.reading
    let tables = reading.named("table")
    #expect(tables.count > 10)
    for table in tables { #expect(table.names.count { $0 == "caption" } == 1) }
    for head in reading.named("th") {
      #expect(["col", "row", "rowgroup"].contains(head.attributes["scope"]))
      #expect(!head.text.isEmpty)
    }
    for (number, caption) in reading.named("caption").enumerated() {
      #expect(caption.text.hasPrefix("Table \(number + 1). "))
    }
    var width = 0
    for row in reading.named("tr") {
      let cells = row.names.count { $0 == "th" || $0 == "td" }
      if row.within.contains("thead") { width = cells } else { #expect(cells == width || cells == 1) }
    }
  }

  @Test func `Every chart says its title and all of its figures to those who do not see it`() throws {
    let charts = try Self.reading.named("svg")
    #expect(charts.count > 10 && charts.count.isMultiple(of: 2))
    for chart in charts {
      #expect(chart.attributes["role"] == "img")
      #expect(chart.names.contains("title") && chart.names.contains("desc"))
    }
  }

  @Test func `A minus is drawn as one and copied as programs read it`() throws {
    typealias Run = PageTable.Cell.Run
    #expect(PageTable.Cell.runs(of: "-4.2") == [Run(hasMinus: true, text: "4.2")])
    #expect(
      PageTable.Cell.runs(of: "-£4.2m to -£1.0m")
        == [Run(hasMinus: true, text: "£4.2m to "), Run(hasMinus: true, text: "£1.0m")])
    for text in ["2024-25", "2 - 3", "a-1", "-", "", "–"] {
      #expect(PageTable.Cell.runs(of: text).allSatisfy { !$0.hasMinus }, "\(text)")
    }
    let page = try Self.page.get()
    #expect(page.contains("<span class=\"m\">-</span>"))
    #expect(!page.contains("<td>-"))
  }

  @Test func `The figures of the page are those of the plan`() throws {
    let report = try InventedPageReport.report()
    let text = try Self.reading.named("main").map(\.text).joined()
    #expect(text.contains(ExecutiveSummary(report).headline.replacing("\u{202E}", with: "[U+202E]")))
    for service in report.outcome.services {
      let money = MoneyUnit(suiting: service.amounts)
      for year in service.years {
        for amount in [year.spend, year.budget, year.closingBalance].compactMap({ $0 }) {
          #expect(text.contains(money.cell(amount.mean)))
        }
        if let need = year.need { #expect(text.contains(NumberText.whole(need.mean))) }
      }
    }
  }

  @Test func `The same report is the same bytes, whatever the number of threads`() throws {
    #expect(try PlanPage(InventedPageReport.report(jobs: 2)).html() == Self.page.get())
  }

  @Test func `A plan of one future has no chances, and of a plan alone the page says what was not asked`()
    throws
  {
    let page = try PlanPage(InventedPageReport.report(draws: 1, isWhole: false)).html()
    let reading = PageReading(page)
    #expect(reading.complaint == nil)
    let text = reading.named("main").map(\.text).joined()
    #expect(text.contains("single simulated future"))
    #expect(!text.contains("It is likely") && !text.contains("almost certain"))
    for part in ["Scenarios compared", "What moves the result", "Scorecard", "Milestones"] {
      #expect(reading.named("dt").contains { $0.text == part }, "\(part)")
    }
  }

  @Test func `A service that cannot be planned is said at the top, and there is no total`() throws {
    let report = try InventedPageReport.report(isWhole: false, withGrant: false)
    let refusal = try #require(report.outcome.refusals.first)
    let reading = PageReading(try PlanPage(report).html())
    #expect(reading.complaint == nil)
    let warnings = reading.named("p").filter { $0.attributes["class"] == "warning" }.map(\.text)
    #expect(warnings.contains { $0.contains(refusal.reason) })
    #expect(warnings.contains { $0.hasPrefix("There is no total") })
    #expect(reading.named("dd").contains { $0.text.contains(refusal.reason) })
    #expect(!reading.named("th").contains { $0.text == "All services" })
  }

  @Test func `Every template asks for the escaping of the house and is there`() throws {
    var names: Set<String> = []
    for (name, text) in PageTemplates.sources {
      names.insert(name)
      #expect(text.hasPrefix(PageTemplates.pragma), "\(name)")
      // Charts are the only thing that goes in as it is.
      let raw = text.split(separator: "{{{").dropFirst().map { $0.prefix { $0 != "}" } }
      #expect(raw.allSatisfy { [".wide", ".narrow"].contains($0) } && !text.contains("{{&"), "\(name)")
    }
    for (name, text) in PageTemplates.sources {
      for part in text.split(separator: "{{>").dropFirst() {
        #expect(
          names.contains(String(part.prefix { $0 != "}" })), "\(name) includes a template that is not there")
      }
    }
  }
}
