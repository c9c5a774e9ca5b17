/// What came of trying to move a figure from the truth.
struct MoveResult {
  /// How far it went, in the direction asked for.
  var achieved = 0
  /// The moves of all figures together, that of the figure itself among them.
  var moves: [FigureMove] = []
  /// The figures that had to be held back for it.
  var withheld: [Int] = []
  /// Whether falling short shows that no more can be had; without it, it shows nothing.
  var isExhaustive = true
}

/// A way of finding whole numbers, other than the truth, that agree with everything published.
protocol MoveSearch {
  /// Moves a figure as far as asked, or as far as possible.
  ///
  /// - Parameters:
  ///   - cell: the figure.
  ///   - amount: by how much; negative for down.
  ///   - mayWithhold: whether published figures may be held back for it, the cheapest first.
  ///   - state: what is held back; figures that the push holds back are so afterwards.
  mutating func push(_ cell: Int, by amount: Int, mayWithhold: Bool, _ state: inout SuppressionState)
    -> MoveResult
}
