/// What becomes in one year of the children who ask for places.
public struct OverflowYear: Sendable {
  /// One setting.
  public struct Setting: Sendable {
    /// The setting.
    public let setting: String
    /// Children who ask for it.
    public let demand: Draws
    /// Children whom other settings pass on to it.
    public let received: Draws
    /// Children placed in it.
    public let placed: Draws
    /// Places that can be filled; nil where it has no limit.
    public let usablePlaces: Draws?
    /// Those of them that are empty; nil where it has no limit.
    public let sparePlaces: Draws?
    /// Children who wait for it.
    public let waiting: Draws
    /// Children brought back to it in the year from where they had been passed on to.
    public let broughtBack: Draws
  }

  /// Children whom one setting has passed on to another and who are there, or have been passed on from there.
  public struct Route: Sendable {
    /// The setting that is full.
    public let from: String
    /// The setting that takes them.
    public let to: String
    /// How many they are.
    public let children: Draws
  }

  /// The financial year.
  public let year: FinancialYear
  /// The settings: those with a limit in the order of the rules, then the others by name.
  public let settings: [Setting]
  /// The ways out of full settings.
  public let routes: [Route]
  /// Pounds of capital for places that open in the year.
  public let capitalCost: Draws

  /// All children who wait.
  public var waiting: Draws { Draws.sum(settings.map(\.waiting)) }
  /// All children who are placed.
  public var placed: Draws { Draws.sum(settings.map(\.placed)) }
  /// All children who ask.
  public var demand: Draws { Draws.sum(settings.map(\.demand)) }
  /// Weeks of waiting in the year, over all children who wait: the days of the year count, so that a year with a
  /// 29 February has 366/7 weeks.
  public var waitingChildWeeks: Draws { waiting * year.weeks }

  /// One setting by its name.
  public subscript(setting: String) -> Setting? { settings.first { $0.setting == setting } }
}

/// Children whom a setting had no place for before the first year of a run.
public struct OverflowOpening: Sendable {
  /// Children placed in it.
  public let placed: Draws
  /// Children it has passed on, by the setting they are in.
  public let elsewhere: [String: Draws]
  /// Children who wait for it.
  public let waiting: Draws

  /// States how a setting stood.
  public init(placed: Draws, elsewhere: [String: Draws] = [:], waiting: Draws = Draws(0)) {
    self.placed = placed
    self.elsewhere = elsewhere
    self.waiting = waiting
  }
}
