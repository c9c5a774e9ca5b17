import Needscast

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The programs that make documents of a report, as far as they are installed.
struct ReportPrograms {
  let pandoc: ExternalProgram?
  let rasteriser: ExternalProgram?
  let browser: ExternalProgram?
  /// How long a program may take.
  let seconds: Double

  /// Looks for the programs.
  ///
  /// - Parameters:
  ///   - search: folders, separated by colons.
  ///   - seconds: how long a program may take; a minute is many times what it needs.
  init(path search: String? = ExternalProgram.variable("PATH"), seconds: Double = 60) {
    pandoc = ExternalProgram(anyOf: ["pandoc"], path: search)
    rasteriser = ExternalProgram(anyOf: ["rsvg-convert"], path: search)
    browser = ExternalProgram(
      anyOf: ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"], path: search)
    self.seconds = seconds
  }

  /// Why a part cannot be made; nil where it can be.
  func reasonWithout(_ part: ReportPart) -> String? {
    switch part {
    case .docx where pandoc == nil: "pandoc is not installed (Debian: apt-get install pandoc)"
    case .pdf where browser == nil: "Chromium is not installed (Debian: apt-get install chromium)"
    default: nil
    }
  }

  /// What a part goes without, although it can be made; nil where it is whole.
  func shortcoming(of part: ReportPart) -> String? {
    part == .docx && pandoc != nil && rasteriser == nil
      ? "rsvg-convert is not installed (Debian: apt-get install librsvg2-bin), so it has tables and no charts"
      : nil
  }

  /// The parts that can be made. Those that were asked for by name must be; of all of them, those are left out that
  /// cannot be made, and `say` is told why.
  ///
  /// - Throws: ``Failure`` with exit code 73 for a part that was asked for and cannot be made.
  func parts(of asked: [ReportPart], say: (String) -> Void) throws(Failure) -> [ReportPart] {
    for part in asked {
      if let reason = reasonWithout(part) {
        throw Failure(
          "--part \(part.rawValue): \(part.file) cannot be written: \(reason)", code: Failure.cannotWrite)
      }
    }
    var parts: [ReportPart] = []
    for part in asked.isEmpty ? ReportPart.allCases : asked where !parts.contains(part) {
      if let reason = reasonWithout(part) {
        say("\(part.file) is left out: \(reason)")
      } else {
        parts.append(part)
        if let lack = shortcoming(of: part) { say("\(part.file): \(lack)") }
      }
    }
    return parts
  }

  // MARK: Documents

  /// What pandoc reads of the paper: CommonMark's tables and captions, and nothing that is not text.
  static let dialect =
    "markdown_strict+pipe_tables+all_symbols_escapable+table_captions+implicit_figures+link_attributes"

  /// The paper as a word processor's document.
  ///
  /// - Throws: ``Failure`` with exit code 73 when a program fails.
  func document(of report: PlanReport) throws -> [UInt8] {
    guard let pandoc else { throw missing(.docx) }
    let folder = try PrivateFolder()
    let paper = CommitteePaper(report)
    var pictures: [String: String] = [:]
    if let rasteriser {
      for figure in paper.figures {
        let drawing = try folder.write(Array(figure.svg.utf8), to: "\(figure.name).svg")
        let picture = "\(figure.name).png"
        try rasteriser.run(
          ["--format=png", "--zoom=2", "--output=\(folder.path)/\(picture)", drawing], in: folder,
          seconds: seconds)
        pictures[figure.name] = picture
      }
    }
    let text = try paper.markdownForWord(pictures: pictures)
    let source = try folder.write(Array(text.utf8), to: "paper.md")
    let pattern = try folder.write(PackageResources.paper_reference_docx, to: "reference.docx")
    let result = "\(folder.path)/paper.docx"
    try pandoc.run(
      [
        "--from=\(Self.dialect)", "--to=docx", "--standalone", "--columns=20", "--shift-heading-level-by=-1",
        "--reference-doc=\(pattern)",
        "--resource-path=\(folder.path)",
        "--metadata=lang:en-GB", "--metadata=title:\(paper.title)", "--output=\(result)", source,
      ], in: folder, environment: ["SOURCE_DATE_EPOCH=\(epoch(of: report))"], seconds: seconds)
    return try made(result, by: pandoc, beginning: Array("PK".utf8))
  }

  /// The page as it prints.
  ///
  /// - Parameter page: the HTML document, which asks for nothing outside itself.
  /// - Throws: ``Failure`` with exit code 73 when the program fails.
  func print(_ page: String) throws -> [UInt8] {
    guard let browser else { throw missing(.pdf) }
    let folder = try PrivateFolder()
    let source = try folder.write(Array(page.utf8), to: "report.html")
    let result = "\(folder.path)/report.pdf"
    var arguments = [
      "--headless", "--disable-gpu", "--no-pdf-header-footer", "--print-to-pdf=\(result)",
      "--user-data-dir=\(folder.path)/profile", "--no-first-run", "--no-default-browser-check",
      "--disable-background-networking", "--disable-component-update", "--disable-sync",
      "--disable-extensions",
      "--disable-dev-shm-usage", "--host-resolver-rules=MAP * ~NOTFOUND",
    ]
    // Its own sandbox cannot be set up by the administrator; nobody else should go without it.
    if geteuid() == 0 { arguments.append("--no-sandbox") }
    try browser.run(arguments + ["file://\(source)"], in: folder, seconds: seconds)
    return try made(result, by: browser, beginning: Array("%PDF-".utf8))
  }

  private func missing(_ part: ReportPart) -> Failure {
    Failure(
      "\(part.file) cannot be written: \(reasonWithout(part) ?? "its program is not there")",
      code: Failure.cannotWrite)
  }

  /// A file that a program says it has made.
  private func made(_ path: String, by program: ExternalProgram, beginning: [UInt8]) throws -> [UInt8] {
    guard FileIdentity(path).exists else {
      throw Failure("\(program.name) ended well and wrote nothing", code: Failure.cannotWrite)
    }
    let bytes = try FileContents.read(path).bytes
    guard bytes.starts(with: beginning) else {
      throw Failure("\(program.name) wrote something else than was asked for", code: Failure.cannotWrite)
    }
    return bytes
  }

  /// The day of knowledge in seconds, which stands for the day on which the document was made: no clock is read.
  private func epoch(of report: PlanReport) -> Int {
    max(0, CivilDate(daysSinceEpoch: 0).days(to: report.outcome.asOf)) * 86_400
  }
}
