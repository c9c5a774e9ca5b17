import Statistics

/// The queue of annual reviews in monthly steps, for every future.
struct ReviewQueue {
  /// What is kept of a year.
  enum Figure: Int, CaseIterable {
    case due
    case completed
    case backlog
    case plans
    /// The backlog on average over the ends of the months.
    case average
  }

  private let draws: Int
  private let width: Int
  private var figures: [Double]

  init(
    reviews: AnnualReviews, inputs: [AnnualReviews.Inputs], interval: Int, draws: Int, jobs: Int
  ) {
    self.draws = draws
    let kept = Figure.allCases.count
    let width = inputs.count * kept
    self.width = width
    figures = [Double](repeating: 0, count: draws * width)
    figures.withUnsafeMutableBufferPointer { buffer in
      // The buffer outlives the blocks, and no two blocks share a path.
      nonisolated(unsafe) let shared = buffer
      concurrentBlocks(count: draws, blockSize: 512, jobs: jobs) { block in
        // Plans by months since review; the place of those just reviewed moves round instead of the plans.
        var ages = [Double](repeating: 0, count: interval)
        for path in block {
          let plans = reviews.plans[path] ?? .nan
          var waiting = reviews.overdue[path] ?? .nan
          for age in ages.indices { ages[age] = (plans - waiting) / Double(interval) }
          var newest = 0
          for (place, input) in inputs.enumerated() {
            let new = (input.new[path] ?? .nan) / 12
            let leaving = (input.leaving[path] ?? .nan) / 12
            let capacity = (input.capacity[path] ?? .nan) / 12
            var (due, completed, average) = (0.0, 0.0, 0.0)
            var stock = 0.0
            for _ in 0..<12 {
              // The oldest fall due, and their place is free for those reviewed now and for new plans.
              newest = newest == 0 ? interval - 1 : newest - 1
              let falling = ages[newest]
              let reviewed = min(waiting + falling, capacity)
              waiting += falling - reviewed
              ages[newest] = reviewed + new
              due += falling
              completed += reviewed
              stock = waiting
              for age in ages.indices { stock += ages[age] }
              // Nobody can leave an empty stock; the years' totals have been checked.
              let staying = stock > 0 ? max(0, 1 - leaving / stock) : 1
              waiting *= staying
              for age in ages.indices { ages[age] *= staying }
              stock *= staying
              average += waiting / 12
            }
            let at = path * width + place * kept
            shared[at] = due
            shared[at + 1] = completed
            shared[at + 2] = waiting
            shared[at + 3] = stock
            shared[at + 4] = average
          }
        }
      }
    }
  }

  /// A figure of a year, counted from 0, in every future.
  func column(_ figure: Figure, _ year: Int) -> Draws {
    Draws((0..<draws).map { figures[$0 * width + year * Figure.allCases.count + figure.rawValue] })
  }
}
