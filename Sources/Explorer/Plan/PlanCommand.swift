import Needscast

extension ExplorerPlan {
  /// The command that prints the same figures, ready for a shell.
  func command(_ settings: ExplorerSettings) -> String {
    var words = ["needscast", "plan", path, "--as-of", "\(asOf)", "--draws", "\(draws)"]
    if let seed { words += ["--seed", "\(seed)"] }
    if settings.scenario != Workspace.baseScenario {
      words += ["--scenario", argument(of: settings.scenario)]
    }
    for change in changes(settings) { words += ["--set", change.text] }
    return words.map(Self.quoted).joined(separator: " ")
  }

  /// A word as a shell takes it: in quotation marks where it holds anything but letters, digits and harmless marks.
  static func quoted(_ word: String) -> String {
    let isPlain =
      !word.isEmpty
      && word.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"):
          true
        default: "-_./=@%+,:".utf8.contains(byte)
        }
      }
    return isPlain
      ? word
      : "'"
        + word.split(separator: "'", omittingEmptySubsequences: false)
        .joined(separator: "'\\''") + "'"
  }
}
