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

  @Test("one list of the worked example fell to a twentieth in a month, and nothing else is doubtful")
  func warnings() throws {
    let warnings = try Workspace(reading: Self.folder).warnings
    #expect(
      warnings.map(\.message).filter { !$0.contains("waiting-speech-and-language-over-52-weeks") } == [])
  }
}
