import HTTPTypes
import Hummingbird
import NIOCore

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Responses, every one with the same rules for the browser.
enum Reply {
  /// What the page may load and do: its own files, and nothing from anywhere else; no script and no style within it.
  static let policy = [
    "default-src 'none'", "script-src 'self'", "style-src 'self'", "connect-src 'self'", "img-src 'self'",
    "form-action 'none'", "base-uri 'none'", "frame-ancestors 'none'",
  ].joined(separator: "; ")

  private static let rules: [(HTTPField.Name, String)] = [
    (.contentSecurityPolicy, policy),
    (.xContentTypeOptions, "nosniff"),
    (RequestGate.name("Referrer-Policy"), "no-referrer"),
    (.cacheControl, "no-store"),
    (RequestGate.name("X-Frame-Options"), "DENY"),
    (RequestGate.name("Cross-Origin-Opener-Policy"), "same-origin"),
    (RequestGate.name("Cross-Origin-Resource-Policy"), "same-origin"),
    (RequestGate.name("Permissions-Policy"), "camera=(), geolocation=(), microphone=()"),
  ]

  /// Bytes of a kind.
  static func bytes(
    _ bytes: [UInt8], type: String, status: HTTPResponse.Status = .ok, took milliseconds: Double? = nil
  ) -> Response {
    var fields = HTTPFields()
    for (name, value) in rules { fields[name] = value }
    fields[.contentType] = type
    if let milliseconds {
      fields[RequestGate.name("Server-Timing")] = "plan;dur=\((milliseconds * 10).rounded() / 10)"
    }
    return Response(status: status, headers: fields, body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
  }

  /// A text of a kind.
  static func text(_ text: String, type: String, status: HTTPResponse.Status = .ok) -> Response {
    bytes(Array(text.utf8), type: type, status: status)
  }

  /// A value as JSON with its keys in order; what cannot be written is said.
  static func json(
    _ value: some Encodable, status: HTTPResponse.Status = .ok, took milliseconds: Double? = nil
  ) -> Response {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    do {
      return bytes(
        Array(try encoder.encode(value)), type: "application/json; charset=utf-8", status: status,
        took: milliseconds)
    } catch {
      return faults(
        [SettingFault("a figure is not a finite number and cannot be shown: \(error)", changes: [])],
        status: .unprocessableContent)
    }
  }

  /// What is wrong, as JSON.
  static func faults(_ faults: [SettingFault], status: HTTPResponse.Status) -> Response {
    json(FaultList(errors: faults), status: status)
  }

  /// One sentence about what is wrong, as JSON.
  static func fault(_ sentence: String, status: HTTPResponse.Status) -> Response {
    faults([SettingFault(sentence, changes: [])], status: status)
  }

  private struct FaultList: Encodable {
    let errors: [SettingFault]
  }
}
