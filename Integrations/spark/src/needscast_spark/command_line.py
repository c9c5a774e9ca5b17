"""The package as a command: Parquet in, Parquet out, counts and times at the end.

``python -m needscast_spark forecast --input X --output Y --horizon 3`` starts a session as Spark's
own settings say; under ``spark-submit`` it takes the one that it is given.
"""

from __future__ import annotations

import argparse
import fnmatch
import os
import posixpath
import sys
from collections.abc import Sequence
from typing import NoReturn

from py4j.protocol import Py4JError
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
# What Spark raises, and what of the JVM's it lets through as it is.
_SPARK_ERRORS = (PySparkException, Py4JError)


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
    parser = _parser()
    options = parser.parse_args(arguments)
    clash = _clash(options)
    if clash:
        parser.error(clash)
    spark = SparkSession.builder.appName(f"needscast {options.verb}").getOrCreate()
    try:
        return _run(options, spark)
    except (NeedscastError, *_SPARK_ERRORS) as error:
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
    except _SPARK_ERRORS as error:
        return _failed(NO_INPUT, f"{options.input} cannot be read as Parquet: {explain(error)}")
    for place in _targets(options):
        if not options.force and _is_there(spark, place):
            return _failed(CANNOT_WRITE, f"{place} is there already; --force replaces it")
    result = _asked(options, table, metrics)
    try:
        result.write.mode("overwrite" if options.force else "error").parquet(options.output)
    except PySparkException as error:
        if "PATH_ALREADY_EXISTS" in str(error):
            return _failed(CANNOT_WRITE, f"{options.output} is there already; --force replaces it")
        raise
    written = spark.read.parquet(options.output)
    if getattr(options, "measures", None):
        measures(written).write.mode("overwrite" if options.force else "error").parquet(
            options.measures
        )
    _tell(options, table, written, metrics)
    return DONE


def _targets(options: argparse.Namespace) -> list[str]:
    """What is written: the output, and the averages where they are asked for."""
    averages = getattr(options, "measures", None)
    return [options.output, *([averages] if averages else [])]


def _clash(options: argparse.Namespace) -> str:
    """What is wrong where something would be written over what is read, or over something else
    that is written; nothing where all is well.

    Spark reads its input again as often as it needs it, and would find it replaced.
    """
    targets = list(zip(("--output", "--measures"), _targets(options), strict=False))
    sources = [("--input", options.input)] if options.input else []
    folders = [("--workspace", path) for path in getattr(options, "workspace", None) or ()]
    for number, (name, target) in enumerate(targets):
        here = place_of(target)
        for other, path in [*sources, *targets[:number]]:
            there = place_of(path)
            if _holds(here, there) or _holds(there, here) or fnmatch.fnmatch(here, there):
                return (
                    f"{name} {target} and {other} {path} are one place, or one is inside the "
                    f"other; give {name} a place of its own"
                )
        for other, path in folders:
            if _holds(here, place_of(path)):
                return f"{name} {target} would replace {other} {path}; give it a place of its own"
    return ""


def place_of(path: str) -> str:
    """A path or a URI in one spelling, so that two of one place are the same text.

    What has no scheme is taken as a path of this machine, whose links are followed.
    """
    scheme, colon, rest = path.partition(":")
    if not colon or "/" in scheme:
        return os.path.realpath(path)
    if scheme.lower() == "file":
        return os.path.realpath("/" + rest.lstrip("/"))
    if not rest.startswith("//"):
        return f"{scheme.lower()}:{posixpath.normpath(rest)}"
    authority, _, inside = rest[2:].partition("/")
    return f"{scheme.lower()}://{authority.lower()}{posixpath.normpath('/' + inside.lstrip('/'))}"


def _holds(folder: str, place: str) -> bool:
    return place == folder or place.startswith(folder.rstrip("/") + "/")


def _is_there(spark: SparkSession, path: str) -> bool:
    """Whether the file system that a path belongs to has something there."""
    jvm = spark.sparkContext._jvm
    assert jvm is not None
    place = jvm.org.apache.hadoop.fs.Path(path)
    settings = spark.sparkContext._jsc.hadoopConfiguration()
    return bool(place.getFileSystem(settings).exists(place))


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
    columns = dict(options.column or ())
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


def _pair(text: str) -> tuple[str, str | None]:
    name, equals, source = text.partition("=")
    if not name or not equals:
        raise argparse.ArgumentTypeError(
            f"{text!r} is no NAME=COLUMN, such as series=indicator (status= leaves out status)"
        )
    return name, source or None


def _levels(text: str) -> list[float]:
    try:
        return [float(level) for level in text.split(",")]
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"{text!r} are no levels; give numbers between 0 and 100 with commas between them, "
            "such as 80,95"
        ) from None


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
            "--column",
            action="append",
            type=_pair,
            metavar="NAME=COLUMN",
            help="the table's column for NAME; NAME= leaves one out",
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
