import Hummingbird

/// Where the explorer listens: this machine only.
public struct ExplorerAddress: Sendable {
  /// The loopback address, which no other machine can reach.
  public static let host = "127.0.0.1"

  static func binding(port: Int) -> BindAddress { .hostname(host, port: port) }
}
