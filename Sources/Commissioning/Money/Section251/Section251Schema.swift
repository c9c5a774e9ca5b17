/// The lines of the Section 251 return on which high needs money is reported, and which of them make the total that
/// authorities are compared by.
///
/// A table and not code: another year's return with other lines is another value.
public struct Section251Schema: Hashable, Sendable {
  /// The columns into which a line's gross amount is divided, by phase of education.
  public enum Phase: String, Hashable, Sendable, CaseIterable {
    /// Early years.
    case earlyYears = "early_years"
    /// Primary schools.
    case primary
    /// Secondary schools.
    case secondary
    /// Special educational needs and special schools.
    case senAndSpecial = "sen_and_special"
    /// Pupil referral units and alternative provision.
    case pruAp = "pru_ap"
    /// After 16.
    case post16 = "post_16"
  }

  /// What a line counts towards when authorities are compared.
  public enum Group: String, Hashable, Sendable, CaseIterable {
    /// Place funding.
    case places
    /// Top-up funding in maintained schools, academies and colleges.
    case topUpState = "top-up-state"
    /// Top-up and other funding in independent and non-maintained provision.
    case topUpIndependent = "top-up-independent"
    /// Services that support special needs and inclusion.
    case support
    /// Hospital education.
    case hospital
    /// Alternative provision.
    case alternativeProvision = "alternative-provision"
    /// Therapies and other health-related services.
    case therapies
  }

  /// A line of the return.
  public struct Line: Hashable, Sendable {
    /// Its number in the return, such as 1.2.3.
    public let code: String
    /// Its name.
    public let name: String
    /// What it counts towards; nil for a line that is spent and left out of the comparison.
    public let group: Group?

    /// Describes a line.
    public init(code: String, name: String, group: Group?) {
      self.code = code
      self.name = name
      self.group = group
    }
  }

  /// The lines in the order of the return.
  public let lines: [Line]

  /// Puts together a schema.
  ///
  /// - Throws: ``CommissioningError/invalid(service:reason:)`` when two lines have one code.
  public init(lines: [Line]) throws(CommissioningError) {
    var codes: Set<String> = []
    for line in lines where !codes.insert(line.code).inserted {
      throw .invalid(
        service: "section-251", reason: "the schema has two lines \(line.code); a code is one line's")
    }
    self.lines = lines
  }

  private init(unique lines: [Line]) { self.lines = lines }

  /// The line of a code; nil where there is none.
  public subscript(code: String) -> Line? { lines.first { $0.code == code } }

  /// The high needs lines as the department's benchmarking reads them: place funding, top-up funding and services.
  ///
  /// `TotalHighNeeds` = 1.0.2 + (1.2.1 + 1.2.2 + 1.2.4 + 1.2.11) + 1.2.3 + (1.2.5 + 1.2.8 + 1.2.9) + 1.2.7 + 1.2.6 +
  /// 1.2.13; 1.2.10 is read and left out of it, and counts in what is spent. Department for Education, education
  /// benchmarking and insights, high needs pipeline (2024).
  public static let highNeeds = Section251Schema(unique: [
    Line(code: "1.0.2", name: "High needs place funding", group: .places),
    Line(code: "1.2.1", name: "Top-up funding, maintained schools", group: .topUpState),
    Line(code: "1.2.2", name: "Top-up funding, academies, free schools and colleges", group: .topUpState),
    Line(
      code: "1.2.3", name: "Top-up and other funding, non-maintained and independent providers",
      group: .topUpIndependent),
    Line(code: "1.2.4", name: "Additional high needs targeted funding, mainstream", group: .topUpState),
    Line(code: "1.2.5", name: "SEN support services", group: .support),
    Line(code: "1.2.6", name: "Hospital education services", group: .hospital),
    Line(code: "1.2.7", name: "Other alternative provision services", group: .alternativeProvision),
    Line(code: "1.2.8", name: "Support for inclusion", group: .support),
    Line(code: "1.2.9", name: "Special schools and PRUs in financial difficulty", group: .support),
    Line(code: "1.2.10", name: "PFI and BSF costs at special schools, AP and PRUs", group: nil),
    Line(code: "1.2.11", name: "Direct payments", group: .topUpState),
    Line(code: "1.2.13", name: "Therapies and other health-related services", group: .therapies),
  ])
}
