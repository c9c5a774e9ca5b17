import Commissioning
import Evidence
import Foundation
import TimeSeries

/// A workspace with one service of every kind, in a folder of its own that is gone with it.
struct InventedWorkspace {
  let folder: TemporaryFolder

  /// - Parameters:
  ///   - changes: texts of `workspace.yaml` and what stands in their place; each must be there.
  ///   - files: series files beside or instead of those of the workspace.
  init(_ changes: [(String, String)] = [], files: [String: String] = [:]) throws {
    folder = try TemporaryFolder()
    var text = Self.yaml
    for (old, new) in changes {
      guard text.contains(old) else { throw Missing(text: old) }
      text = text.replacing(old, with: new)
    }
    _ = try folder.file("workspace.yaml", text)
    for (name, content) in Self.files.merging(files, uniquingKeysWith: { $1 }) {
      _ = try folder.file(name, content)
    }
  }

  /// A change that finds nothing to change would let a test pass for the wrong reason.
  struct Missing: Error { let text: String }

  func read() throws -> Workspace { try Workspace(reading: folder.path) }

  /// The same files in memory, under the name of the folder, so that all that is said of them must be the same too.
  func held() throws -> WorkspaceFolder {
    var files: [String: String] = [:]
    for name in folder.names {
      files[name] = try String(contentsOfFile: "\(folder.path)/\(name)", encoding: .utf8)
    }
    return try WorkspaceFolder(holding: files, as: folder.path)
  }

  /// The problems of reading it, each as a line without the folder before it.
  func problems() -> [String] { problems { try read() } }

  /// The problems of reading it from memory, likewise.
  func problemsInMemory() -> [String] { problems { try Workspace(in: held()) } }

  private func problems(_ read: () throws -> Workspace) -> [String] {
    do {
      _ = try read()
      return []
    } catch let error as EvidenceError {
      return error.description.split(separator: "\n").map {
        String($0.replacing(folder.path + "/", with: ""))
      }
    } catch {
      return ["\(error)"]
    }
  }

  /// The line of the file on which a text stands, from 1.
  static func line(of text: String, in yaml: String = yaml) -> Int {
    let before = yaml.split(separator: "\n", omittingEmptySubsequences: false)
      .firstIndex { $0.contains(text) }
    return (before ?? -1) + 1
  }

  static let files = [
    "people.csv": """
    series,area,period,value,unit,published,frequency
    people,Ambridge,2020-06-30,20000,count,2021-06-30,yearly
    people,Ambridge,2021-06-30,20100,count,2022-06-30,yearly
    children,Ambridge,2021-03-31,100,count,2021-11-30,yearly
    children,Ambridge,2022-03-31,104,count,2022-11-30,yearly
    foster-share,Ambridge,2021-03-31,60,per cent,2021-11-30,yearly
    foster-share,Ambridge,2022-03-31,61,per cent,2022-11-30,yearly
    foster-places,Ambridge,2021-03-31,40,count,2021-11-30,yearly
    foster-places,Ambridge,2022-03-31,41,count,2022-11-30,yearly
    plans,Ambridge,2021-01-15,1000,count,2021-06-30,yearly
    plans,Ambridge,2022-01-15,1100,count,2022-06-30,yearly
    plans-special,Ambridge,2021-01-15,400,count,2021-06-30,yearly
    plans-mainstream,Ambridge,2021-01-15,600,count,2021-06-30,yearly

    """,
    "money.csv": """
    series,area,period,calendar,value,unit,published
    block,Ambridge,2020/21,financial,12000000,pounds,2019-12-31
    schools,Ambridge,2020/21,financial,80000000,pounds,2019-12-31
    whole,Ambridge,2020/21,financial,100000000,pounds,2019-12-31
    deficit,Ambridge,2020/21,financial,3,per cent,2021-12-31
    spend-special,Ambridge,2020/21,financial,8000000,pounds,2021-12-31
    places,Ambridge,2020/21,financial,3000000,pounds,2021-12-31
    outturn,Ambridge,2020/21,financial,9000000,pounds,2021-12-31
    foster-cost,Ambridge,2020/21,financial,900,pounds per week,2021-12-31
    rate,Ambridge,2020/21,financial,5,per cent,2021-07-31

    """,
    "list.csv": """
    series,area,period,value,unit,published
    list,Borsetshire,2022-01,400,count,2022-03-10
    list,Borsetshire,2022-02,410,count,2022-04-10

    """,
  ]

  static let yaml = """
    needscast: 1
    area: Ambridge
    plan:
      name: A plan
      from: 2021/22
      to: 2024/25
      draws: 100
      seed: 1
    series:
      - people.csv
      - money.csv
      - list.csv
    assumptions:
      growth:
        value: {low: 1%, most-likely: 3.5%, high: 7%}
        unit: a year
        reason: Invented.
      share:
        value: 50%
        unit: of a whole
        reason: Invented.
      amount:
        value: 1000
        unit: pounds
        reason: Invented.
    policies:
      block-transfer-limit:
        - share: 0.5%
          effective: 2018-04-01
          known: 2017-09-30
          source: A guide
      statutory-override:
        - until: 2026-03-31
          effective: 2023-03-31
          known: 2022-12-13
          source: An instrument
      after-override: held
      stability-grant:
        - grant:
            share: 90%
            deficit-at: 2023-03-31
            paid-in: 2023/24
            eligible-share: share
            plan-approved: share
          effective: 2023-04-01
          known: 2022-12-01
          source: A note
      funding-breaks:
        - year: 2023/24
          effective: 2023-04-01
          known: 2022-11-19
          source: A guide
    services:
      high-needs:
        kind: ring-fenced-grant
        name: High needs
        meaning: &meaning {need: n, demand: d, supply: s, unmet-need: u}
        evidence:
          plans: plans
          population: people
          grant: block
          schools-block: schools
          deficit: deficit
          whole-grant: whole
          special-places: places
        assumptions:
          price-growth: growth
          grant-growth: growth
          grant-growth-after-break: growth
          mix-concentration: amount
          unexplained: share
          other-blocks: amount
          import-export: amount
          place-funding: amount
        census: 2021-01-15
        price-year: 2020/21
        settings:
          special: {name: Special, plans: [plans-special], spend: [spend-special]}
          mainstream: {name: Mainstream, plans: [plans-mainstream], priced-as: special}
        special-setting: special
        fixed-lines:
          places: {name: Places, spend: [places]}
        opening-balances:
          - {year: 2020/21, amount: -2000000, known: 2021-07-01, source: Accounts}
        stated-spending:
          - {year: 2019/20, amount: 11000000, known: 2021-07-01, source: A report}
        block-transfers:
          - {year: 2021/22, amount: 400000, known: 2021-01-20, source: A forum}
          - {year: 2022/23, amount: 500000, known: 2022-01-20, source: A forum, disapplication: approved}
      looked-after:
        kind: placements
        name: Looked after
        meaning: *meaning
        children: children
        population: people
        spend: outturn
        own-places: foster-places
        placed-in-own-places: foster
        placements:
          foster: {name: Foster care, share: foster-share, weekly-cost: foster-cost}
          parents: {name: With parents, share: foster-share, no-weekly-cost: nothing is paid}
        budget-uplift: growth
        hold-spread: share
      therapy:
        kind: waiting-list
        name: Therapy
        meaning: *meaning
        list: list
        list-area: Borsetshire
        population: people
        base-year: 2022/23
        no-target: nobody set one
        assumptions:
          share: share
          referrals: amount
          referral-growth: growth
          leavers: share
          capacity: amount
          unit-cost: amount
          price-growth: growth
          budget: amount
          budget-uplift: growth
      neet:
        kind: cohort-support
        name: Participation
        meaning: *meaning
        rate: rate
        population: people
        base-year: 2021/22
        hold-spread: share
        assumptions:
          cohort-share: share
          take-up: share
          places: amount
          unit-cost: amount
          price-growth: growth
          budget: amount
          budget-uplift: growth
    scenarios:
      refused:
        reason: No grant is paid.
        set:
          assumptions.share.value: 0%
          policies.after-override: general-fund
      wider:
        reason: A range in place of a value.
        set:
          assumptions.amount.value: {low: 1, most-likely: 2, high: 3}

    """
}
