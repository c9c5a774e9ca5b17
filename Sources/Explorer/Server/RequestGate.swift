import HTTPTypes
import Hummingbird

/// Decides who is heard: pages that this run has served, and whoever was given its address.
///
/// A page from elsewhere that the same browser has open can send requests here too. It is refused by the name it calls
/// (a name of its own that was made to lead here is not this machine's), by its origin, by what the browser says of where
/// the request comes from, and for want of the token.
struct RequestGate: Sendable {
  /// The longest path and query.
  static let longestTarget = 16_384

  let address: ExplorerAddress

  /// Why a request is refused: a status and a sentence.
  struct Refusal: Error, Hashable {
    let status: HTTPResponse.Status
    let sentence: String
  }

  /// Checks what every request must be.
  func check(_ request: Request) throws(Refusal) {
    guard let authority = request.head.authority?.lowercased(), address.authorities.contains(authority) else {
      throw Refusal(
        status: .forbidden,
        sentence:
          "this page is served to \(address.authorities.joined(separator: " and ")) alone; open the address that needscast serve has printed"
      )
    }
    let origins = address.authorities.map { "http://\($0)" }
    let stated = request.headers[values: .origin]
    guard stated.allSatisfy({ origins.contains($0.lowercased()) }) else {
      throw Refusal(
        status: .forbidden,
        sentence: "requests of other pages are refused; open the address that needscast serve has printed")
    }
    let sites = request.headers[values: Self.site]
    guard sites.allSatisfy({ $0 == "same-origin" || $0 == "none" }) else {
      throw Refusal(
        status: .forbidden,
        sentence:
          "requests that come from another site are refused; type or paste the address that needscast serve has printed"
      )
    }
    guard (request.head.path ?? "").utf8.count <= Self.longestTarget else {
      throw Refusal(
        status: .uriTooLong,
        sentence:
          "the settings are longer than \(Self.longestTarget) bytes; save them as a scenario and start from that"
      )
    }
  }

  /// Checks the token of a request: in a field of its own, or in the address of the page.
  func checkToken(_ token: String?) throws(Refusal) {
    guard address.token.matches(token) else {
      throw Refusal(
        status: .forbidden,
        sentence:
          "the token of this run is missing or wrong; open the address that needscast serve has printed")
    }
  }

  static let site: HTTPField.Name = name("Sec-Fetch-Site")
  static let token: HTTPField.Name = name("X-Needscast-Token")

  /// The name of a field; every name written here is a sound one.
  static func name(_ text: String) -> HTTPField.Name { HTTPField.Name(text) ?? .origin }
}
