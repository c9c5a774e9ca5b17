import Testing

@testable import Explorer

@Suite struct ExplorerAddressTests {
  @Test func `It is this machine's alone`() {
    #expect(ExplorerAddress.host == "127.0.0.1")
  }
}
