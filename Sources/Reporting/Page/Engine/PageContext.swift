import Mustache

/// Everything that the templates of the page ask for.
///
/// The engine would find fields by reflection; on a page of some thousand cells that is most of the time, so each type
/// says itself what it has.
struct PageContext: MustacheParent {
  let title: String
  let area: String
  /// What the page is a report of, in a few facts.
  let facts: [String]
  let summary: PageSection
  let sections: [PageSection]
  let colours: String
  /// What made the page.
  let maker: String

  func child(named name: String) -> Any? {
    switch name {
    case "title": title
    case "area": area
    case "facts": facts
    case "summary": summary
    case "sections": sections
    case "contents": [summary] + sections
    case "colours": colours
    case "maker": maker
    default: nil
    }
  }
}

extension PageSection: MustacheParent {
  func child(named name: String) -> Any? {
    switch name {
    case "id": id
    case "title": title
    case "blocks": blocks
    case "parts": parts
    case "startsPage": startsPage
    default: nil
    }
  }
}

extension PageBlock: MustacheParent {
  /// Words and what is said of them.
  private struct Term: MustacheParent {
    let term: String
    let text: String

    func child(named name: String) -> Any? {
      switch name {
      case "term": term
      case "text": text
      default: nil
      }
    }
  }

  /// Sentences with their tone.
  private struct Sentences: MustacheParent {
    let text: String
    let tone: String?

    func child(named name: String) -> Any? {
      switch name {
      case "text": text
      case "tone": tone
      default: nil
      }
    }
  }

  /// What a template repeats, without its parent being repeated too.
  private struct Items: MustacheParent {
    let items: [Any]

    func child(named name: String) -> Any? { name == "items" ? items : nil }
  }

  func child(named name: String) -> Any? {
    switch (self, name) {
    case (.paragraph(let text, let tone), "paragraph"): Sentences(text: text, tone: tone?.rawValue)
    case (.list(let items), "list"): Items(items: items)
    case (.terms(let terms), "terms"): Items(items: terms.map { Term(term: $0.term, text: $0.text) })
    case (.table(let table), "table"): table
    case (.figure(let figure), "figure"): figure
    default: nil
    }
  }
}

extension PageFigure: MustacheParent {
  func child(named name: String) -> Any? {
    switch name {
    case "wide": wide
    case "narrow": narrow
    case "number": number
    case "caption": caption.isEmpty ? nil : caption
    default: nil
    }
  }
}
