import Dispatch
import Needscast
import Testing

@testable import Explorer

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The explorer of Sefton's workspace, served on a free port while a test asks it.
struct ServedPage: Sendable {
  /// The workspace of the repository.
  static let path: String = {
    var parts = #filePath.split(separator: "/").map(String.init)
    parts.removeLast(3)
    return "/" + (parts + ["Datasets", "sefton"]).joined(separator: "/")
  }()
  static let workspace = Result { try Workspace(reading: path) }

  let address: ExplorerAddress
  var token: String { address.token.text }

  /// Serves a plan for as long as a test needs it.
  static func serving(
    draws: Int = 60, asOf: CivilDate? = nil, overrides: [Override] = [], saving folder: String = ".",
    _ test: @Sendable (ServedPage, ExplorerPlan) async throws -> Void
  ) async throws {
    let plan = try ExplorerPlan(
      try workspace.get(), path: path, asOf: asOf, overrides: overrides, draws: draws)
    let server = try ExplorerServer(plan, saving: folder)
    let (addresses, continuation) = AsyncStream<ExplorerAddress>.makeStream()
    let running = Task { try await server.run { continuation.yield($0) } }
    defer { running.cancel() }
    var ready = addresses.makeAsyncIterator()
    let address = try #require(await ready.next())
    try await test(ServedPage(address: address), plan)
  }

  /// What a server said.
  struct Answer {
    let status: Int
    let fields: [String: String]
    let body: String
  }

  /// Asks with the token in its field.
  func get(_ target: String) async throws -> Answer {
    try await ask("GET", target, ["X-Needscast-Token: \(token)"])
  }

  /// Sends a form with the token in its field.
  func post(_ target: String, _ body: String, type: String = "application/json") async throws -> Answer {
    try await ask("POST", target, ["X-Needscast-Token: \(token)", "Content-Type: \(type)"], body: body)
  }

  /// Sends a request, every byte of it as given, and reads until the server closes the connection.
  func ask(
    _ method: String, _ target: String, _ fields: [String] = [], host: String? = nil, body: String? = nil
  ) async throws -> Answer {
    var lines = [
      "\(method) \(target) HTTP/1.1", "Host: \(host ?? "127.0.0.1:\(address.port)")", "Connection: close",
    ]
    lines += fields
    if let body { lines.append("Content-Length: \(body.utf8.count)") }
    let text = try await send(lines.joined(separator: "\r\n") + "\r\n\r\n" + (body ?? ""))
    let parts = try #require(text.firstRange(of: "\r\n\r\n"))
    let head = text[..<parts.lowerBound].split(separator: "\r\n").map(String.init)
    let status = try #require(head.first?.split(separator: " ").dropFirst().first.flatMap { Int($0) })
    var named: [String: String] = [:]
    for line in head.dropFirst() {
      let pair = line.split(separator: ":", maxSplits: 1)
      if pair.count == 2 { named[pair[0].lowercased()] = String(pair[1].drop { $0 == " " }) }
    }
    return Answer(status: status, fields: named, body: String(text[parts.upperBound...]))
  }

  /// The server needs the threads that tests run on: what waits for it waits on another.
  private func send(_ request: String) async throws -> String {
    try await withCheckedThrowingContinuation { continuation in
      DispatchQueue.global().async { continuation.resume(with: Result { try exchange(request) }) }
    }
  }

  /// A connection that is open and on which part of a request, or nothing, is said.
  func hold(_ said: String) throws -> Int32 {
    let descriptor = try connected()
    let bytes = Array(said.utf8)
    if !bytes.isEmpty { try #require(write(descriptor, bytes, bytes.count) == bytes.count) }
    return descriptor
  }

  /// Ends connections that were held.
  static func end(_ held: [Int32]) {
    for descriptor in held { close(descriptor) }
  }

  private func connected() throws -> Int32 {
    #if canImport(Darwin)
      let descriptor = socket(AF_INET, SOCK_STREAM, 0)
    #else
      let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    #endif
    try #require(descriptor >= 0)
    var place = sockaddr_in()
    place.sin_family = sa_family_t(AF_INET)
    place.sin_port = UInt16(truncatingIfNeeded: address.port).bigEndian
    place.sin_addr.s_addr = inet_addr(ExplorerAddress.host)
    let outcome = withUnsafePointer(to: &place) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    if outcome != 0 { close(descriptor) }
    try #require(outcome == 0)
    return descriptor
  }

  private func exchange(_ request: String) throws -> String {
    let descriptor = try connected()
    defer { close(descriptor) }
    var rest = Array(request.utf8)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
      // A server that refuses early reads no further.
      guard count > 0 else { break }
      rest = rest.dropFirst(count)
    }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = read(descriptor, &buffer, buffer.count)
      guard count > 0 else { break }
      bytes += buffer[..<count]
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

/// A folder that is gone when the test is.
final class PassingFolder: Sendable {
  let path: String

  init() throws {
    var name = Array("/tmp/needscast-explorer-XXXXXX".utf8CString)
    let made = mkdtemp(&name)
    path = String(cString: try #require(made))
  }

  deinit {
    for name in (try? names) ?? [] { unlink("\(path)/\(name)") }
    rmdir(path)
  }

  /// The files in it.
  var names: [String] {
    get throws {
      let folder = try #require(opendir(path))
      defer { closedir(folder) }
      var names: [String] = []
      while let entry = readdir(folder) {
        let name = withUnsafePointer(to: &entry.pointee.d_name) {
          $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
        }
        if name != ".", name != ".." { names.append(name) }
      }
      return names.sorted()
    }
  }
}
