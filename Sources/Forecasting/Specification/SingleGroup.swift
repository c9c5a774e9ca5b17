extension ModelExpression {
  /// Refuses a second pair of parentheses, and the length of a season unless the family takes one: whatever is written is
  /// meant, and must not be passed over.
  func requireSingleGroup(takesSeason: Bool = false) throws(ForecastingError) {
    if groups.count > 1 {
      throw error(at: end, "\(name) has one list of options; write them all between the first parentheses")
    }
    if let season, !takesSeason {
      throw error(at: end, "\(name) takes no length of a season after its options; leave \(season) out")
    }
  }
}
