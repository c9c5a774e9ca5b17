"""Forecasts and backtests on a small cluster: one machine's numbers, and every series there."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pytest
from pyspark.sql import SparkSession
from pyspark.sql import functions as F

from conftest import DOUBLE
from needscast_spark import Metrics, NeedscastError, backtest, explain, forecast, measures
from tables import alone, as_bytes, invented, numbers

pytestmark = pytest.mark.spark
FIGURES = ["mean", "median", "lower_80", "upper_80", "lower_95", "upper_95"]
FORECAST = ["series", "period", "step", "model", *FIGURES]
ORDER = ["series", "step"]


@pytest.mark.parametrize(
    "partitions",
    [2, pytest.param(1, marks=pytest.mark.long), pytest.param(7, marks=pytest.mark.long)],
)
def test_pools_are_forecast_as_on_one_machine(
    spark: SparkSession, command: str, tmp_path: Path, partitions: int
) -> None:
    table = numbers(invented(400))
    expected = alone(command, table, tmp_path, "forecast", "--horizon=3", "--pool-by=pool")
    # Nothing about the input's order is promised.
    shuffled = spark.createDataFrame(table).orderBy(F.hash("series", "period"))
    result = forecast(
        shuffled, horizon=3, pool_by="pool", partitions=partitions, binary=command
    ).toArrow()
    assert result["code"].null_count == result.num_rows == 1200
    assert as_bytes(result, FORECAST, ORDER) == as_bytes(expected, FORECAST, ORDER)


def test_one_bad_series_in_a_thousand_costs_no_other(
    spark: SparkSession, command: str, tmp_path: Path
) -> None:
    table = invented(4000, bad_every=1000)
    expected = alone(command, table, tmp_path, "forecast", "--horizon=2", "--model=drift")
    metrics = Metrics(spark)
    rows = forecast(
        spark.createDataFrame(table),
        horizon=2,
        model="drift",
        partitions=4,
        binary=command,
        metrics=metrics,
    )
    result = rows.toArrow()
    good = result.filter(pc.is_null(result["code"]))
    assert as_bytes(good, FORECAST, ORDER) == as_bytes(expected, FORECAST, ORDER)
    bad = result.filter(pc.is_valid(result["code"])).to_pylist()
    assert sorted(row["series"] for row in bad) == [
        f"series {number}" for number in (1999, 2999, 3999, 999)
    ]
    for row in bad:
        assert row["code"] == "data"
        assert '"12,4%"' in row["message"]
        assert row["period"] is row["mean"] is None
    figures = metrics.snapshot()
    assert (figures.series, figures.failed, figures.rows_in) == (4000, 4, table.num_rows)
    assert figures.rows_out == result.num_rows == 2 * 3996 + 4
    assert 1 <= figures.tasks <= 4
    assert figures.child_processor > 0
    assert figures.child_peak > 1e6
    assert "rows in" in str(metrics)


@pytest.mark.long
def test_a_large_share_of_the_series_in_one_pool(
    spark: SparkSession, command: str, tmp_path: Path
) -> None:
    table = numbers(invented(1500, large_pool=0.9))
    expected = alone(command, table, tmp_path, "forecast", "--horizon=1", "--pool-by=pool")
    result = forecast(
        spark.createDataFrame(table), horizon=1, pool_by="pool", partitions=4, binary=command
    ).toArrow()
    assert as_bytes(result, FORECAST, ORDER) == as_bytes(expected, FORECAST, ORDER)


@pytest.mark.long
def test_an_executor_that_is_killed_changes_nothing(
    spark: SparkSession, command: str, tmp_path: Path
) -> None:
    table = numbers(invented(12_000))
    expected = alone(command, table, tmp_path, "forecast", "--horizon=2")
    frame = spark.createDataFrame(table).cache()
    assert frame.count() == table.num_rows
    results: list[Any] = []
    work = threading.Thread(
        target=lambda: results.append(
            forecast(frame, horizon=2, partitions=12, binary=command).toArrow()
        )
    )
    work.start()
    killed = wait_for(lambda: under_way(spark) and executors(spark), seconds=120)
    os.kill(killed[0], signal.SIGKILL)
    work.join(300)
    assert len(results) == 1, "the job did not outlive its executor"
    assert as_bytes(results[0], FORECAST, ORDER) == as_bytes(expected, FORECAST, ORDER)
    assert killed[0] not in executors(spark)


def under_way(spark: SparkSession) -> bool:
    """Whether a stage of twelve tasks has some behind it and many before it."""
    tracker = spark.sparkContext.statusTracker()
    for stage in tracker.getActiveStageIds():
        info = tracker.getStageInfo(stage)
        if info and info.numTasks == 12 and 1 <= info.numCompletedTasks <= 8:
            return True
    return False


def executors(spark: SparkSession) -> list[int]:
    """The processes of this application's executors, which say its identity in their arguments."""
    application = str(spark.sparkContext.applicationId).encode()
    return [
        process
        for process, arguments in processes()
        if b"CoarseGrainedExecutorBackend" in arguments and application in arguments
    ]


def processes() -> list[tuple[int, bytes]]:
    found = []
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                found.append((int(folder.name), (folder / "cmdline").read_bytes()))
            except OSError:
                continue
    return found


def wait_for(condition: Callable[[], Any], seconds: float) -> Any:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        met = condition()
        if met:
            return met
        time.sleep(0.05)
    raise AssertionError(f"not within {seconds} seconds")


def test_areas_types_and_other_names_of_columns(
    spark: SparkSession, command: str, tmp_path: Path
) -> None:
    plain = pa.table(
        {
            "series": [name for name in ("NA", "null") for _ in range(18)],
            "area": [area for _ in range(2) for area in ("", "Sefton", "Wirral") for _ in range(6)],
            "period": [str(2015 + year) for _ in range(6) for year in range(6)],
            "value": [0.1 * (number * 7 % 11) + 5 for number in range(36)],
        }
    )
    expected = alone(command, plain, tmp_path, "forecast", "--horizon=1", "--levels=50,97.5")
    frame = spark.createDataFrame(plain).select(
        F.col("series").alias("indicator"),
        F.when(F.col("area") == "", None).otherwise(F.col("area")).alias("area"),
        F.to_date("period", "yyyy").alias("day"),
        F.col("period").cast("int").alias("year"),
        F.col("value").cast("decimal(20,17)").alias("figure"),
        F.current_timestamp().alias("not wanted"),
    )
    result = forecast(
        frame,
        horizon=1,
        levels=(50, 97.5),
        columns={"series": "indicator", "period": "year", "value": "figure"},
        partitions=3,
        binary=command,
    ).toArrow()
    assert result.column_names[6:] == [
        "lower_50", "upper_50", "lower_97.5", "upper_97.5", "area", "code", "message",
    ]  # fmt: skip
    names = ["series", "area", *result.column_names[1:10]]
    assert as_bytes(result, names, ["series", "area"]) == as_bytes(
        expected, names, ["series", "area"]
    )
    # A day of each year is not a year: the command says so, series by series.
    days = forecast(
        frame,
        horizon=1,
        columns={"series": "indicator", "period": "day", "value": "figure"},
        frequency="daily",
        partitions=1,
        binary=command,
    ).toArrow()
    assert days.num_rows == 6


def test_a_result_that_is_left_early_leaves_no_child(spark: SparkSession, command: str) -> None:
    frame = spark.createDataFrame(numbers(invented(3000)))
    few = forecast(frame, horizon=1, model="naive", partitions=2, binary=command).limit(5)
    assert few.count() == 5
    wait_for(
        lambda: not [1 for _, words in processes() if b"\0--errors-inline\0" in words], seconds=20
    )


@pytest.mark.long
def test_backtests_and_their_averages_are_those_of_one_machine(
    spark: SparkSession, command: str, tmp_path: Path
) -> None:
    flat = {"pool": ["flat"] * 8, "series": ["flat"] * 8, "value": ["5"] * 8}
    flat["period"] = [str(2013 + year) for year in range(8)]
    table = invented(200, bad_every=40)
    table = pa.concat_tables([table, pa.table(flat).select(table.column_names)])
    ask = ["backtest", "--horizon=1", "--origins=2", "--models=automatic,naive"]
    expected = alone(command, table, tmp_path, *ask).to_pylist()
    result = backtest(
        spark.createDataFrame(table), horizon=1, origins=2, partitions=3, binary=command
    ).cache()
    assert result.count() == 5 + 2 * 196
    assert result.where("code = 'data' AND model IS NULL").count() == 5
    averages = {row["model"]: row.asDict() for row in measures(result).collect()}
    assert set(averages) == {"automatic", "naive"}
    for row in expected:
        ours = averages[row["model"]]
        assert ours["zero_scale"] == 1
        for name in ("series", "forecasts", "failed", "zero_scale"):
            assert ours[name] == int(row[name]), name
        for name in ("mase", "rmsse", "smape", "bias", "pinball", "crps", "coverage_80", "msis"):
            assert ours[name] == pytest.approx(row[name], rel=1e-12), name
    by_area = measures(result.withColumn("half", F.hash("series") % 2 == 0), by=["half"])
    assert sum(row["series"] for row in by_area.collect()) == 2 * 196


@pytest.mark.parametrize(
    ("mode", "sentence"),
    [
        ("loses-a-row", "rows sent: "),
        pytest.param("dies", "exit code 70; its last words were: fatal", marks=pytest.mark.long),
        pytest.param("sleeps-later", "nor used the processor", marks=pytest.mark.long),
    ],
)
def test_the_first_line_of_a_failed_job_says_what_and_where(
    spark: SparkSession, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mode: str, sentence: str
) -> None:
    # With no command on the driver, nothing is tried there, and the versions are not compared.
    monkeypatch.delenv("NEEDSCAST_BINARY", raising=False)
    double = tmp_path / "double"
    python = os.environ["PYSPARK_PYTHON"]
    double.write_text(f'#!/bin/sh\nDOUBLE_MODE={mode} exec {python} {DOUBLE} "$@"\n')
    double.chmod(0o755)
    frame = spark.createDataFrame(numbers(invented(60)))
    result = forecast(frame, horizon=1, partitions=1, binary=f"executor:{double}", timeout=3)
    with pytest.raises(Exception, match="needscast forecast") as failure:
        # A filter of the caller's must not be able to filter the fault away.
        result.where(F.col("mean") > 0).collect()
    first = str(failure.value).splitlines()[0]
    assert first.startswith("[USER_RAISED_EXCEPTION] needscast forecast, partition 0 on ")
    assert sentence in first
    assert explain(failure.value).startswith("needscast forecast, partition 0 on ")


def test_a_command_that_is_not_on_the_executors_is_named(spark: SparkSession) -> None:
    frame = spark.createDataFrame(numbers(invented(2)))
    with pytest.raises(Exception, match="needscast") as failure:
        forecast(frame, horizon=1, binary="executor:/opt/nowhere/needscast").collect()
    assert "there is no file /opt/nowhere/needscast on this executor" in explain(failure.value)


def test_a_null_pool_is_named_with_its_series(spark: SparkSession, command: str) -> None:
    frame = spark.createDataFrame(numbers(invented(3))).withColumn(
        "pool", F.when(F.col("series") != "series 1", F.col("pool"))
    )
    with pytest.raises(Exception, match="needscast") as failure:
        forecast(frame, horizon=1, pool_by="pool", binary=command).collect()
    assert (
        'column "pool" is null for series "series 1"; a series that stands alone is a pool of its '
        "own: coalesce(nullif(pool, ''), series)"
    ) in explain(failure.value)


def test_what_is_wrong_is_said_before_any_job(spark: SparkSession, command: str) -> None:
    frame = spark.createDataFrame(numbers(invented(1)))

    def refusal(table: Any = frame, **arguments: Any) -> str:
        with pytest.raises(NeedscastError) as refused:
            forecast(table, **{"horizon": 1, "binary": command} | arguments)
        return explain(refused.value)

    assert refusal(frame.withColumnRenamed("value", "values")) == (
        'there is no column "value" in the table; it has pool, series, period, values (did you '
        'mean values?); say which one holds it with columns={"value": ...}'
    )
    assert refusal(frame.withColumn("period", F.current_timestamp())) == (
        'column "period" is of type timestamp, and the command\'s column "period" holds text, '
        "whole numbers or dates; cast it to date, or write the period as text"
    )
    assert "holds numbers, or text where" in refusal(frame.withColumn("value", F.lit(True)))
    assert 'no column "pools" in the table, which pool_by names' in refusal(pool_by="pools")
    assert "(did you mean pool?)" in refusal(pool_by="pools")
    assert "which is the value of an observation" in refusal(pool_by="value")
    assert 'columns names "valeu", which is no column of the command' in refusal(
        columns={"valeu": "value"}
    )
    assert refusal(horizon=0) == "horizon is 0; give a whole number from 1 to 1,000"
    assert "levels is [80, 120]" in refusal(levels=(80, 120))
    assert refusal(frequency="hourly").startswith("frequency is 'hourly'; it is one of yearly,")
    assert refusal(model="arima(9").startswith(
        'needscast forecast refuses this: the model "arima(9" cannot be read at position 8:'
    )
    assert "so it is no Needscast" in refusal(binary="/bin/echo")
    stream = (
        spark.readStream.format("rate")
        .load()
        .selectExpr("'s' AS series", "cast(value AS string) AS period", "value")
    )
    assert refusal(stream).startswith("forecast is asked for a streaming table, which has no end")
    assert refusal(partitions=0) == "partitions is 0; give a whole number from 1, or none"


def test_columns_in_other_capitals_and_pools_of_a_reserved_name(
    spark: SparkSession, command: str
) -> None:
    rows = [
        (area, "a", None if year is None else str(year), 5.0 + (year or 0) % 3, "active")
        for area in ("Sefton", "Wirral")
        for year in [*range(2012, 2022), *([None] if area == "Wirral" else [])]
    ]
    frame = spark.createDataFrame(rows, "Area string, SERIES string, Period string, value double, "
        "status string").withColumn("published", F.col("Area"))  # fmt: skip
    result = forecast(
        frame,
        horizon=2,
        pool_by="published",
        columns={"status": None},
        partitions=1,
        binary=command,
    ).collect()
    # A period that is null costs its own series alone.
    assert sorted((row.area, row.code) for row in result if row.code) == [("Wirral", "data")]
    assert [row.area for row in result if not row.code] == ["Sefton", "Sefton"]


@pytest.mark.long
@pytest.mark.parametrize("pool", ["the.pool", 'odd, "pool` name', "area", "published"])
def test_pools_of_any_name_and_texts_of_another_collation(
    spark: SparkSession, command: str, tmp_path: Path, pool: str
) -> None:
    plain = numbers(invented(60))
    upper = ["A" if text.endswith("1") else "b" for text in plain["series"].to_pylist()]
    table = plain.append_column("area", pa.array(upper))
    named = "area" if pool == "area" else "pool"
    expected = alone(command, table, tmp_path, "forecast", "--horizon=1", f"--pool-by={named}")
    frame = spark.createDataFrame(table).withColumnRenamed("pool", pool if named != pool else "p")
    for name in ("series", "area", pool):
        # The order of this collation is not that of bytes, by which the command checks.
        frame = frame.withColumns(
            {name: F.collate(frame["`" + name.replace("`", "``") + "`"], "UNICODE_CI")}
        )
    result = forecast(frame, horizon=1, pool_by=pool, partitions=2, binary=command).toArrow()
    assert as_bytes(result, FORECAST, ORDER) == as_bytes(expected, FORECAST, ORDER)


@pytest.mark.long
def test_a_model_with_regressors(spark: SparkSession, command: str, tmp_path: Path) -> None:
    cells = [
        (number, year, number * year * 7 % 13 + year / 3)
        for number in range(1, 9)
        for year in range(12)
    ]
    table = pa.table(
        {
            "series": [f"series {number}" for number, _, _ in cells],
            "period": [str(2010 + year) for _, year, _ in cells],
            # What is to come is known of the regressor alone.
            "value": [
                None if year > 9 else 3 * x + 40 + (number * year * 11) % 5
                for number, year, x in cells
            ],
            "places": [x for _, _, x in cells],
        }
    )
    model = "regression(regressors(places))"
    expected = alone(command, table, tmp_path, "forecast", "--horizon=2", f"--model={model}")
    result = forecast(
        spark.createDataFrame(table),
        horizon=2,
        model=model,
        regressors=["places"],
        partitions=2,
        binary=command,
    ).toArrow()
    assert result["code"].null_count == 16
    assert as_bytes(result, FORECAST, ORDER) == as_bytes(expected, FORECAST, ORDER)
