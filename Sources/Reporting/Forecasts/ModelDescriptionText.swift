import Forecasting

/// A model's description as text for a terminal.
extension ModelDescription {
  /// The description, with a line feed at the end.
  ///
  /// - Parameter width: the number of characters in a line; fewer than 60 are taken as 60.
  public func text(width: Int = 100) -> String {
    let width = max(60, width)
    let title = area.map { "\(series), \($0)" } ?? series
    var lines = Paragraph.lines(
      unit.isEmpty ? "\(title): \(model)" : "\(title) (\(unit)): \(model)", width: width)
    if let account { lines += account.lines(width: width) }
    if let summary { lines += Paragraph.lines("Says: \(summary).", first: "  ", width: width) }
    for voice in models {
      lines += Paragraph.lines(
        "\(NumberText.fixed(voice.weight, decimals: 0, dividedByTenTo: -2)) per cent: \(ModelName.explained(voice.specification))",
        first: "  ", width: width)
    }
    var fitted =
      "Fitted to \(sample.observations) observations, \(sample.first) to \(sample.last)"
    if sample.missing > 0 {
      fitted +=
        ", between which \(sample.missing) \(sample.missing == 1 ? "period has" : "periods have") no value"
    }
    lines += Paragraph.lines("\(fitted); scale: \(scale).", first: "  ", width: width)
    lines.append("")
    lines += parameterGrid.lines(indent: 2, width: width)
    if let likelihood {
      lines.append("")
      lines += Paragraph.lines(likelihood.sentence, first: "  ", width: width)
    }
    if !components.isEmpty {
      lines += Paragraph.lines(
        "Parts: \(components.map(\.name).joined(separator: ", ")) (their values are in --format json).",
        first: "  ", width: width)
    }
    lines.append("")
    if diagnostics.allSatisfy({ $0.pValue == nil }), let first = diagnostics.first {
      lines += Paragraph.lines("The errors were not tested: \(first.meaning).", first: "  ", width: width)
    } else {
      lines += diagnosticGrid.lines(indent: 2, width: width)
    }
    let failed = diagnostics.filter { ($0.pValue ?? 1) < DiagnosticTest.level }
    for diagnostic in failed {
      lines += Paragraph.lines("\(diagnostic.test): \(diagnostic.meaning).", first: "  ", width: width)
    }
    if failed.isEmpty, diagnostics.contains(where: { $0.pValue != nil }) {
      lines += Paragraph.lines(
        "No test of the errors finds fault at 5 %; with few observations only gross faults show.",
        first: "  ",
        width: width)
    }
    for remark in remarks { lines += Paragraph.lines("Note: \(remark).", first: "  ", width: width) }
    if !candidates.isEmpty {
      lines.append("")
      lines += candidateGrid.lines(indent: 2, width: width)
      for candidate in candidates {
        guard let refusal = candidate.refusal else { continue }
        lines += Paragraph.lines(
          "Not tried: \(candidate.model), which \(refusal).", first: "  ", width: width)
      }
      lines += Paragraph.lines(decision, first: "  ", width: width)
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private var parameterGrid: TextGrid {
    var grid = TextGrid([.init("parameter", alignment: .left), .init("estimate"), .init("standard error")])
    for parameter in parameters {
      grid.add([
        parameter.name, NumberText.significant(parameter.value),
        parameter.standardError.map { NumberText.significant($0) } ?? NumberText.absent,
      ])
    }
    return grid
  }

  private var diagnosticGrid: TextGrid {
    var grid = TextGrid([.init("test of the errors", alignment: .left), .init("statistic"), .init("p")])
    for diagnostic in diagnostics {
      guard let statistic = diagnostic.statistic, let p = diagnostic.pValue else {
        grid.addLine("\(diagnostic.test): not tested, \(diagnostic.meaning)")
        continue
      }
      grid.add([
        diagnostic.test, NumberText.fixed(statistic, decimals: 3),
        p < 0.0005 ? "<0.001" : NumberText.fixed(p, decimals: 3),
      ])
    }
    return grid
  }

  private var candidateGrid: TextGrid {
    var grid = TextGrid([.init("member", alignment: .left), .init("weight"), .init("mean error")])
    for candidate in candidates {
      grid.add([
        candidate.model,
        candidate.weight.map { NumberText.fixed($0, decimals: 2) } ?? NumberText.absent,
        candidate.score.map { NumberText.fixed($0, decimals: 3) } ?? NumberText.absent,
      ])
    }
    return grid
  }

  private var decision: String {
    guard let forecastsScored, forecastsScored > 0 else {
      return "The series is too short to forecast again from earlier ends of it: all members weigh the same."
    }
    return
      "The forecast is the mean of the middle three fifths of the weight. A member weighs more the smaller the mean "
      + "absolute error of its forecasts from earlier ends of the series was, and the longer the series is; the intervals "
      + "come from such errors of the combination, \(forecastsScored) in number."
  }
}

extension ModelDescription.AccountDocument {
  /// The three parts under their headings, with an empty line after each.
  func lines(width: Int) -> [String] {
    let parts = [
      ("What the history says", history), ("What was chosen and why", choice),
      ("What would change the answer", doubts),
    ]
    return parts.flatMap { heading, sentences in
      ["  \(heading)"]
        + Paragraph.lines(sentences.joined(separator: " "), first: "    ", width: width) + [""]
    }
  }
}

extension ModelDescription.LikelihoodDocument {
  /// The likelihood and its criteria in one sentence.
  var sentence: String {
    "Log-likelihood \(NumberText.fixed(value, decimals: 3)) (\(convention); \(observations) observations, "
      + "\(parameters) \(parameters == 1 ? "parameter" : "parameters")); AIC \(NumberText.fixed(aic, decimals: 2)), AICc "
      + (aicc.map { NumberText.fixed($0, decimals: 2) } ?? "not defined for so few observations")
      + ", BIC \(NumberText.fixed(bic, decimals: 2))."
  }
}
