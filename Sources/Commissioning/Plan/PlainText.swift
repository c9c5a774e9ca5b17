/// A number in a sentence: without decimals where it is whole, and never in a form that a huge number could break.
func plainText(_ number: Double) -> String {
  number == number.rounded() && abs(number) < 1e15 ? String(Int(number)) : "\(number)"
}

/// Pounds in a sentence, in millions to one decimal.
func millions(_ pounds: Double) -> String { "£\(plainText((pounds / 1e5).rounded() / 10))m" }
