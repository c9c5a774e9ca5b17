import Testing

@testable import Evidence

/// Whatever happens to a published file on its way, reading it ends with figures that add up or an error that says why.
@Suite struct DamagedFileTests {
  private static let files: [(layout: any PublishedLayout.Type, text: String)] = [
    (
      ExploreEducationLayout.self,
      """
      time_period,time_identifier,geographic_level,country_name,old_la_code,la_name,breakdown,pupil_count,pupils_pc
      202425,Academic year,National,England,,,Total,900,12.5
      202425,Academic year Q1,Local authority,England,343,Sefton,"age 10, or so",c,low
      2025,Week 3,Local authority,England,343,Sefton,Total,7,z
      2025,Reporting year,Local authority,England,344,Wirral,on 31 March,1-7,u
      """
    ),
    (
      InteractiveToolLayout.self,
      """
      measure,area,la_number,region,period,value
      Abs,Sefton,343,North West,2016,5
      Abs,Sefton,343,North West,2016/17 (Rev),-
      RTA,"Bournemouth, Christchurch and Poole",839,South West,2014-16,12.13
      RTA,England,970,NA,2013/14-15/16,1e3
      """
    ),
    (
      FingertipsLayout.self,
      """
      Indicator ID,Indicator Name,Area Code,Area Name,Area Type,Sex,Age,Time period,Value,Lower CI 95.0 limit,Upper CI 95.0 limit,Count,Denominator,Value note,Time period Sortable
      1,"Name, and more",E1,Here,England,Persons,All ages,2016/17 - 18/19,5,4,6,10,2000,,20160000
      1,Name,E1,Here,England,Persons,All ages,Apr 2019,,,,,,Value suppressed,20190004
      1,Name,E1,Here,England,Persons,All ages,Jan 2019 - Dec 2019,7,6,8,-1,5,Aggregated from all known lower geography values,20190000
      """
    ),
  ]

  private static let noise = Array("0123456789,,,,\"\"\n\r-/ ().%cxzQ£é\u{0}".utf8)

  @Test("bytes changed, added, doubled and lost never trap, and never break the sums", arguments: 0..<3)
  func damage(position: Int) throws {
    let (layout, text) = Self.files[position]
    var generator = SeededGenerator(state: UInt64(position) + 1)
    let folder = try TemporaryFolder()
    var sound = 0
    for round in 0..<250 {
      var bytes = Array(text.utf8)
      for _ in 0...Int.random(in: 0..<6, using: &generator) {
        let place = Int.random(in: 0..<bytes.count, using: &generator)
        let byte = Self.noise[Int.random(in: 0..<Self.noise.count, using: &generator)]
        switch Int.random(in: 0..<5, using: &generator) {
        case 0: bytes[place] = byte
        case 1: bytes.insert(byte, at: place)
        case 2: bytes.remove(at: place)
        case 3: bytes.insert(contentsOf: Array(bytes[place..<min(bytes.count, place + 40)]), at: place)
        default: if round.isMultiple(of: 5) { bytes.removeLast(bytes.count - place) }
        }
        if bytes.isEmpty { bytes = [0x2C] }
      }
      let path = try folder.file("in.csv", bytes)
      do throws(EvidenceError) {
        let figures = try Layouts.read(LayoutInput(path), as: layout)
        figures.expectFooting()
        sound += 1
      } catch {
        #expect(!error.description.isEmpty)
      }
    }
    #expect(sound > 50)
  }
}
