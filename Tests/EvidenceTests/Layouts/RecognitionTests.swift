import Testing

@testable import Evidence

/// No layout claims the file of another.
@Suite("Layouts tell their files apart")
struct RecognitionTests {
  /// Headers as they are published, and the layout of each; nil for files that none of these layouts reads.
  private static let headers: [(header: String, layout: String?)] = [
    (
      "organisation_type,organisation,month,service,waiting,waiting_18_to_52_weeks,waiting_over_52_weeks",
      "nhs-community-waits"
    ),
    (
      "la_number,la_name,financial_year,schools_block,central_school_services_block,high_needs_block,early_years_block,total_dsg",
      "dsg"
    ),
    (
      "la_number,la_name,region_name,geographic_level,financial_year,cumulative_deficit_percent_of_dsg", "dsg"
    ),
    (
      "la_number,la_name,population_2_18,plans_total,budget_place_total,outturn_place_total,outturn_therapies",
      "section-251"
    ),
    ("AREA_CODE,AREA_NAME,COMPONENT,SEX,AGE_GROUP,2018,2019,2043", "ons-projections"),
    (
      "v4_0,calendar-years,Time,administrative-geography,Geography,sex,Sex,agegroups,AgeGroups,projectiontype,ProjectionType",
      "ons-projections"
    ),
    ("CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB", "ssda903"),
    ("CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC", "ssda903"),
    ("series,area,period,calendar,frequency,value,unit,measure", "series"),
    ("series_id,frequency,period_index,value,split", "series"),
    // The Local Authority Interactive Tool, Explore Education Statistics (Section 251 among them), Fingertips, statistical
    // neighbours, population estimates and a competition whose series have no name.
    ("measure,area,la_number,region,period,value", nil),
    (
      "time_period,time_identifier,geographic_level,country_code,country_name,region_code,region_name,old_la_code,new_la_code,la_name,age_group,population_estimate",
      nil
    ),
    (
      "time_period,time_identifier,geographic_level,country_name,region_name,la_name,old_la_code,new_la_code,main_category,category_of_expenditure,early_years_establishments,gross_expenditure,net_expenditure",
      nil
    ),
    (
      "Indicator ID,Indicator Name,Parent Code,Area Code,Area Name,Sex,Age,Time period,Value,Lower CI 95.0 limit,Count,Denominator",
      nil
    ),
    ("la_number,la_name,SN1,SN2,SN3", nil),
    (
      "v4_0,calendar-years,Time,administrative-geography,Geography,sex,Sex,single-year-of-age,Age", nil
    ),
    ("frequency,period_index,value,split", nil),
    ("CHILD,DOB,SDQ_SCORE,SDQ_REASON", nil),
  ]

  private static let mine = [
    "nhs-community-waits", "dsg", "section-251", "ons-projections", "ssda903", "series",
  ]

  @Test("a header is claimed by its own layout alone")
  func oneClaim() {
    for (header, layout) in Self.headers {
      let sample = TableSample(file: "in.csv", columns: header.split(separator: ",").map(String.init))
      let claims = Layouts.all.filter { Self.mine.contains($0.name) && $0.recognise(sample) != nil }
      #expect(claims.map { $0.name } == (layout.map { [$0] } ?? []), "\(header)")
    }
  }

  @Test("every layout has a name of its own, by which it is found, and a summary")
  func names() {
    #expect(Set(Layouts.all.map { $0.name }).count == Layouts.all.count)
    for layout in Layouts.all {
      #expect(Layouts.named(layout.name)?.name == layout.name && !layout.summary.isEmpty)
    }
    #expect(Layouts.named("none") == nil)
    for name in Self.mine { #expect(Layouts.named(name) != nil) }
  }
}
