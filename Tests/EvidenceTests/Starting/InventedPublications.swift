import Foundation

@testable import Evidence

/// Files in the layouts of publishers with invented figures, in a folder of their own.
final class InventedPublications {
  struct Place {
    let number: Int
    let name: String
    let region: String
    let size: Double
  }

  /// Authorities of two regions, one of whose names has a comma.
  static let places = [
    Place(number: 343, name: "Sefton", region: "North West", size: 1),
    Place(number: 344, name: "Wirral", region: "North West", size: 1.3),
    Place(number: 340, name: "Knowsley", region: "North West", size: 0.7),
    Place(number: 801, name: "Bristol, City of", region: "South West", size: 1.6),
    Place(number: 839, name: "Bournemouth, Christchurch and Poole", region: "South West", size: 1.4),
  ]

  let folder: TemporaryFolder
  let places: [Place]

  init(_ places: [Place] = InventedPublications.places) throws {
    folder = try TemporaryFolder()
    self.places = places
  }

  /// A number that moves a little from year to year, the same in every run.
  private func level(_ base: Double, _ growth: Double, _ year: Int, _ place: Place) -> Double {
    let wobble = Double((year * 7 + place.number * 13) % 11 - 5) / 400
    return base * place.size * pow(1 + growth, Double(year - 2016)) * (1 + wobble)
  }

  private func field(_ text: String) -> String { text.contains(",") ? "\"\(text)\"" : text }

  func tool(_ name: String = "lait.csv", without: Set<String> = []) throws -> String {
    var text = "measure,area,la_number,region,period,value\n"
    func add(
      _ measure: String, _ years: ClosedRange<Int>, _ period: (Int) -> String, _ value: (Int, Place) -> Double
    ) {
      guard !without.contains(measure) else { return }
      for place in places {
        for year in years {
          text +=
            "\(measure),\(field(place.name)),\(place.number),\(place.region),\(period(year)),\((value(year, place) * 10).rounded() / 10)\n"
        }
      }
      text += "\(measure),England,970,,\(period(years.upperBound)),1000\n"
    }
    let bare: (Int) -> String = { "\($0)" }
    let money: (Int) -> String = { "\($0)-\(($0 + 1) % 100) (OT)" }
    add("SEN_CASES_JAN", 2018...2025, bare) { self.level(1300, 0.11, $0, $1).rounded() }
    add("LACnum", 2014...2025, bare) { self.level(450, 0.02, $0, $1).rounded() }
    add("LAC_Foster_Placements", 2018...2025, bare) { year, place in
      70 - Double(year - 2018) / 2 + Double(place.number % 3)
    }
    add("LAC_SecHome_And_ChildHome", 2018...2025, bare) { year, _ in 12 + Double(year - 2018) / 2 }
    add("LAC_Ind_SInd_Liv_Arr", 2018...2025, bare) { _, _ in 7 }
    add("Number_Foster_Places(New)", 2018...2025, bare) { self.level(200, -0.01, $0, $1).rounded() }
    add("TotalLACFinance", 2016...2024, money) { self.level(22_000_000, 0.08, $0, $1).rounded() }
    add("FosteringFinance", 2016...2024, money) { self.level(400, 0.03, $0, $1).rounded() }
    add("RescareFinance", 2016...2024, money) { self.level(3500, 0.05, $0, $1).rounded() }
    add("16-17 NEET", 2018...2025, bare) { year, place in 3 + Double((year + place.number) % 4) / 3 }
    text += "LACnum,\(field(places[0].name)),\(places[0].number),\(places[0].region),2013,-\n"
    return try folder.file(name, text)
  }

  func population(_ name: String = "population.csv", from first: Int = 2012, short: Int? = nil) throws
    -> String
  {
    var text =
      "\u{FEFF}time_period,time_identifier,geographic_level,country_code,country_name,region_code,region_name,old_la_code,new_la_code,la_name,age_group,population_estimate\n"
    for year in first...2024 {
      text += "\(year),Reporting year,National,E92000001,England,,,,,,Children aged 0 to 17 years,12000000\n"
      for place in places where place.number != short || year > 2022 {
        let code = try Gazetteer.english[place.number]?.codes.last?.text ?? ""
        text +=
          "\(year),Reporting year,Local authority,E92000001,England,,\(place.region),\(place.number),\(code),\(field(place.name)),Children aged 0 to 17 years,\(Int(level(54_000, 0.003, year, place)))\n"
      }
    }
    return try folder.file(name, text)
  }

  func allocations() throws -> String {
    var text =
      "la_number,la_name,financial_year,schools_block,central_school_services_block,high_needs_block,early_years_block,total_dsg\n"
    for place in places {
      for year in 2019...2023 {
        let blocks = [170e6, 2e6, 28e6, 15e6].map { Int(level($0, 0.05, year, place)) }
        text +=
          "\(place.number),\(field(place.name)),\(year)/\((year + 1) % 100),\(blocks.map(String.init).joined(separator: ",")),\(blocks.reduce(0, +))\n"
      }
    }
    return try folder.file("allocations.csv", text)
  }

  func deficits() throws -> String {
    var text =
      "la_number,la_name,region_name,geographic_level,financial_year,cumulative_deficit_percent_of_dsg\n"
    for place in places {
      for year in 2019...2021 {
        text +=
          "\(place.number).0,\(field(place.name)),\(place.region),Local authority,\(year)-\((year + 1) % 100),\(Double(year - 2018) * 1.5)\n"
      }
    }
    return try folder.file("deficits.csv", text)
  }

  func highNeeds() throws -> String {
    let plans = [
      ("mainstream", 600.0), ("resourced_or_unit", 120), ("special", 650), ("independent_or_nmss", 130),
      ("hospital_or_ap", 10),
      ("post16", 250), ("other", 30),
    ]
    let lines = [
      ("place_primary", 4e5), ("place_secondary", 3e5), ("place_special", 65e5), ("place_ap", 8e5),
      ("place_post_school", 6e5),
      ("topup_state_primary", 30e5), ("topup_state_secondary", 20e5), ("topup_state_special", 80e5),
      ("topup_independent_special", 70e5), ("topup_independent_post_school", 8e5),
      ("sen_support_inclusion", 18e5),
      ("alternative_provision", 3e5),
    ]
    var text =
      (["la_number", "la_name"] + plans.map { "plans_\($0.0)" } + ["budget_therapies"]
      + lines.map { "outturn_\($0.0)" }).joined(separator: ",") + "\n"
    for place in places {
      text +=
        (["\(place.number)", field(place.name)] + plans.map { "\(Int($0.1 * place.size))" } + ["1"]
        + lines.map { "\(Int($0.1 * place.size))" }).joined(separator: ",") + "\n"
    }
    return try folder.file("high_needs_2021_22.csv", text)
  }

  func waits() throws -> String {
    var text = "organisation_type,organisation,month,service,waiting,waiting_over_52_weeks\n"
    for month in 1...9 {
      for (kind, name, size) in [
        ("National", "England", 70_000), ("ICB", "CHESHIRE AND MERSEYSIDE", 4_500), ("ICB", "Dorset", 900),
      ] {
        for service in [
          "Speech And Language", "Community Paediatric Service", "Occupational Therapy", "Audiology",
        ] {
          text += "\(kind),\(name),2024-0\(month)-01,\(service),\(size + month * 10),5\n"
        }
      }
    }
    return try folder.file("waits.csv", text)
  }

  func neighbours() throws -> String {
    try folder.file(
      "neighbours.csv",
      "la_number,la_name,rank,neighbour_la_number,closeness\n343,Sefton,1,344,Very close\n343,Sefton,2,801,Close\n344,Wirral,1,343,Close\n344,Wirral,2,340,Close\n"
    )
  }

  /// All that high needs, looked-after children and participation need.
  func usual() throws -> [String] {
    [try tool(), try population(), try allocations(), try deficits(), try highNeeds()]
  }
}
