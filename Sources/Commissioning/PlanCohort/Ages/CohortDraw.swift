import RealModule
import Statistics

/// The rates of one simulated future, and the same after a year's changes: plain storage, made once for a
/// block of paths.
struct CohortDraw {
  let settings: Int
  let ages: Int
  /// Odds of ceasing, by cell.
  let odds: UnsafeMutableBufferPointer<Double>
  /// Ceasing of the year, by cell.
  let ceasing: UnsafeMutableBufferPointer<Double>
  let moves: UnsafeMutableBufferPointer<Double>
  let requests: UnsafeMutableBufferPointer<Double>
  let placement: UnsafeMutableBufferPointer<Double>
  /// Moves and placement of the year.
  let yearMoves: UnsafeMutableBufferPointer<Double>
  let yearPlacement: UnsafeMutableBufferPointer<Double>
  /// How often a changed share was held within 0 to 1.
  var held = 0

  init(_ shape: CohortShape) {
    settings = shape.settings.count
    ages = shape.ages.count
    let cells = shape.cells
    func room(_ count: Int) -> UnsafeMutableBufferPointer<Double> {
      let buffer = UnsafeMutableBufferPointer<Double>.allocate(capacity: count)
      buffer.initialize(repeating: 0)
      return buffer
    }
    odds = room(cells)
    ceasing = room(cells)
    moves = room(cells * settings)
    requests = room(ages)
    placement = room(cells)
    yearMoves = room(cells * settings)
    yearPlacement = room(cells)
  }

  func deallocate() {
    for buffer in [odds, ceasing, moves, requests, placement, yearMoves, yearPlacement] {
      buffer.deallocate()
    }
  }

  /// Draws the rates of a path.
  func draw(_ rates: CohortRates, _ stream: inout RandomStream) {
    rates.ceasing.mean.withUnsafeBufferPointer { mean in
      rates.ceasing.strength.withUnsafeBufferPointer { strength in
        for cell in 0..<(ages - 1) * settings {
          var share = mean[cell]
          if strength[cell].isFinite, share > 0, share < 1 {
            share = stream.beta(alpha: strength[cell] * share, beta: strength[cell] * (1 - share))
          }
          odds[cell] = share / (1 - share)
        }
        // Nobody stays beyond the last age.
        for cell in (ages - 1) * settings..<ages * settings { odds[cell] = .infinity }
      }
    }
    for place in 0..<ages {
      let mean = rates.requests.mean[place]
      let strength = rates.requests.strength[place]
      requests[place] =
        strength.isFinite && mean > 0 ? stream.gamma(shape: mean * strength, scale: 1 / strength) : mean
    }
    rows(rates.moves, count: (ages - 1) * settings, into: moves, &stream)
    rows(rates.placement, count: ages, into: placement, &stream)
  }

  /// Rows of shares, each Dirichlet: gamma draws, whose sum the multinomial divides by.
  private func rows(
    _ table: CohortRates.Table, count: Int, into target: UnsafeMutableBufferPointer<Double>,
    _ stream: inout RandomStream
  ) {
    table.mean.withUnsafeBufferPointer { mean in
      for row in 0..<count {
        let strength = table.strength[row]
        for cell in row * settings..<(row + 1) * settings {
          let share = mean[cell]
          // A draw of a small shape may underflow; a setting that can be moved to must stay one, in case it
          // is the only one that a change leaves open.
          target[cell] =
            strength.isFinite && share > 0 && share < 1
            ? max(stream.gamma(shape: strength * share), 1e-290) : share
        }
      }
    }
  }

  /// The rates of a year: all ceasing moved by a factor on its odds, and the year's changes.
  mutating func year(oddsFactor: Double, _ levers: CohortYearLevers, path: Int) {
    for cell in ceasing.indices {
      let scaled = odds[cell] * oddsFactor
      ceasing[cell] = scaled.isFinite ? scaled / (1 + scaled) : 1
    }
    guard levers.changesRates else { return }
    for cell in moves.indices { yearMoves[cell] = moves[cell] }
    for cell in placement.indices { yearPlacement[cell] = placement[cell] }
    for lever in levers.ceasing {
      for place in lever.ages where place + 1 < ages {
        for setting in lever.settings {
          let cell = place * settings + setting
          let changed = ceasing[cell] * lever.change.factor.at(path) + lever.change.addition.at(path)
          if !(0...1).contains(changed) { held += 1 }
          ceasing[cell] = min(max(changed, 0), 1)
        }
      }
    }
    for lever in levers.transitions {
      for place in lever.ages {
        scale(yearMoves, place * settings + lever.from, lever.to, lever.factor.at(path))
      }
    }
    for lever in levers.placements {
      for place in lever.ages { scale(yearPlacement, place, lever.setting, lever.factor.at(path)) }
    }
    for lever in levers.closed {
      for place in 0..<ages {
        yearPlacement[place * settings + lever.setting] = 0
        for from in 0..<settings where from != lever.setting || lever.emptying {
          yearMoves[(place * settings + from) * settings + lever.setting] = 0
        }
      }
    }
  }

  /// Multiplies one share of a row, and gives or takes the difference to the others in their proportions. A
  /// share that would pass the whole is the whole.
  private mutating func scale(
    _ table: UnsafeMutableBufferPointer<Double>, _ row: Int, _ setting: Int, _ factor: Double
  ) {
    let cell = row * settings + setting
    var others = 0.0
    for other in row * settings..<(row + 1) * settings where other != cell { others += table[other] }
    let sum = others + table[cell]
    guard sum > 0, table[cell] > 0 else { return }
    var after = table[cell] / sum * factor
    if after > 1 {
      after = 1
      held += 1
    }
    table[cell] = after * sum
    guard others > 0 else { return }
    let scale = (1 - after) * sum / others
    for other in row * settings..<(row + 1) * settings where other != cell { table[other] *= scale }
  }
}
