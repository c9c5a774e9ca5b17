import Foundation
import FoundationXML
import Testing

@testable import Reporting

/// What a parser reads of a drawn chart.
final class ChartReading: NSObject, XMLParserDelegate {
  struct Text {
    var content = ""
    let x: Double
    let y: Double
    let size: Double
    let anchor: String
    let isBold: Bool

    /// The space that the text takes, a little less than the estimate, which is generous.
    var box: (left: Double, right: Double, top: Double, bottom: Double) {
      let weight: SVGElement.Weight = isBold ? .bold : .normal
      let width = WrappedText.width(content, size: weight.measured(size)) * 0.9
      let left = anchor == "end" ? x - width : anchor == "middle" ? x - width / 2 : x
      return (left, left + width, y - size * 0.75, y + size * 0.2)
    }
  }

  /// A drawn shape and its attributes.
  struct Shape {
    let name: String
    let attributes: [String: String]

    subscript(_ key: String) -> Double { attributes[key].flatMap { Double($0) } ?? .nan }

    /// The colour that fills the shape, or that its line is drawn in.
    var colour: String? {
      attributes["class"]?.split(separator: " ").first.map { String($0.dropFirst(2)) }
    }

    /// The corners, ends or outermost places.
    var places: [(x: Double, y: Double)] {
      switch name {
      case "rect":
        return [(self["x"], self["y"]), (self["x"] + self["width"], self["y"] + self["height"])]
      case "line": return [(self["x1"], self["y1"]), (self["x2"], self["y2"])]
      case "circle":
        let radius = self["r"]
        return [(self["cx"] - radius, self["cy"] - radius), (self["cx"] + radius, self["cy"] + radius)]
      default:
        return (attributes["points"] ?? "").split(separator: " ").map { pair in
          let numbers = pair.split(separator: ",").map { Double($0) ?? .nan }
          return (numbers.first ?? .nan, numbers.last ?? .nan)
        }
      }
    }
  }

  private(set) var texts: [Text] = []
  private(set) var title = ""
  private(set) var summary = ""
  private(set) var size = (width: 0.0, height: 0.0)
  /// The shapes, in the order in which they are drawn.
  private(set) var shapes: [Shape] = []
  private var open = ""

  /// Reads a document, and asks that it is well formed and holds nothing that a reader's page should not.
  init(_ svg: String) throws {
    super.init()
    let parser = XMLParser(data: Data(svg.utf8))
    parser.delegate = self
    #expect(parser.parse(), "\(String(describing: parser.parserError))")
    // Words such as maintenance hold what is no number written out; attributes and texts that begin with it do not.
    for word in [
      "\"nan", ",nan", "nan,", ">nan", "£nan", "inf,", "\"inf", "-inf", "<script", "href", "http://",
      "https://",
    ] {
      #expect(!svg.replacing("xmlns=\"http://www.w3.org/2000/svg\"", with: "").contains(word), "\(word)")
    }
    #expect(svg.hasSuffix("</svg>\n"))
  }

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
    attributes: [String: String]
  ) {
    open = name
    func number(_ key: String) -> Double? { attributes[key].flatMap { Double($0) } }
    if name == "svg" { size = (number("width") ?? 0, number("height") ?? 0) }
    if ["rect", "line", "circle", "polygon", "polyline"].contains(name) {
      // The sheet itself has no place.
      if attributes["x"] != nil || name != "rect" { shapes.append(Shape(name: name, attributes: attributes)) }
    }
    if name == "text" {
      texts.append(
        Text(
          x: number("x") ?? .nan, y: number("y") ?? .nan, size: number("font-size") ?? ChartSheet.letters,
          anchor: attributes["text-anchor"] ?? "start", isBold: attributes["font-weight"] == "bold"))
    }
  }

  func parser(_ parser: XMLParser, foundCharacters string: String) {
    switch open {
    case "text": texts[texts.count - 1].content += string
    case "title": title += string
    case "desc": summary += string
    default: break
    }
  }

  func parser(
    _ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?
  ) { open = "" }

  /// The shapes of a kind, and of a colour where one is given.
  func shapes(_ name: String, _ colour: ChartColour? = nil) -> [Shape] {
    shapes.filter { $0.name == name && (colour == nil || $0.colour == colour?.rawValue) }
  }

  /// Whether a text is drawn.
  func shows(_ text: String) -> Bool { texts.contains { $0.content == text } }

  /// Pairs of texts that overlap.
  var overlaps: [(String, String)] {
    var found: [(String, String)] = []
    let texts = texts.filter { !$0.content.isEmpty }
    for (index, one) in texts.enumerated() {
      for other in texts[(index + 1)...] {
        let (a, b) = (one.box, other.box)
        if a.left < b.right, b.left < a.right, a.top < b.bottom, b.top < a.bottom {
          found.append((one.content, other.content))
        }
      }
    }
    return found
  }

  /// Shapes that reach beyond the sheet, or whose places are no numbers.
  var strayShapes: [String] {
    shapes.filter { shape in
      shape.places.isEmpty
        || !shape.places.allSatisfy {
          (0...size.width).contains($0.x) && (0...size.height).contains($0.y)
        }
    }.map { "\($0.name) \($0.attributes)" }
  }

  /// Texts that reach beyond the sheet.
  var strays: [String] {
    texts.filter { text in
      let box = text.box
      return !(box.left >= 0 && box.right <= size.width && box.top >= 0 && box.bottom <= size.height)
    }.map(\.content)
  }
}
