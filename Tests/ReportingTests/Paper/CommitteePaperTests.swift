import Commissioning
import Testing

@testable import Reporting

@Suite struct CommitteePaperTests {
  @Test func `The paper has the order of a council's report`() throws {
    let text = try CommitteePaper(try InventedReport.report()).markdown()
    let headings = text.split(separator: "\n").filter { $0.hasPrefix("## ") }.map { String($0.dropFirst(3)) }
    #expect(
      headings == [
        "1. Summary", "2. Recommendations", "3. Reasons for the recommendations",
        "4. Alternative options considered",
        "5. What will it cost and how will it be financed?", "6. Implications", "7. Risks", "8. Measures",
        "9. How the area stands: scorecard and milestones", "10. Consultation", "11. Contact",
        "Appendix A. Figures by service", "Appendix B. Assumptions", "Appendix C. Evidence",
        "Appendix D. Method and glossary", "Appendix E. What this report was made from",
      ])
  }

  @Test func `Every placeholder is listed at the beginning and stands once below`() throws {
    let text = try CommitteePaper(try InventedReport.report()).markdown()
    let all = text.split(separator: CommitteePaper.placeholderOpening).dropFirst().map {
      $0.prefix { $0 != "]" }
    }
    let listed = text.split(separator: "\n").filter {
      $0.hasPrefix("- **\(CommitteePaper.placeholderOpening)")
    }
    #expect(listed.count > 10)
    #expect(text.contains("\(listed.count) passages are for people to write"))
    #expect(all.count == 2 * listed.count)
    for one in Set(all) { #expect(all.count { $0 == one } == 2, "\(one)") }
  }

  @Test func `The summary's findings stand in the paper, and nothing stands empty`() throws {
    let report = try InventedReport.report()
    let text = try CommitteePaper(report).markdown()
    let summary = ExecutiveSummary(report)
    #expect(text.contains(MarkdownText.escaped(summary.headline)))
    for finding in summary.findings where ["Balances", "Overspends", "How sure"].contains(finding.topic) {
      #expect(text.contains("**\(finding.topic).** \(MarkdownText.escaped(finding.text))\n"))
    }
    for line in text.split(separator: "\n") {
      #expect(!(line.hasSuffix(".**") && !line.hasPrefix("**Table")), "\(line)")
      #expect(line != "-", "an empty item")
    }
  }

  @Test func `Tables are numbered in the order in which they stand`() throws {
    let text = try CommitteePaper(try InventedReport.report()).markdown()
    let numbers = text.split(separator: "\n").filter { $0.hasPrefix("**Table ") }.compactMap {
      Int($0.dropFirst(8).prefix { $0 != "." })
    }
    #expect(!numbers.isEmpty)
    #expect(numbers == Array(1...numbers.count))
  }

  @Test func `The figures are those of the plan`() throws {
    let report = try InventedReport.report()
    let text = try CommitteePaper(report).markdown()
    for service in report.outcome.services {
      let year = try #require(service.years.last)
      let amounts = service.years.flatMap {
        [$0.spend, $0.budget, $0.closingBalance].compactMap { $0?.mean }
      }
      let unit = PaperWords.unit(amounts)
      let row = try #require(
        rows(of: text, under: "\(service.name), money in").first {
          $0.first?.hasPrefix("\(year.year)") ?? false
        })
      #expect(row.contains(unit.cell(try #require(year.spend).mean)))
      #expect(row.contains(unit.cell(try #require(year.budget).mean)))
      #expect(row.contains(unit.cell(try #require(year.inYearBalance).mean)))
      let spread = try #require(year.inYearBalance?.distribution ?? year.closingBalance?.distribution)
      #expect(spread.p10 <= spread.p90)
    }
  }

  @Test func `The balance rolls forward from its opening to its closing`() throws {
    let text = try CommitteePaper(try InventedReport.report()).markdown()
    let rows = rows(of: text, under: "High needs: the balance from year to year")
    func figures(_ name: String) -> [Double] {
      (rows.first { $0.first == name } ?? []).dropFirst().map { Double($0.replacing(",", with: "")) ?? 0 }
    }
    let (opening, closing) = (figures("Balance brought forward"), figures("Balance carried forward"))
    let names = rows.compactMap(\.first)
    let start = try #require(names.firstIndex(of: "In-year balance (available less spending)"))
    let end = try #require(names.firstIndex(of: "Balance carried forward"))
    #expect(!opening.isEmpty && opening.count == closing.count)
    for year in opening.indices {
      let moved = names[start..<end].reduce(0) { $0 + figures($1)[year] }
      // Each figure is rounded to a tenth of a million by itself.
      #expect(abs(opening[year] + moved - closing[year]) < 0.05 * Double(end - start + 2) + 1e-9)
      if year > 0 { #expect(opening[year] == closing[year - 1]) }
    }
  }

  @Test func `Chances have a word and a number`() throws {
    let report = try InventedReport.report()
    let text = try CommitteePaper(report).markdown()
    let risks = rows(of: text, under: "Risks, the heaviest first")
    #expect(!risks.isEmpty)
    for risk in risks {
      #expect(HedgedWord.allCases.contains { risk[1].hasPrefix($0.rawValue + " (") }, "\(risk[1])")
      #expect(risk[1].hasSuffix("%)"))
    }
  }

  @Test func `One simulated future says nothing about chance`() throws {
    let text = try CommitteePaper(try InventedReport.report(draws: 1)).markdown()
    #expect(text.contains("one simulated future, which says nothing about chance"))
    #expect(!text.contains("It is likely") && !text.contains("almost certain ("))
  }

  @Test(arguments: InventedReport.hostile)
  func `A label of any kind leaves the shape of the paper as it is`(label: String) throws {
    let plain = try CommitteePaper(try InventedReport.report(name: "Plan", reason: "Why", draws: 20))
      .markdown()
    let text = try CommitteePaper(try InventedReport.report(name: label, reason: label, draws: 20)).markdown()
    #expect(shape(text) == shape(plain))
    #expect(text.contains(MarkdownText.escaped(label)))
    #expect(!text.replacing("\\<", with: "").contains("<"))
  }

  @Test func `The same report gives the same bytes, and the pictures are of it`() throws {
    let report = try InventedReport.report()
    let paper = CommitteePaper(report)
    #expect(try paper.markdown() == (try CommitteePaper(report).markdown()))
    #expect(paper.figures.map(\.name) == ["figure-1", "figure-2"])
    let pictures = ["figure-2": "b.png"]
    let word = try paper.markdownForWord(pictures: pictures)
    #expect(word.contains("](b.png)") && !word.contains("figure-1"))
    #expect(!(try paper.markdown()).contains("!["))
  }

  /// The cells of the table under a caption, headings left out.
  private func rows(of text: String, under caption: String) -> [[String]] {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    guard let start = lines.firstIndex(where: { $0.hasPrefix("**Table ") && $0.contains(caption) }) else {
      return []
    }
    return lines[start...].drop { !$0.hasPrefix("|") }.prefix { $0.hasPrefix("|") }.dropFirst(2).map { line in
      line.dropFirst().dropLast().split(separator: " |", omittingEmptySubsequences: false).map {
        String($0.split(separator: " ").joined(separator: " "))
      }
    }
  }

  /// What begins each line and how many cells it has: what a label must not change.
  private func shape(_ text: String) -> [String] {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      var cells = 0
      var isEscaped = false
      for character in line {
        if character == "|", !isEscaped { cells += 1 }
        isEscaped = character == "\\" && !isEscaped
      }
      // Hyphens below the headings follow the width of the words.
      if line.hasPrefix("|:-") { return "rule \(cells)" }
      // What does not begin a block is text, whatever it begins with.
      return (line.first.map { "#-|*>`~+".contains($0) } ?? true) ? "\(line.prefix(2)) \(cells)" : "text"
    }
  }
}
