import Foundation
import Testing

@Suite("The page of a report")
struct ReportPageTests {
  private func page(_ arguments: [String]) throws -> String {
    let folder = try TemporaryFolder()
    let target = folder.url.appending(path: "report").path
    let run = try Command.run(
      ["report", "Datasets/sefton", "--part", "html", "--output", target, "--quiet"] + arguments)
    #expect(run.status == 0, "\(run.errors)")
    return try String(contentsOfFile: target + "/report.html", encoding: .utf8)
  }

  @Test func `The page of Sefton has every service and every part, and is under a megabyte`() throws {
    let page = try page(["--draws", "500"])
    #expect(page.utf8.count < 1_000_000)
    for id in [
      "summary", "reading", "service-1", "service-6", "total", "scenarios", "bridges", "drivers", "measures",
      "scorecard", "milestones", "assumptions", "evidence", "method", "left-out", "manifest",
    ] {
      #expect(page.contains("<section id=\"\(id)\""), "\(id) is missing")
    }
    // Files are named as in the manifest, wherever the workspace lies.
    #expect(page.contains("series/plans.csv:") && !page.contains("Datasets/sefton/series"))
  }

  @Test func `The same seed gives the same page on any number of threads`() throws {
    let arguments = ["--draws", "60", "--scenario", "base"]
    #expect(try page(arguments + ["--jobs", "1"]) == page(arguments + ["--jobs", "2"]))
  }
}
