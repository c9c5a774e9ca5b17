"""Forecasts and backtests of the series in a table."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence

from pyspark.sql import DataFrame
from pyspark.sql.types import DoubleType, IntegerType, LongType, StringType

from needscast_spark.cells import header
from needscast_spark.columns import SeriesColumns, choose, sorted_for_command
from needscast_spark.errors import NeedscastError
from needscast_spark.ledgers import BacktestCounts, ForecastCounts
from needscast_spark.metrics import Metrics
from needscast_spark.running import (
    Verb,
    check_levels,
    check_whole,
    partition_count,
    run,
    schema_of,
)

_TEXT, _DOUBLE, _INT, _LONG = StringType(), DoubleType(), IntegerType(), LongType()
_FREQUENCIES = ("yearly", "quarterly", "monthly", "weekly", "daily", "other")
_CALENDARS = ("calendar", "financial", "academic")


def forecast(
    df: DataFrame,
    *,
    horizon: int,
    levels: Sequence[float] = (80, 95),
    model: str = "automatic",
    pool_by: str | None = None,
    frequency: str | None = None,
    calendar: str | None = None,
    columns: Mapping[str, str | None] | None = None,
    regressors: Sequence[str] = (),
    partitions: int | None = None,
    binary: str | os.PathLike[str] | None = None,
    timeout: float = 600.0,
    silence: float | None = 3600.0,
    metrics: Metrics | None = None,
) -> DataFrame:
    """Forecasts every series of a table, with intervals, as ``needscast forecast`` does.

    The numbers are those of the command on one machine, however the table is partitioned. A series
    that cannot be forecast is a row like the others, with its ``code`` and ``message``, and stops
    no other.

    Args:
        df: One row for each observation, in any order. It has the columns ``series``, ``period``
            and ``value``, and where they are there ``area``, ``numerator``, ``denominator``,
            ``calendar``, ``frequency``, ``unit``, ``measure``, ``break``, ``rounding`` and
            ``status``, in whatever capitals, which mean what the command's contract says; any other
            column is left out. A value that is null is a figure that is not available.
        horizon: Periods to forecast after the last of each series, 1 to 1,000.
        levels: Levels of the intervals, in per cent.
        model: A model's specification in the command's grammar.
        pool_by: The column that says which series lend strength to each other: those that share its
            value. All series of a pool are forecast in one task.
        frequency: How often observations come, where periods cannot say: yearly, quarterly,
            monthly, weekly, daily or other.
        calendar: What kind of years the periods are, where they cannot say: calendar, financial or
            academic.
        columns: The table's own names of columns by the command's, such as ``{"series":
            "indicator"}``; none as the column leaves one out, such as ``{"status": None}`` where
            the table's ``status`` is of another kind.
        regressors: Columns of numbers that the model names.
        partitions: Partitions to forecast in; by default ``spark.sql.shuffle.partitions``. No
            number depends on it.
        binary: The command on the driver, which is shipped to the executors; or ``executor:PATH``
            for one that is installed there. By default ``$NEEDSCAST_BINARY``, or else ``needscast``
            on the driver's PATH.
        timeout: Seconds in which a command may neither take nor give a byte nor use the processor
            before its task fails.
        silence: Seconds in which a command may compute without taking or giving a byte before its
            task fails: an hour, so that nothing goes on for ever. A pool of very many series, or
            a costly model in a large one, may take longer; none is no limit.
        metrics: Where to count the work.

    Returns:
        Columns ``series, period, step, model, mean, median``, a ``lower_L, upper_L`` for each
        level, ``area`` where the table has one, ``code`` and ``message``. A forecast has
        ``horizon`` rows without a code; a failed series has one, with ``code`` ``data`` (its rows
        cannot be read) or ``forecast`` (no model can forecast it). The column of a level with a
        fraction has a point in its name, as in the command's own: ``col("`lower_97.5`")``.

    Raises:
        NeedscastError: Before any job: an argument, a column, its type or the command is wrong.

        An action on the result raises Spark's own exception when a task fails, and its first line
        says what and where; see :func:`needscast_spark.explain`.
    """
    session = df.sparkSession
    check_whole("horizon", horizon, 1000)
    texts = check_levels(levels)
    chosen, sent = choose(df, columns=columns, pool_by=pool_by, regressors=regressors)
    ends = [(f"{end}_{level}", _DOUBLE) for level in texts for end in ("lower", "upper")]
    verb = Verb(
        name="forecast",
        arguments=(
            *("forecast", "-", f"--horizon={horizon}", f"--levels={','.join(texts)}"),
            f"--model={model}",
            *_shared(sent, frequency, calendar),
        ),
        opening=header(list(sent.names)),
        trial=_trial(sent, regressors),
        schema=schema_of(
            [
                *(("series", _TEXT), ("period", _TEXT), ("step", _INT), ("model", _TEXT)),
                *(("mean", _DOUBLE), ("median", _DOUBLE), *ends),
                *([("area", _TEXT)] if sent.area else []),
                *(("code", _TEXT), ("message", _TEXT)),
            ]
        ),
        ledger=ForecastCounts(sent, horizon),
    )
    table = sorted_for_command(chosen, sent, partition_count(session, partitions))
    return run(table, verb, binary=binary, timeout=timeout, silence=silence, metrics=metrics)


def backtest(
    df: DataFrame,
    *,
    horizon: int,
    origins: int,
    models: Sequence[str] = ("automatic", "naive"),
    levels: Sequence[float] = (80, 95),
    sliding: int | None = None,
    pool_by: str | None = None,
    frequency: str | None = None,
    calendar: str | None = None,
    columns: Mapping[str, str | None] | None = None,
    regressors: Sequence[str] = (),
    partitions: int | None = None,
    binary: str | os.PathLike[str] | None = None,
    timeout: float = 600.0,
    silence: float | None = 3600.0,
    metrics: Metrics | None = None,
) -> DataFrame:
    """Forecasts every series again from earlier ends and scores the forecasts by what came, as
    ``needscast backtest`` does.

    Args:
        df: As in :func:`forecast`.
        horizon: Periods to forecast from each origin, 1 to 1,000.
        origins: Origins, each one period before the next.
        models: Specifications of the models to compare, no two the same.
        levels: Levels of the intervals whose coverage is measured, in per cent.
        sliding: Learn from this many periods before each origin only; by default from all.
        pool_by: As in :func:`forecast`; all series of a pool are cut at the same period.
        frequency: As in :func:`forecast`.
        calendar: As in :func:`forecast`.
        columns: As in :func:`forecast`.
        regressors: As in :func:`forecast`.
        partitions: As in :func:`forecast`.
        binary: As in :func:`forecast`.
        timeout: As in :func:`forecast`.
        silence: As in :func:`forecast`.
        metrics: As in :func:`forecast`.

    Returns:
        One row for each series and model: ``series``, ``area`` where the table has one, ``model,
        forecasts, failed, zero_scale, mase, rmsse, smape, bias, pinball, crps``, a ``coverage_L``
        for each level (per cent), ``msis, code, message``. A series whose rows cannot be read
        (``code`` ``data``) or of which nothing is left at any origin (``origin``) has one row
        without a model; a model that failed at some origin has what figures there are, and ``code``
        ``forecast``. :func:`measures` averages them.

    Raises:
        NeedscastError: As in :func:`forecast`.
    """
    session = df.sparkSession
    check_whole("horizon", horizon, 1000)
    check_whole("origins", origins, 1_000_000)
    if sliding is not None:
        check_whole("sliding", sliding, 1_000_000)
    if isinstance(models, str) or not models or len(set(models)) != len(models):
        raise NeedscastError(
            f'models is {models!r}; give specifications, no two the same, such as ("automatic", '
            '"naive")'
        )
    for model in models:
        refuse_several(model)
    texts = check_levels(levels)
    chosen, sent = choose(df, columns=columns, pool_by=pool_by, regressors=regressors)
    verb = Verb(
        name="backtest",
        arguments=(
            *("backtest", "-", f"--horizon={horizon}", f"--origins={origins}"),
            *(f"--models={','.join(models)}", f"--levels={','.join(texts)}", "--each"),
            *([f"--sliding={sliding}"] if sliding is not None else []),
            *_shared(sent, frequency, calendar),
        ),
        opening=header(list(sent.names)),
        trial=_trial(sent, regressors),
        schema=schema_of(
            [
                *(("series", _TEXT), *([("area", _TEXT)] if sent.area else [])),
                *(("model", _TEXT), ("forecasts", _LONG), ("failed", _LONG), ("zero_scale", _INT)),
                *((measure, _DOUBLE) for measure in _MEASURES),
                *((f"coverage_{level}", _DOUBLE) for level in texts),
                *(("msis", _DOUBLE), ("code", _TEXT), ("message", _TEXT)),
            ]
        ),
        ledger=BacktestCounts(sent, len(models)),
    )
    table = sorted_for_command(chosen, sent, partition_count(session, partitions))
    return run(table, verb, binary=binary, timeout=timeout, silence=silence, metrics=metrics)


def refuse_several(model: str) -> None:
    """Refuses a comma outside parentheses and quotation marks, where the command parts two models:
    it would answer with more rows than models were asked for.

    Raises:
        NeedscastError: There is one.
    """
    depth, quoted = 0, False
    for letter in model:
        if letter == '"':
            quoted = not quoted
        elif not quoted and letter in "()":
            depth += 1 if letter == "(" else -1
        elif not quoted and depth == 0 and letter == ",":
            raise NeedscastError(
                f"models has {model!r}, which are several; give each as a text of its own, such as "
                '("automatic", "naive")'
            )


_MEASURES = ("mase", "rmsse", "smape", "bias", "pinball", "crps")


def _shared(sent: SeriesColumns, frequency: str | None, calendar: str | None) -> tuple[str, ...]:
    for name, value, known in (
        ("frequency", frequency, _FREQUENCIES),
        ("calendar", calendar, _CALENDARS),
    ):
        if value is not None and value not in known:
            raise NeedscastError(f"{name} is {value!r}; it is one of {', '.join(known)}")
    return (
        *([f"--pool-by={sent.pool}"] if sent.pool else []),
        *([f"--frequency={frequency}"] if frequency else []),
        *([f"--calendar={calendar}"] if calendar else []),
        *("--sorted", "--errors-inline", "--tally", "--format", "csv", "--quiet"),
    )


def _trial(sent: SeriesColumns, regressors: Sequence[str]) -> bytes:
    """One observation, which fails as a series and shows whether the arguments can be read."""
    cells = {"series": "trial", "period": "2020", "value": "1"} | dict.fromkeys(regressors, "1")
    if sent.pool:
        cells.setdefault(sent.pool, "trial")
    return (",".join(cells.get(name, "") for name in sent.names) + "\n").encode()
