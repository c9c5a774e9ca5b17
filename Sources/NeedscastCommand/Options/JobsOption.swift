import ArgumentParser

/// The number of threads, shared by the verbs; it changes no byte of a result.
struct JobsOption: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("The number of threads (default: one for each processor).", valueName: "n"),
    transform: ArgumentForms.jobs)
  var jobs: Int?

  /// As asked for, or one for each processor.
  var count: Int { jobs ?? ProcessorCount.available }
}
