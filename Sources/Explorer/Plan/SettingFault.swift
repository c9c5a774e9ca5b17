import Needscast

/// Something that is wrong with a setting, and with which of them where that is known.
struct SettingFault: Encodable, Hashable, Sendable {
  /// The path of the setting; null where it is none's, or more than one's.
  let path: String?
  /// The sentence.
  let message: String

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(path, forKey: .path)
    try container.encode(message, forKey: .message)
  }

  private enum CodingKeys: String, CodingKey {
    case path
    case message
  }

  /// What is wrong, sentence by sentence, each with the setting that it is about.
  static func faults(of error: any Error, changes: [Override]) -> [SettingFault] {
    let lines = "\(error)".split(separator: "\n").map(String.init)
    return lines.map { SettingFault($0, changes: changes) }
  }

  init(path: String?, message: String) {
    self.path = path
    self.message = message
  }

  /// Finds the setting that a sentence is about: the one that it begins with, as the reader of the workspace reports what
  /// was set, or the only one whose assumption or flow it names.
  init(_ sentence: String, changes: [Override]) {
    for change in changes {
      let prefix = "--set \(change.text): "
      if sentence.hasPrefix(prefix) {
        // The reader of the workspace may name the path again, which is said beside the sentence already.
        let rest = sentence.dropFirst(prefix.count)
        let again = "\(change.path): "
        self.init(
          path: change.path, message: String(rest.hasPrefix(again) ? rest.dropFirst(again.count) : rest))
        return
      }
    }
    let named = changes.filter { change in
      let parts = change.path.split(separator: ".").map(String.init)
      let names = [parts.dropFirst().prefix(1).joined(), parts.dropFirst().dropLast().joined(separator: ".")]
      return names.contains { !$0.isEmpty && sentence.contains("\"\($0)\"") }
    }
    self.init(path: named.count == 1 ? named.first?.path : nil, message: sentence)
  }
}
