import Testing
import TimeSeries

@testable import Forecasting

/// The reference odds were computed with NumPy from the dense covariance of the observations and an orthonormal basis of
/// the contrasts that are free of level, slope and season: the same integral by another way.
@Suite("The evidence for a shock")
struct ShockEvidenceTests {
  @Test("agrees with dense matrices, over gaps")
  func outlierOverGaps() throws {
    let sample = try natural([52, 53.1, 53.9, nil, 55.2, 55.8, 57.3, 44.6, 59.1, 60.4, nil, 61])
    let treated = ShockTreatment().treat(sample)
    let shock = try #require(treated.shocks.first)
    #expect(treated.shocks.count == 1)
    #expect(shock.kind == .additiveOutlier)
    #expect(shock.position == 7)
    #expect(shock.label == "2007/08")
    #expect(agree(shock.odds, 627.7386595175225, relative: 1e-8))
    #expect(agree(shock.alternatives[0].probability, 0.9999305693574, relative: 1e-9))
    #expect(agree(shock.alternatives[1].probability, 4.221205897148e-05, relative: 1e-6))
  }

  @Test("agrees with dense matrices for a shift near the end")
  func shift() throws {
    let sample = try natural([52, 53.1, 53.9, 55.2, 55.8, 57.3, 58, 72.4, 73.5, 74.1])
    let shock = try #require(ShockTreatment().treat(sample).shocks.first)
    #expect(shock.kind == .levelShift)
    #expect(shock.position == 7)
    #expect(agree(shock.odds, 810.6534107409176, relative: 1e-8))
    #expect(shock.alternatives.map(\.kind) == [.levelShift, .temporaryChange(decay: 0.7), .additiveOutlier])
    #expect(agree(shock.alternatives[0].probability, 0.9926226790611, relative: 1e-9))
    #expect(agree(shock.alternatives[2].probability, 1.828588925294e-05, relative: 1e-6))
  }

  @Test("agrees with dense matrices beside a season")
  func season() throws {
    let values = [
      10.2, 14.1, 9.3, 12.2, 10.9, 14.6, 10.1, 12.7, 11.2, 15.5, 10.4, 19.6, 12.1, 15.9, 11.2, 14.3, 12.6,
      16.4,
      11.9, 14.6,
    ]
    let shock = try #require(ShockTreatment().treat(try counted(values, .quarterly)).shocks.first)
    #expect(shock.kind == .additiveOutlier)
    #expect(shock.position == 11)
    #expect(agree(shock.odds, 3_568_772.7334295474, relative: 1e-6))
  }

  @Test("does not depend on origin and unit of the values")
  func invariance() throws {
    for path in 0..<20 {
      let values = planted(walk(12, path: UInt64(path)), kind: path % 3, at: 5, size: 9)
      let moved = values.map { 1000 - 3 * $0 }
      let (one, two) = (
        ShockTreatment().treat(try counted(values)).shocks, ShockTreatment().treat(try counted(moved)).shocks
      )
      #expect(one.map(\.position) == two.map(\.position))
      #expect(one.map(\.kind) == two.map(\.kind))
      for (first, second) in zip(one, two) {
        #expect(agree(-3 * first.size, second.size, relative: 1e-6))
        #expect(agree(first.odds, second.odds, relative: 1e-5))
      }
    }
  }

  @Test("is the covariance of every process, gap by gap")
  func processes() {
    // Changes over gaps are sums of changes over single periods.
    let lengths = [1, 3, 2, 1]
    let ones = [Int](repeating: 1, count: 7)
    let ends = [0, 1, 4, 6, 7]
    for process in UndisturbedBase.all {
      let whole = process.covariance(lengths: ones)
      let summed = process.covariance(lengths: lengths)
      for row in 0..<4 {
        for column in 0..<4 {
          var sum = 0.0
          for i in ends[row]..<ends[row + 1] {
            for j in ends[column]..<ends[column + 1] { sum += whole[i * 7 + j] }
          }
          #expect(abs(sum - summed[row * 4 + column]) < 1e-12, "\(process) \(row) \(column)")
        }
      }
    }
  }
}

@Suite("The search for shocks")
struct ShockSearchTests {
  @Test("leaves nineteen of twenty random walks alone", arguments: [6, 8, 12])
  func falsePositives(count: Int) throws {
    let treatment = ShockTreatment()
    for noise in [0.0, 1.5] {
      let disturbed = try (0..<1000).count { path in
        let plain = try counted(walk(count, path: UInt64(path), noise: noise, drift: 0.5))
        return !treatment.treat(plain).shocks.isEmpty
      }
      #expect(disturbed < 50, "\(disturbed) of 1000")
      let overPandemic = try (0..<1000).count { path in
        let values = walk(count, path: UInt64(path), noise: noise, drift: 0.5)
        return !treatment.treat(try dated(values, from: .financialYear(2022 - count / 2))).shocks.isEmpty
      }
      #expect(overPandemic < 60, "\(overPandemic) of 1000 that overlap the pandemic years")
    }
  }

  @Test("leaves months with a season alone")
  func monthlyFalsePositives() throws {
    let treatment = ShockTreatment()
    let season = (0..<12).map { Double($0 % 5) * 2 }
    let disturbed = try (0..<100).count { path in
      !treatment.treat(try counted(walk(60, path: UInt64(path), noise: 0.5, season: season), .monthly)).shocks
        .isEmpty
    }
    #expect(disturbed < 6)
  }

  @Test("finds six standard errors, their period and their kind", arguments: [0, 1, 2])
  func power(kind: Int) throws {
    let treatment = ShockTreatment()
    var (found, placed, named) = (0, 0, 0)
    for path in 0..<200 {
      let at = 4 + path % 20
      let values = planted(walk(30, path: UInt64(path)), kind: kind, at: at, size: 6)
      guard let shock = treatment.treat(try counted(values)).shocks.first else { continue }
      found += 1
      if shock.position == at { placed += 1 }
      switch (shock.kind, kind) {
      case (.additiveOutlier, 0), (.temporaryChange, 1), (.levelShift, 2):
        if shock.position == at { named += 1 }
      default: break
      }
    }
    #expect(found > 175)
    #expect(placed > 170)
    // A change that fades by 0.7 is near a shift at first and near an outlier soon after.
    #expect(named > [190, 100, 150][kind])
  }

  @Test("finds two shocks in one series and takes both out")
  func two() throws {
    var values = walk(40, path: 3)
    values[12] += 14
    for index in 27..<40 { values[index] -= 15 }
    let treated = ShockTreatment().treat(try counted(values))
    #expect(treated.shocks.map(\.position) == [12, 27])
    #expect(treated.shocks.map(\.kind) == [.additiveOutlier, .levelShift])
    let clean = walk(40, path: 3)
    // The earlier part has moved to the present level, fifteen lower.
    for index in values.indices {
      #expect(abs(treated.sample.values[index] - (clean[index] - 15)) < 4)
    }
    #expect(treated.weights?[12] == 0)
    #expect(treated.weights?[27] == 1)
  }

  @Test("says nothing of series that hardly move, or not at all")
  func constant() throws {
    let treatment = ShockTreatment()
    for values: [Double] in [
      [5, 5, 5, 5, 5, 5, 5, 5], [0, 0, 0, 0, 9, 0, 0, 0], [1, 2, 3, 4, 5, 6, 7, 8],
      [1e15, -1e15, 1e15, 0, 1e15],
      [1e-15, 2e-15, 1e-15, 3e-15, 2e-15, 1e-15], [0.1, 0.2, 0.30000000000000004, 0.4, 0.5, 0.6, 0.7],
    ] {
      let sample = try counted(values)
      #expect(treatment.treat(sample).shocks.isEmpty, "\(values)")
      #expect(treatment.treat(sample).sample.values == sample.values)
    }
  }

  @Test("searches no series of fewer than five, and no season of fewer than two years")
  func short() throws {
    for values: [Double] in [[1], [1, 900], [1, 2, 900], [1, 2, 900, 3]] {
      #expect(ShockTreatment().treat(try counted(values)).isUntouched)
    }
    let months: [Double] = [0, 1.3, 3.2, 3.6, 4.6, 90, 6.3, 7, 8.3, 10.2, 10.6, 11.6, 1.2]
    #expect(ShockTreatment().treat(try counted(months, .monthly)).isUntouched)
  }

  @Test("reaches only the last observations of a long series")
  func window() throws {
    let values = planted(planted(walk(400, path: 8), kind: 0, at: 20, size: 40), kind: 0, at: 350, size: 40)
    let treated = ShockTreatment().treat(try counted(values, .other))
    #expect(treated.shocks.map(\.position).contains(350))
    #expect(!treated.shocks.map(\.position).contains(20))
    #expect(treated.sample.count == 400)
  }

  @Test("keeps to what it is told to look for")
  func choices() throws {
    let values = planted(walk(20, path: 5), kind: 0, at: 9, size: 20)
    #expect(ShockTreatment(searches: [.pandemic]).treat(try counted(values)).isUntouched)
    #expect(ShockTreatment(searches: []).treat(try counted(values)).isUntouched)
    #expect(!ShockTreatment(searches: [.anywhere]).treat(try counted(values)).isUntouched)
    let prior = ShockPrior(
      odds: -1, furtherOdds: -1, pandemicOdds: -1,
      shares: .init(additiveOutlier: -1, temporaryChange: .nan, levelShift: 0), size: .nan,
      downWeightedSize: -1,
      decay: 2)
    #expect(prior.odds == 0 && prior.size == 5 && prior.decay == 0.7 && prior.downWeightedSize == 1.5)
    let third = 1.0 / 3
    #expect(prior.shares.list.allSatisfy { $0 == third })
    #expect(ShockTreatment(prior: prior, assumedRevision: -1).assumedRevision == 0.25)
    #expect(ShockTreatment(prior: prior).treat(try counted(values)).isUntouched)
  }

  @Test("gives the same from any thread")
  func threads() async throws {
    let treatment = ShockTreatment()
    let samples = try (0..<64).map { path in
      try counted(planted(walk(8 + path % 5, path: UInt64(path)), kind: path % 3, at: 4, size: 12))
    }
    let alone = samples.map { ShockTreatment().treat($0).shocks }
    let together = await withTaskGroup(of: (Int, [Shock]).self) { group in
      for (index, sample) in samples.enumerated() {
        group.addTask { (index, treatment.treat(sample).shocks) }
      }
      var all = [[Shock]](repeating: [], count: samples.count)
      for await (index, shocks) in group { all[index] = shocks }
      return all
    }
    #expect(alone == together)
  }
}
