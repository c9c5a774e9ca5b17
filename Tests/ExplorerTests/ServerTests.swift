import Foundation
import Needscast
import Testing

@testable import Explorer

@Suite(.serialized) struct ServerTests {
  @Test func `Whoever has the address gets the page, with a policy that lets nothing else in`() async throws {
    try await ServedPage.serving { page, _ in
      let answer = try await page.ask("GET", "/?token=\(page.token)")
      #expect(answer.status == 200)
      #expect(answer.body.contains("<title>Needscast explorer</title>"))
      #expect(!answer.body.contains("style=") && !answer.body.contains("<script>"))
      let policy = try #require(answer.fields["content-security-policy"])
      #expect(policy.hasPrefix("default-src 'none'; script-src 'self'; style-src 'self'"))
      #expect(!policy.contains("unsafe") && policy.contains("frame-ancestors 'none'"))
      #expect(answer.fields["x-content-type-options"] == "nosniff")
      #expect(answer.fields["referrer-policy"] == "no-referrer")
      #expect(answer.fields["cache-control"] == "no-store")
      for file in ["/app.js", "/app.css", "/door.js", "/icon.svg"] {
        let answer = try await page.ask("GET", file)
        #expect(answer.status == 200 && !answer.body.isEmpty)
        #expect(!answer.body.contains(page.token))
      }
    }
  }

  @Test func `Without the token there is neither page nor plan`() async throws {
    try await ServedPage.serving { page, _ in
      for target in [
        "/", "/?token=", "/?token=\(String(repeating: "0", count: 32))", "/?token=\(page.token)0",
      ] {
        let answer = try await page.ask("GET", target)
        #expect(answer.status == 403 && answer.body.contains("needscast serve has printed"))
      }
      for target in ["/api/workspace", "/api/controls", "/api/plan", "/api/plan.json"] {
        #expect(try await page.ask("GET", target + "?token=\(page.token)").status == 403)
        #expect(
          try await page.ask("GET", target, ["X-Needscast-Token: \(page.token.dropLast())"]).status == 403)
      }
      #expect(
        try await page.ask("POST", "/api/scenario", ["Content-Type: application/json"], body: "{}").status
          == 403)
    }
  }

  @Test func `A name from elsewhere that leads here is refused`() async throws {
    try await ServedPage.serving { page, _ in
      let field = ["X-Needscast-Token: \(page.token)"]
      for host in [
        "evil.example", "evil.example:\(page.address.port)", "127.0.0.1", "127.0.0.1:1",
        "[::1]:\(page.address.port)",
      ] {
        let answer = try await page.ask("GET", "/api/workspace", field, host: host)
        #expect(answer.status == 403, "\(host)")
      }
      #expect(
        try await page.ask("GET", "/api/workspace", field, host: "localhost:\(page.address.port)").status
          == 200)
    }
  }

  @Test func `Requests of other pages are refused, with the token even`() async throws {
    try await ServedPage.serving { page, _ in
      let token = "X-Needscast-Token: \(page.token)"
      let own = "http://127.0.0.1:\(page.address.port)"
      for origin in [
        "http://evil.example", "null", "http://127.0.0.1:1", "https://127.0.0.1:\(page.address.port)",
      ] {
        let answer = try await page.ask("GET", "/api/workspace", [token, "Origin: \(origin)"])
        #expect(answer.status == 403, "\(origin)")
        #expect(answer.fields["access-control-allow-origin"] == nil)
        #expect(try await page.ask("GET", "/?token=\(page.token)", ["Origin: \(origin)"]).status == 403)
      }
      #expect(
        try await page.ask("GET", "/api/workspace", [token, "Origin: \(own)", "Origin: http://evil.example"])
          .status
          == 403)
      #expect(try await page.ask("GET", "/api/workspace", [token, "Origin: \(own)"]).status == 200)
      for site in ["cross-site", "same-site", "anything"] {
        #expect(
          try await page.ask("GET", "/api/workspace", [token, "Sec-Fetch-Site: \(site)"]).status == 403)
      }
      for site in ["same-origin", "none"] {
        #expect(
          try await page.ask("GET", "/api/workspace", [token, "Sec-Fetch-Site: \(site)"]).status == 200)
      }
      // What a browser asks before it sends such a request.
      #expect(try await page.ask("OPTIONS", "/api/plan", ["Origin: http://evil.example"]).status == 403)
    }
  }

  @Test func `Other methods and other addresses are said to be wrong`() async throws {
    try await ServedPage.serving { page, _ in
      for (method, target, allowed) in [
        ("POST", "/", "GET"), ("DELETE", "/api/plan", "GET"), ("GET", "/api/scenario", "POST"),
        ("PUT", "/app.js", "GET"),
      ] {
        let answer = try await page.ask(method, target, ["X-Needscast-Token: \(page.token)"])
        #expect(answer.status == 405 && answer.fields["allow"] == allowed, "\(method) \(target)")
      }
      for target in ["/api", "/api/plan/", "/../etc/passwd", "/%2e%2e/etc/passwd", "/index.html"] {
        #expect(try await page.get(target).status == 404, "\(target)")
      }
    }
  }

  @Test func `Requests are limited in size`() async throws {
    try await ServedPage.serving { page, _ in
      let address = try await page.get("/api/plan?set=" + String(repeating: "a", count: 17_000))
      #expect(address.status == 414)
      let form = try await page.post("/api/scenario", String(repeating: "a", count: 40_000))
      #expect(form.status == 413)
      let text = try await page.post("/api/scenario", "{}", type: "text/plain")
      #expect(text.status == 415)
    }
  }

  @Test func `Bad input is answered with what the reader of the workspace says, and the next is served`()
    async throws
  {
    try await ServedPage.serving { page, _ in
      for (query, status, sentence) in [
        ("set=%zz", 400, "is broken"), ("set=%ff", 400, "is broken"),
        ("set=nothing", 400, "write path=value"),
        ("sett=a=1", 400, "did you mean"), ("set=a.b=1&set=a.b=2", 400, "is set twice"),
        ("set=assumptions.plan-aproved.value=0", 422, "did you mean"),
        ("set=assumptions.plan-approved.value=", 422, "a value is missing"),
        ("set=assumptions.plan-approved.value=%7B%5B", 422, "assumptions.plan-approved.value"),
        ("set=assumptions.plan-approved.value=400%25&service=high-needs", 422, "a share, 0 to 1"),
        ("service=hihg-needs", 422, "did you mean"), ("figure=spent", 422, "did you mean"),
        ("scenario=nowhere", 422, "there is no scenario"), ("width=-1", 422, "360 to 1,400"),
        ("width=nan", 422, "360 to 1,400"),
        ("service=looked-after&figure=closingBalance", 422, "has no figure"),
      ] {
        let answer = try await page.get("/api/plan?" + query)
        #expect(answer.status == status, "\(query): \(answer.body.prefix(200))")
        #expect(answer.body.contains(sentence), "\(query): \(answer.body.prefix(400))")
      }
      for body in [
        "", "{", "[]", "{\"scenario\":1}", "\u{0}",
        "{\"scenario\":\"base\",\"set\":[\"x\"],\"name\":\"a\",\"reason\":\"b\"}",
      ] {
        #expect(try await page.post("/api/scenario", body).status == 400, "\(body)")
      }
      #expect(try await page.get("/api/plan?service=participation").status == 200)
    }
  }

  @Test func `What is wrong with one setting is said of that setting`() async throws {
    try await ServedPage.serving { page, _ in
      let answer = try await page.get(
        "/api/plan?service=high-needs&set=assumptions.high-needs-price-growth.value=4%25&set=assumptions.plan-approved.value=x"
      )
      let said = try JSONDecoder().decode(Faults.self, from: Data(answer.body.utf8))
      #expect(said.errors.map(\.path) == ["assumptions.plan-approved.value"])
      let refused = try await page.get("/api/plan?service=high-needs&set=high-needs.requests.growth=-200%25")
      #expect(
        try JSONDecoder().decode(Faults.self, from: Data(refused.body.utf8)).errors.first?.path
          == "high-needs.requests.growth")
    }
  }

  private struct Faults: Decodable {
    struct Fault: Decodable {
      let path: String?
      let message: String
    }
    let errors: [Fault]
  }

  @Test(.timeLimit(.minutes(1)))
  func `Connections that say nothing, or half of a request, keep nobody waiting`() async throws {
    try await ServedPage.serving { page, _ in
      var held: [Int32] = []
      defer { ServedPage.end(held) }
      for place in 0..<80 {
        held.append(try page.hold(place.isMultiple(of: 2) ? "" : "GET /api/workspace HTTP/1.1\r\nHost: "))
      }
      #expect(try await page.get("/api/workspace").status == 200)
    }
  }

  @Test func `What the page's run fixes is refused, with how it is chosen`() async throws {
    try await ServedPage.serving { page, _ in
      for (setting, option) in [("plan.draws=1", "--draws"), ("plan.seed=7", "--seed")] {
        let answer = try await page.get("/api/plan?service=participation&set=\(setting)")
        #expect(answer.status == 400 && answer.body.contains("needscast serve \(option) N"), "\(setting)")
        let form = "{\"scenario\":\"base\",\"set\":[\"\(setting)\"],\"name\":\"a\",\"reason\":\"b\"}"
        #expect(try await page.post("/api/scenario", form).status == 400, "\(setting)")
      }
    }
  }

  @Test func `Services that cannot be planned are marked, and are refused with their reason`() async throws {
    let date = try #require(CivilDate("2021-09-01"))
    try await ServedPage.serving(asOf: date) { page, _ in
      let summary = try JSONDecoder().decode(
        Summary.self, from: Data(try await page.get("/api/workspace").body.utf8))
      #expect(summary.services.contains { !$0.isPlanned } && summary.services.contains { $0.isPlanned })
      for service in summary.services {
        let answer = try await page.get("/api/plan?service=\(service.id)")
        #expect(answer.status == (service.isPlanned ? 200 : 422), "\(service.id)")
      }
    }
  }

  private struct Summary: Decodable {
    struct Service: Decodable {
      let id: String
      let isPlanned: Bool
    }
    let services: [Service]
  }

  @Test func `A port that is taken is said to be`() async throws {
    try await ServedPage.serving { page, plan in
      let second = try ExplorerServer(plan, port: page.address.port)
      await #expect(throws: ExplorerError.portTaken(page.address.port)) {
        try await second.run { _ in }
      }
      #expect(ExplorerError.portTaken(80).exitCode == 73)
    }
  }
}
