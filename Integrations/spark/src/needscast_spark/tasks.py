"""What a task does with its partition: a child, a conversation, and counts that must agree."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import pyarrow as pa
from pyspark import TaskContext

from needscast_spark import faults
from needscast_spark.binary import Binary, end_trouble, start_trouble
from needscast_spark.conversation import Child, Ending, Patience, said
from needscast_spark.errors import TaskFault
from needscast_spark.metrics import Figures
from needscast_spark.rows import Decoder, WholeRows, shown
from needscast_spark.tallies import read_tally

if TYPE_CHECKING:
    from pyspark import Accumulator


class Ledger(Protocol):
    """What is counted on both sides of one conversation."""

    #: The counts that the command's tally must have.
    tally_names: tuple[str, ...]

    def sent(self, batch: pa.RecordBatch) -> bytes:
        """Checks and counts a batch; its rows as the command reads them."""
        ...

    def received(self, batch: pa.RecordBatch) -> None:
        """Counts a batch that came back."""
        ...

    def reconcile(self, tally: dict[str, int], figures: Figures) -> None:
        """Compares all counts, and notes series and failures in the figures.

        Raises:
            TaskFault: Two of them differ.
        """
        ...


class LedgerMaker(Protocol):
    """Begins the ledger of a task; it travels to the executors."""

    def begin(self) -> Ledger: ...


@dataclass(frozen=True)
class Task:
    """A partition's work, as a function that Spark calls with the partition's batches.

    Attributes:
        verb: The verb of the command, for sentences.
        binary: Where the command is.
        arguments: What it is given, save for ``--jobs``.
        opening: Bytes that it reads before any row: the header.
        schema: The columns that it writes.
        ledger: What is counted.
        patience: How long it may give no sign of life.
        figures: Where what was done is added up; none where nobody asked.
    """

    verb: str
    binary: Binary
    arguments: tuple[str, ...]
    opening: bytes
    schema: pa.Schema
    ledger: LedgerMaker
    patience: Patience
    figures: Accumulator[Figures] | None

    def __call__(self, batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        yield from faults.told(self.verb, self._run(batches), self.schema)

    def _run(self, batches: Iterator[pa.RecordBatch]) -> Generator[pa.RecordBatch, None, None]:
        figures = Figures(tasks=1)
        taken = _timed(batches, figures)
        first = next(taken, None)
        if first is None:
            # An empty partition needs no child.
            return
        path = self.binary.on_executor()
        command = [path, *self.arguments, "--jobs", str(_processors())]
        begun = time.monotonic()
        try:
            child = Child(command, self.patience)
        except OSError as problem:
            raise start_trouble(problem, path) from None
        with contextlib.closing(child):
            ledger = self.ledger.begin()
            decoder = Decoder(self.schema)
            rows = WholeRows()
            for piece in child.talk(self._portions(first, taken, ledger, figures)):
                yield from self._decoded(decoder, rows.add(piece), ledger, figures)
            last = rows.finish()
            ending = child.ending()
            self._judge(ending, path, rows)
            yield from self._decoded(decoder, last, ledger, figures)
        tally = read_tally(ending.complaints, ledger.tally_names)
        ledger.reconcile(tally, figures)
        figures.rows_out = decoder.rows
        figures.bytes_in, figures.bytes_out = child.bytes_in, child.bytes_out
        figures.child_processor = ending.processor_seconds
        figures.child_peak = ending.peak_bytes
        figures.child_wall = time.monotonic() - begun
        figures.waiting_for_child = child.seconds_waited
        if self.figures is not None:
            self.figures.add(figures)

    def _portions(
        self,
        first: pa.RecordBatch,
        others: Iterator[pa.RecordBatch],
        ledger: Ledger,
        figures: Figures,
    ) -> Iterator[bytes]:
        if self.opening:
            yield self.opening
        batch: pa.RecordBatch | None = first
        while batch is not None:
            begun = time.process_time()
            portion = ledger.sent(batch)
            figures.encoding += time.process_time() - begun
            figures.rows_in += batch.num_rows
            batch = None
            yield portion
            batch = next(others, None)

    def _decoded(
        self, decoder: Decoder, rows: bytes, ledger: Ledger, figures: Figures
    ) -> Iterator[pa.RecordBatch]:
        if not rows:
            return
        begun = time.process_time()
        batches = decoder.batches(rows)
        for batch in batches:
            ledger.received(batch)
        figures.decoding += time.process_time() - begun
        for batch in batches:
            figures.batches_out += 1
            given = time.monotonic()
            yield batch
            figures.waiting_for_spark += time.monotonic() - given

    def _judge(self, ending: Ending, path: str, rows: WholeRows) -> None:
        """Whether a child came to its end as it should.

        Raises:
            TaskFault: It did not.
        """
        trouble = end_trouble(ending.status, ending.complaints, path)
        if trouble:
            raise trouble
        if ending.status != 0:
            raise TaskFault(
                f"the command ended with exit code {ending.status}{said(ending.complaints)}"
            )
        if not ending.took_all:
            raise TaskFault(
                "the command ended before it had read all of its input" + said(ending.complaints)
            )
        if rows.rest:
            raise TaskFault(f"the last row that the command wrote is not whole: {shown(rows.rest)}")


def _timed(batches: Iterator[pa.RecordBatch], figures: Figures) -> Iterator[pa.RecordBatch]:
    """The batches of a partition that have rows, with the time that was spent waiting for them."""
    while True:
        begun = time.monotonic()
        batch = next(batches, None)
        figures.waiting_for_spark += time.monotonic() - begun
        if batch is None:
            return
        if batch.num_rows:
            figures.batches_in += 1
            yield batch


def _processors() -> int:
    """The processors that Spark has set aside for a task (``spark.task.cpus``)."""
    context = TaskContext.get()
    return max(1, int(context.cpus())) if context is not None else 1
