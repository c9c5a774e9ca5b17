import Mustache

/// What the templates of the paper escape for: Markdown, and not the engine's usual HTML.
struct MarkdownContentType: MustacheContentType {
  func escapeText(_ text: String) -> String { MarkdownText.escaped(text) }

  /// The name by which a template asks for it in its first line.
  static let name = "PAPER"
}

/// The templates of the paper.
enum PaperTemplates {
  /// The templates, read once; nil where one of them has a fault, which a test would find.
  static let library: MustacheLibrary? = {
    MustacheContentTypes.register(MarkdownContentType(), named: MarkdownContentType.name)
    let sources: [(name: String, bytes: [UInt8])] = [
      ("paper", PackageResources.paper_mustache),
      ("paper-title", PackageResources.paper_title_mustache),
      ("paper-table", PackageResources.paper_table_mustache),
      ("paper-figure", PackageResources.paper_figure_mustache),
      ("paper-placeholder", PackageResources.paper_placeholder_mustache),
      ("paper-recommendations", PackageResources.paper_recommendations_mustache),
      ("paper-options", PackageResources.paper_options_mustache),
      ("paper-money", PackageResources.paper_money_mustache),
      ("paper-implications", PackageResources.paper_implications_mustache),
      ("paper-risks", PackageResources.paper_risks_mustache),
      ("paper-measures", PackageResources.paper_measures_mustache),
      ("paper-progress", PackageResources.paper_progress_mustache),
      ("paper-appendices", PackageResources.paper_appendices_mustache),
    ]
    var library = MustacheLibrary()
    for (name, bytes) in sources {
      do {
        try library.register(String(decoding: bytes, as: UTF8.self), named: name)
      } catch {
        return nil
      }
    }
    return library
  }()
}
