import TimeSeries

extension Workspace {
  /// What could be read of a workspace that is refused.
  public struct Remains: Sendable {
    /// The folder.
    public internal(set) var folder = "."
    /// The area of the plan; nil where it could not be read.
    public internal(set) var area: String?
    /// The series that could be read; nil where none were tried.
    public internal(set) var evidence: Panel?
    /// Whether those are all series of all files.
    public internal(set) var isWhole = false
    /// What is doubtful about them.
    public internal(set) var warnings: [Problem] = []
    /// What the readers noticed and did not refuse.
    public internal(set) var notes: [String] = []

    /// Nothing.
    public init() {}
  }
}
