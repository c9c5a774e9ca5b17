import ArgumentParser

/// What a verb is told that runs inside something larger: a pipeline, a batch system, a cluster.
struct FilterOptions: ParsableArguments {
  @Flag(
    help:
      "Write what fails as rows too, with the columns code and message; it is then no failure of the command."
  )
  var errorsInline = false

  @Flag(help: "Say at the end, as the last line of standard error, how much came in and went out.")
  var tally = false

  /// Refuses failures as rows where there are no rows.
  ///
  /// - Parameter format: how the result is written.
  func check(_ format: OutputFormat) throws(ValidationError) {
    if errorsInline, format != .csv {
      throw ValidationError("--errors-inline puts failures among the rows; it needs --format csv.")
    }
  }

  /// Says the counts, where they are wanted, in one line: `tally rows=1200 series=100 forecast=99 failed=1`.
  func say(_ counts: KeyValuePairs<String, Int>) {
    guard tally else { return }
    StandardStreams.error("tally " + counts.map { "\($0.key)=\($0.value)" }.joined(separator: " ") + "\n")
  }
}
