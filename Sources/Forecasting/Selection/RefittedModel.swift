/// A model that can be fitted for its forecast alone, leaving out the search for the parameters that are reported.
///
/// The rolling origin fits every candidate several times over and reads nothing but the predictive density.
protocol RefittedModel: ForecastModel {
  /// The same predictive distribution as that of ``ForecastModel/fit(_:)``; its parameters are approximate.
  func refit(_ sample: Sample) throws(ForecastingError) -> any FittedModel
}
