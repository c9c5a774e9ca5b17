import ArgumentParser

/// `needscast scenario`: what could be otherwise, and what that would change.
struct ScenarioVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "scenario",
    abstract: "Ask a workspace what could be otherwise, and what that would change.",
    discussion: """
      Scenarios are run on one set of random numbers, so that a difference between them is a difference and not noise.

      EXAMPLES:
        needscast scenario list Datasets/sefton
        needscast scenario compare Datasets/sefton --scenario grant-refused
      """,
    subcommands: [
      ScenarioListVerb.self,
      ScenarioCompareVerb.self,
      TornadoVerb.self,
      GoalSeekVerb.self,
      OptimiseVerb.self,
      BridgeVerb.self,
    ])
}
