import ArgumentParser

/// How a verb that filters standard input accounts for it, shared by the verbs that do.
struct FilterOptions: ParsableArguments {
  @Flag(
    help: "Write what fails as rows too, with its code and message in two more columns; exit code 0.")
  var errorsInline = false

  @Flag(help: "End standard error with a line that counts what was read, what came of it and what failed.")
  var tally = false
}
