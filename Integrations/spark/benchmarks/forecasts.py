"""Forecasts many short series on a small cluster on this machine, from Parquet to Parquet.

Writes the series with Spark itself (8 to 12 yearly figures each, in pools of 150, the size of a
measure for every council in England), forecasts them end to end and prints a table: wall time,
series a second, where the time of the tasks went, and the counts, which must agree.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import sys
import time
from pathlib import Path

from pyspark.sql import SparkSession
from pyspark.sql import functions as F

from needscast_spark import Metrics, forecast
from needscast_spark.metrics import Figures

POOL = 150
HORIZON = 3


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--binary", required=True)
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--series", type=int, default=5_000_000)
    parser.add_argument("--runs", type=int, default=1)
    parser.add_argument("--model", default="automatic")
    parser.add_argument("--alone", action="store_true", help="each series by itself, without pools")
    parser.add_argument("--executors", type=int, default=os.cpu_count() or 2)
    parser.add_argument("--partitions", type=int, help="one for each 25,000 series unless given")
    options = parser.parse_args()
    partitions = options.partitions or max(2 * options.executors, options.series // 25_000)

    spark = session(options.executors)
    source, target = options.folder / f"series-{options.series}", options.folder / "forecasts"
    begun = time.monotonic()
    if not (source / "_SUCCESS").exists():
        write_series(spark, options.series, str(source))
    print(
        f"{options.series:,} series written in {time.monotonic() - begun:.1f} s "
        f"({size(source) / 1e6:,.0f} MB of Parquet); {options.executors} executors of one core, "
        f"{partitions} partitions, model {options.model}, "
        f"{'each series alone' if options.alone else f'pools of {POOL}'}, horizon {HORIZON}"
    )
    walls: list[float] = []
    figures = Figures()
    for run in range(options.runs):
        metrics = Metrics(spark)
        shutil.rmtree(target, ignore_errors=True)
        begun = time.monotonic()
        forecast(
            spark.read.parquet(str(source)),
            horizon=HORIZON,
            model=options.model,
            pool_by=None if options.alone else "pool",
            partitions=partitions,
            binary=options.binary,
            metrics=metrics,
        ).write.parquet(str(target))
        walls.append(time.monotonic() - begun)
        figures = metrics.snapshot()
        print(f"run {run + 1}: {walls[-1]:.1f} s", flush=True)

    written = spark.read.parquet(str(target))
    rows = written.count()
    failed = written.where(F.col("code").isNotNull()).count()
    sent = spark.read.parquet(str(source)).count()
    wall = statistics.median(walls)
    # One core for each executor, so this is all the time that tasks could have had.
    capacity = walls[-1] * options.executors
    conversion = figures.encoding + figures.decoding
    table = [
        ("wall, median", f"{wall:,.1f} s"),
        ("wall, least and most", f"{min(walls):,.1f} to {max(walls):,.1f} s ({len(walls)} runs)"),
        ("series a second", f"{options.series / wall:,.0f}"),
        ("series a second and core", f"{options.series / wall / options.executors:,.0f}"),
        ("in the command (processor)", share(figures.child_processor, capacity)),
        ("in Arrow conversion", share(conversion, capacity)),
        ("in Spark, and waiting", share(capacity - figures.child_processor - conversion, capacity)),
        ("rows in, counted by Spark", f"{sent:,}"),
        ("rows in, sent to the command", f"{figures.rows_in:,}"),
        ("series in", f"{figures.series:,}"),
        ("rows out, in the Parquet", f"{rows:,}"),
        ("failed series", f"{failed:,}"),
        ("bytes a row in, to the command", f"{figures.bytes_in / max(1, figures.rows_in):.1f}"),
        ("bytes a row out, from the command", f"{figures.bytes_out / max(1, rows):.1f}"),
        ("most memory of one command", f"{figures.child_peak / 1e6:,.0f} MB"),
    ]
    wide = max(len(name) for name, _ in table)
    for name, value in table:
        print(f"{name:<{wide}}  {value}")
    print(metrics)
    spark.stop()
    agree = (
        sent == figures.rows_in
        and figures.series == options.series
        and rows == (options.series - failed) * HORIZON + failed
    )
    print("all counts agree" if agree else "THE COUNTS DO NOT AGREE")
    return 0 if agree else 1


def session(executors: int) -> SparkSession:
    """A cluster of executors with a core each, on loopback."""
    os.environ["PYSPARK_PYTHON"] = sys.executable
    os.environ["SPARK_LOCAL_IP"] = "127.0.0.1"
    return (
        SparkSession.builder.master(f"local-cluster[{executors},1,2048]")
        .appName("needscast-spark benchmark")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.ui.enabled", "false")
        .config("spark.executor.memory", "2g")
        .config("spark.log.level", "ERROR")
        .getOrCreate()
    )


def write_series(spark: SparkSession, series: int, target: str) -> None:
    """Yearly figures around a level of each series' own, with a slope and a wobble."""
    number = F.col("id")
    wobble = (F.pmod(F.xxhash64("id", "year"), F.lit(2001)) - 1000) / 1000
    level = 40 + F.pmod(F.xxhash64(number), F.lit(4000)) / 10
    frame = spark.range(0, series, 1, max(2, series // 250_000))
    frame = frame.withColumn("last", (7 + F.pmod(number, F.lit(5))).cast("int"))
    frame = frame.withColumn("year", F.explode(F.sequence(F.lit(0), F.col("last"))))
    frame.select(
        F.format_string("measure %05d", F.floor(number / POOL)).alias("pool"),
        F.format_string("series %08d", number).alias("series"),
        (2013 + F.col("year")).cast("string").alias("period"),
        F.round(
            level * (1 + 0.08 * wobble) + F.col("year") * (F.pmod(number, F.lit(7)) - 3), 1
        ).alias("value"),
    ).write.mode("overwrite").parquet(target)


def share(seconds: float, whole: float) -> str:
    return f"{seconds:,.1f} s ({100 * seconds / whole:.0f}% of the cores' time)"


def size(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())


if __name__ == "__main__":
    sys.exit(main())
