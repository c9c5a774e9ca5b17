import Evidence
import Testing

@Suite("The worked example")
struct SeftonTests {
  /// The folder of the data set, from the place of this file.
  private static var folder: String {
    let parts = #filePath.split(separator: "/").dropLast(4)
    return "/" + parts.joined(separator: "/") + "/Datasets/sefton"
  }

  @Test("every scenario of the worked example can be planned")
  func planned() throws {
    #expect(try Workspace(reading: Self.folder).planningProblems() == [])
  }

  @Test("nothing in the worked example is doubtful that its own notes do not explain")
  func warnings() throws {
    #expect(try Workspace(reading: Self.folder).warnings == [])
  }
}
