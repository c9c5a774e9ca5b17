"""The counts of forecasts and backtests, on both sides of the conversation."""

from __future__ import annotations

from dataclasses import dataclass, field

import pyarrow as pa
import pyarrow.compute as pc

from needscast_spark.cells import csv_of
from needscast_spark.columns import SeriesColumns
from needscast_spark.errors import TaskFault
from needscast_spark.metrics import Figures
from needscast_spark.tallies import KeyCount, differ


@dataclass
class SentSeries:
    """The rows and series that are sent: checked, counted and written as CSV.

    Attributes:
        columns: The columns of the batches.
        rows: How many rows were sent.
    """

    columns: SeriesColumns
    rows: int = 0
    _keys: KeyCount = field(init=False)

    def __post_init__(self) -> None:
        self._keys = KeyCount(self.columns.positions(self.columns.key))

    @property
    def series(self) -> int:
        """How many series were sent."""
        return self._keys.keys

    def add(self, batch: pa.RecordBatch) -> bytes:
        """Counts a batch and writes it.

        A period that is null is written as an empty cell, at which its series fails by itself.

        Raises:
            TaskFault: A row has no series or no pool, or a text that no file of text may hold.
        """
        portion = csv_of(batch)
        if b"\0" in portion or not _is_utf8(portion):
            self._refuse_no_text(batch)
        for name in self.columns.never_empty:
            self._refuse_nothing(batch, name)
        self.rows += batch.num_rows
        self._keys.add(batch)
        return portion

    def _refuse_no_text(self, batch: pa.RecordBatch) -> None:
        """Names the first cell that is no text, among columns that may all have one."""
        names = batch.column(self.columns.names.index("series"))
        for name, column in zip(self.columns.names, batch.columns, strict=True):
            if not (pa.types.is_string(column.type) or pa.types.is_large_string(column.type)):
                continue
            for row, cell in enumerate(column):
                text = bytes(cell.as_buffer() or b"")
                if b"\0" not in text and _is_utf8(text):
                    continue
                fault = "holds a NUL character" if b"\0" in text else "is not UTF-8 text"
                series = bytes(names[row].as_buffer() or b"").decode("utf-8", "backslashreplace")
                series = series.replace("\0", "\\x00")
                called = self.columns.called(name)
                raise TaskFault(
                    f'column "{called}" {fault} for series "{series}"; mend such rows, or leave '
                    f"them out with where(is_valid_utf8({called}) AND NOT contains({called}, "
                    "char(0)))"
                )

    def _refuse_nothing(self, batch: pa.RecordBatch, name: str) -> None:
        column = batch.column(self.columns.names.index(name))
        nothing = pc.or_kleene(pc.is_null(column), pc.equal(column, ""))
        row = pc.index(nothing, True).as_py()
        if row < 0:
            return
        kind = "null" if column[row].as_py() is None else "empty"
        series = batch.column(self.columns.names.index("series"))[row].as_py()
        whose = f' for series "{series}"' if series and name != "series" else ""
        if name == "series":
            advice = "give the rows a name, or leave them out with where(series IS NOT NULL)"
        else:
            name = self.columns.called(name)
            advice = (
                f"a series that stands alone is a pool of its own: coalesce(nullif({name}, ''), "
                "series)"
            )
        raise TaskFault(f'column "{name}" is {kind}{whose}; {advice}')

    def reconcile(self, tally: dict[str, int]) -> None:
        """Compares what was sent with what the command counted.

        Raises:
            TaskFault: They differ.
        """
        if tally["rows"] != self.rows:
            raise differ("rows sent", self.rows, "the command read", tally["rows"])
        if tally["series"] != self.series:
            raise differ("series sent", self.series, "the command read", tally["series"])
        if tally["forecast"] + tally["failed"] != tally["series"]:
            raise differ(
                "series that the command forecast and that failed",
                tally["forecast"] + tally["failed"],
                "it read",
                tally["series"],
            )


def _is_utf8(text: bytes) -> bool:
    if text.isascii():
        return True
    try:
        text.decode()
    except UnicodeDecodeError:
        return False
    return True


_TALLY = ("rows", "series", "forecast", "failed")


@dataclass
class ForecastLedger:
    """A forecast: one row for each step of a series, or one row with a code.

    Attributes:
        columns: The columns that are sent.
        horizon: How many rows a series has that was forecast.
    """

    columns: SeriesColumns
    horizon: int
    steps: int = 0
    failures: int = 0
    tally_names: tuple[str, ...] = _TALLY
    _sent: SentSeries = field(init=False)

    def __post_init__(self) -> None:
        self._sent = SentSeries(self.columns)

    def sent(self, batch: pa.RecordBatch) -> bytes:
        return self._sent.add(batch)

    def received(self, batch: pa.RecordBatch) -> None:
        failures = batch.num_rows - batch.column("code").null_count
        self.failures += failures
        self.steps += batch.num_rows - failures

    def reconcile(self, tally: dict[str, int], figures: Figures) -> None:
        self._sent.reconcile(tally)
        if self.steps != tally["forecast"] * self.horizon:
            raise differ(
                f"rows of forecasts that came back (horizon {self.horizon})",
                self.steps,
                "the command counted",
                tally["forecast"] * self.horizon,
            )
        if self.failures != tally["failed"]:
            raise differ(
                "failed series that came back",
                self.failures,
                "the command counted",
                tally["failed"],
            )
        figures.series = self._sent.series
        figures.failed = self.failures


@dataclass
class BacktestLedger:
    """A backtest: a row for each series and model, in the order of the models, or one row without a
    model.

    Attributes:
        columns: The columns that are sent.
        models: How many models were asked for.
    """

    columns: SeriesColumns
    models: int
    judged: int = 0
    unread: int = 0
    flawed: int = 0
    tally_names: tuple[str, ...] = _TALLY
    _last_flawed: int = -1
    _sent: SentSeries = field(init=False)

    def __post_init__(self) -> None:
        self._sent = SentSeries(self.columns)

    def sent(self, batch: pa.RecordBatch) -> bytes:
        return self._sent.add(batch)

    def received(self, batch: pa.RecordBatch) -> None:
        has_model = pc.is_valid(batch.column("model"))
        codes = batch.column("code").filter(has_model)
        self.unread += batch.num_rows - len(codes)
        # The rows of a series stand together, one for each model, and may be cut between two
        # batches.
        rows = pc.indices_nonzero(pc.is_valid(codes)).cast(pa.int64())
        series = pc.unique(pc.divide(pc.add(rows, self.judged), self.models))
        if len(series):
            self.flawed += len(series) - (series[0].as_py() == self._last_flawed)
            self._last_flawed = series[len(series) - 1].as_py()
        self.judged += len(codes)

    def reconcile(self, tally: dict[str, int], figures: Figures) -> None:
        self._sent.reconcile(tally)
        expected = (tally["series"] - self.unread) * self.models
        if self.judged != expected:
            raise differ(
                f"rows of measures that came back ({self.models} models)",
                self.judged,
                "its series should have",
                expected,
            )
        failures = self.unread + self.flawed
        if failures != tally["failed"]:
            raise differ(
                "series with a code that came back",
                failures,
                "the command counted",
                tally["failed"],
            )
        figures.series = self._sent.series
        figures.failed = failures


@dataclass(frozen=True)
class ForecastCounts:
    """Begins a :class:`ForecastLedger` in each task."""

    columns: SeriesColumns
    horizon: int

    def begin(self) -> ForecastLedger:
        return ForecastLedger(self.columns, self.horizon)


@dataclass(frozen=True)
class BacktestCounts:
    """Begins a :class:`BacktestLedger` in each task."""

    columns: SeriesColumns
    models: int

    def begin(self) -> BacktestLedger:
        return BacktestLedger(self.columns, self.models)
