/// The version of the command, in one place.
enum Version {
  /// As `needscast --version` prints it.
  static let text = "0.1.0"

  /// How the command was built, for the manifest.
  static let configuration: String = {
    #if DEBUG
      "debug"
    #else
      "release"
    #endif
  }()
}
