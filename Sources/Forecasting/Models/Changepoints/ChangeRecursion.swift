import RealModule

/// The forward and backward recursions over changepoints for one width of errors (Fearnhead, 2006, section 2).
struct ChangeRecursion {
  private let evidence: SegmentEvidence
  private let minimumLength: Int
  private let count: Int
  /// The logarithm of the prior probability that a stretch begins at each observation.
  private let logChange: [Double]
  /// Running sums of the logarithm of the probability that none does.
  private let logStay: [Double]

  init(evidence: SegmentEvidence, hazards: [Double], minimumLength: Int) {
    self.evidence = evidence
    self.minimumLength = minimumLength
    count = evidence.count
    logChange = hazards.map { $0 > 0 ? Double.log($0) : -.infinity }
    var sum = 0.0
    logStay = hazards.map {
      // What is certain is taken as all but certain: the least length of a stretch may forbid it.
      sum += Double.log(max(1 - $0, 1e-12))
      return sum
    }
  }

  /// The logarithms of the densities of all stretches of observations that no change interrupts.
  fileprivate struct Stretches {
    let width: Int
    let logs: [Double]

    subscript(_ first: Int, _ end: Int) -> Double { logs[first * width + end] }
  }

  private func stretches(_ variance: Double) -> Stretches {
    let width = count + 1
    var logs = [Double](repeating: -.infinity, count: count * width)
    for first in 0..<count {
      for end in stride(from: first + minimumLength, through: count, by: 1) {
        logs[first * width + end] =
          evidence.logDensity(first, end, variance: variance) + logStay[end - 1] - logStay[first]
      }
    }
    return Stretches(width: width, logs: logs)
  }

  /// Both recursions for one width.
  struct Pass {
    /// log p(y before t, a stretch begins at t).
    fileprivate let forward: [Double]
    /// log p(y from t on | a stretch begins at t).
    fileprivate let backward: [Double]
    /// log p(y from t on, no further change | a stretch begins at t).
    fileprivate let final: [Double]
    fileprivate let stretches: Stretches

    /// The posterior probability that a stretch begins at an observation.
    func changeProbability(_ index: Int) -> Double {
      Double.exp(forward[index] + backward[index] - backward[0])
    }

    /// The posterior probability that the last stretch begins at an observation.
    func lastProbability(_ index: Int) -> Double {
      Double.exp(forward[index] + final[index] - backward[0])
    }
  }

  /// The logarithm of the density of all observations.
  func logEvidence(variance: Double) -> Double { backward(stretches(variance))[0] }

  private func backward(_ stretches: Stretches) -> [Double] {
    var values = [Double](repeating: -.infinity, count: count)
    for start in stride(from: count - 1, through: 0, by: -1) {
      var sum = LogSum()
      sum.add(stretches[start, count])
      for next in stride(from: start + minimumLength, to: count, by: 1) {
        sum.add(stretches[start, next] + logChange[next] + values[next])
      }
      values[start] = sum.value
    }
    return values
  }

  func pass(variance: Double) -> Pass {
    let stretches = stretches(variance)
    var forward = [Double](repeating: -.infinity, count: count)
    forward[0] = 0
    for next in 1..<count {
      var sum = LogSum()
      for start in stride(from: 0, through: next - minimumLength, by: 1) {
        sum.add(forward[start] + stretches[start, next])
      }
      forward[next] = sum.value + logChange[next]
    }
    return Pass(
      forward: forward, backward: backward(stretches), final: (0..<count).map { stretches[$0, count] },
      stretches: stretches)
  }

  /// Calls a body with every stretch whose posterior probability exceeds a threshold.
  func forEachSegment(
    _ pass: Pass, above threshold: Double, _ body: (_ first: Int, _ end: Int, _ probability: Double) -> Void
  ) {
    for first in 0..<count where pass.changeProbability(first) > threshold || first == 0 {
      for end in stride(from: first + minimumLength, to: count, by: 1) {
        let probability = Double.exp(
          pass.forward[first] + pass.stretches[first, end] + logChange[end] + pass.backward[end]
            - pass.backward[0])
        if probability > threshold { body(first, end, probability) }
      }
      let last = pass.lastProbability(first)
      if last > threshold { body(first, count, last) }
    }
  }
}

/// The logarithm of a sum of exponentials, as its terms come.
struct LogSum {
  private var largest = -Double.infinity
  private var sum = 0.0

  mutating func add(_ term: Double) {
    guard term > -.infinity else { return }
    if term <= largest {
      sum += Double.exp(term - largest)
    } else {
      sum = sum * Double.exp(largest - term) + 1
      largest = term
    }
  }

  var value: Double { sum > 0 ? largest + Double.log(sum) : -.infinity }
}
