/// Reads comma-separated text (RFC 4180), independently of what writes it.
func readCSV(_ text: String) -> [[String]] {
  var rows: [[String]] = []
  var row: [String] = []
  var cell = ""
  var isQuoted = false
  var scalars = Array(text.unicodeScalars)[...]
  while let scalar = scalars.popFirst() {
    if isQuoted {
      if scalar == "\"", scalars.first == "\"" {
        cell.unicodeScalars.append(scalar)
        scalars.removeFirst()
      } else if scalar == "\"" {
        isQuoted = false
      } else {
        cell.unicodeScalars.append(scalar)
      }
    } else if scalar == "\"" {
      isQuoted = true
    } else if scalar == "," {
      row.append(cell)
      cell = ""
    } else if scalar == "\n" {
      rows.append(row + [cell])
      row = []
      cell = ""
    } else {
      cell.unicodeScalars.append(scalar)
    }
  }
  return rows
}
