"""A verb of the command, run over the partitions of a table."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from numbers import Real

import pyarrow as pa
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql.types import (
    DataType,
    DoubleType,
    IntegerType,
    LongType,
    StringType,
    StructField,
    StructType,
)

from needscast_spark import binary as binaries
from needscast_spark import faults
from needscast_spark.conversation import Patience
from needscast_spark.errors import NeedscastError, TaskFault
from needscast_spark.metrics import Metrics
from needscast_spark.rows import Decoder
from needscast_spark.shipping import is_connect, ship, ship_package
from needscast_spark.tallies import read_tally
from needscast_spark.tasks import LedgerMaker, Task

_ARROW: dict[type[DataType], pa.DataType] = {
    StringType: pa.string(),
    IntegerType: pa.int32(),
    LongType: pa.int64(),
    DoubleType: pa.float64(),
}


@dataclass(frozen=True)
class Verb:
    """What is asked of the command, the same for every partition.

    Attributes:
        name: The verb.
        arguments: All that it is given, save for ``--jobs``.
        opening: Bytes that it reads before any row.
        trial: Input on which the driver tries the arguments before any job; nothing beyond the
            opening for a verb that may have no input.
        schema: The columns that it writes.
        ledger: What is counted.
    """

    name: str
    arguments: tuple[str, ...]
    opening: bytes
    trial: bytes
    schema: StructType
    ledger: LedgerMaker

    @property
    def arrow_schema(self) -> pa.Schema:
        """The columns that it writes, as Arrow names their types."""
        return pa.schema(
            [(field.name, _ARROW[type(field.dataType)]) for field in self.schema.fields]
        )


def schema_of(columns: Sequence[tuple[str, DataType]]) -> StructType:
    """Columns that may all be null."""
    return StructType([StructField(name, kind) for name, kind in columns])


def run(
    df: DataFrame,
    verb: Verb,
    *,
    binary: str | os.PathLike[str] | None,
    timeout: float,
    silence: float | None,
    metrics: Metrics | None,
) -> DataFrame:
    """Runs a verb over a table whose partitions are as the verb reads them.

    Raises:
        NeedscastError: The table is a stream, there is no command, or it refuses the arguments.
    """
    session = df.sparkSession
    if df.isStreaming:
        raise NeedscastError(
            f"{verb.name} is asked for a streaming table, which has no end and no order; use "
            "foreachBatch and give it each batch"
        )
    _check_seconds("timeout", timeout)
    if silence is not None:
        _check_seconds("silence", silence)
    found = binaries.find(binary)
    if found.path:
        try_arguments(found.path, verb)
    ship(found, session)
    ship_package(session)
    task = Task(
        verb=verb.name,
        binary=found.binary,
        arguments=verb.arguments,
        opening=verb.opening,
        schema=verb.arrow_schema,
        ledger=verb.ledger,
        patience=Patience(asleep=timeout, silent=silence),
        figures=metrics.accumulator if metrics is not None else None,
    )
    return faults.raise_faults(df.mapInArrow(task, faults.with_fault(verb.schema)))


def try_arguments(path: str, verb: Verb) -> None:
    """Tries the arguments on the driver with as little input as there can be.

    A model that cannot be read, or a command that is too old, is then known before any job is
    started.

    Raises:
        NeedscastError: The command refuses them, or answers with other columns than this package
            reads.
    """
    try:
        answer = subprocess.run(
            [path, *verb.arguments, "--jobs", "1"],
            input=verb.opening + verb.trial,
            capture_output=True,
            timeout=120,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise NeedscastError(
            f"{path} has not answered a trial of {verb.name} for two minutes; is it Needscast?"
        ) from None
    complaints = answer.stderr.decode("utf-8", "replace")
    if answer.returncode != 0:
        lines = [line.strip() for line in complaints.splitlines() if line.strip()]
        said = lines[0].removeprefix("Error: ") if lines else f"exit code {answer.returncode}"
        if "Unknown option" in said or "Unexpected argument" in said:
            raise NeedscastError(
                f"{path} does not know what this package asks of needscast {verb.name}: {said}; "
                "use the command of the package's own version"
            )
        raise NeedscastError(f"needscast {verb.name} refuses this: {said}")
    try:
        Decoder(verb.arrow_schema).batches(answer.stdout)
        read_tally(complaints, ())
    except TaskFault as fault:
        raise NeedscastError(f"{path}, tried on the driver: {fault}") from None


def partition_count(session: SparkSession, wanted: int | None) -> int:
    """How many partitions to make: as many as were asked for, or as Spark's setting for shuffles
    says.

    A number is always given to Spark. Without one, adaptive execution would join partitions by
    their size in bytes, and a megabyte of series can be minutes of work.

    Some platforms set that to ``auto``; it is then four for each core of the cluster, or 200 where
    the session does not say how many there are.

    Raises:
        NeedscastError: Fewer than one were asked for, or no whole number of them.
    """
    if wanted is None:
        setting = session.conf.get("spark.sql.shuffle.partitions") or ""
        if setting.isdecimal() and int(setting) > 0:
            return int(setting)
        return 200 if is_connect(session) else 4 * session.sparkContext.defaultParallelism
    if isinstance(wanted, bool) or not isinstance(wanted, int) or wanted < 1:
        raise NeedscastError(f"partitions is {wanted!r}; give a whole number from 1, or none")
    return wanted


def level_text(level: float) -> str:
    """A level as the command's columns spell it: 80, 97.5, 0.00001."""
    number = float(level)
    return str(int(number)) if number.is_integer() else format(Decimal(repr(number)), "f")


def check_levels(levels: Sequence[float]) -> list[str]:
    """The levels of intervals as text.

    Raises:
        NeedscastError: They are no list of numbers, there are none, one is not between 0 and 100,
            or one is there twice.
    """
    accepted = "give levels between 0 and 100 per cent, such as (80, 95)"
    if isinstance(levels, (str, bytes)) or not isinstance(levels, Iterable):
        raise NeedscastError(f"levels is {levels!r}; {accepted}")
    listed = list(levels)
    wrong = [level for level in listed if not _is_number(level) or not 0 < level < 100]
    if wrong or not listed:
        raise NeedscastError(f"levels is {listed}; {accepted}")
    texts = [level_text(level) for level in listed]
    for text in texts:
        if texts.count(text) > 1:
            raise NeedscastError(f"levels is {listed}, in which {text} is twice; give each once")
    return texts


def _is_number(value: object) -> bool:
    return isinstance(value, (Real, Decimal)) and not isinstance(value, bool)


def check_whole(name: str, value: int, most: int, *, least: int = 1) -> None:
    """Refuses what is no whole number from ``least`` to ``most``.

    Raises:
        NeedscastError: It is not.
    """
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        raise NeedscastError(f"{name} is {value!r}; give a whole number from {least} to {most:,}")


def _check_seconds(name: str, value: float) -> None:
    if not value > 0:
        raise NeedscastError(f"{name} is {value!r}; give seconds above zero")
