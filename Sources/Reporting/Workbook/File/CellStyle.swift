import CXLSXWriter

/// How a cell looks and how its number is written. Colour never says anything that the text does not.
struct CellStyle: Hashable {
  /// How a number is written.
  enum Number: String, Hashable {
    case general = "General"
    /// Pounds; what is negative has its sign and is red besides.
    case pounds = "£#,##0;[Red]-£#,##0"
    case pence = "£#,##0.00;[Red]-£#,##0.00"
    case people = "#,##0;[Red]-#,##0"
    case decimal = "#,##0.00;[Red]-#,##0.00"
    case percent = "0.0%;[Red]-0.0%"
    /// A share that is known, or part of one.
    case wholePercent = "0%"
    /// A probability counted over futures, which is never nothing or all.
    case chance = "[>0.99]\">99%\";[<0.01]\"<1%\";0%"
    case index = "0.0000"
  }

  /// What a cell is for.
  enum Role: Hashable {
    case body, title, subtitle, heading, section, total, quantile, note, input, check, link
  }

  var role = Role.body
  var number = Number.general
  var isWrapped = false
  var isIndented = false
  /// Whether a text stands at the right, under or over numbers.
  var isRight = false

  static let text = CellStyle()
  static let wrapped = CellStyle(isWrapped: true)

  init(_ role: Role = .body, _ number: Number = .general, isWrapped: Bool = false, isIndented: Bool = false) {
    self.role = role
    self.number = number
    self.isWrapped = isWrapped
    self.isIndented = isIndented
  }

  /// The same look for a text among numbers.
  var right: CellStyle {
    var other = with(.general)
    other.isIndented = false
    other.isRight = true
    return other
  }

  /// The same look for another number.
  func with(_ number: Number) -> CellStyle {
    var other = self
    other.number = number
    return other
  }

  /// Puts the look into a format of the library.
  func apply(to format: UnsafeMutablePointer<lxw_format>) {
    if number != .general { format_set_num_format(format, number.rawValue) }
    format_set_align(format, UInt8(LXW_ALIGN_VERTICAL_TOP.rawValue))
    if isWrapped { format_set_text_wrap(format) }
    if isIndented { format_set_indent(format, 1) }
    if isRight { format_set_align(format, UInt8(LXW_ALIGN_RIGHT.rawValue)) }
    switch role {
    case .body: break
    case .title:
      format_set_bold(format)
      format_set_font_size(format, 16)
    case .subtitle, .note: format_set_font_color(format, Colour.grey)
    case .heading:
      format_set_bold(format)
      format_set_text_wrap(format)
      format_set_bg_color(format, Colour.heading)
      format_set_bottom(format, UInt8(LXW_BORDER_THIN.rawValue))
    case .section:
      format_set_bold(format)
      format_set_font_size(format, 12)
      format_set_bottom(format, UInt8(LXW_BORDER_THIN.rawValue))
    case .total:
      format_set_bold(format)
      format_set_top(format, UInt8(LXW_BORDER_THIN.rawValue))
    case .quantile:
      format_set_italic(format)
      format_set_font_color(format, Colour.grey)
    case .input:
      format_set_bg_color(format, Colour.input)
      format_set_border(format, UInt8(LXW_BORDER_THIN.rawValue))
    case .check:
      format_set_bold(format)
      format_set_italic(format)
    case .link:
      format_set_font_color(format, Colour.link)
      format_set_underline(format, UInt8(LXW_UNDERLINE_SINGLE.rawValue))
    }
  }

  /// Colours that have enough contrast on white; fills that black text can be read on.
  enum Colour {
    static let grey: lxw_color_t = 0x595959
    static let heading: lxw_color_t = 0xDCE6F1
    static let input: lxw_color_t = 0xFFF2CC
    static let link: lxw_color_t = 0x12436D
    /// The first colours of the Government Analysis Function's palette.
    static let dark: lxw_color_t = 0x12436D
    static let turquoise: lxw_color_t = 0x28A197
    static let orange: lxw_color_t = 0xF46A25
    static let pale: lxw_color_t = 0xA8BDD0
  }
}
