import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import Needscast
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The local page: it serves one workspace to the browsers of this machine until it is told to stop.
///
/// Nothing leaves the machine: the page loads nothing from elsewhere, and the server calls nobody.
public struct ExplorerServer: Sendable {
  /// The longest that a connection may be silent, or leave a request half sent. Anybody on this machine can open one
  /// without the token, and what is open and silent must not keep the page from whoever has it.
  private static let silence = TimeAmount.seconds(10)
  /// The most connections at one time: fewer than the files that systems let a process open, and far more than the
  /// browsers of one machine need.
  private static let mostConnections = 512

  private let desk: ExplorerDesk
  private let port: Int

  /// Prepares the page.
  ///
  /// - Parameters:
  ///   - plan: the workspace in memory.
  ///   - scenario: the scenario that the page begins with.
  ///   - port: the port, 1 to 65,535; 0 for one that is free.
  ///   - folder: where scenarios are saved.
  /// - Throws: ``Needscast/EvidenceError`` where the plan cannot be made from the workspace and what is set over it.
  public init(
    _ plan: ExplorerPlan, scenario: String = Workspace.baseScenario, port: Int = 0,
    saving folder: String = "."
  ) throws(EvidenceError) {
    _ = try plan.definition(ExplorerSettings(scenario: scenario))
    desk = try ExplorerDesk(plan, start: scenario, folder: folder)
    self.port = port
  }

  /// Serves the page until the task is cancelled.
  ///
  /// - Parameter ready: is given the address once the page is there.
  /// - Throws: ``ExplorerError`` where the port cannot be had.
  public func run(ready: @escaping @Sendable (ExplorerAddress) -> Void) async throws(ExplorerError) {
    let gate = Mutex<RequestGate?>(nil)
    let token = ExplorerToken()
    let desk = desk
    let responder = CallbackResponder<BasicRequestContext> { request, context in
      guard let gate = gate.withLock({ $0 }) else {
        return Reply.fault("the page is not there yet; try again", status: .serviceUnavailable)
      }
      return try await ExplorerResponder(desk: desk, gate: gate).respond(to: request, context: context)
    }
    var logger = Logger(label: "needscast.explorer") { StreamLogHandler.standardError(label: $0) }
    logger.logLevel = .critical
    let application = Application(
      responder: responder,
      server: .http1(
        configuration: HTTP1Channel.Configuration(
          idleTimeout: Self.silence,
          httpDecoderConfiguration: HTTP1Channel.Configuration.DecoderConfiguration(
            maxHeaderFieldSize: 32_768, maxHeaderListSize: 65_536, maxHeaderFieldCount: 100))),
      configuration: ApplicationConfiguration(
        address: .hostname(ExplorerAddress.host, port: port),
        availableConnectionsDelegate: MaximumAvailableConnections(Self.mostConnections)),
      onServerRunning: { channel in
        let address = ExplorerAddress(port: channel.localAddress?.port ?? port, token: token)
        gate.withLock { $0 = RequestGate(address: address) }
        ready(address)
      }, logger: logger)
    do {
      try await application.run()
    } catch let error as IOError where error.errnoCode == EADDRINUSE {
      throw .portTaken(port)
    } catch is CancellationError {
      return
    } catch {
      throw .cannotListen(reason: "\(error)")
    }
  }
}
