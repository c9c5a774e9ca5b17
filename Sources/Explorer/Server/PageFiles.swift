import Needscast

/// The files of the page, which stand in the code so that the command stays one file.
enum PageFiles {
  static let page = PackageResources.page_html
  static let door = PackageResources.door_html
  static let script = PackageResources.app_js
  static let doorScript = PackageResources.door_js
  static let icon = PackageResources.icon_svg
  /// The styles of the page, and those by which its charts are read in the dark.
  static let style = PackageResources.app_css + Array(ChartColour.styleSheet.utf8)
}
