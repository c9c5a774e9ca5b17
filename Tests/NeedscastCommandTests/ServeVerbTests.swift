import Foundation
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The built command as it serves a workspace.
@Suite(.serialized) struct ServeVerbTests {
  /// A run of `needscast serve`, ended when the test is.
  private final class Serving {
    let process = Process()
    let output = Pipe()
    let errors = Pipe()
    let address: String

    init(_ options: [String]) throws {
      let named = ProcessInfo.processInfo.environment["NEEDSCAST_COMMAND"]
      process.executableURL =
        named.map { URL(filePath: $0, relativeTo: Command.root).absoluteURL }
        ?? Command.products.appending(path: "needscast")
      process.arguments = ["serve"] + options
      process.currentDirectoryURL = Command.root
      process.standardInput = FileHandle.nullDevice
      process.standardOutput = output
      process.standardError = errors
      try process.run()
      var line = Data()
      while true {
        let byte = output.fileHandleForReading.readData(ofLength: 1)
        if byte.isEmpty || byte == Data("\n".utf8) { break }
        line += byte
      }
      address = String(decoding: line, as: UTF8.self)
    }

    deinit { if process.isRunning { process.terminate() } }

    var port: String { String(address.split(separator: ":").last?.prefix { $0.isNumber } ?? "") }
    var token: String { String(address.split(separator: "=").last ?? "") }

    /// Ends the run with a signal, and gives its exit code and what else it said.
    func end(_ signal: Int32) -> (status: Int32, output: String, errors: String) {
      kill(process.processIdentifier, signal)
      process.waitUntilExit()
      return (
        process.terminationStatus,
        String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self),
        String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
      )
    }

    /// The body of an answer.
    func get(_ target: String) throws -> String {
      #if canImport(Darwin)
        let descriptor = socket(AF_INET, SOCK_STREAM, 0)
      #else
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
      #endif
      defer { close(descriptor) }
      var place = sockaddr_in()
      place.sin_family = sa_family_t(AF_INET)
      place.sin_port = try #require(UInt16(port)).bigEndian
      place.sin_addr.s_addr = inet_addr("127.0.0.1")
      let connected = withUnsafePointer(to: &place) {
        $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
          connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
        }
      }
      try #require(connected == 0)
      let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: false)
      try handle.write(
        contentsOf: Data(
          "GET \(target) HTTP/1.1\r\nHost: 127.0.0.1:\(port)\r\nX-Needscast-Token: \(token)\r\nConnection: close\r\n\r\n"
            .utf8))
      let text = String(decoding: try handle.readToEnd() ?? Data(), as: UTF8.self)
      let head = try #require(text.firstRange(of: "\r\n\r\n"))
      return String(text[head.upperBound...])
    }
  }

  @Test func `The page plans what the plan verb plans, to the byte`() throws {
    let shared = [
      "Datasets/sefton", "--draws", "50", "--seed", "7", "--set", "assumptions.neet-places.value=90",
    ]
    let serving = try Serving(shared + ["--quiet"])
    #expect(serving.address.hasPrefix("http://127.0.0.1:") && serving.token.count == 32)
    let body = try serving.get(
      "/api/plan.json?scenario=mitigated&set=assumptions.high-needs-price-growth.value=4.5%25"
        + "&set=high-needs.requests.growth=-10%25@2026/27..2027/28&set=mitigations.annual-reviews.status=withdrawn"
    )
    let plan = try Command.run(
      ["plan"] + shared + [
        "--scenario", "mitigated", "--set", "assumptions.high-needs-price-growth.value=4.5%", "--set",
        "high-needs.requests.growth=-10%@2026/27..2027/28", "--set",
        "mitigations.annual-reviews.status=withdrawn",
        "--format", "json",
      ])
    #expect(plan.status == 0)
    #expect(body == plan.output)
    let ended = serving.end(SIGTERM)
    #expect(ended.status == 0 && ended.output.isEmpty && ended.errors.isEmpty, "\(ended)")
  }

  @Test func `An interruption ends it with 0, and a taken port is said`() throws {
    let serving = try Serving(["Datasets/sefton", "--draws", "20", "--quiet"])
    let second = try Command.run([
      "serve", "Datasets/sefton", "--draws", "20", "--quiet", "--port", serving.port,
    ])
    #expect(second.status == 73 && second.output.isEmpty)
    #expect(second.errors.contains("port \(serving.port) is taken"), "\(second.errors)")
    #expect(serving.end(SIGINT).status == 0)
  }

  @Test func `What is wrong with a workspace is said as the plan verb says it, before anything listens`()
    throws
  {
    for arguments in [
      ["nowhere"], ["Datasets/sefton", "--set", "assumptions.nothing.value=1"],
      ["Datasets/sefton", "--as-of", "2035-01-01"],
      ["Datasets/sefton", "--scenario", "nowhere"], ["Datasets"],
    ] {
      let served = try Command.run(["serve"] + arguments + ["--quiet"])
      let planned = try Command.run(["plan"] + arguments + ["--quiet"])
      #expect(served.status == planned.status && served.status != 0, "\(arguments): \(served)")
      #expect(served.errors == planned.errors, "\(arguments)")
      #expect(served.output.isEmpty)
    }
  }

  @Test func `Arguments that cannot be are refused`() throws {
    for (arguments, status) in [
      (["-"], Int32(64)), (["Datasets/sefton", "--port", "0"], 64),
      (["Datasets/sefton", "--port", "65536"], 64),
      (["Datasets/sefton", "--draws", "0"], 64), (["Datasets/sefton", "--scenarios", "nowhere"], 73),
      (["Datasets/sefton", "--set", "plan.mitigations=none", "--set", "plan.mitigations=certain"], 64),
    ] {
      let outcome = try Command.run(["serve"] + arguments)
      #expect(
        outcome.status == status && outcome.output.isEmpty && !outcome.errors.isEmpty,
        "\(arguments): \(outcome)")
    }
  }
}
