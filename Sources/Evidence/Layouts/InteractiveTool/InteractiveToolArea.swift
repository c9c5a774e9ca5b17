/// The areas of the Local Authority Interactive Tool, which numbers England and its regions beside the authorities.
enum InteractiveToolArea {
  /// An area by its name and number: 970 is England, 980 to 990 are regions (986 to 988 London, inner and outer), other
  /// three-digit numbers are authorities; without a number the level is not known.
  static func area(name: String, number: String) -> PublishedArea {
    let name = name.withoutOuterSpaces
    let number = number.withoutOuterSpaces
    let isNumber = number.utf8.count == 3 && number.utf8.allSatisfy { (48...57).contains($0) }
    guard isNumber, let value = Int(number) else {
      return PublishedArea(name: name, number: nil, level: name == "England" ? "National" : nil)
    }
    let level =
      switch value {
      case 970: "National"
      case 980...990: "Regional"
      default: "Local authority"
      }
    return PublishedArea(name: name, number: number, level: level)
  }
}
