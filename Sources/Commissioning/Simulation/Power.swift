#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// A number raised to a power that need not be whole, as growth over part of a year is.
func power(_ base: Double, _ exponent: Double) -> Double { pow(base, exponent) }
