import CXLSXWriter
import TimeSeries

/// A workbook that is being written, in memory.
///
/// Every answer of the library is looked at; what goes wrong is a sentence. The same calls make the same bytes: no clock
/// is read, and the files inside the zip are dated 1 January 1980.
final class WorkbookFile {
  private let file: Int32
  private let workbook: UnsafeMutablePointer<lxw_workbook>
  private var isClosed = false
  private var formats: [CellStyle: UnsafeMutablePointer<lxw_format>] = [:]
  private var sheetNames = SheetNames()
  private var definedNames = DefinedNames()
  private(set) var sheets: [Sheet] = []

  init() throws(ReportingError) {
    file = memory_file_open()
    guard file >= 0 else { throw .workbook("the system gives no file in memory to write it to") }
    var options = lxw_workbook_options()
    options.constant_memory = 0
    guard let workbook = workbook_new_opt("/proc/self/fd/\(file)", &options) else {
      memory_file_close(file)
      throw .workbook("there is not enough memory")
    }
    self.workbook = workbook
    workbook_unset_default_url_format(workbook)
  }

  deinit {
    if !isClosed { lxw_workbook_free(workbook) }
    memory_file_close(file)
  }

  /// A sheet at the end, under a name like the one asked for.
  func addSheet(_ wanted: String) throws(ReportingError) -> Sheet {
    let name = sheetNames.add(wanted)
    guard let sheet = workbook_add_worksheet(workbook, name) else {
      throw .workbook("a sheet cannot be called \"\(name)\"")
    }
    let result = Sheet(sheet, name: name, in: self)
    sheets.append(result)
    return result
  }

  /// What the book says of itself. The day is the only date in it.
  func setProperties(title: String, subject: String, comments: String, day: CivilDate) throws(ReportingError)
  {
    let texts = [title, subject, comments, "Needscast"].map {
      OwnedText(WorkbookText.line($0, to: 255))
    }
    var properties = lxw_doc_properties()
    properties.title = texts[0].pointer
    properties.subject = texts[1].pointer
    properties.comments = texts[2].pointer
    properties.company = texts[3].pointer
    // A creation time of nought means "now" to the library.
    properties.created = max(1, day.daysSinceEpoch * 86_400)
    let answer = workbook_set_properties(workbook, &properties)
    withExtendedLifetime(texts) {}
    try Self.check(answer, "its properties")
  }

  /// Gives cells a name that formulas can use; returns the name.
  @discardableResult
  func define(_ id: String, _ what: String, _ range: CellRange) throws(ReportingError) -> String {
    let name = definedNames.add(id, what)
    try Self.check(workbook_define_name(workbook, name, "=\(range.reference)"), "the name \(name)")
    return name
  }

  /// A chart to be filled and put onto a sheet.
  func addChart(_ kind: WorkbookChart.Kind) throws(ReportingError) -> UnsafeMutablePointer<lxw_chart> {
    guard let chart = workbook_add_chart(workbook, kind.type) else {
      throw .workbook("there is not enough memory for a chart")
    }
    return chart
  }

  func format(_ style: CellStyle) throws(ReportingError) -> UnsafeMutablePointer<lxw_format> {
    if let known = formats[style] { return known }
    guard let format = workbook_add_format(workbook) else {
      throw .workbook("there is not enough memory for a format")
    }
    style.apply(to: format)
    formats[style] = format
    return format
  }

  /// Finishes the book and gives its bytes.
  func bytes() throws(ReportingError) -> [UInt8] {
    // The library frees the book whatever comes of it.
    isClosed = true
    try Self.check(workbook_close(workbook), "the book")
    let size = memory_file_size(file)
    guard size > 0, let count = Int(exactly: size) else { throw .workbook("nothing was written") }
    var bytes = [UInt8](repeating: 0, count: count)
    var read = 0
    while read < count {
      let more = bytes.withUnsafeMutableBytes { buffer in
        buffer.baseAddress.map { memory_file_read(file, $0 + read, Int64(count - read), Int64(read)) } ?? -1
      }
      guard more > 0, let part = Int(exactly: more) else {
        throw .workbook("it was written and cannot be read back")
      }
      read += part
    }
    return bytes
  }

  static func check(_ answer: lxw_error, _ what: String) throws(ReportingError) {
    guard answer != LXW_NO_ERROR else { return }
    let reason = lxw_strerror(answer).map { String(cString: $0) } ?? "error \(answer.rawValue)"
    throw .workbook("\(what): \(reason)")
  }
}

/// Text that the library reads through a pointer it may write to.
final class OwnedText {
  let pointer: UnsafeMutablePointer<CChar>

  init(_ text: String) {
    let bytes = text.utf8CString
    pointer = .allocate(capacity: bytes.count)
    for (index, byte) in bytes.enumerated() { (pointer + index).initialize(to: byte) }
  }

  deinit { pointer.deallocate() }
}
