/// Nodes by priority, the least first and of equals the lower: a binary heap.
struct SearchQueue {
  private var heap: [(priority: Int, node: Int)] = []

  mutating func insert(_ node: Int, priority: Int) {
    heap.append((priority, node))
    var child = heap.count - 1
    while child > 0, heap[child] < heap[(child - 1) / 2] {
      heap.swapAt(child, (child - 1) / 2)
      child = (child - 1) / 2
    }
  }

  mutating func popLeast() -> Int? {
    guard let least = heap.first else { return nil }
    let last = heap.removeLast()
    guard !heap.isEmpty else { return least.node }
    heap[0] = last
    var parent = 0
    while true {
      var least = parent
      let left = 2 * parent + 1
      if left < heap.count, heap[left] < heap[least] { least = left }
      if left + 1 < heap.count, heap[left + 1] < heap[least] { least = left + 1 }
      if least == parent { break }
      heap.swapAt(parent, least)
      parent = least
    }
    return least.node
  }
}
