/// A line of a Section 251 return whose figures do not sum to one another.
public struct Section251FootingError: Hashable, Sendable, CustomStringConvertible {
  /// What does not foot.
  public enum Check: String, Hashable, Sendable {
    /// The phases do not sum to the gross amount.
    case phases
    /// Gross less income is not net.
    case net
  }

  /// The line's number.
  public let code: String
  /// The line's name.
  public let name: String
  /// What does not foot.
  public let check: Check
  /// What the parts come to.
  public let sum: Pence
  /// What the return says.
  public let stated: Pence
  /// The most that rounding could explain.
  public let allowance: Pence

  /// By how much the parts are above what is stated; negative where they are below.
  ///
  /// - Throws: ``CommissioningError/invalid(service:reason:)`` when the difference cannot be held in pence.
  public func difference() throws(CommissioningError) -> Pence { try sum.subtracting(stated) }

  /// The error as a sentence.
  public var description: String {
    let parts =
      switch check {
      case .phases: "the phases come to \(sum), and gross is \(stated)"
      case .net: "gross less income is \(sum), and net is \(stated)"
      }
    let difference = Int128(sum.count) - Int128(stated.count)
    let size = Int64(exactly: difference.magnitude).map { Pence($0).description } ?? "more than can be held"
    let rounding = allowance > .zero ? "; rounding explains at most \(allowance)" : ""
    return "\(code) \(name): \(parts), out by \(size)\(rounding)"
  }
}

extension Section251Return {
  /// The lines whose figures do not sum, beyond what rounding explains: each of n figures may be half a unit off.
  ///
  /// A line that is not divided by phase has only its net amount checked.
  ///
  /// - Throws: ``CommissioningError/invalid(service:reason:)`` when a sum cannot be held in pence.
  public func footingErrors() throws(CommissioningError) -> [Section251FootingError] {
    var errors: [Section251FootingError] = []
    for row in rows {
      let name = schema[row.code]?.name ?? ""
      func check(
        _ check: Section251FootingError.Check, _ sum: Pence, _ stated: Pence, figures: Int
      ) throws(CommissioningError) {
        let unit = roundedTo ?? .zero
        let allowance = Pence(try unit.times(Int64(figures)).count / 2)
        let out = (Int128(sum.count) - Int128(stated.count)).magnitude
        guard out > allowance.count.magnitude else { return }
        errors.append(
          Section251FootingError(
            code: row.code, name: name, check: check, sum: sum, stated: stated, allowance: allowance))
      }
      if !row.phases.isEmpty {
        try check(.phases, try Pence.sum(row.phases.values), row.gross, figures: row.phases.count + 1)
      }
      try check(.net, try row.gross.subtracting(row.income), row.net, figures: 3)
    }
    return errors
  }

  /// Refuses a return that does not foot.
  ///
  /// - Throws: ``CommissioningError/invalid(service:reason:)`` that says of every such line by how much it is out.
  public func checkFooting() throws(CommissioningError) {
    let errors = try footingErrors()
    guard errors.isEmpty else {
      throw Self.refused(
        "the return of \(year) does not foot: \(errors.map(\.description).joined(separator: "; "))")
    }
  }
}
