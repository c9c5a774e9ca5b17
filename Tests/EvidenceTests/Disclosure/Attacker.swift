import TimeSeries

@testable import Evidence

/// Somebody who has all that is published, knows every relation, and tries to find what is held back: by subtraction, by
/// solving the equations over fractions, and by trying all tables of whole numbers. Written without anything of the
/// search that it attacks.
struct Attacker {
  let relations: [[(cell: Int, coefficient: Int)]]
  /// What is known of each figure before any thinking.
  let known: [ClosedRange<Int>]
  /// The figures that are not published.
  let unknown: [Int]
  static let far = 400

  /// - Parameter least: the least that a figure held back can be.
  init(
    _ table: DisclosureTable, _ outcome: DisclosureControl.Outcome, rule: DisclosureRule, version: Int = 0,
    least: Int
  ) {
    relations = table.relations.map { $0.map { ($0.cell, $0.coefficient) } }
    var known: [ClosedRange<Int>] = []
    var unknown: [Int] = []
    for (position, cell) in table.cells.enumerated() {
      switch outcome.observations[position][version] {
      case .value(let value):
        let shown = Int(value)
        if let unit = rule.rounding, !(cell.standing == .national && rule.sparesNational),
          cell.visibility == .published,
          shown != 0 || rule.protectsZero
        {
          let low = max(shown - unit / 2, (rule.withheld?.upperBound ?? 0) + 1)
          known.append(low...(shown + (unit - 1) / 2))
        } else {
          known.append(shown...shown)
        }
      case .suppressed(let bounds?):
        unknown.append(position)
        known.append(Int(bounds.lowerBound)...Int(bounds.upperBound))
      default:
        unknown.append(position)
        known.append((cell.visibility == .hidden ? 0 : least)...Self.far)
      }
    }
    self.known = known
    self.unknown = unknown
  }

  /// The bounds of every figure that follow from those of the others, one relation at a time; nil where none are left.
  func narrowed(_ start: [ClosedRange<Int>]) -> [ClosedRange<Int>]? {
    var bounds = start
    var isChanged = true
    while isChanged {
      isChanged = false
      for relation in relations {
        let low = relation.reduce(0) {
          $0 + ($1.coefficient > 0 ? bounds[$1.cell].lowerBound : bounds[$1.cell].upperBound) * $1.coefficient
        }
        let high = relation.reduce(0) {
          $0 + ($1.coefficient > 0 ? bounds[$1.cell].upperBound : bounds[$1.cell].lowerBound) * $1.coefficient
        }
        for term in relation {
          let own = bounds[term.cell]
          let (a, b) =
            term.coefficient > 0 ? (own.lowerBound, own.upperBound) : (-own.upperBound, -own.lowerBound)
          // The term itself lies within minus the sum of the others.
          let least = max(a, -(high - b))
          let most = min(b, -(low - a))
          guard least <= most else { return nil }
          let next = term.coefficient > 0 ? least...most : (-most)...(-least)
          if next != own {
            bounds[term.cell] = next
            isChanged = true
          }
        }
      }
    }
    return bounds
  }

  /// The figures that one subtraction after another gives.
  var bySubtraction: [Int] {
    var found = Set(known.indices.filter { known[$0].count == 1 })
    var isChanged = true
    while isChanged {
      isChanged = false
      for relation in relations {
        let open = relation.filter { !found.contains($0.cell) }
        if open.count == 1 {
          found.insert(open[0].cell)
          isChanged = true
        }
      }
    }
    return unknown.filter { found.contains($0) }
  }

  /// The figures that the equations fix, by elimination over fractions modulo a prime so large that no small table
  /// meets it by chance.
  var bySolving: [Int] {
    let prime = 2_147_483_647
    let open = known.indices.filter { known[$0].count > 1 }
    var rows = relations.map { relation in
      open.map { cell in
        let sum = relation.reduce(0) { $0 + ($1.cell == cell ? $1.coefficient : 0) }
        return ((sum % prime) + prime) % prime
      }
    }
    func inverse(_ value: Int) -> Int {
      var (result, base, power) = (1, value, prime - 2)
      while power > 0 {
        if power & 1 == 1 { result = result * base % prime }
        base = base * base % prime
        power >>= 1
      }
      return result
    }
    var pivots: [(row: Int, column: Int)] = []
    for column in open.indices {
      let next = pivots.count
      guard let row = (next..<rows.count).first(where: { next < rows.count && rows[$0][column] != 0 }) else {
        continue
      }
      rows.swapAt(next, row)
      let factor = inverse(rows[next][column])
      for place in open.indices { rows[next][place] = rows[next][place] * factor % prime }
      for other in rows.indices where other != next && rows[other][column] != 0 {
        let times = rows[other][column]
        for place in open.indices {
          rows[other][place] = (rows[other][place] + (prime - times) * rows[next][place]) % prime
        }
      }
      pivots.append((next, column))
    }
    return pivots.compactMap { pivot in
      open.indices.contains { $0 != pivot.column && rows[pivot.row][$0] != 0 } ? nil : open[pivot.column]
    }.filter { unknown.contains($0) }
  }

  /// Whether a table of whole numbers exists in which a figure has a value: by trying, with bounds narrowed at each step.
  func isPossible(_ cell: Int, _ value: Int) -> Bool {
    guard known[cell].contains(value) else { return false }
    var start = known
    start[cell] = value...value
    var budget = 200_000
    return exists(start, &budget)
  }

  private func exists(_ start: [ClosedRange<Int>], _ budget: inout Int) -> Bool {
    budget -= 1
    precondition(budget > 0, "the trial table is too large for an exhaustive attack")
    guard let bounds = narrowed(start) else { return false }
    let open = bounds.indices.filter { bounds[$0].count > 1 }
    guard let next = open.min(by: { bounds[$0].count < bounds[$1].count }) else { return true }
    for value in bounds[next] {
      var trial = bounds
      trial[next] = value...value
      if exists(trial, &budget) { return true }
    }
    return false
  }
}
