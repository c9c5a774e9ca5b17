import ArgumentParser
import Needscast

/// What a verb is told that runs inside something larger: a pipeline, a batch system, a cluster.
struct FilterOptions: ParsableArguments {
  @Flag(
    help:
      "Write what fails as rows too, with the columns code and message; it is then no failure of the command."
  )
  var errorsInline = false

  @Flag(
    help:
      "Say at the end, as the last line of standard error, how much came in and went out; input that stops within a line is refused."
  )
  var tally = false

  /// Refuses failures as rows where there are no rows.
  ///
  /// - Parameter format: how the result is written.
  func check(_ format: OutputFormat) throws(ValidationError) {
    if errorsInline, format != .csv {
      throw ValidationError("--errors-inline puts failures among the rows; it needs --format csv.")
    }
  }

  /// Has a series file read as a part of something larger, where failures are rows: each pool speaks for itself, and a part
  /// may be empty.
  func apply(to options: inout SeriesFileOptions) {
    guard errorsInline else { return }
    options.periodReading = .pool
    options.mayBeEmpty = true
  }

  /// Refuses input that stops within a line where it is to be accounted for: its last number may be half of one.
  ///
  /// - Throws: ``Failure`` with exit code 65.
  func checkEnd(of stream: SeriesStream) throws(Failure) {
    try checkEnd(of: stream.file, stopsInLine: stream.stopsInLine)
  }

  /// As ``checkEnd(of:)``, for an input by its name.
  func checkEnd(of file: String, stopsInLine: Bool) throws(Failure) {
    guard tally, stopsInLine else { return }
    throw Failure(
      "\(file): the last line does not end, so the input may have been cut short within a figure; end it with a line feed",
      code: Failure.wrongData)
  }

  /// Says the counts, where they are wanted, in one line: `tally rows=1200 series=100 forecast=99 failed=1`.
  func say(_ counts: KeyValuePairs<String, Int>) {
    guard tally else { return }
    StandardStreams.error("tally " + counts.map { "\($0.key)=\($0.value)" }.joined(separator: " ") + "\n")
  }
}
