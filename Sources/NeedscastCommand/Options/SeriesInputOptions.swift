import ArgumentParser
import Needscast

/// What the periods of a series file cannot say by themselves, shared by the verbs that read one.
struct SeriesInputOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "How often observations come, where periods cannot say.",
      valueName: "yearly|quarterly|monthly|weekly|daily|other"))
  var frequency: Frequency?

  @Option(
    help: ArgumentHelp(
      "What kind of years the periods are, where they cannot say.", valueName: "calendar|financial|academic"))
  var calendar: YearType?
}
