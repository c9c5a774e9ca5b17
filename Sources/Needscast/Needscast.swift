/// The public library: everything a program needs to read evidence, forecast and plan.
///
/// This module has no code of its own. `import Needscast` is all that an analyst's program imports.
@_exported import Commissioning
@_exported import Evidence
@_exported import Forecasting
@_exported import Indicators
@_exported import LinearAlgebra
@_exported import Reporting
@_exported import Statistics
@_exported import TimeSeries
