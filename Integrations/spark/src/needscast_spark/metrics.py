"""What a job did and where its time went, gathered from its tasks."""

from __future__ import annotations

from dataclasses import asdict, astuple, dataclass, fields
from typing import TYPE_CHECKING

from pyspark import AccumulatorParam

if TYPE_CHECKING:
    from pyspark import Accumulator
    from pyspark.sql import SparkSession

from needscast_spark.errors import NeedscastError
from needscast_spark.shipping import is_connect


@dataclass
class Figures:
    """The counts and seconds of one task, or of many together; seconds are added over tasks.

    Seconds are of the clock where they are not of the processor.

    Attributes:
        tasks: Tasks that had rows and came to their end.
        rows_in: Rows (of plans: requests) sent to the command.
        rows_out: Rows that came back.
        series: Series (of plans: requests) that the command was given.
        failed: Those among them that have a code.
        batches_in: Arrow batches taken from Spark.
        batches_out: Arrow batches given to Spark.
        bytes_in: Bytes of CSV or JSON sent to the command.
        bytes_out: Bytes of CSV that came back.
        child_processor: Processor seconds of the command.
        child_wall: Seconds from the start of a command to its end.
        encoding: Processor seconds of making the command's input of Arrow batches.
        decoding: Processor seconds of making Arrow batches of the command's output.
        waiting_for_spark: Seconds spent waiting for Spark's next batch, or until it took one.
        waiting_for_child: Seconds spent waiting until the command took or gave bytes.
        child_peak: The most memory that any one command held, in bytes: the greatest, not a sum.
    """

    tasks: int = 0
    rows_in: int = 0
    rows_out: int = 0
    series: int = 0
    failed: int = 0
    batches_in: int = 0
    batches_out: int = 0
    bytes_in: int = 0
    bytes_out: int = 0
    child_processor: float = 0.0
    child_wall: float = 0.0
    encoding: float = 0.0
    decoding: float = 0.0
    waiting_for_spark: float = 0.0
    waiting_for_child: float = 0.0
    child_peak: int = 0

    def __add__(self, other: Figures) -> Figures:
        sums = [mine + its for mine, its in zip(astuple(self), astuple(other), strict=True)]
        total = Figures(*sums)
        total.child_peak = max(self.child_peak, other.child_peak)
        return total

    def __str__(self) -> str:
        def told(name: str, value: float) -> str:
            if name.startswith("bytes") or name == "child_peak":
                return f"{value / 1e6:,.1f} MB"
            return f"{value:,.1f} s" if isinstance(value, float) else f"{value:,}"

        rows = [(name.replace("_", " "), told(name, value)) for name, value in asdict(self).items()]
        wide = max(len(name) for name, _ in rows)
        deep = max(len(value) for _, value in rows)
        return "\n".join(f"{name:<{wide}}  {value:>{deep}}" for name, value in rows)


class _Sum(AccumulatorParam[Figures]):
    def zero(self, value: Figures) -> Figures:
        del value
        return Figures()

    def addInPlace(self, value1: Figures, value2: Figures) -> Figures:
        return value1 + value2


class Metrics:
    """Gathers the :class:`Figures` of all jobs that it is given to, by an accumulator of Spark.

    An accumulator counts work that was done, not rows that are in a result. It counts **twice**
    what Spark does
    twice: a result on which two actions are run without ``cache()``, a task that is run again after
        its executor was lost or its output could not be fetched, and a task that is run beside
        itself by speculation. It does not count a task that failed or was stopped early
        (``limit``). The reconciliation of rows and series is made inside every task and depends on
        none of this: counts that do not agree end the task.

    Args:
        spark: The session of the data that will be worked on.

    Raises:
        NeedscastError: The session is one of Spark Connect, which has no accumulators.
    """

    def __init__(self, spark: SparkSession) -> None:
        if is_connect(spark):
            raise NeedscastError(
                "metrics need a classic Spark session; this is one of Spark Connect, which has no "
                "accumulators: leave metrics out"
            )
        self.accumulator: Accumulator[Figures] = spark.sparkContext.accumulator(Figures(), _Sum())

    def snapshot(self) -> Figures:
        """What has been counted so far: of tasks that have ended."""
        return Figures(*(getattr(self.accumulator.value, each.name) for each in fields(Figures)))

    def __str__(self) -> str:
        return str(self.snapshot())
