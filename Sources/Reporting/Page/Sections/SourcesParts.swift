import Commissioning
import TimeSeries

/// What nobody has published and the plan takes for granted.
struct AssumptionsPart {
  let report: PlanReport

  init(_ report: PlanReport) { self.report = report }

  func section() -> PageSection {
    let assumptions = report.outcome.assumptions
    guard !assumptions.isEmpty else {
      return PageSection("assumptions", "Assumptions", [.paragraph("The plan uses none.")])
    }
    return PageSection(
      "assumptions", "Assumptions",
      [
        .paragraph(
          "What nobody has published. A range is drawn once for each simulated future, most often near its most likely value."
        ),
        .table(
          PageTable(
            "Every assumption that the plan uses, with the reason its author gives",
            [.words("Assumption"), .words("Value"), .words("Unit"), .words("Reason")],
            assumptions.map {
              PageTable.Row($0.id, [.words($0.text), .words($0.unit), .words($0.reason)])
            })),
      ])
  }
}

/// The series that the plan used, with where they stand.
struct EvidencePart {
  let report: PlanReport

  init(_ report: PlanReport) { self.report = report }

  func section() -> PageSection {
    let evidence = report.outcome.evidence
    guard !evidence.isEmpty else {
      return PageSection("evidence", "Evidence", [.paragraph("The plan uses none.")])
    }
    let dash = NumberText.absent
    return PageSection(
      "evidence", "Evidence",
      [
        .paragraph(
          "The published series that the plan used, as they were known on "
            + "\(SummaryWords.day(report.outcome.asOf)), each with its publications and the rows of the files it was read from."
        ),
        .table(
          PageTable(
            "Every series that the plan uses",
            [
              .words("Series"), .words("Latest"), .words("Carried forward by"), .words("Source"),
              .words("File and rows"),
            ],
            evidence.map { used in
              let document = EvidenceDocument(used)
              let area = used.series.area.flatMap { $0 == report.area ? nil : ", \($0)" } ?? ""
              return PageTable.Row(
                used.series.id + area,
                [
                  .words(used.series.latest?.period.label ?? dash), .words(used.model ?? dash),
                  .words(document.source ?? dash), .words(report.rows(of: used) ?? dash),
                ])
            })),
      ])
  }
}

/// What could not be worked out.
struct OmissionsPart {
  let report: PlanReport

  init(_ report: PlanReport) { self.report = report }

  func section() -> PageSection {
    var terms = report.omissions.map { (term: $0.part, text: $0.reason) }
    for side in report.sides {
      terms += side.outcome.refusals.map {
        (term: "\($0.service), scenario \(side.name)", text: "Not planned: \($0.reason)")
      }
    }
    terms += notAsked
    return PageSection(
      "left-out", "What was left out",
      terms.isEmpty ? [.paragraph("Nothing: every part of the report could be worked out.")] : [.terms(terms)]
    )
  }
}

extension OmissionsPart {
  /// What nobody asked of the plan for this report, or what it has nothing for.
  private var notAsked: [(term: String, text: String)] {
    let parts: [(part: String, isThere: Bool, text: String)] = [
      (
        "Scenarios compared", report.comparison != nil,
        "The report is of one scenario."
      ),
      (
        "Why spending changes", !report.bridges.isEmpty,
        "It was not asked for, or no service has two years of spending."
      ),
      ("What moves the result", report.tornado != nil, "It was not asked for."),
      (
        "Measures", report.measures != nil,
        "Their worth was not asked for, or no measure stands outside the budget."
      ),
      (
        "Compared with what has been published since", !report.outcome.comparisons.isEmpty,
        "It was not asked for, or nothing has been published since."
      ),
      (
        "Scorecard", report.scorecard != nil,
        "No scorecard stands beside the workspace, or it was not asked for."
      ),
      (
        "Milestones", report.milestones != nil,
        "No milestones stand beside the workspace, or they were not asked for."
      ),
    ]
    return parts.filter { part in
      !part.isThere && !report.omissions.contains { $0.part.hasPrefix(part.part) }
    }.map { (term: $0.part, text: $0.text) }
  }
}

/// What the run was made of, so that it can be made again.
struct ManifestPart {
  let report: PlanReport

  init(_ report: PlanReport) { self.report = report }

  func section() -> PageSection {
    let manifest = report.manifest
    var terms: [(term: String, text: String)] = [
      ("Version", "Needscast \(manifest.version) (\(manifest.configuration))"),
      ("Date of knowledge", manifest.asOf), ("Seed", "\(manifest.seed)"),
      ("Simulated futures", NumberText.whole(manifest.draws)),
      ("Scenarios", manifest.scenarios.joined(separator: ", ")),
    ]
    for option in manifest.options { terms.append((SummaryWords.sentence(option.name), option.value)) }
    if !manifest.overrides.isEmpty {
      terms.append(("Changed in every scenario", manifest.overrides.joined(separator: "; ")))
    }
    for one in manifest.scenarioChanges {
      terms.append(("Changed in \(one.scenario)", one.changes.joined(separator: "; ")))
    }
    return PageSection(
      "manifest", "How this report was made",
      [
        .paragraph(
          "The same version, files, seed and options give the same report, to the last letter. Whoever holds the files can "
            + "check them by their digests."),
        .terms(terms),
        .table(
          PageTable(
            "The files that were read",
            [.words("File"), .figures("Bytes"), .words("SHA-256")],
            manifest.inputs.map {
              PageTable.Row($0.path, [.figure(NumberText.whole($0.bytes)), .words($0.sha256)])
            })),
      ])
  }
}
