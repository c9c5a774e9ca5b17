import Commissioning

/// What the plan rests on: assumptions with their reasons, series with their sources, and the manifest of the run.
struct SourceSheets {
  private let frame: WorkbookFrame

  init(in frame: WorkbookFrame) { self.frame = frame }

  func write() throws(ReportingError) {
    try assumptions()
    try evidence()
    try manifest()
  }

  private func assumptions() throws(ReportingError) {
    let columns = [
      ListTable.Column("Assumption", width: 38), .init("Value", width: 34),
      .init("Low", width: 14, CellStyle(.body, .general)),
      .init("Most likely", width: 14, CellStyle(.body, .general)),
      .init("High", width: 14, CellStyle(.body, .general)), .init("Unit", width: 30),
      .init("Reason", width: 90),
    ]
    let sheet = try frame.addSheet("Assumptions")
    let row = try frame.begin(
      sheet, "Assumptions",
      explanation: [
        "Numbers that nobody has published. A range is drawn once for each simulated future (PERT)."
      ],
      through: columns.count - 1, characters: 200)
    var table = try ListTable(sheet, row: row, columns: columns)
    for one in frame.outcome.assumptions {
      let number = one.isPercentage ? CellStyle.Number.percent : .general
      let (low, likely, high): (Double?, Double, Double?) =
        switch one.value {
        case .fixed(let value): (nil, value, nil)
        case .range(let low, let mostLikely, let high): (low, mostLikely, high)
        }
      func cell(_ value: Double?) -> ListTable.Cell {
        value.map { .styled($0, number) } ?? .text(NumberText.absent)
      }
      try table.add([
        .text(one.id), .text(one.text), cell(low), cell(likely), cell(high), .text(one.unit),
        .text(one.reason),
      ])
    }
    try table.addFilter()
    try frame.print(sheet, to: CellPlace(table.row, table.lastColumn), headingRow: row)
    frame.list(sheet, "Every number that nobody has published: value or range, unit and the reason for it.")
  }

  private func evidence() throws(ReportingError) {
    let columns = [
      ListTable.Column("Series", width: 44), .init("Area", width: 24), .init("Source", width: 80),
      .init("File and rows", width: 50), .init("Model that carried it forward", width: 40),
    ]
    let sheet = try frame.addSheet("Evidence")
    let row = try frame.begin(
      sheet, "Evidence", explanation: ["The published series that the plan used, as they were known."],
      through: columns.count - 1, characters: 200)
    var table = try ListTable(sheet, row: row, columns: columns)
    for used in frame.outcome.evidence {
      let one = EvidenceDocument(used)
      try table.add(
        [one.id, one.area, one.source, frame.report.rows(of: used), one.model].map {
          .text($0 ?? NumberText.absent)
        })
    }
    try table.addFilter()
    try frame.print(sheet, to: CellPlace(table.row, table.lastColumn), headingRow: row)
    frame.list(sheet, "Every published series that was used, with publication, file, rows and model.")
  }

  private func manifest() throws(ReportingError) {
    let manifest = frame.report.manifest
    let columns = [
      ListTable.Column("What", width: 44), .init("Value", width: 80),
      .init("Bytes", width: 14, CellStyle(.body, .people)),
    ]
    let sheet = try frame.addSheet("Manifest")
    let row = try frame.begin(
      sheet, "Manifest",
      explanation: [
        "What the run was made of. The same version, inputs, options and seed make the same bytes again."
      ],
      through: columns.count - 1, characters: 138)
    var table = try ListTable(sheet, row: row, columns: columns)
    var lines = [
      ("Version", "\(manifest.version), \(manifest.configuration)"), ("As known on", manifest.asOf),
      ("Seed", "\(manifest.seed)"), ("Simulated futures", "\(manifest.draws)"),
      ("Scenarios", manifest.scenarios.joined(separator: ", ")),
    ]
    lines += manifest.options.map { ("Option \($0.name)", $0.value) }
    lines += manifest.overrides.map { ("Changed in every scenario", $0) }
    for change in manifest.scenarioChanges {
      lines += change.changes.map { ("Changed by \(change.scenario)", $0) }
    }
    for (what, value) in lines { try table.add([.text(what), .text(value)]) }
    for input in manifest.inputs {
      try table.add([.text(input.path), .text("SHA-256 \(input.sha256)"), .number(Double(input.bytes))])
    }
    try frame.print(sheet, to: CellPlace(table.row, table.lastColumn), headingRow: row)
    frame.list(sheet, "Version, seed, options and every input file with its digest.")
  }
}
