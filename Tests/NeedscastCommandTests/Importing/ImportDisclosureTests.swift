import Foundation
import Testing

@Suite("Small counts on their way out")
struct ImportDisclosureTests {
  @Test("Counts of single children are protected on the way out without being asked, and the rule is said")
  func protectedByDefault() throws {
    let folder = try TemporaryFolder()
    let path = try InventedInputs.careReturn(in: folder)
    let run = try Command.run(["import", "ssda903", path])
    #expect(run.status == 0, "\(run.errors)")
    #expect(
      run.errors.hasPrefix("rule hes: of 36 figures 12 are held back because they are small"), "\(run.errors)"
    )
    let values = try PlainTable(run.output).column("value")
    #expect(values.count == 36 && Set(values) == ["0", "c"])
    #expect(values.count { $0 == "c" } == 12)
    let file = folder.url.path + "/out.csv"
    #expect(try Command.run(["import", path, "--output", file, "--quiet"]).status == 0)
    #expect(try InventedInputs.text(file) == run.output)
    #expect(!(run.output + run.errors).contains("KID"))
  }

  @Test("In a workspace the counts stay what they are, and that they are not protected is said")
  func staysHere() throws {
    let folder = try TemporaryFolder()
    let path = try InventedInputs.careReturn(in: folder)
    let workspace = try InventedInputs.workspace(in: folder)
    let run = try Command.run(["import", path, "--workspace", workspace, "--area", "Exampleshire"])
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.errors.contains("are not protected: keep them here, or name a rule with --disclosure"))
    let table = try PlainTable(try InventedInputs.text(workspace + "/series/return.csv"))
    #expect(table.rows.first?["series"] == "looked-after" && table.rows.first?["value"] == "3")
    #expect(Set(table.column("area")) == ["Exampleshire"])
  }

  @Test("In a store the counts stay what they are, and that they are not protected is said")
  func staysInStore() throws {
    let folder = try TemporaryFolder()
    let path = try InventedInputs.careReturn(in: folder)
    let store = folder.url.path + "/needs.sqlite"
    let run = try Command.run(["import", path, "--store", store, "--format", "csv"])
    #expect(run.status == 0 && run.errors.contains("are not protected"), "\(run.errors)")
    let counts = try ImportCounts(csv: run.output)
    counts.expectSums()
    #expect(counts["values"] == 36 && counts["added"] == 36 && counts["suppressed"] == 0)
  }

  @Test("A rule that is named is the one that is applied, wherever the counts go")
  func namedRule() throws {
    let folder = try TemporaryFolder()
    let path = try InventedInputs.careReturn(in: folder)
    let none = try Command.run(["import", path, "--disclosure", "none"])
    #expect(none.status == 0 && none.errors.contains("rule none: "))
    #expect(try PlainTable(none.output).column("value").first == "3")
    let three = try PlainTable(
      try Command.run(["import", path, "--disclosure", "under-3", "--quiet"]).output)
    #expect(!three.column("value").contains("1") && !three.column("value").contains("2"))
    let workspace = try InventedInputs.workspace(in: folder)
    let kept = try Command.run(["import", path, "--workspace", workspace, "--disclosure", "HES"])
    #expect(kept.status == 0 && kept.errors.contains("rule hes: "))
    let table = try PlainTable(try InventedInputs.text(workspace + "/series/return.csv"))
    #expect(Set(table.column("value")) == ["0", "c"])
  }

  @Test("Figures that anybody has published are protected where that is asked for, and not without")
  func publicFigures() throws {
    let folder = try TemporaryFolder()
    let plans = try folder.write(
      "series,area,period,value,unit\na,Sefton,2022,3,count\na,Leeds,2022,10,count\na,Hull,2022,13,count\n",
      to: "plans.csv")
    let plain = try Command.run(["import", plans])
    #expect(try PlainTable(plain.output).column("value") == ["3", "10", "13"])
    #expect(!plain.errors.contains("rule "))
    let safe = try PlainTable(try Command.run(["import", plans, "--disclosure", "hes", "--quiet"]).output)
    #expect(safe.column("value") == ["c", "10", "15"] || safe.column("value") == ["1-7", "10", "15"])
    // A count that was round before is marked as those that were made so.
    #expect(safe.column("rounding") == ["", "5", "5"])
  }

  @Test("A rule that is not known is refused with all that are, before anything is read or written")
  func unknownRule() throws {
    let folder = try TemporaryFolder()
    let run = try Command.run(
      [
        "import", "series", folder.url.path + "/none.csv", "--disclosure", "nobody", "--output",
        folder.url.path + "/o",
      ])
    #expect(run.status == 64 && run.output.isEmpty)
    #expect(run.errors.contains("disclosure rule \"nobody\" is not known; accepted are hes ("))
    for name in ["ncmp", "alcohol-under-18", "under-5", "under-3", "round-to-5", "none"] {
      #expect(run.errors.contains("\(name) ("))
    }
    #expect(folder.names.isEmpty)
  }
}
