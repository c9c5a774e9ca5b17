import Foundation
import FoundationXML

/// What a strict parser reads of a page: it takes nothing that is not closed, quoted and escaped.
final class PageReading: NSObject, XMLParserDelegate {
  struct Element {
    let name: String
    let attributes: [String: String]
    /// The names of the elements around it, the outermost first.
    let within: [String]
    /// The words in it, those of the elements in it included.
    var text = ""
    /// The elements in it, at any depth.
    var names: [String] = []
  }

  private(set) var elements: [Element] = []
  private(set) var complaint: String?
  private var open: [Int] = []

  init(_ page: String) {
    super.init()
    let body = page.hasPrefix("<!DOCTYPE html>\n") ? String(page.dropFirst(16)) : page
    let parser = XMLParser(data: Data(body.utf8))
    parser.delegate = self
    if !parser.parse() {
      complaint = "\(parser.parserError.map { "\($0)" } ?? "no reason") in line \(parser.lineNumber)"
    }
  }

  func named(_ name: String) -> [Element] { elements.filter { $0.name == name } }

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
    attributes: [String: String]
  ) {
    for index in open { elements[index].names.append(name) }
    let within = open.map { elements[$0].name }
    open.append(elements.count)
    elements.append(Element(name: name, attributes: attributes, within: within))
  }

  func parser(
    _ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?
  ) {
    open.removeLast()
  }

  func parser(_ parser: XMLParser, foundCharacters text: String) {
    for index in open { elements[index].text += text }
  }
}
