import CZip

/// The parts of a zip archive that stands in memory, each inflated block by block and held to the limits.
final class ZipArchive {
  /// The file, as it was named.
  let file: String
  private let archive: OpaquePointer
  private let limits: SheetLimits
  /// What all parts have inflated to.
  private var inflated = 0

  /// Opens an archive over bytes that must stay where they are as long as it is used.
  ///
  /// - Throws: ``EvidenceError/badData(problems:omitted:)`` for what is no sound archive, and for too many parts.
  init(
    _ bytes: UnsafeBufferPointer<UInt8>, file: String, limits: SheetLimits
  ) throws(EvidenceError) {
    self.file = file
    self.limits = limits
    var error = zip_error_t()
    zip_error_init(&error)
    defer { zip_error_fini(&error) }
    guard let source = zip_source_buffer_create(bytes.baseAddress, UInt64(bytes.count), 0, &error) else {
      throw Self.damaged(file, String(cString: zip_error_strerror(&error)))
    }
    guard let archive = zip_open_from_source(source, Int32(ZIP_RDONLY), &error) else {
      zip_source_free(source)
      throw Self.damaged(file, String(cString: zip_error_strerror(&error)))
    }
    let count = zip_get_num_entries(archive, 0)
    guard count <= limits.parts else {
      zip_discard(archive)
      throw .badData(
        Problem(
          file: file,
          message: "lists \(count) parts, more than the \(limits.parts) that are read; no workbook is made so"
        ))
    }
    self.archive = archive
  }

  deinit { zip_discard(archive) }

  /// Whether there is a part of a name.
  func contains(_ name: String) -> Bool { zip_name_locate(archive, name, 0) >= 0 }

  /// The names of all parts, in the order of the archive.
  var names: [String] {
    (0..<UInt64(max(0, zip_get_num_entries(archive, 0)))).compactMap {
      zip_get_name(archive, $0, UInt32(ZIP_FL_ENC_RAW)).map { String(cString: $0) }
    }
  }

  /// Inflates a part, block by block.
  ///
  /// - Parameters:
  ///   - name: the part.
  ///   - take: receives each block, and says whether more is wanted.
  /// - Throws: ``EvidenceError/badData(problems:omitted:)`` for a part that is not there, is encrypted or damaged (its
  ///   checksum too), or inflates beyond the limits; and what `take` throws.
  func read(
    _ name: String, _ take: (UnsafeBufferPointer<UInt8>) throws(EvidenceError) -> Bool
  ) throws(EvidenceError) {
    let index = zip_name_locate(archive, name, 0)
    guard index >= 0 else { throw problem("has no part \"\(name)\", so it is damaged; save it again") }
    var status = zip_stat_t()
    zip_stat_init(&status)
    guard zip_stat_index(archive, UInt64(index), 0, &status) == 0 else { throw damagedPart(name, reason) }
    if status.valid & UInt64(ZIP_STAT_ENCRYPTION_METHOD) != 0, status.encryption_method != 0 {
      throw problem("is protected with a password; save it without one")
    }
    guard let part = zip_fopen_index(archive, UInt64(index), 0) else { throw damagedPart(name, reason) }
    defer { zip_fclose(part) }
    let most = allowance(compressed: Int(clamping: status.comp_size))
    var block = [UInt8](repeating: 0, count: 1 << 16)
    var count = 0
    while true {
      let size = block.count
      let read = block.withUnsafeMutableBytes { buffer in
        buffer.baseAddress.map { zip_fread(part, $0, UInt64(size)) } ?? -1
      }
      guard read >= 0 else {
        throw damagedPart(name, String(cString: zip_error_strerror(zip_file_get_error(part))))
      }
      if read == 0 { return }
      count += Int(read)
      inflated += Int(read)
      guard count <= most, inflated <= 2 * limits.partBytes else {
        throw bomb(name, Int(clamping: status.comp_size))
      }
      let isWanted = try block.withUnsafeBufferPointer { (buffer) throws(EvidenceError) in
        try take(UnsafeBufferPointer(rebasing: buffer[..<Int(read)]))
      }
      if !isWanted { return }
    }
  }

  /// The bytes of a small part.
  func bytes(of name: String, limit: Int) throws(EvidenceError) -> [UInt8] {
    var bytes: [UInt8] = []
    try read(name) { (block) throws(EvidenceError) in
      bytes.append(contentsOf: block.prefix(limit - bytes.count))
      return bytes.count < limit
    }
    return bytes
  }

  /// What a part may inflate to.
  private func allowance(compressed: Int) -> Int {
    let (product, overflow) = compressed.multipliedReportingOverflow(by: limits.inflation)
    return min(limits.partBytes, max(limits.ratioFloor, overflow ? Int.max : product))
  }

  private func bomb(_ name: String, _ compressed: Int) -> EvidenceError {
    problem(
      """
      has a part "\(name)" of \(compressed) bytes that inflates beyond \(allowance(compressed: compressed)) bytes, the \
      most that is read; if it is sound, copy the table into a workbook of its own
      """)
  }

  private var reason: String { String(cString: zip_error_strerror(zip_get_error(archive))) }

  private func damagedPart(_ name: String, _ reason: String) -> EvidenceError {
    problem("is damaged in part \"\(name)\" (\(reason)); fetch it again, or open it and save it anew")
  }

  private func problem(_ message: String) -> EvidenceError {
    .badData(Problem(file: file, message: "the workbook " + message))
  }

  private static func damaged(_ file: String, _ reason: String) -> EvidenceError {
    .badData(
      Problem(
        file: file,
        message:
          "the workbook is cut short or damaged (\(reason)); fetch it again, or open it and save it anew"))
  }
}
