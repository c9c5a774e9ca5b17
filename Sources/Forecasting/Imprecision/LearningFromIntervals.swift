// How a model learns from samples of which some figures are known as intervals: by way of completions.

extension ForecastModel {
  /// Learns from all that is known of a sample: its values, and the bounds of figures that are known as intervals only.
  ///
  /// ``fit(_:)`` sees the values alone: rounded ones as if they were exact, and of suppressed ones nothing. Here the model
  /// is fitted to ``Imputation/usualCount`` completions and the forecast is the mixture of theirs, so that rounding and
  /// suppression widen it. A sample without such figures is fitted as it is.
  ///
  /// - Throws: what ``fit(_:)`` and ``Imputation/init(_:count:)`` throw.
  public func learn(from sample: Sample) throws(ForecastingError) -> any FittedModel {
    guard let imputation = try Imputation(sample) else { return try fit(sample) }
    return try FittedImputation(
      sample, imputation,
      fits: imputation.samples.map { completion in
        do throws(ForecastingError) {
          return .success(try fit(completion))
        } catch {
          return .failure(error)
        }
      })
  }

  /// Learns from all that is known of the samples of a pool: see ``learn(from:)`` and ``fit(pool:horizon:)``.
  ///
  /// Completions of one number are fitted together. Samples whose figures are all exact, or as good as exact, have the
  /// forecast that they have where rounded values count as exact and suppressed ones are not known.
  ///
  /// - Parameters:
  ///   - pool: samples whose periods are of one kind; their lengths, last periods and gaps may differ.
  ///   - horizon: the number of periods that will be asked for.
  public func learn(from pool: [Sample], horizon: Int) -> [Result<any FittedModel, ForecastingError>] {
    guard pool.contains(where: { $0.coarse != nil }) else { return fit(pool: pool, horizon: horizon) }
    let imputations = pool.map { sample -> Result<Imputation?, ForecastingError> in
      do throws(ForecastingError) {
        return .success(try Imputation(sample))
      } catch {
        return .failure(error)
      }
    }
    let found = imputations.map { (try? $0.get()) ?? nil }
    let count = found.reduce(0) { max($0, $1?.samples.count ?? 0) }
    let plain = found.contains { $0 == nil } ? fit(pool: pool, horizon: horizon) : []
    let fits = (0..<count).map { number in
      fit(
        pool: pool.indices.map { found[$0]?.samples[number] ?? pool[$0] }, horizon: horizon)
    }
    return pool.indices.map { index in
      do throws(ForecastingError) {
        guard let imputation = try imputations[index].get() else {
          guard plain.indices.contains(index) else { throw lost(pool[index]) }
          return plain[index]
        }
        return .success(
          try FittedImputation(
            pool[index], imputation,
            fits: fits.map { $0.indices.contains(index) ? $0[index] : .failure(lost(pool[index])) }))
      } catch {
        return .failure(error)
      }
    }
  }

  private func lost(_ sample: Sample) -> ForecastingError {
    .numerical(series: sample.name, model: specification, reason: "the pool gave no answer for it")
  }
}
