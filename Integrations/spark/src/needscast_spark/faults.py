"""How a fault inside a task becomes a Spark error whose first line says what and where.

What a Python worker raises reaches the driver as a ``PythonException`` whose first line is always
"An exception was thrown from the Python worker:", with a traceback after it. So a fault is given
out as the last row of its task, in a column of its own, and Spark's own ``raise_error`` raises it:
the driver then sees a ``SparkRuntimeException`` that begins with "[USER_RAISED_EXCEPTION]" and the
sentence. The task fails either way, and is tried again as often as ``spark.task.maxFailures`` says.
"""

from __future__ import annotations

import contextlib
import socket
from collections.abc import Generator, Iterator

import pyarrow as pa
from pyspark import TaskContext
from pyspark.sql import DataFrame
from pyspark.sql import functions as F
from pyspark.sql.types import StringType, StructField, StructType

from needscast_spark.errors import TaskFault

COLUMN = "needscast_fault"


def with_fault(schema: StructType) -> StructType:
    """A result's columns with the one that faults travel in."""
    return StructType([*schema.fields, StructField(COLUMN, StringType())])


def sound(batch: pa.RecordBatch) -> pa.RecordBatch:
    """A batch in which no row is a fault."""
    return batch.append_column(COLUMN, pa.nulls(batch.num_rows, pa.string()))


def told(
    verb: str, batches: Generator[pa.RecordBatch, None, None], schema: pa.Schema
) -> Iterator[pa.RecordBatch]:
    """Batches with the column of faults; a fault that ends them becomes the last row.

    Args:
        verb: The verb of the command, for the sentence.
        batches: Batches of ``schema``, which may raise :class:`TaskFault`.
        schema: The result's columns without that of faults.
    """
    try:
        with contextlib.closing(batches):
            for batch in batches:
                yield sound(batch)
    except TaskFault as fault:
        sentence = f"needscast {verb}, {_place()}: {fault}"
        columns = [pa.nulls(1, field.type) for field in schema]
        yield pa.RecordBatch.from_arrays(
            [*columns, pa.array([sentence], pa.string())],
            schema=schema.append(pa.field(COLUMN, pa.string())),
        )
        # Spark raises the row above before it asks for more. If anything ever kept it from doing
        # so, the task still fails.
        raise


def _place() -> str:
    context = TaskContext.get()
    if context is None:
        return f"on {socket.gethostname()}"
    attempt = context.attemptNumber()
    again = f", attempt {attempt + 1}" if attempt else ""
    return f"partition {context.partitionId()} on {socket.gethostname()}{again}"


def raise_faults(result: DataFrame) -> DataFrame:
    """A result that raises its faults, without the column that they came in.

    The condition asks for the number of the partition because that makes it one that depends on the
    row's place: Spark then neither moves other filters before it nor joins them with it, so that
    nothing can filter a fault away unseen.
    """
    fault = F.col(COLUMN)
    passes = F.when(fault.isNull() & (F.spark_partition_id() >= 0), F.lit(True)).otherwise(
        F.raise_error(fault).cast("boolean")
    )
    return result.where(passes).drop(COLUMN)
