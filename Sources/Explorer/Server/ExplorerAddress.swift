/// Where the explorer listens: this machine only.
public struct ExplorerAddress: Hashable, Sendable {
  /// The loopback address, which no other machine can reach.
  public static let host = "127.0.0.1"

  /// The port.
  public let port: Int
  /// What a request must carry; nobody who was not given the address can guess it.
  let token: ExplorerToken

  /// The address to open, with the token.
  public var url: String { "http://\(Self.host):\(port)/?token=\(token.text)" }

  /// The names under which a browser may call the page. A name from elsewhere that leads here has another.
  var authorities: [String] { ["\(Self.host):\(port)", "localhost:\(port)"] }
}
