import LinearAlgebra
import Statistics

/// One run of a simulation: its memory, and the steps of a year.
///
/// Writes from several threads never meet: blocks of futures are dealt out to strands, and so are lines.
final class JointRun: @unchecked Sendable {
  private let model: JointModel
  private let options: JointSimulation.Options
  private let walks: [RandomWalk]
  private let product: BlockProduct
  private let stream: RandomStream
  private let draws: Int
  /// The deviations of every walk in every future, walk after walk.
  private let states: UnsafeMutableBufferPointer<Double>
  /// This year's price indices in every future, price after price.
  private let priceLevels: UnsafeMutableBufferPointer<Double>
  /// What every mitigation delivers in every future, as a share of its full effect, mitigation after mitigation.
  private let deliveries: UnsafeMutableBufferPointer<Double>
  private let totals: UnsafeMutableBufferPointer<Double>
  private let cumulatives: UnsafeMutableBufferPointer<Double>
  /// How the total moves, year by year; empty where futures are drawn independently.
  private let directions: [LeadingDirection]
  /// Where this year's total tends, in every future; then how far that was moved.
  private let tendencies: UnsafeMutableBufferPointer<Double>
  private let strands: [JointStrand]

  init(model: JointModel, factor: Matrix, options: JointSimulation.Options) throws(LinearAlgebraError) {
    self.model = model
    self.options = options
    walks = model.walks
    product = try BlockProduct(factor)
    stream = RandomStream(seed: options.seed, name: "joint simulation")
    let draws = options.draws
    self.draws = draws
    states = .allocate(capacity: draws * walks.count)
    states.initialize(repeating: 0)
    priceLevels = .allocate(capacity: draws * model.prices.count)
    deliveries = .allocate(capacity: draws * model.mitigations.count)
    totals = .allocate(capacity: draws)
    cumulatives = .allocate(capacity: draws)
    cumulatives.initialize(repeating: 0)
    directions = options.sampling == .stratified ? LeadingDirection.all(model, factor: factor) : []
    tendencies = .allocate(capacity: draws)
    let plan = RankPlan(options.quantiles, draws: draws)
    let count = walks.count
    strands = (0..<JointSimulation.strands).map { _ in JointStrand(draws: draws, walks: count, plan: plan) }
  }

  deinit {
    for buffer in [states, priceLevels, deliveries, totals, cumulatives, tendencies] { buffer.deallocate() }
  }

  /// Runs all years.
  func outcome() throws -> JointOutcome {
    try drawDeliveries()
    var lines = [[SimulatedYear]](repeating: [], count: model.lines.count)
    var (total, cumulative): ([SimulatedYear], [SimulatedYear]) = ([], [])
    var passed = [Int](repeating: 0, count: model.thresholds.count)
    for year in 1...model.years {
      try eachStrand { (run, index) throws(CommissioningError) in try run.advance(year, strand: index) }
      if options.sampling == .stratified { spreadTendencies(year) }
      try eachStrand { (run, index) throws(CommissioningError) in run.workOutPrices(year, strand: index) }
      try eachStrand { (run, index) throws(CommissioningError) in try run.workOutLines(year, strand: index) }
      try eachStrand { (run, index) throws(CommissioningError) in run.addUp(strand: index) }
      try eachStrand { (run, index) throws(CommissioningError) in try run.summariseTotals(year, strand: index)
      }
      for strand in strands {
        for (line, summary) in strand.summaries {
          switch line {
          case model.lines.count: total.append(summary)
          case model.lines.count + 1: cumulative.append(summary)
          default: lines[line].append(summary)
          }
        }
        for (threshold, count) in strand.passed { passed[threshold] = count }
        strand.summaries.removeAll(keepingCapacity: true)
        strand.passed.removeAll(keepingCapacity: true)
      }
    }
    return JointOutcome(
      names: model.lines.map(\.name), lines: lines, total: total, cumulative: cumulative,
      exceedances: try passed.map { try ProbabilityEstimate(successes: $0, trials: draws) })
  }

  /// Lets every strand do its part, on the threads there are.
  private func eachStrand(
    _ work: @Sendable (JointRun, Int) throws(CommissioningError) -> Void
  ) throws(CommissioningError) {
    concurrentBlocks(count: strands.count, blockSize: 1, jobs: options.jobs) { [self] block in
      for index in block {
        do throws(CommissioningError) {
          try work(self, index)
        } catch {
          strands[index].problem = error
        }
      }
    }
    for strand in strands {
      if let problem = strand.problem { throw problem }
    }
  }

  /// The blocks of futures of a strand.
  private func eachBlock(
    of strand: Int, _ body: (Range<Int>) throws(CommissioningError) -> Void
  ) throws(CommissioningError) {
    for start in stride(from: strand * JointStrand.block, to: draws, by: strands.count * JointStrand.block) {
      try body(start..<min(draws, start + JointStrand.block))
    }
  }

  // MARK: The steps of a year

  /// Draws a year's shocks and moves every walk on.
  private func advance(_ year: Int, strand index: Int) throws(CommissioningError) {
    let strand = strands[index]
    let shocks = walks.map { $0.shock(year) }
    let kept = walks.map { 1 - $0.reversion }
    let weights = directions.isEmpty ? nil : directions[year - 1].weights
    try eachBlock(of: index) { (block) throws(CommissioningError) in
      // A whole block is drawn even at the end: the product of a smaller one might round otherwise, and a future must not
      // depend on how many there are.
      let paths = UInt64(block.lowerBound)..<UInt64(block.lowerBound + JointStrand.block)
      guard
        stream.fillNormals(
          paths: paths, from: (year - 1) * strand.stride, count: walks.count, stride: strand.stride,
          into: strand.normals)
      else {
        throw .invalid(
          service: "joint simulation", reason: "the draws of \(walks.count) walks do not fit their room")
      }
      do {
        try product.transposedProduct(
          with: UnsafeBufferPointer(strand.normals), columns: JointStrand.block, stride: strand.stride,
          into: strand.shocks)
      } catch {
        throw .invalid(service: "joint simulation", reason: "\(error)")
      }
      guard let states = states.baseAddress, let drawn = strand.shocks.baseAddress,
        let tendency = tendencies.baseAddress.map({ $0 + block.lowerBound })
      else { return }
      tendency.update(repeating: 0, count: block.count)
      for walk in walks.indices {
        let state = states + (walk * draws + block.lowerBound)
        let shock = drawn + walk * JointStrand.block
        let (keep, spread) = (kept[walk], shocks[walk])
        for future in 0..<block.count { state[future] = keep * state[future] + spread * shock[future] }
        if let weights {
          let weight = weights[walk]
          for future in 0..<block.count { tendency[future] += weight * state[future] }
        }
      }
    }
  }

  /// Spreads the draws of where the total tends, and keeps how far each was moved.
  private func spreadTendencies(_ year: Int) {
    // The totals of the last year have been added up and summarised, so their room is free.
    guard let scratch = totals.baseAddress, let tendency = tendencies.baseAddress else { return }
    scratch.update(from: tendency, count: draws)
    strands[0].stratification.spread(scratch, count: draws, deviation: directions[year - 1].deviation)
    for future in 0..<draws { tendency[future] = scratch[future] - tendency[future] }
  }

  /// Spreads a walk's draws, where that is wanted.
  private func stratify(_ walk: Int, _ year: Int, _ strand: JointStrand) -> UnsafeMutablePointer<Double>? {
    guard let base = states.baseAddress else { return nil }
    let state = base + walk * draws
    if options.sampling == .stratified, let moved = tendencies.baseAddress {
      let share = directions[year - 1].shares[walk]
      for future in 0..<draws { state[future] += share * moved[future] }
      strand.stratification.spread(state, count: draws, deviation: walks[walk].spread(year))
    }
    return state
  }

  private func workOutPrices(_ year: Int, strand index: Int) {
    for price in stride(from: index, to: model.prices.count, by: strands.count) {
      let walk = model.lines.count + price
      guard let state = stratify(walk, year, strands[index]) else { return }
      let level = UnsafeMutableBufferPointer(rebasing: priceLevels[price * draws..<(price + 1) * draws])
      carry(walk, year, level: 1, state, into: level)
    }
  }

  private func workOutLines(_ year: Int, strand index: Int) throws(CommissioningError) {
    let strand = strands[index]
    strand.sum.initialize(repeating: 0)
    for line in stride(from: index, to: model.lines.count, by: strands.count) {
      guard let state = stratify(line, year, strand) else { return }
      workOut(line, year, state, strand)
      let values = strand.values
      for future in 0..<draws { strand.sum[future] += values[future] }
      try summarise(UnsafeBufferPointer(values), line, year, strand) { subject in
        if case .line(let name) = subject { name == model.lines[line].name } else { false }
      }
    }
  }

  /// One line in every future: level × walk × price, less its mitigations.
  private func workOut(_ line: Int, _ year: Int, _ state: UnsafePointer<Double>, _ strand: JointStrand) {
    let definition = model.lines[line]
    carry(line, year, level: definition.level, state, into: strand.values)
    if let name = definition.price, let price = model.prices.firstIndex(where: { $0.name == name }) {
      let start = price * draws
      for future in 0..<draws { strand.values[future] *= priceLevels[start + future] }
    }
    let measures = model.mitigations.indices.filter { model.mitigations[$0].line == definition.name }
    guard !measures.isEmpty else { return }
    for future in 0..<draws {
      let gross = strand.values[future]
      var net = gross
      for measure in measures {
        let full = model.mitigations[measure].full(year)
        let delivered = deliveries[measure * draws + future]
        if case .shares = model.mitigations[measure].effect {
          net -= gross * full * delivered
        } else {
          net -= full * delivered
        }
      }
      strand.values[future] = net
    }
  }

  /// The value of a walk in every future, from its deviations.
  private func carry(
    _ walk: Int, _ year: Int, level: Double, _ state: UnsafePointer<Double>,
    into values: UnsafeMutableBufferPointer<Double>
  ) {
    let centre = walks[walk].centre(year)
    switch walks[walk].form {
    case .normal:
      for future in 0..<draws { values[future] = level * (1 + (centre + state[future])) }
    case .logNormal:
      // In pieces that stay in the nearest cache from one step to the next.
      for start in stride(from: 0, to: draws, by: 1024) {
        let piece = UnsafeMutableBufferPointer(rebasing: values[start..<min(draws, start + 1024)])
        for future in piece.indices { piece[future] = centre + state[start + future] }
        VectorFunctions.exponentiate(piece)
        for future in piece.indices { piece[future] *= level }
      }
    }
  }

  /// The totals of the futures of a strand's blocks, the strands' sums always in the same order.
  private func addUp(strand index: Int) {
    for start in stride(from: index * 4096, to: draws, by: strands.count * 4096) {
      let futures = start..<min(draws, start + 4096)
      for future in futures { totals[future] = 0 }
      for strand in strands {
        for future in futures { totals[future] += strand.sum[future] }
      }
      for future in futures { cumulatives[future] += totals[future] }
    }
  }

  private func summariseTotals(_ year: Int, strand index: Int) throws(CommissioningError) {
    switch index {
    case 0:
      try summarise(UnsafeBufferPointer(totals), model.lines.count, year, strands[0]) { $0 == .total }
    case 1:
      try summarise(UnsafeBufferPointer(cumulatives), model.lines.count + 1, year, strands[1]) {
        $0 == .cumulative
      }
    default: break
    }
  }

  private func summarise(
    _ values: UnsafeBufferPointer<Double>, _ line: Int, _ year: Int, _ strand: JointStrand,
    isMeant: (Threshold.Subject) -> Bool
  ) throws(CommissioningError) {
    do {
      strand.summaries.append((line, try strand.summary(of: values)))
    } catch {
      throw .invalid(service: "joint simulation", reason: "\(error)")
    }
    for (number, threshold) in model.thresholds.enumerated()
    where threshold.year == year && isMeant(threshold.subject) {
      strand.passed.append((number, JointStrand.count(values, above: threshold.value)))
    }
  }

  // MARK: Once for all years

  /// Draws whether and how far each mitigation delivers, from a stream of its own name.
  private func drawDeliveries() throws(CommissioningError) {
    let measures = try model.mitigations.map { (mitigation) throws(CommissioningError) in
      (
        probability: mitigation.probability, delivered: try model.pert(mitigation),
        stream: RandomStream(seed: options.seed, name: "take-up of \(mitigation.name)")
      )
    }
    try eachStrand { (run, index) throws(CommissioningError) in
      try run.eachBlock(of: index) { block in
        for (number, measure) in measures.enumerated() {
          for future in block {
            var stream = measure.stream.path(UInt64(future))
            let isTakenUp = stream.uniform() < measure.probability
            run.deliveries[number * run.draws + future] =
              isTakenUp ? measure.delivered.draw(from: &stream) : 0
          }
        }
      }
    }
  }
}
