import Foundation
import Testing
@testable import Forecasting
@Suite("ProbeARIMA") struct ProbeARIMA {
  @Test func probe() throws {
    for label in ARIMAReference.labels {
      let r = try ARIMAReference.named(label)
      let f = try r.model.fitted(try r.sample())
      print(label, "ll", f.likelihood!.value - r.loglik, f.likelihood!.value - r.check.loglikAtRCoefExactMLOfDifferencedSeries, f.converged)
      for p in f.parameters { let n = p.name == "mean" ? "intercept" : p.name
        if let c = r.coef[n] { print("  ", n, p.value, p.value - c, p.standardError ?? -1, (p.standardError ?? 0)/r.se[n]! - 1) } }
      let plug = try f.plugIn(horizon: r.statsArima.forecastMean.count)
      var dm = 0.0, ds = 0.0, dp = 0.0
      for i in plug.means.indices { dm = max(dm, abs(plug.means[i]/r.statsArima.forecastMean[i]-1)); ds = max(ds, abs(plug.variances[i].squareRoot()/r.statsArima.forecastSe[i]-1))
        let k = Double(r.coef.count), n = Double(f.likelihood!.observations)
        dp = max(dp, abs((plug.variances[i]*n/(n-k)).squareRoot()/r.forecastSe[i]-1)) }
      print("   mean", dm, "se", ds, "pkg", dp, "sigma2", f.maximumLikelihoodVariance/r.check.concentratedScale-1)
    }
  }
}
