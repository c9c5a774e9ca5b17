"""The tally at the end of the command's standard error, and keys counted in sorted batches."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pyarrow as pa
import pyarrow.compute as pc

from needscast_spark.errors import TaskFault

_TALLY = re.compile(r"tally((?: [a-z]+=\d+)+)")


def read_tally(complaints: str, names: Sequence[str]) -> dict[str, int]:
    """The counts of the tally, which is the last line of standard error.

    Args:
        complaints: What the command wrote to standard error.
        names: The counts that it must have, such as ``rows`` and ``series``.

    Raises:
        TaskFault: There is no such line, so that the command did not come to its end.
    """
    lines = complaints.rstrip("\n").rsplit("\n", 1)
    found = _TALLY.fullmatch(lines[-1].strip())
    counts: dict[str, int] = {}
    if found:
        for pair in found[1].split():
            name, _, count = pair.partition("=")
            counts[name] = int(count)
    if not found or any(name not in counts for name in names):
        last = (
            f"its last line was {lines[-1].strip()!r}" if lines[-1].strip() else "it said nothing"
        )
        raise TaskFault(
            f"the command ended without its tally ({', '.join(names)}), so what it wrote may not "
            f"be whole; {last}"
        )
    return counts


class KeyCount:
    """How many keys there are in batches whose rows stand in the order of their keys.

    Args:
        columns: The positions of the columns that make the key; none of their cells may be null.
    """

    def __init__(self, columns: Sequence[int]) -> None:
        self._columns = list(columns)
        self._last: tuple[object, ...] | None = None
        self.keys = 0

    def add(self, batch: pa.RecordBatch) -> None:
        """Counts the keys that begin in a batch."""
        rows = batch.num_rows
        if rows == 0:
            return
        columns = [batch.column(position) for position in self._columns]
        changed = None
        for column in columns:
            here = pc.not_equal(column.slice(1), column.slice(0, rows - 1))
            changed = here if changed is None else pc.or_(changed, here)
        self.keys += (pc.sum(changed).as_py() or 0) if changed is not None else 0
        if self._last != tuple(column[0].as_py() for column in columns):
            self.keys += 1
        self._last = tuple(column[rows - 1].as_py() for column in columns)


def differ(what: str, here: int, there: str, count: int) -> TaskFault:
    """The fault of two counts that should agree."""
    return TaskFault(
        f"{what}: {here:,}, but {there} {count:,}; nothing of this task is kept, because something "
        "was lost or counted twice on the way"
    )
