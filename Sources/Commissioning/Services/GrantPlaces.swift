import TimeSeries

extension RingFencedGrant {
  /// A change in the places of a setting.
  public struct PlacesChange: Hashable, Sendable {
    /// Whether places come; otherwise they go.
    public let isOpening: Bool
    /// How many.
    public let places: Assumption.Value
    /// The first day.
    public let from: CivilDate
    /// The last day; nil where it stays so.
    public let until: CivilDate?
    /// Pounds of capital for each new place; nothing for a closure.
    public let capitalPerPlace: Assumption.Value
    /// Why.
    public let reason: String

    /// Describes a change.
    public init(
      isOpening: Bool, places: Assumption.Value, from: CivilDate, until: CivilDate? = nil,
      capitalPerPlace: Assumption.Value = .fixed(0), reason: String
    ) {
      self.isOpening = isOpening
      self.places = places
      self.from = from
      self.until = until
      self.capitalPerPlace = capitalPerPlace
      self.reason = reason
    }
  }

  /// The places of a setting that can be full, and where children go then.
  public struct SettingCapacity: Hashable, Sendable {
    /// A number of places counted on a day.
    public struct Starting: Hashable, Sendable {
      /// The number of places.
      public let places: Double
      /// The day on which there were as many.
      public let on: CivilDate

      /// States a number.
      public init(places: Double, on: CivilDate) {
        self.places = places
        self.on = on
      }
    }

    /// A way out of a full setting.
    public struct Route: Hashable, Sendable {
      /// The setting that takes children.
      public let setting: String
      /// The assumption that says what part of them goes there, 0 to 1.
      public let share: String
      /// The assumption that says what part of those there is brought back in a year where places are spare; nil for
      /// nobody.
      public let broughtBack: String?

      /// Describes a way out.
      public init(setting: String, share: String, broughtBack: String? = nil) {
        self.setting = setting
        self.share = share
        self.broughtBack = broughtBack
      }
    }

    /// The setting.
    public let setting: String
    /// The number of places to begin with; nil for what place funding pays for, where it is the special setting.
    public let starting: Starting?
    /// What opens and closes.
    public let changes: [PlacesChange]
    /// The assumption that says what part of the places can be filled; nil for all of them.
    public let usable: String?
    /// Where children go; the part that is left waits.
    public let routes: [Route]
    /// The assumption that says what part of the children placed elsewhere, or waiting, leaves in a year.
    public let leaving: String
    /// The setting whose price children have while they wait.
    public let pricedWhileWaitingAs: String

    /// Describes the places of a setting.
    public init(
      setting: String, starting: Starting?, changes: [PlacesChange], usable: String?, routes: [Route],
      leaving: String, pricedWhileWaitingAs: String
    ) {
      self.setting = setting
      self.starting = starting
      self.changes = changes
      self.usable = usable
      self.routes = routes
      self.leaving = leaving
      self.pricedWhileWaitingAs = pricedWhileWaitingAs
    }
  }
}
