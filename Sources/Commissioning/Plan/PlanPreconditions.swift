import TimeSeries

extension PlanSimulator {
  /// Everything for which a plan on a date would be refused, in the order of the services; none for a plan that can be
  /// made.
  ///
  /// The plan is run with a handful of futures. What is wrong with one assumption or one figure does not hide what is
  /// wrong with the next: the run goes on with a value that is fit, and its results are thrown away.
  ///
  /// - Parameter date: the date whose knowledge is used.
  public func preconditions(asOf date: CivilDate) -> [CommissioningError] {
    let context: SimulationContext
    do throws(CommissioningError) {
      let options = Options(asOf: date, draws: 8, seed: definition.seed)
      try checkHorizon(options)
      context = try SimulationContext(
        definition: definition, evidence: evidence, asOf: date, draws: options.draws, seed: options.seed,
        jobs: options.jobs, surveys: true)
    } catch {
      return [error]
    }
    for service in definition.services {
      do throws(CommissioningError) {
        let simulated = try service.simulate(in: Simulation(context: context))
        if let partial = simulated.refusal { context.remember(partial.cause) }
        for year in simulated.years { _ = try YearOutcome(year) }
      } catch {
        context.remember(error)
      }
    }
    return context.found
  }
}
