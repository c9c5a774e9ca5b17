import Needscast

/// A problem as programs read it, in the reports of `check` and `import` alike.
struct ProblemDocument: Encodable {
  let file: String
  let row: Int?
  let column: Int?
  let severity: String
  let message: String
  let text: String?
  let mend: String?

  init(_ problem: Problem) {
    file = problem.file
    row = problem.row
    column = problem.column
    severity = problem.severity.rawValue
    message = problem.message
    text = problem.text
    mend = problem.mend
  }
}
