/// The layouts of published files.
public enum Layouts {
  /// Every layout, one line each.
  public static let all: [any PublishedLayout.Type] = [
    ExploreEducationLayout.self,
    FingertipsLayout.self,
    InteractiveToolLayout.self,
    CommunityWaitsLayout.self,
    DedicatedSchoolsGrantLayout.self,
    SectionTwoFiveOneLayout.self,
    PopulationProjectionsLayout.self,
    CareReturnLayout.self,
    PlainSeriesLayout.self,
    ExcelSheetLayout.self,
    OpenDocumentSheetLayout.self,
  ]

  /// The layout of a name; nil when there is none.
  public static func named(_ name: String) -> (any PublishedLayout.Type)? { all.first { $0.name == name } }

  /// Reads an input as a layout.
  ///
  /// - Throws: ``EvidenceError`` when the input cannot be read as this layout at all; what is wrong with single figures is
  ///   among the problems of the result.
  public static func read(
    _ input: LayoutInput, as layout: any PublishedLayout.Type
  ) throws(EvidenceError) -> PublishedFigures {
    var figures = PublishedFigures(file: input.path, layout: layout.name)
    try layout.read(input, into: &figures)
    return figures
  }
}
