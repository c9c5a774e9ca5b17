/// A column of period texts, read as a whole.
///
/// Some forms say what they are alone (`2024/25`, `2024-Q3`, `Jul 2024`); others only together. `YYYY-NN` and
/// `YYYYNN` are years when every NN is the year after YY, months when every NN is 12 or less, and pooled years when
/// every NN is the same two to nine years after YY; when several readings fit, or none, the column asks for a
/// frequency or a calendar. A column may hold periods of several kinds, for several series.
public struct PeriodColumn: Sendable {
  /// A text that cannot be read, and where it stands.
  public struct Problem: Hashable, Sendable, CustomStringConvertible {
    /// The position of the text in the column, from 0.
    public let index: Int
    /// What is wrong, and what would be accepted.
    public let reason: UnreadableText

    /// The reason as a sentence.
    public var description: String { "period \(reason)" }
  }

  /// The problems of a column, all of them, in order; never none.
  public struct Failure: Error, Sendable, CustomStringConvertible {
    /// The problems, in the order of the column.
    public let problems: [Problem]

    /// The problems, one to a line.
    public var description: String { problems.map(\.description).joined(separator: "\n") }
  }

  /// The periods, one for each text.
  public let periods: [Period]
  /// What was taken for granted, as sentences for the reader.
  public let notes: [String]

  /// Reads a column.
  ///
  /// - Parameters:
  ///   - texts: the column; spaces around a text do not count.
  ///   - frequency: how often the periods follow one another, where the texts do not say: needed for plain whole
  ///     numbers; a text that contradicts it is a problem.
  ///   - yearType: the kind of year, where the texts do not say: needed for `2024/25 Q1`; without it, `2024/25` is a
  ///     financial year, which ``notes`` says.
  /// - Throws: ``Failure`` with every problem of the column.
  public init(
    reading texts: [String], frequency: Frequency? = nil, yearType: YearType? = nil
  ) throws(Failure) {
    var problems: [Problem] = []
    var forms: [(index: Int, text: Substring, form: PeriodForm)] = []
    forms.reserveCapacity(texts.count)
    for (index, text) in texts.enumerated() {
      let trimmed = text.trimmingSpaces
      do throws(UnreadableText) {
        forms.append((index, trimmed, try PeriodForm(trimmed)))
      } catch {
        problems.append(Problem(index: index, reason: error))
      }
    }
    var rules = PeriodRules(forms: forms.map(\.form), frequency: frequency, yearType: yearType)
    var periods: [Period] = []
    periods.reserveCapacity(forms.count)
    for (index, text, form) in forms {
      do throws(UnreadableText) {
        periods.append(try rules.period(form, text))
      } catch {
        problems.append(Problem(index: index, reason: error))
      }
    }
    guard problems.isEmpty else {
      throw Failure(problems: problems.sorted { $0.index < $1.index })
    }
    self.periods = periods
    self.notes = rules.notes
  }
}

extension Period {
  /// Reads one period, by the rules of a column of one.
  ///
  /// - Throws: ``UnreadableText``; also for a text that only its column could explain, such as `2011-12`, unless
  ///   the frequency or the calendar decides.
  public init(
    parsing text: String, frequency: Frequency? = nil, yearType: YearType? = nil
  ) throws(UnreadableText) {
    let column: PeriodColumn
    do throws(PeriodColumn.Failure) {
      column = try PeriodColumn(reading: [text], frequency: frequency, yearType: yearType)
    } catch {
      throw error.problems.first?.reason
        ?? UnreadableText(text: text, problem: "is not a period", remedy: PeriodForm.accepted)
    }
    guard let period = column.periods.first else {
      throw UnreadableText(text: text, problem: "is not a period", remedy: PeriodForm.accepted)
    }
    self = period
  }
}
