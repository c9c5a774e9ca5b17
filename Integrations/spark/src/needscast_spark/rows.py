"""CSV on the way back: whole rows cut out of a stream of bytes, and typed columns made of them."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.csv as csv

from needscast_spark.errors import TaskFault

# No row of the command is longer: what has no end by then is not its output.
LONGEST_ROW = 64 << 20


def end_of_whole_rows(text: bytes) -> int:
    """Where the last row that is whole ends: after its line end, or 0 where none is whole.

    A line end inside quotation marks belongs to its cell. ``text`` must begin with a row.
    """
    limit = len(text)
    marks = text.count(b'"')
    while True:
        end = text.rfind(b"\n", 0, limit)
        if end < 0:
            return 0
        marks -= text.count(b'"', end, limit)
        if marks % 2 == 0:
            return end + 1
        # An odd number of marks stands before this line end, so it is inside a cell that the last
        # of them opened; every line end after that mark is too.
        limit = text.rfind(b'"', 0, end)
        marks -= 1


class WholeRows:
    """Bytes as they come from a pipe, given out as rows that are whole.

    Args:
        portion: How many bytes to gather before rows are given out, so that a stream of small
            pieces is not decoded one by one.
    """

    def __init__(self, portion: int = 1 << 20) -> None:
        self._portion = portion
        self._held = bytearray()

    def add(self, piece: bytes) -> bytes:
        """Takes a piece of the stream; gives the whole rows gathered so far, or nothing yet.

        Raises:
            TaskFault: A row has no end after 64 MiB.
        """
        self._held += piece
        return self._cut() if len(self._held) >= self._portion else b""

    def finish(self) -> bytes:
        """The whole rows left when the stream has ended; :attr:`rest` is what is not whole."""
        return self._cut()

    @property
    def rest(self) -> bytes:
        """What has been taken and not given out yet."""
        return bytes(self._held)

    def _cut(self) -> bytes:
        text = bytes(self._held)
        end = end_of_whole_rows(text)
        if end == 0 and len(text) > LONGEST_ROW:
            raise TaskFault(
                f"the command wrote a row that has no end after {LONGEST_ROW >> 20} MiB; it begins "
                f"with {shown(text)}"
            )
        del self._held[:end]
        return text[:end]


def shown(text: bytes, length: int = 80) -> str:
    """The beginning of some bytes, fit to stand in a sentence."""
    start = text[:length].decode("utf-8", "backslashreplace")
    return repr(start + ("..." if len(text) > length else ""))


class Decoder:
    """Rows of the command's CSV as record batches of typed columns; only an empty cell is null.

    Args:
        schema: The columns that the command is to write, in its order.
    """

    def __init__(self, schema: pa.Schema) -> None:
        self._schema = schema
        self._header = ",".join(schema.names).encode()
        self._begun = False
        self._conversion = csv.ConvertOptions(
            column_types=schema,
            # A series may be called NA or null: nothing but an empty cell without quotation marks
            # is null.
            null_values=[""],
            strings_can_be_null=True,
            quoted_strings_can_be_null=False,
        )
        self.rows = 0

    def batches(self, rows: bytes) -> list[pa.RecordBatch]:
        """Record batches of whole rows, of which the very first must be the header.

        Raises:
            TaskFault: The header is another, or a row cannot be read.
        """
        if not self._begun and rows:
            header, _, rows = rows.partition(b"\n")
            if header.rstrip(b"\r") != self._header:
                raise TaskFault(
                    f"the command wrote the columns {shown(header, 400)}, and this package reads "
                    f"{self._header.decode()!r}; ship the command of the same version as the "
                    "package"
                )
            self._begun = True
        if not rows:
            return []
        try:
            table = csv.read_csv(
                pa.BufferReader(rows),
                read_options=csv.ReadOptions(
                    use_threads=False, column_names=self._schema.names, block_size=len(rows) + 1
                ),
                parse_options=csv.ParseOptions(newlines_in_values=b'"' in rows),
                convert_options=self._conversion,
            )
        except pa.ArrowInvalid as problem:
            first = self.rows + 1
            raise TaskFault(
                f"what the command wrote in its rows from {first:,} on cannot be read: "
                f"{str(problem).partition(chr(10))[0]}"
            ) from None
        self.rows += table.num_rows
        return list(table.to_batches())
