import CXML2

/// Reads an XML part of an archive with libxml2's push parser: no tree is built, and no more of the part is held than a
/// block.
///
/// Workbooks have no document type, so one that does is refused where its name is seen: no entity is ever declared,
/// expanded or fetched. libxml2's own limits stand besides (10 million bytes in one token).
final class XMLPart {
  private let reader: PartReader
  private let name: String
  private var context: xmlParserCtxtPtr?
  private var failure: EvidenceError?
  private var trap = AttributeTrap()
  private var depth = 0

  /// How deep elements may stand in one another; those of workbooks stay below twenty.
  private static let deepest = 256

  /// Reads a part of an archive into a reader.
  ///
  /// - Throws: what the archive and the reader throw; ``EvidenceError/badData(problems:omitted:)`` for malformed XML.
  static func read(
    _ name: String, of archive: ZipArchive, into reader: PartReader
  ) throws(EvidenceError) {
    let part = XMLPart(reader, name: name)
    try part.read(archive)
  }

  private init(_ reader: PartReader, name: String) {
    self.reader = reader
    self.name = name
  }

  private static let isInitialised: Bool = {
    xmlInitParser()
    return true
  }()

  private func read(_ archive: ZipArchive) throws(EvidenceError) {
    guard Self.isInitialised else { return }
    var handler = Self.handler
    context = xmlCreatePushParserCtxt(&handler, Unmanaged.passUnretained(self).toOpaque(), nil, 0, nil)
    guard let context else { throw malformed("libxml2 cannot start", line: nil) }
    defer {
      if let document = context.pointee.myDoc { xmlFreeDoc(document) }
      xmlFreeParserCtxt(context)
      self.context = nil
    }
    // Without XML_PARSE_NOENT, libxml2 leaves &amp; in attributes as &#38;. There are no other entities to replace.
    xmlCtxtUseOptions(context, Int32(XML_PARSE_NONET.rawValue | XML_PARSE_NOENT.rawValue))
    var isFirst = true
    try archive.read(name) { (block) throws(EvidenceError) in
      if isFirst {
        isFirst = false
        guard XMLEncoding.isKnown(block) else {
          throw malformed("it is in another encoding than UTF-8 or UTF-16", line: nil)
        }
      }
      guard trap.passes(block) else {
        throw malformed("one of its elements has too many attributes", line: nil)
      }
      try feed(context, block, isLast: false)
      return true
    }
    try feed(context, UnsafeBufferPointer(start: nil, count: 0), isLast: true)
  }

  private func feed(
    _ context: xmlParserCtxtPtr, _ block: UnsafeBufferPointer<UInt8>, isLast: Bool
  ) throws(EvidenceError) {
    let status = block.withMemoryRebound(to: CChar.self) { block in
      xmlParseChunk(context, block.baseAddress, Int32(block.count), isLast ? 1 : 0)
    }
    if let failure { throw failure }
    guard status != 0, context.pointee.wellFormed == 0 else { return }
    let error = xmlCtxtGetLastError(context)?.pointee
    let message = error?.message.map { String(cString: $0) } ?? "not well formed"
    throw malformed(
      String(message.prefix(120)).split(whereSeparator: \.isNewline).joined(separator: " "),
      line: error.map { Int($0.line) })
  }

  private func malformed(_ reason: String, line: Int?) -> EvidenceError {
    let place = reader.place.map { "\($0): " } ?? ""
    let spot = line.map { ", line \($0)" } ?? ""
    return .badData(
      Problem(
        file: reader.file,
        message: """
          \(place)the workbook's part "\(name)" cannot be read (\(reason)\(spot)); \
          fetch the file again, or open it and save it anew
          """))
  }

  /// Passes an event on; the first error stops the parser.
  private func take(_ event: () throws(EvidenceError) -> Void) {
    guard failure == nil else { return }
    do throws(EvidenceError) {
      try event()
    } catch {
      stop(error)
    }
  }

  private func stop(_ error: EvidenceError) {
    if failure == nil { failure = error }
    if let context { xmlStopParser(context) }
  }

  private static func part(_ pointer: UnsafeMutableRawPointer?) -> XMLPart? {
    pointer.map { Unmanaged<XMLPart>.fromOpaque($0).takeUnretainedValue() }
  }

  private static func bytes(_ name: UnsafePointer<UInt8>?) -> XMLBytes {
    guard let name else { return XMLBytes(bytes: UnsafeBufferPointer(start: nil, count: 0)) }
    var length = 0
    while name[length] != 0 { length += 1 }
    return XMLBytes(bytes: UnsafeBufferPointer(start: name, count: length))
  }

  private static var handler: xmlSAXHandler {
    var handler = xmlSAXHandler()
    handler.initialized = UInt32(XML_SAX2_MAGIC)
    handler.startElementNs = { pointer, name, _, _, _, _, count, _, attributes in
      guard let part = XMLPart.part(pointer) else { return }
      part.depth += 1
      guard part.depth <= XMLPart.deepest else {
        return part.stop(
          part.malformed("its elements stand more than \(XMLPart.deepest) deep in one another", line: nil))
      }
      let attributes = XMLAttributes(pointers: attributes, count: Int(count))
      part.take { () throws(EvidenceError) in try part.reader.start(XMLPart.bytes(name), attributes) }
    }
    handler.endElementNs = { pointer, name, _, _ in
      guard let part = XMLPart.part(pointer) else { return }
      part.depth -= 1
      part.take { () throws(EvidenceError) in try part.reader.end(XMLPart.bytes(name)) }
    }
    handler.characters = { pointer, text, count in
      guard let part = XMLPart.part(pointer) else { return }
      let bytes = UnsafeBufferPointer(start: text, count: Int(count))
      part.take { () throws(EvidenceError) in try part.reader.text(bytes) }
    }
    handler.cdataBlock = handler.characters
    handler.ignorableWhitespace = handler.characters
    handler.internalSubset = { pointer, _, _, _ in
      guard let part = XMLPart.part(pointer) else { return }
      part.stop(
        part.malformed(
          "it declares a document type, which could hide entities; no workbook has one", line: nil))
    }
    // Errors are asked of the parser when it has stopped; nothing is written to standard error.
    handler.serror = { _, _ in }
    return handler
  }
}
