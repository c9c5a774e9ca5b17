import Crypto

/// The SHA-256 digest of a file's bytes, by which a manifest says exactly what a plan was made from.
public enum FileDigest {
  /// The digest as 64 hexadecimal digits in lower case.
  public static func sha256(_ bytes: [UInt8]) -> String {
    SHA256.hash(data: bytes).map { byte in
      let digits = String(byte, radix: 16)
      return digits.count == 1 ? "0" + digits : digits
    }.joined()
  }
}
