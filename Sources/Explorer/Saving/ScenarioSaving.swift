import Needscast

/// A scenario that was saved.
struct SavedScenario: Encodable, Hashable, Sendable {
  /// The path of the file.
  let path: String
  /// The name of the file alone.
  let file: String
  /// What stands in it.
  let text: String
  /// The command that runs it.
  let command: String
}

/// Why a scenario cannot be saved: a sentence.
struct ScenarioRefusal: Error, CustomStringConvertible {
  let description: String
}

extension ExplorerPlan {
  /// The futures in which a saved scenario is compared with what was on the page.
  private static let proofDraws = 20

  /// Saves settings as a scenario in a file of its own, and proves that the file says the same: it is read back, and its
  /// plan must be that of the settings, figure by figure. Nothing that is there already is replaced.
  ///
  /// - Parameters:
  ///   - form: what is said about the scenario, with its settings.
  ///   - changes: its settings, already read.
  ///   - folder: where the file is put.
  /// - Throws: ``ScenarioRefusal``, or ``Needscast/EvidenceError`` where the file cannot be written.
  func save(_ form: ScenarioForm, changes own: [Override], in folder: String) throws -> SavedScenario {
    if let fault = form.fault { throw ScenarioRefusal(description: fault) }
    let settings = ExplorerSettings(scenario: form.scenario, changes: own)
    let changes = changes(settings)
    for change in changes where change.value.unicodeScalars.contains(where: ScenarioForm.isControl) {
      throw ScenarioRefusal(
        description:
          "\(change.path): the value is of more than one line; write it in one, such as {low: 1%, most-likely: 3%, high: 7%}"
      )
    }
    let parent = settings.scenario == Workspace.baseScenario ? nil : settings.scenario
    if let parent, argument(of: parent) != parent {
      throw ScenarioRefusal(
        description:
          "\"\(parent)\" stands in a file of its own outside the workspace, and what inherits from it could not be run alone; name that file under scenario-files in workspace.yaml first"
      )
    }
    guard parent != nil || !changes.isEmpty else {
      throw ScenarioRefusal(
        description: "nothing is changed, so there is no scenario to save; move something first")
    }
    let expected = try proof(of: settings, in: workspace, scenario: nil)
    let file = ScenarioFile(form, inherits: parent, changes: changes)
    let place = folder.hasSuffix("/") ? folder + file.name : "\(folder)/\(file.name)"
    try AtomicOutput.write(file.text, to: place, overwrite: false)
    do {
      let read = try Workspace(reading: path, scenarioFiles: [place])
      let name = read.scenarioName(of: place)
      guard try proof(of: ExplorerSettings(scenario: name), in: read, scenario: settings.scenario) == expected
      else {
        throw ScenarioRefusal(
          description:
            "the file does not give the figures of the page when it is read back, so it was not kept; a value may need another notation"
        )
      }
    } catch {
      SavedFile.remove(place)
      throw error
    }
    var words = ["needscast", "plan", path, "--as-of", "\(asOf)", "--draws", "\(draws)"]
    if let seed { words += ["--seed", "\(seed)"] }
    words += ["--scenario", place]
    return SavedScenario(
      path: place, file: file.name, text: file.text,
      command: words.map(Self.quoted).joined(separator: " "))
  }

  /// The figures of all services in a few futures, as bytes that can be compared; the scenario is called by another name
  /// where one is given.
  private func proof(of settings: ExplorerSettings, in workspace: Workspace, scenario: String?) throws
    -> String
  {
    // What was set before the page was opened stands in the file as well.
    let definition = try workspace.plan(
      scenario: settings.scenario, overrides: scenario == nil ? changes(settings) : [])
    let outcome = try PlanSimulator(definition, evidence: workspace.evidence).run(
      scenario: scenario ?? settings.scenario, options: options(for: definition, draws: Self.proofDraws))
    return try PlanJSON.text([outcome])
  }
}
