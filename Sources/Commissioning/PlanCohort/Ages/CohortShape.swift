/// A kind of placement that a plan names, and the ages that it can hold.
public struct PlanSetting: Hashable, Sendable {
  /// The name that scripts use.
  public let id: String
  /// The name that people use.
  public let name: String
  /// The ages at 31 August that can be placed there; nil for all.
  public let ages: ClosedRange<Int>?

  /// Describes a setting.
  public init(id: String, name: String, ages: ClosedRange<Int>? = nil) {
    self.id = id
    self.name = name
    self.ages = ages
  }

  /// The placement types of the Department for Education's deficit management plan, in its order. Post-16 and
  /// further education begins at 16.
  public static let standard = [
    PlanSetting(id: "mainstream", name: "Mainstream schools or academies"),
    PlanSetting(id: "resourced", name: "Resourced provision or SEN units"),
    PlanSetting(id: "special", name: "Maintained special schools or special academies"),
    PlanSetting(id: "independent", name: "Non-maintained special schools or independent"),
    PlanSetting(id: "hospital", name: "Hospital schools or alternative provision"),
    PlanSetting(id: "post-16", name: "Post-16 and further education", ages: 16...25),
    PlanSetting(id: "other", name: "Other placements or direct payments"),
  ]
}

/// A band of ages at 31 August that figures are shown by.
public struct AgeGroup: Hashable, Sendable {
  /// Its name.
  public let name: String
  /// The ages in it.
  public let ages: ClosedRange<Int>

  /// Describes a band.
  public init(name: String, ages: ClosedRange<Int>) {
    self.name = name
    self.ages = ages
  }

  /// The five groups of the Department for Education's deficit management plan.
  public static let standard = [
    AgeGroup(name: "Under 5", ages: 0...4), AgeGroup(name: "5 to 10", ages: 5...10),
    AgeGroup(name: "11 to 15", ages: 11...15), AgeGroup(name: "16 to 19", ages: 16...19),
    AgeGroup(name: "20 to 25", ages: 20...25),
  ]
}

/// What a cohort is counted by: single years of age (or year groups), and settings.
///
/// A table of a cohort is an array by age and, within an age, by setting.
public struct CohortShape: Hashable, Sendable {
  /// Ages at 31 August before the census, or year groups.
  public let ages: ClosedRange<Int>
  /// The settings.
  public let settings: [PlanSetting]
  /// The groups of ages that figures are shown by; they hold each age once.
  public let groups: [AgeGroup]

  /// Describes a cohort.
  ///
  /// - Throws: ``CommissioningError/invalid(service:reason:)`` for more than 64 ages, no setting, two
  ///   settings of one name, or groups that do not hold each age once.
  public init(
    ages: ClosedRange<Int> = 0...25, settings: [PlanSetting] = PlanSetting.standard,
    groups: [AgeGroup] = AgeGroup.standard, service: String
  ) throws(CommissioningError) {
    guard ages.lowerBound >= -64, ages.upperBound <= 128, ages.count <= 64 else {
      throw .invalid(
        service: service,
        reason: "ages \(ages.lowerBound) to \(ages.upperBound) cannot be run; give at most 64 ages")
    }
    guard !settings.isEmpty, Set(settings.map(\.id)).count == settings.count else {
      throw .invalid(
        service: service,
        reason: "the settings are \(settings.map(\.id).joined(separator: ", ")); give at least one, each once"
      )
    }
    for age in ages {
      let holding = groups.filter { $0.ages.contains(age) }
      guard holding.count == 1 else {
        throw .invalid(
          service: service,
          reason: "age \(age) is in \(holding.count) of the groups of ages; it must be in one")
      }
    }
    self.ages = ages
    self.settings = settings
    self.groups = groups
  }

  /// The number of cells of a table: ages times settings.
  public var cells: Int { ages.count * settings.count }

  /// The place of a setting; nil where there is none of this name.
  public func setting(_ id: String) -> Int? { settings.firstIndex { $0.id == id } }

  /// Whether a setting, by its place, can hold an age.
  func holds(_ age: Int, setting: Int) -> Bool { settings[setting].ages?.contains(age) ?? true }

  /// The group of an age, by the place of the age.
  func group(ofAgeAt place: Int) -> Int {
    groups.firstIndex { $0.ages.contains(ages.lowerBound + place) } ?? 0
  }

  /// Whether those of the age at a place can move from one setting to another by the next census.
  func allows(ageAt place: Int, to setting: Int) -> Bool {
    place + 1 < ages.count && holds(ages.lowerBound + place + 1, setting: setting)
  }

  /// Checks a table of counts by age and setting.
  func requireCounts(
    _ table: [Double], service: String, what: String, placed: Bool = true
  ) throws(CommissioningError) {
    guard table.count == cells else {
      throw .invalid(
        service: service,
        reason:
          "\(what) holds \(table.count) counts; \(ages.count) ages of \(settings.count) settings are \(cells)"
      )
    }
    for cell in table.indices {
      let age = ages.lowerBound + cell / settings.count
      let setting = cell % settings.count
      guard (0...PlanCounts.most).contains(table[cell]) else {
        throw .invalid(
          service: service,
          reason:
            "\(what): \(plainText(table[cell])) aged \(age) in \(settings[setting].name); a count is 0 or "
            + "more"
        )
      }
      guard !placed || table[cell] == 0 || holds(age, setting: setting) else {
        throw .invalid(
          service: service,
          reason:
            "\(what): \(plainText(table[cell])) aged \(age) in \(settings[setting].name), which does not "
            + "hold that age; move them, or widen the setting's ages")
      }
    }
  }
}
