import TimeSeries

/// What a run was made of, so that it can be made again: `manifest.json`. No clock is read: the same run writes the
/// same bytes.
public struct Manifest: Codable, Hashable, Sendable {
  /// The version of the command.
  public let version: String
  /// How it was built, `release` or `debug`.
  public let configuration: String
  /// The options of the run, in the order given.
  public let options: [Option]
  /// The seed from which every random number followed.
  public let seed: UInt64
  /// The number of simulated futures.
  public let draws: Int
  /// The date whose knowledge was used, `2026-03-31`.
  public let asOf: String
  /// The scenarios, in the order in which they were run.
  public let scenarios: [String]
  /// What the scenarios change; nothing is listed for the workspace as it stands.
  public let scenarioChanges: [ScenarioChanges]
  /// What was set over the workspace, `path=value`, in the order given.
  public let overrides: [String]
  /// The files that were read.
  public let inputs: [Input]

  /// An option of the run.
  public struct Option: Codable, Hashable, Sendable {
    /// Its name, without hyphens.
    public let name: String
    /// Its value, as it was given.
    public let value: String

    /// An option.
    public init(name: String, value: String) {
      self.name = name
      self.value = value
    }
  }

  /// A file that was read.
  public struct Input: Codable, Hashable, Sendable {
    /// Its path inside the workspace.
    public let path: String
    /// Its size.
    public let bytes: Int
    /// Its SHA-256 digest, in hexadecimal.
    public let sha256: String

    /// A file, with a digest that the caller has computed.
    public init(path: String, bytes: Int, sha256: String) {
      self.path = path
      self.bytes = bytes
      self.sha256 = sha256
    }
  }

  /// Puts together a manifest.
  public init(
    version: String, configuration: String, options: [Option], seed: UInt64, draws: Int, asOf: CivilDate,
    scenarios: [String], scenarioChanges: [ScenarioChanges] = [], overrides: [String], inputs: [Input]
  ) {
    self.version = version
    self.configuration = configuration
    self.options = options
    self.seed = seed
    self.draws = draws
    self.asOf = "\(asOf)"
    self.scenarios = scenarios
    self.scenarioChanges = scenarioChanges
    self.overrides = overrides
    self.inputs = inputs
  }

  /// The manifest as JSON, with a line feed at the end.
  ///
  /// - Throws: ``ReportingError/notRepresentable(_:)``, which whole numbers and text never cause.
  public func json() throws(ReportingError) -> String { try JSONText.text(self) }
}
