import Commissioning
import TimeSeries

extension WorkspaceNode {
  /// The settings that can be full: their places, what opens and closes, and where children go then.
  func capacities(
    of settings: [RingFencedGrant.Setting]
  ) throws(EvidenceError) -> [RingFencedGrant.SettingCapacity] {
    var result: [RingFencedGrant.SettingCapacity] = []
    for (key, value) in try entries() {
      guard settings.contains(where: { $0.id == key.name }) else {
        throw problem(
          at: key,
          "there is no setting \"\(key.name)\"; "
            + NearestName.advice(for: key.name, among: settings.map(\.id)))
      }
      result.append(try value.capacity(of: key.name, settings: settings))
    }
    return result
  }

  private func capacity(
    of setting: String, settings: [RingFencedGrant.Setting]
  ) throws(EvidenceError) -> RingFencedGrant.SettingCapacity {
    let fields = try fields(
      required: ["overflow", "leaving", "priced-while-waiting-as"],
      optional: ["places", "openings", "closures", "usable"])
    var changes: [RingFencedGrant.PlacesChange] = []
    for item in try fields.optional("openings")?.items() ?? [] {
      changes.append(try item.placesChange(isOpening: true))
    }
    for item in try fields.optional("closures")?.items() ?? [] {
      changes.append(try item.placesChange(isOpening: false))
    }
    var routes: [RingFencedGrant.SettingCapacity.Route] = []
    for (key, value) in try fields["overflow"].entries() {
      guard settings.contains(where: { $0.id == key.name }) else {
        throw problem(
          at: key,
          "children cannot go to \"\(key.name)\", which is no setting; "
            + NearestName.advice(for: key.name, among: settings.map(\.id)))
      }
      let route = try value.isMapping ? value.fields(required: ["share"], optional: ["brought-back"]) : nil
      routes.append(
        RingFencedGrant.SettingCapacity.Route(
          setting: key.name,
          share: try (route.map { fields throws(EvidenceError) in try fields["share"] } ?? value).text(),
          broughtBack: try route?.optional("brought-back")?.text()))
    }
    let priced = try fields["priced-while-waiting-as"]
    let pricedName = try priced.text()
    guard settings.contains(where: { $0.id == pricedName }) else {
      throw priced.problem(
        "\(priced.name): there is no setting \"\(pricedName)\"; "
          + NearestName.advice(for: pricedName, among: settings.map(\.id)))
    }
    return RingFencedGrant.SettingCapacity(
      setting: setting, starting: try fields.optional("places")?.startingPlaces(), changes: changes,
      usable: try fields.optional("usable")?.text(), routes: routes, leaving: try fields["leaving"].text(),
      pricedWhileWaitingAs: pricedName)
  }

  private func startingPlaces() throws(EvidenceError) -> RingFencedGrant.SettingCapacity.Starting {
    let fields = try fields(required: ["number", "on", "source"])
    _ = try fields["source"].text()
    let number = try fields["number"].number()
    guard number >= 0 else { throw try fields["number"].problem("\(name).number must be 0 or more") }
    return RingFencedGrant.SettingCapacity.Starting(places: number, on: try fields["on"].date())
  }

  private func placesChange(isOpening: Bool) throws(EvidenceError) -> RingFencedGrant.PlacesChange {
    let fields = try fields(
      required: ["places", "from", "reason"],
      optional: isOpening ? ["until", "capital-per-place"] : ["until"])
    let from = try fields["from"].date()
    let until = try fields.optional("until")?.date()
    if let until, until < from {
      throw problem("\(name) ends on \(until), before it begins on \(from); exchange the two")
    }
    return RingFencedGrant.PlacesChange(
      isOpening: isOpening, places: try fields["places"].assumedValue().value, from: from, until: until,
      capitalPerPlace: try fields.optional("capital-per-place")?.assumedValue().value ?? .fixed(0),
      reason: try fields["reason"].text())
  }
}
