import Indicators
import TimeSeries

/// Reads one milestone of a measure.
struct MilestoneReading {
  private let unit: Unit
  private let plusMeans: MilestoneRule.Increase?
  /// The series that holds the levels, where the milestones have no words of their own.
  private let levels: Series?
  private let id: String

  init(unit: Unit, plusMeans: MilestoneRule.Increase?, levels: Series?, of id: String) {
    self.unit = unit
    self.plusMeans = plusMeans
    self.levels = levels
    self.id = id
  }

  func milestone(_ node: WorkspaceNode) throws(EvidenceError) -> Trajectory.Milestone {
    let fields = try node.fields(
      required: [], optional: ["by", "label", "wording", "rule", "remark", "counts-from"])
    let said = try fields.optional("wording")?.text()
    guard let by = fields.optional("by") else {
      let target = try fields.optional("rule")?.text()
      throw node.problem(
        "\(IndicatorsError.targetWithoutDate(indicator: id, target: said ?? target ?? "nothing"))")
    }
    let date = try by.date()
    let rule: MilestoneRule
    let wording: String
    if let words = fields.optional("rule") ?? fields.optional("wording") {
      let text = try words.text()
      do throws(UnreadableText) {
        rule = try MilestoneRule(parsing: text, unit: unit, plusMeans: plusMeans)
      } catch {
        throw words.problem("\(id): \(error)")
      }
      wording = said ?? text
      if case .level(let level) = rule, let why = LevelText.impossibility(of: level, unit) {
        throw words.problem("\(id): the level of \"\(text)\" cannot be: \(why)")
      }
      if let levels, case .level(let level) = rule, let held = levels.value(by: date), held != level {
        throw words.problem(
          "\(id): the words say \(LevelText.text(level, unit)) and the series \"\(levels.id)\" "
            + "\(LevelText.text(held, unit)) by \(date); mend one of them")
      }
    } else if let levels {
      guard let level = levels.value(by: date) else {
        throw by.problem(
          "\(id): the series \"\(levels.id)\" has no level by \(date); add a row, or write the wording here")
      }
      rule = .level(level)
      wording = LevelText.text(level, unit)
    } else {
      throw node.problem("\(id): the milestone of \(date) says nothing; write wording: with the plan's words")
    }
    return Trajectory.Milestone(
      date: date, label: try fields.optional("label")?.text() ?? "\(date)", wording: wording, rule: rule,
      remark: try fields.optional("remark")?.text(), countsFrom: try fields.optional("counts-from")?.date())
  }
}

extension Series {
  /// The figure of the last period that is over on a date; nil where there is none.
  func value(by date: CivilDate) -> Double? {
    TargetOutlook.period(of: self, by: date).flatMap { point(at: $0)?.value }
  }
}
