import RealModule
import Statistics

/// A model and what is left to chance, laid out for simulation: what is the same in every path.
struct SimulationPlan: Sendable {
  let weeks: Int
  /// Children at the start by weeks waited.
  let atStart: [Double]
  /// Referrals that come by chance, by week.
  let referrals: [Double]
  /// Children who join together as a week begins.
  let joining: [Double]
  /// Capacity that is uncertain, by week.
  let capacity: [Double]
  /// Capacity that is added or taken away for certain.
  let certainCapacity: [Double]
  /// Rates of leaving by weeks waited, constant within a week; none where nobody leaves.
  let hazards: [Double]
  /// The shares of the priorities up to each, the last being 1.
  let priorities: [Double]
  /// The share of places for the longest waits.
  let longestFirst: Double
  /// The lengths of time for which shares within are kept.
  let lengths: [Double]
  let chance: WaitingListChance
  private let levels: RandomStream
  private let arrivals: RandomStream
  private let dispersion: RandomStream
  private let children: RandomStream
  private let services: RandomStream
  private let choices: RandomStream
  private let clinics: RandomStream

  init(_ model: WaitingListModel, weeks: Int, chance: WaitingListChance, seed: UInt64, lengths: [Weeks]) {
    self.weeks = weeks
    self.chance = chance
    self.lengths = lengths.map(\.count)
    atStart = model.waiting
    var oneOffs = [WaitingListModel.OneOff.Kind: [Double]]()
    for kind in WaitingListModel.OneOff.Kind.allCases { oneOffs[kind] = [Double](repeating: 0, count: weeks) }
    for change in model.oneOffs where change.week < weeks {
      oneOffs[change.kind]?[change.week] += change.amount
    }
    let joiners = oneOffs[.referrals] ?? []
    referrals = joiners.indices.map { max(0, model.referrals(inWeek: $0) + min(0, joiners[$0])) }
    joining = joiners.map { max(0, $0) }
    capacity = (0..<weeks).map { model.capacity(inWeek: $0) }
    certainCapacity = oneOffs[.capacity] ?? []
    hazards = model.leaving.contains { $0 > 0 } ? model.leaving.map { -Double.log(onePlus: -$0) } : []
    var sum = 0.0
    var shares = model.priorities.map { priority in
      sum += priority.share
      return sum
    }
    // Their shares may sum to 1 but for rounding.
    shares = shares.isEmpty ? [1] : shares.dropLast() + [1]
    priorities = shares
    longestFirst =
      switch model.discipline {
      case .firstInFirstOut: 1
      case .mixed(let share): share
      }
    func stream(_ name: String) -> RandomStream {
      RandomStream(seed: seed, name: "waiting list \(model.name): \(name)")
    }
    levels = stream("levels")
    arrivals = stream("arrivals")
    dispersion = stream("dispersion")
    children = stream("children")
    services = stream("services")
    choices = stream("choices")
    clinics = stream("clinics")
  }

  /// The chance of one path. Each source has a stream of its own, so that paths with another capacity meet
  /// the same children at the same times.
  struct Streams {
    var levels: RandomStream
    var arrivals: RandomStream
    var dispersion: RandomStream
    var children: RandomStream
    var services: RandomStream
    var choices: RandomStream
    var clinics: RandomStream
  }

  func streams(ofPath path: Int) -> Streams {
    let path = UInt64(truncatingIfNeeded: path)
    return Streams(
      levels: levels.path(path), arrivals: arrivals.path(path), dispersion: dispersion.path(path),
      children: children.path(path), services: services.path(path), choices: choices.path(path),
      clinics: clinics.path(path))
  }

  /// When a child who was referred at a time gives up; infinity for one who does not before the horizon.
  ///
  /// In the week of referral and in each later one the rate is that of the whole weeks waited at the week's
  /// end, so that a model's shares hold week by week; in the week of referral the whole rate acts in the part
  /// that is left of it.
  @inline(__always)
  func leavingTime(referred time: Double, patience: Double, from firstWeek: Int) -> Double {
    let week = time.rounded(.down)
    var patience = patience
    var waited = firstWeek
    let last = hazards.count - 1
    while true {
      let hazard = hazards[min(waited, last)]
      if patience < hazard {
        let part = patience / hazard
        return waited == 0 ? time + (week + 1 - time) * part : week + Double(waited) + part
      }
      patience -= hazard
      waited += 1
      if waited >= last, waited > 0 {
        // The last rate holds for ever.
        let hazard = hazards[last]
        return hazard > 0 ? week + Double(waited) + patience / hazard : .infinity
      }
    }
  }
}

extension WaitingListChance.Level {
  /// The highest factor that is drawn; of a lognormal one, which has none, that six standard deviations up.
  var highest: Double {
    switch self {
    case .known: return 1
    case .lognormal(let variation):
      return Double.exp(6 * Double.log(onePlus: variation * variation).squareRoot())
    case .pert(_, _, let highest): return highest
    }
  }

  /// A draw of the factor.
  func draw(_ stream: inout RandomStream) -> Double {
    switch self {
    case .known: return 1
    case .lognormal(let variation):
      let variance = Double.log(onePlus: variation * variation)
      return Double.exp(variance.squareRoot() * stream.normal() - variance / 2)
    case .pert(let lowest, let mostLikely, let highest):
      return stream.pert(minimum: lowest, mode: mostLikely, maximum: highest)
    }
  }
}

extension WaitingListChance {
  /// A draw of the mean of a week's count: variance over mean of the count is ``dispersion`` where its mean
  /// is a gamma draw of scale dispersion - 1.
  func drawMean(_ mean: Double, _ stream: inout RandomStream) -> Double {
    let excess = dispersion - 1
    let shape = mean / excess
    return excess > 0 && shape > 0 ? stream.gamma(shape: shape, scale: excess) : mean
  }

  /// A draw of a week's count.
  func drawCount(_ mean: Double, _ stream: inout RandomStream) -> Double {
    stream.poisson(mean: drawMean(mean, &stream))
  }

  /// A draw of the factor, of mean 1, by which a week's capacity departs from its level.
  func drawCapacityFactor(_ stream: inout RandomStream) -> Double {
    // Less than a millionth is no variation, and its shape might not be a number.
    guard capacityVariation >= 1e-6 else { return 1 }
    let square = capacityVariation * capacityVariation
    return stream.gamma(shape: 1 / square, scale: square)
  }
}
