import Needscast

/// Tests the trends of `needscast rates`.
struct RatesTrends {
  private let verb: RatesVerb
  private let shown: [Confidence]
  /// Whether there are shares among the series that are reported.
  private let hasShares: Bool

  init(verb: RatesVerb, shown: [Confidence], hasShares: Bool) {
    self.verb = verb
    self.shown = shown
    self.hasShares = hasShares
  }

  /// The rules of the tests, as sentences.
  var rules: [String] {
    var rules: [String] = []
    if verb.trend || verb.logistic {
      rules.append(
        "Recent trend: a line through the last five years, weighted by their 95% limits, is beyond chance where "
          + "chi-squared passes 9.55 (99.8%) and leaving out any single year neither turns nor levels it.")
    }
    if verb.trend {
      rules.append(
        "Mann-Kendall looks at the order of all years since the last break, and its direction is beyond chance at 95%; the slope beside it is Sen's, the median "
          + "of the slopes through all pairs. It takes years as independent.")
    }
    if verb.trend, hasShares {
      rules.append(
        "Cochran-Armitage tests whether shares rise or fall along all years since the last break by their counts, beyond "
          + "chance at 95%. It knows no variation but that of chance, so that of great numbers nearly every change is "
          + "beyond it; a small p of departure says that a straight line misses them.")
    }
    if verb.joinpoint {
      rules.append(
        "Joined lines: straight on the logarithm, so that slopes are percentages of the figure itself a period; their number by the Bayesian "
          + "information criterion.")
    }
    return rules
  }

  /// What the tests that were asked for say of a series.
  func trends(of rated: RatedSeries, polarity: Polarity) -> [RatesDocument.Trend] {
    var trends: [RatesDocument.Trend] = []
    if verb.trend { trends.append(recent(rated, .weightedRegression, "recent-trend", polarity)) }
    if verb.logistic { trends.append(recent(rated, .logisticRegression, "recent-trend-logistic", polarity)) }
    if verb.trend {
      trends.append(order(rated, polarity))
      if rated.series.measure.unit.whole != nil { trends.append(shares(rated, polarity)) }
    }
    if verb.joinpoint { trends += lines(rated) }
    return trends
  }

  private func recent(
    _ rated: RatedSeries, _ method: RecentTrend.Method, _ test: String, _ polarity: Polarity
  ) -> RatesDocument.Trend {
    do throws(IndicatorsError) {
      let trend = try RecentTrend(of: rated.series, by: method, limits: rated.limits)
      let unit = rated.series.measure.unit
      let basis = rated.figures.contains(where: \.isImplied) ? RecentTrend.Basis.impliedCounts : trend.basis
      return RatesDocument.Trend(
        test: test, first: trend.first.label, last: trend.last.label, slope: trend.slope,
        slopeUnit: method == .logisticRegression ? "log odds a year" : unit.slopeName("year"),
        statistic: trend.statistic, statisticName: "chi-squared", p: trend.pValue,
        direction: trend.direction.rawValue, marker: trend.marker(polarity: polarity).label,
        method: trend.method.name,
        remark: trend.oddsChange.map { "the odds change by \(NumberText.significant($0))% a year" }
          ?? basis.label)
    } catch {
      return RatesDocument.Trend(
        test: test, marker: TrendMarker.cannotBeCalculated.label, method: method.name, reason: "\(error)")
    }
  }

  private func order(_ rated: RatedSeries, _ polarity: Polarity) -> RatesDocument.Trend {
    do throws(IndicatorsError) {
      let stretch = try TrendStretch(
        of: rated.series, for: "the Mann-Kendall test", least: MannKendall.leastCount)
      let test = try MannKendall(of: stretch, confidence: shown)
      return RatesDocument.Trend(
        test: "mann-kendall", first: stretch.points.first?.period.label,
        last: stretch.points.last?.period.label, slope: test.slope.value,
        slopeUnit: rated.series.measure.unit.slopeName(stretch.timeUnit),
        limits: RatesDocument.Limits.of(test.slope.limits, at: shown), statistic: test.tau,
        statisticName: "tau", p: test.pValue, direction: test.direction().rawValue,
        marker: TrendMarker(test.direction(), polarity: polarity).label, method: test.method,
        remark: stretch.remarks.isEmpty ? nil : stretch.remarks.joined(separator: "; "))
    } catch {
      return RatesDocument.Trend(
        test: "mann-kendall", marker: TrendMarker.cannotBeCalculated.label, reason: "\(error)")
    }
  }

  private func shares(_ rated: RatedSeries, _ polarity: Polarity) -> RatesDocument.Trend {
    do throws(IndicatorsError) {
      let stretch = try TrendStretch(of: rated.series, for: "the Cochran-Armitage test", least: 3)
      let test = try TrendInProportions(of: stretch)
      let departure = test.departurePValue.map { "p of departure from a line \(NumberText.significant($0))" }
      return RatesDocument.Trend(
        test: "cochran-armitage", first: stretch.points.first?.period.label,
        last: stretch.points.last?.period.label, statistic: test.statistic, statisticName: "chi-squared",
        p: test.pValue, direction: test.direction().rawValue,
        marker: TrendMarker(test.direction(), polarity: polarity).label,
        method: "Cochran-Armitage test of shares along the periods",
        remark: ([departure].compactMap { $0 } + stretch.remarks).joined(separator: "; "))
    } catch {
      return RatesDocument.Trend(
        test: "cochran-armitage", marker: TrendMarker.cannotBeCalculated.label, reason: "\(error)")
    }
  }

  private func lines(_ rated: RatedSeries) -> [RatesDocument.Trend] {
    do throws(IndicatorsError) {
      let stretch = try TrendStretch(of: rated.series, for: "joinpoint regression", least: 4)
      let fit = try JoinpointRegression(
        of: stretch, in: rated.series.measure.unit, confidence: shown)
      let remark = stretch.remarks.isEmpty ? nil : stretch.remarks.joined(separator: "; ")
      func trend(
        _ test: String, _ change: Estimate, from first: Int, to last: Int
      ) -> RatesDocument.Trend {
        RatesDocument.Trend(
          test: test, first: stretch.points[first].period.label, last: stretch.points[last].period.label,
          slope: change.value,
          slopeUnit: "\(change.unit)" + (stretch.timeUnit == "year" ? " (annual percentage change)" : ""),
          limits: RatesDocument.Limits.of(change.limits, at: shown), method: change.method, remark: remark)
      }
      var trends = fit.segments.map { trend("joinpoint", $0.change, from: $0.first, to: $0.last) }
      if fit.segments.count > 1 {
        trends.append(
          trend("joinpoint-average", fit.averageChange, from: 0, to: stretch.points.count - 1))
      }
      return trends
    } catch {
      return [RatesDocument.Trend(test: "joinpoint", reason: "\(error)")]
    }
  }
}

extension TimeSeries.Unit {
  /// The unit of a slope: `percentage points a year`, which is not a percentage of the figure itself; of a proportion,
  /// `of 1 a year`.
  fileprivate func slopeName(_ time: String) -> String {
    switch self {
    case .percentage: "percentage points a \(time)"
    case .proportion: "of 1 a \(time)"
    default: "\(self) a \(time)"
    }
  }
}
