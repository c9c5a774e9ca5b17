import TimeSeries

// The tables of the gazetteer as text, and the checks that hold them together.
//
// They are embedded as bytes, so that the command needs no file beside it.

extension Gazetteer {
  /// The gazetteer that comes with the library.
  ///
  /// - Throws: ``EvidenceError/badData(problems:omitted:)`` only if the library was built with tables that do not fit
  ///   together.
  public static var english: Gazetteer {
    get throws(EvidenceError) { try embedded.get() }
  }

  private static let embedded: Result<Gazetteer, EvidenceError> = {
    func table(_ name: String, _ bytes: [UInt8]) -> FileContents { FileContents(path: name, bytes: bytes) }
    do throws(EvidenceError) {
      return .success(
        try Gazetteer(
          authorities: table("authorities.csv", PackageResources.authorities_csv),
          codes: table("authority-codes.csv", PackageResources.authority_codes_csv),
          changes: table("authority-changes.csv", PackageResources.authority_changes_csv),
          combined: table("combined-areas.csv", PackageResources.combined_areas_csv)))
    } catch {
      return .failure(error)
    }
  }()

  /// A gazetteer from four tables in the layout of those of the library.
  ///
  /// - Parameters:
  ///   - authorities: `number,name,region,first_day,last_day,other_names`; other names are parted by semicolons.
  ///   - codes: `code,number,first_day,last_day`.
  ///   - changes: `change,day,kind,from,to,extent,note`, a row for every pair of an authority before and one after.
  ///   - combined: `name,members,codes,first_day,last_day,other_names,note`; members and codes are parted by
  ///     semicolons.
  /// - Throws: ``EvidenceError/badData(problems:omitted:)`` with every row that cannot be read or does not fit the
  ///   others: an unknown region or number, a number or code that stands twice, days out of order.
  public init(
    authorities: FileContents, codes: FileContents, changes: FileContents, combined: FileContents
  ) throws(EvidenceError) {
    var problems: [Problem] = []
    let codes = try Self.codes(codes, &problems)
    let known = try Self.authorities(authorities, codes: codes, &problems)
    let numbers = Set(known.map(\.number))
    for (number, row) in codes.rows where !numbers.contains(number) {
      problems.append(row.problem("number \(number) is not in the table of authorities; add it there"))
    }
    let changes = try Self.changes(changes, numbers: numbers, &problems)
    let combined = try Self.combinations(combined, numbers: numbers, &problems)
    guard problems.isEmpty else { throw .badData(problems: problems, omitted: 0) }
    self.init(authorities: known, changes: changes, combinedAreas: combined)
  }

  // MARK: The tables one by one

  private struct Codes {
    var byNumber: [Int: [Authority.Code]] = [:]
    var rows: [(number: Int, row: GazetteerRow)] = []
  }

  private static func codes(_ file: FileContents, _ problems: inout [Problem]) throws(EvidenceError) -> Codes
  {
    var found = Codes()
    var seen: Set<String> = []
    for row in try GazetteerRow.all(file, columns: ["code", "number", "first_day", "last_day"]) {
      let code = row.text("code")
      guard code.utf8.count == 9, code.hasPrefix("E"), seen.insert(code).inserted else {
        problems.append(
          row.problem("code \"\(code)\" stands twice or is no code of nine characters such as E08000014"))
        continue
      }
      guard let number = row.number("number", &problems), let first = row.day("first_day", &problems),
        let last = row.optionalDay("last_day", &problems)
      else { continue }
      guard last.map({ first <= $0 }) ?? true else {
        problems.append(row.problem("last_day is before first_day; exchange them"))
        continue
      }
      found.byNumber[number, default: []].append(Authority.Code(text: code, firstDay: first, lastDay: last))
      found.rows.append((number, row))
    }
    return found
  }

  private static func authorities(
    _ file: FileContents, codes: Codes, _ problems: inout [Problem]
  ) throws(EvidenceError) -> [Authority] {
    var found: [Int: Authority] = [:]
    let columns = ["number", "name", "region", "first_day", "last_day", "other_names"]
    for row in try GazetteerRow.all(file, columns: columns) {
      guard let number = row.number("number", &problems), let first = row.optionalDay("first_day", &problems),
        let last = row.optionalDay("last_day", &problems)
      else { continue }
      guard let region = Region.allCases.first(where: { $0.name == row.text("region") }) else {
        problems.append(
          row.problem(
            "region \"\(row.text("region"))\" is not known; "
              + NearestName.advice(for: row.text("region"), among: Region.allCases.map(\.name))))
        continue
      }
      let authority = Authority(
        number: number, name: row.text("name"), region: region, firstDay: first, lastDay: last,
        codes: codes.byNumber[number, default: []].sorted { $0.firstDay < $1.firstDay },
        otherNames: row.list("other_names"))
      if found.updateValue(authority, forKey: number) != nil {
        problems.append(row.problem("number \(number) stands twice; keep one row for each authority"))
      }
    }
    return found.values.sorted { $0.number < $1.number }
  }

  private static func changes(
    _ file: FileContents, numbers: Set<Int>, _ problems: inout [Problem]
  ) throws(EvidenceError) -> [AreaChange] {
    var found: [String: AreaChange] = [:]
    let columns = ["change", "day", "kind", "from", "to", "extent", "note"]
    for row in try GazetteerRow.all(file, columns: columns) {
      guard let day = row.day("day", &problems), let from = row.number("from", in: numbers, &problems),
        let to = row.number("to", in: numbers, &problems),
        let kind: AreaChange.Kind = row.choice("kind", &problems),
        let extent: AreaChange.Extent = row.choice("extent", &problems)
      else { continue }
      let link = AreaChange.Link(from: from, to: to, extent: extent, note: row.text("note"))
      let id = row.text("change")
      let links = found[id]?.links ?? []
      if let earlier = found[id], earlier.day != day || earlier.kind != kind {
        problems.append(
          row.problem("change \"\(id)\" has another day or kind in an earlier row; give both the same"))
      }
      found[id] = AreaChange(id: id, day: day, kind: kind, links: links + [link])
    }
    return Array(found.values)
  }

  private static func combinations(
    _ file: FileContents, numbers: Set<Int>, _ problems: inout [Problem]
  ) throws(EvidenceError) -> [CombinedArea] {
    var found: [CombinedArea] = []
    let columns = ["name", "members", "codes", "first_day", "last_day", "other_names", "note"]
    for row in try GazetteerRow.all(file, columns: columns) {
      let members = row.list("members").compactMap(AreaName.number)
      guard members.count > 1, members.count == row.list("members").count,
        members.allSatisfy(numbers.contains),
        Set(members).count == members.count
      else {
        problems.append(
          row.problem("members \"\(row.text("members"))\" are not two or more numbers of authorities"))
        continue
      }
      guard let first = row.optionalDay("first_day", &problems),
        let last = row.optionalDay("last_day", &problems)
      else { continue }
      found.append(
        CombinedArea(
          name: row.text("name"), members: members.sorted(), codes: row.list("codes"), firstDay: first,
          lastDay: last,
          otherNames: row.list("other_names"), note: row.text("note")))
    }
    return found
  }
}
