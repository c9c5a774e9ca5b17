import Testing

@testable import Explorer

@Suite struct ExplorerAddressTests {
  @Test func `It is this machine's alone`() {
    let address = ExplorerAddress(port: 8080, token: ExplorerToken())
    #expect(address.url == "http://127.0.0.1:8080/?token=\(address.token.text)")
    #expect(address.authorities == ["127.0.0.1:8080", "localhost:8080"])
  }
}
