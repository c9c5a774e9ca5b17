/// A service that a workspace may begin with, and what its plan needs.
struct StartingService: Sendable {
  /// The name of the service and of its part of the template.
  let id: String
  /// The name for readers.
  let name: String
  /// Groups of series of which at least one must be held.
  let needs: [[String]]
  /// Parts that go with it where all their series are held, and without which it can do.
  let options: [(part: String, series: [String])]
  /// Whether it needs waiting lists of a care board.
  let waits: Bool

  private init(
    _ id: String, _ name: String, needs: [[String]], options: [(part: String, series: [String])] = [],
    waits: Bool = false
  ) {
    self.id = id
    self.name = name
    self.needs = needs
    self.options = options
    self.waits = waits
  }

  /// All services, in the order of the template.
  static let all: [StartingService] = [
    StartingService(
      "high-needs", "High needs",
      needs: [
        "ehc-plans", "population-0-17", "dsg-high-needs-block", "dsg-schools-block", "dsg-total",
        "dsg-cumulative-deficit", "section-251-outturn-place-special", "ehc-plans-special",
        "ehc-plans-independent-or-nmss", "ehc-plans-post16",
      ].map { [$0] } + [
        ["ehc-plans-mainstream", "ehc-plans-resourced-or-unit"],
        ["ehc-plans-hospital-or-ap", "ehc-plans-other"],
        lines("place-primary", "place-secondary", "topup-state-primary", "topup-state-secondary"),
        lines(
          "topup-independent-primary", "topup-independent-secondary", "topup-independent-special",
          "topup-independent-early-years", "topup-independent-income"),
        lines("place-post-school", "topup-state-post-school", "topup-independent-post-school"),
        lines(
          "place-ap", "topup-state-ap", "topup-independent-ap", "alternative-provision", "hospital-education"),
        lines("sen-support-inclusion", "therapies"),
      ],
      options: [("high-needs-flows", ["ehc-requests", "ehc-plans-new", "ehc-plans-ceased"])]),
    StartingService(
      "looked-after", "Children looked after",
      needs: [
        "looked-after-children", "population-0-17", "looked-after-spend", "foster-places",
        "looked-after-in-foster-care", "looked-after-in-childrens-homes", "fostering-weekly-cost",
        "residential-weekly-cost",
      ].map { [$0] },
      options: [
        ("looked-after-flows", ["looked-after-starts", "looked-after-ceased"]),
        ("supported-accommodation", ["looked-after-in-supported-accommodation"]),
        ("with-parents", ["looked-after-with-parents"]),
      ]),
    StartingService(
      "speech-and-language-therapy", "Speech and language therapy",
      needs: [["population-0-17"], ["waiting-speech-and-language"]], waits: true),
    StartingService(
      "community-paediatrics", "Community paediatrics",
      needs: [["population-0-17"], ["waiting-community-paediatrics"]], waits: true),
    StartingService(
      "occupational-therapy", "Occupational therapy",
      needs: [["population-0-17"], ["waiting-occupational-therapy"]], waits: true),
    StartingService(
      "participation", "Young people not in education, employment or training",
      needs: [["neet-16-17"], ["population-0-17"]]),
  ]

  private static func lines(_ names: String...) -> [String] { names.map { "section-251-outturn-\($0)" } }

  /// The services of waiting lists: the series of the list, the names of their assumptions, the middle of the share that
  /// leaves the list, and the usual cost of a child.
  static let waitingLists: [(service: String, list: String, prefix: String, leavers: Double, cost: Double)] =
    [
      ("speech-and-language-therapy", "waiting-speech-and-language", "speech", 0.10, 650),
      ("community-paediatrics", "waiting-community-paediatrics", "paediatrics", 0.08, 520),
      ("occupational-therapy", "waiting-occupational-therapy", "therapy", 0.09, 700),
    ]
}
