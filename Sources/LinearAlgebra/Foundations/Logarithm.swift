#if canImport(Glibc)
  private import Glibc
#elseif canImport(Musl)
  private import Musl
#elseif canImport(Darwin)
  private import Darwin
#endif

/// The natural logarithm of the C library, the only elementary function this module needs.
func naturalLogarithm(_ value: Double) -> Double { log(value) }
