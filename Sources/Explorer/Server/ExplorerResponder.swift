import HTTPTypes
import Hummingbird
import Needscast

/// Answers the requests of the page.
struct ExplorerResponder: HTTPResponder {
  typealias Context = BasicRequestContext

  let desk: ExplorerDesk
  let gate: RequestGate

  func respond(to request: Request, context: Context) async throws -> Response {
    do {
      try gate.check(request)
      return try await route(request)
    } catch let refusal as RequestGate.Refusal {
      return Reply.fault(refusal.sentence, status: refusal.status)
    }
  }

  private func route(_ request: Request) async throws -> Response {
    let path = request.uri.path
    switch (request.method, path) {
    case (.get, "/"): return page(request)
    case (.get, "/app.js"): return Reply.bytes(PageFiles.script, type: "text/javascript; charset=utf-8")
    case (.get, "/door.js"): return Reply.bytes(PageFiles.doorScript, type: "text/javascript; charset=utf-8")
    case (.get, "/app.css"): return Reply.bytes(PageFiles.style, type: "text/css; charset=utf-8")
    case (.get, "/icon.svg"): return Reply.bytes(PageFiles.icon, type: "image/svg+xml")
    case (.get, "/api/workspace"), (.get, "/api/controls"), (.get, "/api/plan"), (.get, "/api/plan.json"),
      (.post, "/api/scenario"):
      try gate.checkToken(request.headers[RequestGate.token])
      return try await answer(request, path: path)
    case (_, "/"), (_, "/app.js"), (_, "/door.js"), (_, "/app.css"), (_, "/icon.svg"), (_, "/api/workspace"),
      (_, "/api/controls"), (_, "/api/plan"), (_, "/api/plan.json"), (_, "/api/scenario"):
      var reply = Reply.fault(
        "\(request.method.rawValue) is not answered here", status: .methodNotAllowed)
      reply.headers[.allow] = path == "/api/scenario" ? "POST" : "GET"
      return reply
    default: return Reply.fault("there is nothing at this address", status: .notFound)
    }
  }

  /// The page for whoever has the token, and a page that asks for it for anybody else.
  private func page(_ request: Request) -> Response {
    let token = RequestQuery(request.uri.query ?? "")?.value("token")
    do throws(RequestGate.Refusal) {
      try gate.checkToken(token)
    } catch {
      return Reply.bytes(PageFiles.door, type: "text/html; charset=utf-8", status: .forbidden)
    }
    return Reply.bytes(PageFiles.page, type: "text/html; charset=utf-8")
  }

  private func answer(_ request: Request, path: String) async throws -> Response {
    if path == "/api/scenario" { return await save(request) }
    guard let query = RequestQuery(request.uri.query ?? "") else {
      return Reply.fault(
        "the query is broken: an escape such as %20 is not whole, or it is not UTF-8", status: .badRequest)
    }
    return switch path {
    case "/api/workspace": Reply.json(desk.summary)
    case "/api/controls": await desk.controls(query)
    case "/api/plan": await desk.plan(query)
    default: await desk.document(query)
    }
  }

  /// The most bytes of a form.
  static let largestForm = 32_768

  private func save(_ request: Request) async -> Response {
    let type = request.headers[.contentType]?.lowercased() ?? ""
    guard type == "application/json" || type.hasPrefix("application/json;") else {
      return Reply.fault("a scenario is sent as application/json", status: .unsupportedMediaType)
    }
    do {
      let body = try await request.body.collect(upTo: Self.largestForm)
      return await desk.save(Array(body.readableBytesView))
    } catch {
      return Reply.fault(
        "a scenario is sent in at most \(Self.largestForm) bytes; shorten its reason",
        status: .contentTooLarge)
    }
  }
}
