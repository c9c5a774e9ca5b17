/// Labels kept apart.
enum LabelPlacement {
  /// Places in ascending order, moved as little as can be (in squares, together) until no two are closer than
  /// a distance and all lie within a range, which must have room for them.
  static func apart(_ places: [Double], by distance: Double, within range: ClosedRange<Double>) -> [Double] {
    // Less the distances before each, the places only have to ascend: neighbours that do not are pooled at
    // their mean (isotonic regression), and the range bounds what comes of that.
    var pools: [(mean: Double, count: Int)] = []
    for (index, place) in places.enumerated() {
      var pool = (mean: place - distance * Double(index), count: 1)
      while let last = pools.last, last.mean > pool.mean {
        let count = last.count + pool.count
        pool = ((last.mean * Double(last.count) + pool.mean * Double(pool.count)) / Double(count), count)
        pools.removeLast()
      }
      pools.append(pool)
    }
    let highest = range.upperBound - distance * Double(max(0, places.count - 1))
    return pools.flatMap { Array(repeating: $0.mean, count: $0.count) }.enumerated().map { index, place in
      max(min(place, highest), range.lowerBound) + distance * Double(index)
    }
  }

  /// A label beside the end of a line.
  struct EndLabel {
    let text: String
    let value: Double
    var weight: SVGElement.Weight = .normal
    var colour: ChartColour = .ink

    var width: Double { WrappedText.width(text, size: weight.measured(ChartSheet.letters)) }

    /// The label cut to a width.
    func cut(to width: Double) -> EndLabel {
      let cut = WrappedText.line(text, width: width, size: weight.measured(ChartSheet.letters))
      return EndLabel(text: cut, value: value, weight: weight, colour: colour)
    }
  }

  /// Draws labels beside the ends of lines, moved apart where they would touch; those that the height has no
  /// room for are left out from the end of the list, where the least important stand.
  static func draw(
    _ labels: [EndLabel], x: Double, on scale: ValueScale, within range: ClosedRange<Double>
  ) -> [String] {
    let fitting = labels.prefix(Int((range.upperBound - range.lowerBound) / 15) + 1)
    let ordered = fitting.enumerated().sorted {
      (scale.place($0.element.value), $0.offset) < (scale.place($1.element.value), $1.offset)
    }.map(\.element)
    let places = apart(ordered.map { scale.place($0.value) }, by: 15, within: range)
    return zip(ordered, places).map { label, y in
      SVGElement.text(label.text, x: x, y: y + 4, weight: label.weight, colour: label.colour)
    }
  }
}
