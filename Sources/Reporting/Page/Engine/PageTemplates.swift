import Mustache

/// The templates of the page, which hold all of its markup.
///
/// The engine's own escaping looks at whole letters as people see them, so that a quotation mark with an accent over it
/// would close an attribute. The templates therefore ask for ``HTMLText`` instead, each in its first line, because the
/// engine forgets the choice from one template to the next.
enum PageTemplates {
  private struct ContentType: MustacheContentType {
    func escapeText(_ text: String) -> String { HTMLText.escaped(text) }
  }

  /// What every template begins with.
  static let pragma = "{{% CONTENT_TYPE:NEEDSCAST}}"

  /// The sources by the names under which one includes the other.
  static let sources: [(name: String, text: String)] = [
    ("page", PackageResources.page_mustache),
    ("style", PackageResources.style_mustache),
    ("section", PackageResources.section_mustache),
    ("block", PackageResources.block_mustache),
    ("table", PackageResources.table_mustache),
    ("figure", PackageResources.figure_mustache),
  ].map { (name: $0.0, text: String(decoding: $0.1, as: UTF8.self)) }

  /// Parsed once.
  private static let library: Result<MustacheLibrary, ReportingError> = {
    MustacheContentTypes.register(ContentType(), named: "NEEDSCAST")
    var templates: [String: MustacheTemplate] = [:]
    for (name, text) in sources {
      guard text.hasPrefix(pragma) else {
        return .failure(.template(name: name, reason: "it does not begin with \(pragma)"))
      }
      do {
        templates[name] = try MustacheTemplate(string: text)
      } catch {
        return .failure(.template(name: name, reason: "\(error)"))
      }
    }
    return .success(MustacheLibrary(templates: templates))
  }()

  /// Fills the page.
  ///
  /// - Throws: ``ReportingError/template(name:reason:)`` when a template cannot be read, which no report causes.
  static func page(_ context: PageContext) throws(ReportingError) -> String {
    guard let text = try library.get().render(context, withTemplate: "page") else {
      throw .template(name: "page", reason: "there is none of that name")
    }
    return text
  }
}
