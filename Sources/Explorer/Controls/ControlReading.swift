import Needscast

/// Finds what a page can move of a service: every assumption that the service uses, every flow that a scenario can
/// change, and the measures of the register. Nothing of it is listed anywhere but in the workspace.
///
/// What a control is about, how much it matters and how far it can be moved is found by moving it in a few futures: the
/// figure that answers first names its group, and an end that the plan refuses is drawn in.
struct ControlReading: Sendable {
  /// The futures in which controls are tried out; enough to rank them.
  static let draws = 100

  let plan: ExplorerPlan
  let scenario: String

  /// The controls of a service.
  func controls(of service: any ServiceDefinition) throws -> ControlSet {
    let settings = ExplorerSettings(scenario: scenario)
    let definition = try plan.definition(settings)
    let base = try run(service.id, changes: [])
    let used = Set(base.assumptions.map(\.id))
    var left: [String] = []
    var found: [Control] = []
    for assumption in definition.assumptions where used.contains(assumption.id) {
      guard let control = Control(assumption) else {
        left.append(
          "\(assumption.id) is 0, and nothing tells how far it could move; set it on the command line with --set assumptions.\(assumption.id).value=VALUE"
        )
        continue
      }
      found.append(control)
    }
    for flow in service.flows { found.append(Control(flow, of: service, base: base)) }
    var tried: [Control] = []
    for control in found {
      switch try trial(of: control, service: service.id, base: base) {
      case .works(let control): tried.append(control)
      case .refused(let reason): left.append("\(control.path): \(reason)")
      }
    }
    return ControlSet(controls: Self.sorted(tried), measures: measures(definition), left: left)
  }

  /// The controls of all services together, each once.
  static func merged(_ sets: [ControlSet]) -> ControlSet {
    var controls: [Control] = []
    var places: [String: Int] = [:]
    var left: [String] = []
    for set in sets {
      for control in set.controls {
        if let place = places[control.path] {
          controls[place].swing += control.swing
        } else {
          places[control.path] = controls.count
          controls.append(control)
          // Flows of several services are called the same.
          if let service = control.service {
            controls[controls.count - 1].name = "\(service): \(control.name)"
          }
        }
      }
      for reason in set.left where !left.contains(reason) { left.append(reason) }
    }
    let none = MeasureControls(modePath: nil, mode: "none", modes: [], measures: [], notes: [])
    return ControlSet(controls: sorted(controls), measures: sets.first?.measures ?? none, left: left)
  }

  private static func sorted(_ controls: [Control]) -> [Control] {
    let groups = ControlGroup.allCases
    func rank(_ control: Control) -> Int { groups.firstIndex(of: control.group) ?? groups.count }
    return controls.enumerated().sorted {
      (rank($0.element), -$0.element.swing, $0.offset) < (rank($1.element), -$1.element.swing, $1.offset)
    }.map(\.element)
  }

  // MARK: Trials

  private enum Trial {
    case works(Control)
    case refused(String)
  }

  /// Moves a control to both its ends. An end that the plan refuses is drawn in: to the end of the range that stands,
  /// then to half and to a quarter of the way.
  private func trial(of control: Control, service: String, base: PlanPaths) throws -> Trial {
    var control = control
    var runs: [PlanPaths] = []
    var refusal: String?
    for isLow in [true, false] {
      var works: (end: Double, paths: PlanPaths)?
      for end in control.ends(atLow: isLow) where works == nil {
        do {
          let paths = try run(service, changes: [Override(path: control.path, value: control.text(end))])
          if paths.refusals.count <= base.refusals.count {
            works = (end, paths)
          } else if refusal == nil {
            refusal = paths.refusals.last?.reason
          }
        } catch {
          if refusal == nil { refusal = "\(error)" }
        }
      }
      control = control.ending(at: works?.end ?? control.value, atLow: isLow)
      if let works { runs.append(works.paths) }
    }
    guard !runs.isEmpty, control.low < control.high else {
      return .refused(refusal ?? "the plan takes no other value")
    }
    let response = ControlResponse(base: base, ends: runs, service: service)
    control.group = response.group
    control.swing = response.swing
    return .works(control)
  }

  /// The service alone with some changes, in a few futures.
  private func run(_ service: String, changes: [Override]) throws -> PlanPaths {
    let definition = try plan.definition(ExplorerSettings(scenario: scenario, changes: changes))
    let alone = PlanDefinition(
      area: definition.area, name: definition.name, years: definition.years, draws: definition.draws,
      seed: definition.seed, policies: definition.policies, assumptions: definition.assumptions,
      populationBeyondEstimates: definition.populationBeyondEstimates,
      services: definition.services.filter { $0.id == service },
      levers: definition.levers.filter { $0.flow.service == service },
      mitigations: definition.mitigations, mitigationMode: .none)
    var options = plan.options(for: definition, draws: Self.draws)
    options.jobs = 1
    return try PlanSimulator(alone, evidence: plan.workspace.evidence).paths(
      scenario: scenario, options: options)
  }

  // MARK: Measures

  private func measures(_ definition: PlanDefinition) -> MeasureControls {
    let modes = MitigationMode.allCases.map(\.rawValue)
    guard let register = definition.mitigations else {
      return MeasureControls(modePath: nil, mode: "none", modes: modes, measures: [], notes: [])
    }
    let path = "plan.mitigations"
    var notes: [String] = []
    var canChange = true
    do {
      _ = try plan.definition(
        ExplorerSettings(scenario: scenario, changes: [Override(path: path, value: "weighted")]))
    } catch {
      canChange = false
      notes.append(
        "Whether measures count cannot be changed here: give the workspace plan.mitigations, such as none.")
    }
    for measure in register.inBudget {
      notes.append("\(measure.name): the budget counts on it already, and it is not counted again.")
    }
    return MeasureControls(
      modePath: canChange ? path : nil, mode: definition.mitigationMode.rawValue, modes: modes,
      measures: register.measures.filter { !$0.isInBudget }.map { measure in
        MeasureControls.Measure(
          id: measure.id, name: measure.name, owner: measure.owner, evidence: measure.evidence,
          probability: NumberText.grouped((measure.probability * 1e12).rounded() / 1e10) + "%",
          start: "\(measure.start)", path: "mitigations.\(measure.id).status", off: "withdrawn",
          services: measure.services)
      }, notes: notes)
  }
}
