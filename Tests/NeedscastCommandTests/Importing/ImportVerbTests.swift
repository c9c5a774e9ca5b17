import Foundation
import Testing

@Suite("needscast import")
struct ImportVerbTests {
  private let folder: TemporaryFolder
  private let plans: String

  init() throws {
    folder = try TemporaryFolder()
    plans = try folder.write(InventedInputs.plans, to: "plans.csv")
  }

  private func path(_ name: String) -> String { folder.url.appending(path: name).path }

  // MARK: Layouts

  @Test("A layout that is named is taken; one that is recognised gives the same bytes and says by what")
  func layouts() throws {
    let named = try Command.run(["import", "series", plans])
    #expect(named.status == 0, "\(named.errors)")
    #expect(named.output.hasPrefix("series,area,period,"))
    #expect(!named.errors.contains("is read as"))
    let recognised = try Command.run(["import", plans])
    #expect(recognised.status == 0 && recognised.output == named.output)
    #expect(recognised.errors.hasPrefix("\(plans) is read as series ("))
    #expect(recognised.errors.contains("by its columns series, period and value"))
    let grant = try folder.write(InventedInputs.grant, to: "grant.csv")
    #expect(try Command.run(["import", grant]).errors.contains("is read as dsg ("))
  }

  @Test("What is written is read back as it is: forecast, checked and imported again")
  func readBack() throws {
    let first = try Command.run(["import", plans, "--quiet"])
    let written = try folder.write(first.output, to: "written.csv")
    #expect(try Command.run(["check", written]).status == 0)
    let again = try PlainTable(try Command.run(["import", written, "--quiet"]).output)
    let once = try PlainTable(first.output)
    for name in ["series", "area", "period", "value", "unit", "source"] {
      #expect(again.column(name) == once.column(name), "\(name)")
    }
    #expect(once.column("source").first == "\(plans):2")
  }

  @Test("A layout that is not known, and a file that no layout knows, say what there is to write")
  func unknownLayout() throws {
    let misspelt = try Command.run(["import", "lat", plans])
    #expect(misspelt.status == 64 && misspelt.output.isEmpty)
    #expect(misspelt.errors.contains("\"lat\" is no layout; write one of ees, "))
    let other = try folder.write("a,b\n1,2\n", to: "other.csv")
    let unknown = try Command.run(["import", other])
    #expect(unknown.status == 65 && unknown.output.isEmpty)
    #expect(
      unknown.errors.contains("other.csv:1: the columns are \"a\", \"b\", which are those of no known layout")
    )
    let wrong = try Command.run(["import", "lait", plans])
    #expect(
      wrong.status == 65 && wrong.errors.contains("the layout lait needs a column \"measure\""),
      "\(wrong.errors)")
    #expect(try Command.run(["import"]).status == 64)
    #expect(try Command.run(["import", "series", plans, plans]).status == 64)
    #expect(try Command.run(["import", path("none.csv")]).status == 66)
  }

  @Test("Files that others are read with are no series, and how to give them is said")
  func companions() throws {
    let dictionary = try folder.write("measure_short,Year_Type\nplans,Calendar\n", to: "dictionary.csv")
    let run = try Command.run(["import", dictionary])
    #expect(run.status == 65 && run.output.isEmpty)
    #expect(run.errors.contains("--dictionary FILE"))
    let neighbours = try folder.write("la_number,SN1,SN2\n902,903,904\n", to: "neighbours.csv")
    #expect(try Command.run(["import", neighbours]).errors.contains("--comparators neighbours"))
  }

  // MARK: Areas and measures

  @Test("An area is taken by its name and by its code or number, whatever its capitals")
  func areas() throws {
    let grant = try folder.write(InventedInputs.grant, to: "grant.csv")
    let byName = try Command.run(["import", grant, "--area", "OTHERTON", "--quiet"])
    let byNumber = try Command.run(["import", grant, "--area", "903", "--quiet"])
    #expect(byName.status == 0 && byName.output == byNumber.output, "\(byName.errors)")
    let table = try PlainTable(byName.output)
    #expect(table.rows.count == 5 && Set(table.column("area")) == ["Otherton"])
    let both = try PlainTable(
      try Command.run(["import", grant, "--area", "903", "--area", "Exampleshire", "--quiet"]).output)
    #expect(Set(both.column("area")) == ["Exampleshire", "Otherton"])
  }

  @Test("An area that is not in the file is an error, and no file of no rows is left")
  func missingArea() throws {
    let output = path("out.csv")
    let run = try Command.run(["import", plans, "--area", "Exampleshir", "--output", output])
    #expect(run.status == 65)
    #expect(run.errors.contains("of Exampleshir"), "\(run.errors)")
    #expect(run.output.isEmpty && !FileManager.default.fileExists(atPath: output))
  }

  @Test("A measure is taken alone, and the rows of the others are counted")
  func measures() throws {
    let two = try folder.write(
      "series,period,value,unit\na,2020,1,count\na,2021,2,count\nb,2020,3,count\nb,2021,4,count\n",
      to: "two.csv")
    let run = try Command.run(["import", two, "--measure", "b"])
    #expect(run.status == 0)
    #expect(try PlainTable(run.output).column("series") == ["b", "b"])
    #expect(run.errors.contains("4 rows: 2 read, 2 of other areas or measures"))
  }

  // MARK: Places

  @Test("--output writes the same bytes as standard output, and replaces nothing without --force")
  func output() throws {
    let whole = try Command.run(["import", plans, "--quiet"])
    let file = path("out.csv")
    let run = try Command.run(["import", plans, "--output", file])
    #expect(run.status == 0 && run.output.isEmpty && run.errors.contains("wrote \(file)"))
    #expect(try InventedInputs.text(file) == whole.output)
    let again = try Command.run(["import", plans, "--area", "Otherton", "--output", file])
    #expect(again.status == 73 && again.errors.contains("--force"))
    #expect(try InventedInputs.text(file) == whole.output)
    let forced = try Command.run(["import", plans, "--area", "Otherton", "--output", file, "--force"])
    #expect(forced.status == 0)
    #expect(try PlainTable(try InventedInputs.text(file)).rows.count == 4)
  }

  @Test("The file that is read is never written over")
  func ownFile() throws {
    let run = try Command.run(["import", plans, "--output", plans, "--force"])
    #expect(run.status == 64)
    #expect(try InventedInputs.text(plans) == InventedInputs.plans)
  }

  @Test("Two places are refused before anything is written")
  func twoPlaces() throws {
    let run = try Command.run(["import", plans, "--store", path("a.sqlite"), "--output", path("a.csv")])
    #expect(run.status == 64)
    #expect(run.errors.contains("--store and --output are 2 places; name one."))
    #expect(folder.names == ["plans.csv"])
    let three = try Command.run(
      ["import", plans, "--store", path("a"), "--output", path("b"), "--workspace", path("c")])
    #expect(three.status == 64 && three.errors.contains("are 3 places"))
  }

  // MARK: What was lost

  @Test("A cell that cannot be read is named and the exit code is 65; all the others are written")
  func lostCell() throws {
    let grant = try folder.write(InventedInputs.grant, to: "grant.csv")
    let run = try Command.run(["import", "dsg", grant])
    #expect(run.status == 65)
    #expect(
      run.errors.contains("error: \(grant):3: \"nonsense\" in column \"high_needs_block\" is not a number; "))
    #expect(run.errors.contains("15 cells: 14 values, 1 unreadable\n"))
    #expect(run.errors.hasSuffix("14 rows written\n"))
    #expect(try PlainTable(run.output).rows.count == 14)
    let quiet = try Command.run(["import", "dsg", grant, "--quiet"])
    #expect(quiet.status == 65 && quiet.output == run.output)
    #expect(quiet.errors.split(separator: "\n").count == 1 && quiet.errors.hasPrefix("error: \(grant):3: "))
  }

  @Test("Two figures that contradict each other are an error that names both rows, and neither is written")
  func contradiction() throws {
    let file = try folder.write(
      """
      la_number,la_name,financial_year,schools_block,central_school_services_block,high_needs_block,early_years_block,total_dsg
      902,Exampleshire,2021-22,100,10,20,5,135
      902,Exampleshire,2021-22,100,10,21,5,135

      """, to: "twice.csv")
    let run = try Command.run(["import", "dsg", file])
    #expect(run.status == 65)
    #expect(run.errors.contains("twice.csv:3:") && run.errors.contains("in row 2"), "\(run.errors)")
    let series = try PlainTable(run.output).column("series")
    #expect(series.count == 4 && !series.contains("high-needs-block"), "\(series)")
  }

  @Test("--quiet says nothing of an import in which nothing is lost")
  func quiet() throws {
    let run = try Command.run(["import", plans, "--quiet"])
    #expect(run.status == 0 && run.errors.isEmpty && !run.output.isEmpty)
    let written = try Command.run(["import", plans, "--quiet", "--output", path("out.csv")])
    #expect(written.status == 0 && written.errors.isEmpty && written.output.isEmpty)
  }

  @Test("Texts that a spreadsheet would take for formulas are written so that it does not")
  func formulas() throws {
    let text = """
      series,area,period,value,unit
      =cmd|1,+Exampleshire,2019,1,count
      =cmd|1,+Exampleshire,2020,2,count
      @a,Otherton,2020,-2,pounds

      """
    let file = try folder.write(text, to: "=formulas.csv")
    let table = try PlainTable(try Command.run(["import", "series", file, "--quiet"]).output)
    #expect(table.column("series") == ["'=cmd|1", "'=cmd|1", "'@a"])
    #expect(table.column("area") == ["'+Exampleshire", "'+Exampleshire", "Otherton"])
    // A negative number is a number.
    #expect(table.column("value") == ["1", "2", "-2"])
    for row in table.rows {
      for (name, cell) in row where name != "value" {
        #expect(!["=", "+", "-", "@"].contains(cell.first.map(String.init) ?? ""), "\(name): \(cell)")
      }
    }
  }

  // MARK: Workbooks

  @Test("A sheet of a workbook is read with its periods across or down, and each figure knows its row")
  func workbook() throws {
    let run = try Command.run(["import", "xlsx", InventedInputs.workbook, "--sheet", "Long"])
    #expect(run.status == 0, "\(run.errors)")
    let table = try PlainTable(run.output)
    #expect(table.column("value") == ["10", "20", "30", "40", "11.5", "23", "34.5", "46"])
    #expect(table.column("source").first == "\(InventedInputs.workbook):2")
    #expect(run.errors.contains("4 rows: 4 read\n8 cells: 8 values\n2 series\n8 rows written\n"))
    let recognised = try Command.run(["import", InventedInputs.workbook, "--sheet", "Long"])
    #expect(recognised.output == run.output)
    #expect(recognised.errors.contains("is read as xlsx ("))
    let open = InventedInputs.workbook.replacingOccurrences(of: ".xlsx", with: ".ods")
    let other = try PlainTable(try Command.run(["import", open, "--sheet", "Long", "--quiet"]).output)
    #expect(other.column("value") == table.column("value"))
    #expect(other.column("period") == table.column("period"))
    let wide = try Command.run(["import", "xlsx", InventedInputs.workbook, "--sheet", "Data"])
    // Cells of the sheet hold an error and a truth value, which are no figures.
    #expect(wide.status == 65 && wide.errors.contains("sheet \"Data\", cell D7: \"TRUE\""))
    #expect(Set(try PlainTable(wide.output).column("area")).isSuperset(of: ["Sefton", "Wirral", "Leeds"]))
  }

  @Test("Of several sheets one must be named, and cells that hold no table are refused")
  func sheets() throws {
    let several = try Command.run(["import", "xlsx", InventedInputs.workbook])
    #expect(several.status == 64 && several.errors.contains("\"Data\""), "\(several.errors)")
    let empty = try Command.run(
      ["import", "xlsx", InventedInputs.workbook, "--sheet", "Long", "--range", "Z90:Z99"])
    #expect(empty.status == 65 && empty.output.isEmpty, "\(empty.errors)")
    let text = try Command.run(["import", "xlsx", plans])
    #expect(text.status == 65 && text.errors.contains("this is no workbook"))
  }
}
