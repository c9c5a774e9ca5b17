"""The package as a command: Parquet in, Parquet out, counts and times at the end.

``python -m needscast_spark forecast --input X --output Y --horizon 3`` starts a session as Spark's
own settings say; under ``spark-submit`` it takes the one that it is given.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from typing import NoReturn

from pyspark.errors import PySparkException
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

from needscast_spark.averages import measures
from needscast_spark.errors import NeedscastError, explain
from needscast_spark.metrics import Metrics
from needscast_spark.plans import plan, read_workspaces
from needscast_spark.series import backtest, forecast

# The exit codes of the command itself, which follow sysexits.
DONE, USAGE, BAD_DATA, NO_INPUT, CANNOT_WRITE = 0, 64, 65, 66, 73


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        self.exit(USAGE, f"{self.prog}: {message}\n")


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command; its exit code.

    0: the result is written, failed series among its rows. 64: wrong arguments. 65: the job failed,
        or an argument, a column or the command is wrong; standard error then has one line that says
        what and where. 66: the input cannot be read. 73: the output is there already.
    """
    options = _parser().parse_args(arguments)
    spark = SparkSession.builder.appName(f"needscast {options.verb}").getOrCreate()
    try:
        return _run(options, spark)
    except NeedscastError as error:
        return _failed(BAD_DATA, explain(error))
    except PySparkException as error:
        return _failed(BAD_DATA, explain(error))
    finally:
        spark.stop()


def _run(options: argparse.Namespace, spark: SparkSession) -> int:
    metrics = Metrics(spark)
    try:
        if options.verb == "plan" and options.workspace:
            table = read_workspaces(spark, options.workspace)
        else:
            table = spark.read.parquet(options.input)
    except PySparkException as error:
        return _failed(NO_INPUT, f"{options.input} cannot be read as Parquet: {explain(error)}")
    result = _asked(options, table, metrics)
    try:
        result.write.mode("overwrite" if options.force else "error").parquet(options.output)
    except PySparkException as error:
        if "PATH_ALREADY_EXISTS" in str(error):
            return _failed(CANNOT_WRITE, f"{options.output} is there already; --force replaces it")
        raise
    written = spark.read.parquet(options.output)
    if options.verb == "backtest" and options.measures:
        measures(written).write.mode("overwrite" if options.force else "error").parquet(
            options.measures
        )
    _tell(options, table, written, metrics)
    return DONE


def _asked(options: argparse.Namespace, table: DataFrame, metrics: Metrics) -> DataFrame:
    if options.verb == "plan":
        return plan(
            table,
            scenarios=options.scenario or ("base",),
            overrides=options.set or (),
            draws=options.draws,
            seed=options.seed,
            as_of=options.as_of,
            to=options.to,
            partitions=options.partitions,
            binary=options.binary,
            timeout=options.timeout,
            silence=options.silence,
            metrics=metrics,
        )
    columns = dict(_pair(text) for text in options.column or ())
    if options.verb == "forecast":
        return forecast(
            table,
            horizon=options.horizon,
            levels=options.levels,
            model=options.model,
            pool_by=options.pool_by,
            frequency=options.frequency,
            calendar=options.calendar,
            columns=columns,
            regressors=options.regressor or (),
            partitions=options.partitions,
            binary=options.binary,
            timeout=options.timeout,
            silence=options.silence,
            metrics=metrics,
        )
    return backtest(
        table,
        horizon=options.horizon,
        origins=options.origins,
        models=options.model or ("automatic", "naive"),
        levels=options.levels,
        sliding=options.sliding,
        pool_by=options.pool_by,
        frequency=options.frequency,
        calendar=options.calendar,
        columns=columns,
        regressors=options.regressor or (),
        partitions=options.partitions,
        binary=options.binary,
        timeout=options.timeout,
        silence=options.silence,
        metrics=metrics,
    )


def _tell(
    options: argparse.Namespace, table: DataFrame, written: DataFrame, metrics: Metrics
) -> None:
    """The counts, of what was read and of what is in the output, and where the time went."""
    print(f"rows in          {table.count():,}")
    print(f"rows out         {written.count():,}")
    failures = written.where(F.col("code").isNotNull()).groupBy("code").count().orderBy("code")
    for row in failures.collect():
        print(f"  with code      {row['count']:,} {row['code']}")
    print("work done (what Spark did twice counts twice):")
    print(metrics)
    print(f"written to       {options.output}")


def _failed(status: int, sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return status


def _pair(text: str) -> tuple[str, str]:
    name, _, source = text.partition("=")
    if not source:
        raise NeedscastError(f"--column {text}: write NAME=COLUMN, such as series=indicator")
    return name, source


def _levels(text: str) -> list[float]:
    return [float(level) for level in text.split(",")]


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="needscast-spark",
        description="Needscast's forecasts, backtests and plans on Apache Spark, "
        "from Parquet to Parquet.",
        epilog="example: needscast-spark forecast --input series.parquet "
        "--output forecasts.parquet --horizon 3 --pool-by measure",
    )
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="forecast|backtest|plan")
    for name, said in (
        ("forecast", "forecast every series, with intervals"),
        ("backtest", "forecast again from earlier ends, and score by what came"),
    ):
        verb = verbs.add_parser(name, help=said, description=said)
        verb.add_argument("--input", required=True, help="Parquet with series, period, value")
        _add_shared(verb)
        verb.add_argument("--horizon", type=int, required=True, help="periods to forecast")
        verb.add_argument("--levels", type=_levels, default=[80.0, 95.0], help="such as 80,95")
        verb.add_argument("--pool-by", help="the column whose series lend strength to each other")
        verb.add_argument("--frequency", help="yearly, quarterly, monthly, weekly, daily, other")
        verb.add_argument("--calendar", help="calendar, financial, academic")
        verb.add_argument(
            "--column", action="append", metavar="NAME=COLUMN", help="the table's column for NAME"
        )
        verb.add_argument(
            "--regressor", action="append", metavar="COLUMN", help="a column that the model names"
        )
        if name == "forecast":
            verb.add_argument("--model", default="automatic", help="a model's specification")
        else:
            verb.add_argument("--origins", type=int, required=True, help="how many earlier ends")
            verb.add_argument("--model", action="append", help="a model to compare (repeatable)")
            verb.add_argument("--sliding", type=int, help="learn from this many periods only")
            verb.add_argument("--measures", help="also write the averages to this Parquet")
    verb = verbs.add_parser("plan", help="plan many workspaces", description="plan many workspaces")
    source = verb.add_mutually_exclusive_group(required=True)
    source.add_argument("--input", help="Parquet with workspace, files")
    source.add_argument("--workspace", action="append", help="a workspace's folder (repeatable)")
    _add_shared(verb)
    verb.add_argument("--scenario", action="append", help="a scenario to plan (repeatable)")
    verb.add_argument("--set", action="append", metavar="PATH=VALUE", help="a change (repeatable)")
    verb.add_argument("--draws", type=int, help="futures to simulate")
    verb.add_argument("--seed", type=int, help="the seed of the futures")
    verb.add_argument("--as-of", help="use only what was published by yyyy-mm-dd")
    verb.add_argument("--to", help="the last year to plan")
    return parser


def _add_shared(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--output", required=True, help="where to write Parquet")
    verb.add_argument("--force", action="store_true", help="replace what is there already")
    verb.add_argument("--partitions", type=int, help="partitions to work in")
    verb.add_argument("--binary", help="the command, or executor:PATH")
    verb.add_argument(
        "--timeout", type=float, default=600.0, help="seconds without a sign of life (600)"
    )
    verb.add_argument(
        "--silence", type=float, default=3600.0, help="seconds of computing without a byte"
    )


if __name__ == "__main__":
    sys.exit(main())
