"""The averages of a backtest over its series, as the table of ``needscast backtest`` gives them."""

from __future__ import annotations

from collections.abc import Sequence

from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as F

from needscast_spark.errors import NeedscastError

_NEEDED = (
    "model",
    "forecasts",
    "failed",
    "zero_scale",
    "mase",
    "rmsse",
    "smape",
    "bias",
    "pinball",
    "crps",
    "msis",
)


def measures(backtests: DataFrame, *, by: Sequence[str] = ()) -> DataFrame:
    """Averages backtests over their series, for each model and group.

    MASE, RMSSE, bias, pinball, CRPS and MSIS are averaged over the series whose scale is not zero,
    sMAPE over all series with a forecast, each series counting once. Coverage is over all
    forecasts, so that a series weighs as many times as it has forecasts. Series that have no model
    (their rows could not be read) are in no average.

    The averages are Spark's sums of the series' measures: the last digits depend on the order in
    which it adds them, and differ by rounding from the command's, which adds in the order of the
    input.

    Args:
        backtests: The result of :func:`backtest`, with any columns that were joined to it.
        by: Columns of it whose values are averaged apart, such as ``["area"]``.

    Returns:
        Columns ``by``, ``model, series, forecasts, failed, zero_scale, mase, rmsse, smape, bias,
        pinball, crps``, a ``coverage_L`` for each level, ``msis``. ``series`` counts those with a
        forecast.

    Raises:
        NeedscastError: A column is missing.
    """
    if isinstance(by, str):
        raise NeedscastError(f'by is the text "{by}"; give a list of columns, such as ["{by}"]')
    for name in (*_NEEDED, *by):
        if name not in backtests.columns:
            raise NeedscastError(
                f'there is no column "{name}" among the backtests; they have '
                f"{', '.join(backtests.columns)}"
            )
    coverages = [name for name in backtests.columns if name.startswith("coverage_")]
    told = backtests.where(F.col("model").isNotNull())
    return told.groupBy(*(_quoted(name) for name in by), "model").agg(
        F.count_if(F.col("forecasts") > 0).alias("series"),
        F.sum("forecasts").alias("forecasts"),
        F.sum("failed").alias("failed"),
        F.coalesce(F.sum("zero_scale"), F.lit(0)).cast("long").alias("zero_scale"),
        *(
            F.avg(name).alias(name)
            for name in ("mase", "rmsse", "smape", "bias", "pinball", "crps")
        ),
        *(_weighted(name).alias(name) for name in coverages),
        F.avg("msis").alias("msis"),
    )


def _weighted(name: str) -> Column:
    """A mean of a column over forecasts; null where there are none."""
    forecasts = F.when(_quoted(name).isNotNull(), F.col("forecasts"))
    return F.try_divide(F.sum(_quoted(name) * F.col("forecasts")), F.sum(forecasts))


def _quoted(name: str) -> Column:
    return F.col("`" + name.replace("`", "``") + "`")
