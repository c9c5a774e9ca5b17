import Statistics

/// The random streams of the flows: one for each source of chance, so that one that takes more draws leaves
/// the others as they were.
struct FlowStreams {
  let yield: RandomStream
  let ceasing: RandomStream
  let unexplained: RandomStream
  let assessed: RandomStream
  let issued: RandomStream

  init(seed: UInt64, service: String) {
    func stream(_ name: String) -> RandomStream {
      RandomStream(seed: seed, name: "\(service): plan flows: \(name)")
    }
    yield = stream("new plans")
    ceasing = stream("ceased plans")
    unexplained = stream("unexplained")
    assessed = stream("decisions to assess")
    issued = stream("decisions to issue")
  }

  /// One path of the streams that a run advances together.
  struct Path {
    var yield: RandomStream
    var ceasing: RandomStream
    var unexplained: RandomStream
  }

  func of(_ path: Int) -> Path {
    let index = UInt64(path)
    return Path(
      yield: yield.path(index), ceasing: ceasing.path(index), unexplained: unexplained.path(index))
  }
}
