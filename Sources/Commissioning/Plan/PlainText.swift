import TimeSeries

/// A number in a sentence: without decimals where it is whole, and never in a form that a huge number could break.
func plainText(_ number: Double) -> String {
  number == number.rounded() && abs(number) < 1e15 ? String(Int(number)) : "\(number)"
}

/// Pounds in a sentence, in millions to one decimal: `-£12.3m`.
func millions(_ pounds: Double) -> String {
  let rounded = (abs(pounds) / 1e5).rounded() / 10
  return (pounds < 0 && rounded > 0 ? "-" : "") + "£\(plainText(rounded))m"
}

/// Pounds in a sentence, to the pound and with commas between thousands: `£1,250,000`.
func wholePounds(_ pounds: Double) -> String {
  let rounded = abs(pounds).rounded()
  return (pounds < 0 && rounded > 0 ? "-" : "") + "£\(grouped(rounded))"
}

/// A number in a sentence with commas between the thousands of its whole part.
func grouped(_ number: Double) -> String {
  guard abs(number) < 1e15 else { return plainText(number) }
  let text = plainText(abs(number))
  let whole = text.prefix { $0 != "." }
  var result = ""
  for (place, digit) in whole.enumerated() {
    if place > 0, (whole.count - place) % 3 == 0 { result += "," }
    result.append(digit)
  }
  return (number < 0 ? "-" : "") + result + text.dropFirst(whole.count)
}

/// A share in a sentence, as per cent to one decimal: `12.3 per cent`.
func perCent(_ share: Double) -> String { "\(plainText((share * 1000).rounded() / 10)) per cent" }

/// A day in a sentence: `1 April 2028`.
func plainDate(_ date: CivilDate) -> String {
  let months = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
  ]
  let month = months.indices.contains(date.month - 1) ? months[date.month - 1] : "\(date.month)"
  return "\(date.day) \(month) \(date.year)"
}
