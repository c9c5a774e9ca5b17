/// The partial sort of the program that Cleveland and others published with their decomposition, after Singleton
/// (1969), which R runs to this day.
///
/// It puts some places of an array in order, given those places in rising order. The program asks for the two middle
/// places of an even number in falling order; then one of them may be left unsorted. Kept here, and only here, to show
/// that this is all that separates the robust decompositions.
struct PublishedPartialSort {
  private var values: [Double]
  private let wanted: [Int]

  /// Six times the "median" over six, as the program comes by it.
  static func median(_ values: [Double]) -> Double {
    let upper = values.count / 2 + 1
    let lower = values.count - upper + 1
    var sort = PublishedPartialSort(values: [0] + values, wanted: [0, upper, lower])
    sort.run()
    return (sort.values[upper] + sort.values[lower]) / 2
  }

  private struct Segment {
    var from: Int
    var to: Int
    var firstWanted: Int
    var lastWanted: Int
  }

  private mutating func run() {
    var segment = Segment(from: 1, to: values.count - 1, firstWanted: 1, lastWanted: wanted.count - 1)
    var waiting: [Segment] = []
    // The first segment is split whatever its length.
    var mustSplit = true
    while true {
      if mustSplit || segment.to - segment.from > 10 {
        mustSplit = false
        let (low, high) = partition(segment)
        var later = segment
        if low - segment.from <= segment.to - high {
          later.from = high
          segment.to = low
          while segment.firstWanted <= segment.lastWanted, wanted[segment.lastWanted] > segment.to {
            segment.lastWanted -= 1
          }
          if segment.firstWanted <= segment.lastWanted { later.firstWanted = segment.lastWanted + 1 }
        } else {
          later.to = low
          segment.from = high
          while segment.firstWanted <= segment.lastWanted, wanted[segment.firstWanted] < segment.from {
            segment.firstWanted += 1
          }
          if segment.firstWanted <= segment.lastWanted { later.lastWanted = segment.firstWanted - 1 }
        }
        waiting.append(later)
        if segment.firstWanted <= segment.lastWanted { continue }
      } else if segment.from == 1 {
        mustSplit = segment.from < segment.to
        if mustSplit { continue }
      } else {
        insertionSort(segment)
      }
      repeat {
        guard let next = waiting.popLast() else { return }
        segment = next
      } while segment.firstWanted > segment.lastWanted
    }
  }

  /// Splits a segment about the median of its ends and its middle; the ends of the two parts.
  private mutating func partition(_ segment: Segment) -> (low: Int, high: Int) {
    let (from, to) = (segment.from, segment.to)
    let middle = (from + to) / 2
    if values[from] > values[middle] { values.swapAt(from, middle) }
    if values[to] < values[middle] {
      values.swapAt(to, middle)
      if values[from] > values[middle] { values.swapAt(from, middle) }
    }
    let pivot = values[middle]
    var low = to
    var high = from
    while true {
      repeat { low -= 1 } while values[low] > pivot
      repeat { high += 1 } while values[high] < pivot
      if high > low { return (low, high) }
      values.swapAt(low, high)
    }
  }

  /// Sorts a short segment that has a smaller value before it.
  private mutating func insertionSort(_ segment: Segment) {
    for index in stride(from: segment.from, to: segment.to, by: 1) {
      let value = values[index + 1]
      guard values[index] > value else { continue }
      var place = index
      repeat {
        values[place + 1] = values[place]
        place -= 1
      } while value < values[place]
      values[place + 1] = value
    }
  }
}
