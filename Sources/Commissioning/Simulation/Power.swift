import RealModule

/// A number raised to a power that need not be whole, as growth over part of a year is.
func power(_ base: Double, _ exponent: Double) -> Double { Double.pow(base, exponent) }
