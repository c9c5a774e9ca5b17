/// The version of the command, in one place.
enum Version {
  /// As `needscast --version` prints it.
  static let text = "0.1.0"

  /// The compiler that built the command, for the manifest.
  static let swift: String = {
    #if compiler(>=6.3)
      "Swift 6.3 or later"
    #else
      "Swift 6.2"
    #endif
  }()
}
