/// Faults that are kept while reading goes on with what is sound, so that all of them are told at once.
struct GatheredFaults {
  private(set) var problems: [Problem] = []

  /// What the work gives; nil where it complains, and the complaint is kept.
  mutating func keep<Value>(_ work: () throws(EvidenceError) -> Value) -> Value? {
    do throws(EvidenceError) {
      return try work()
    } catch {
      problems += error.problems
      return nil
    }
  }

  /// Keeps a complaint of its own.
  mutating func add(_ problem: Problem) { problems.append(problem) }
}
