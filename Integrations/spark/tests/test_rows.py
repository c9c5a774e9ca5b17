"""Whole rows, and columns of the right types."""

import pyarrow as pa
import pytest

from needscast_spark.cells import csv_of, header
from needscast_spark.errors import TaskFault
from needscast_spark.rows import Decoder, WholeRows, end_of_whole_rows

SCHEMA = pa.schema([("series", pa.string()), ("mean", pa.float64()), ("message", pa.string())])


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        (b"", b""),
        (b"a,1", b""),
        (b"a,1\n", b"a,1\n"),
        (b"a,1\nb,", b"a,1\n"),
        (b'a,"x\ny"\nb', b'a,"x\ny"\n'),
        (b'a,"x\ny', b""),
        (b'a,1\nb,"x\ny\nz', b"a,1\n"),
        (b'a,"say ""\n"""\nb,"\n', b'a,"say ""\n"""\n'),
        (b'a,""\nb,"', b'a,""\n'),
    ],
)
def test_rows_are_cut_at_line_ends_outside_quotation_marks(text: bytes, whole: bytes) -> None:
    assert text[: end_of_whole_rows(text)] == whole


def test_a_stream_cut_anywhere_gives_the_same_rows() -> None:
    text = b'series,mean,message\n"a\n,""b""",1.5,\nNA,,"two\nlines"\nc,2,\n' * 3
    for size in (1, 2, 3, 7, 1000):
        rows = WholeRows(portion=10)
        got = b"".join(rows.add(text[at : at + size]) for at in range(0, len(text), size))
        assert got + rows.finish() == text
        assert rows.rest == b""


def test_only_an_empty_cell_is_null() -> None:
    text = b'series,mean,message\nNA,1.5,\nnull,,"x"\nNaN,0.1,""\n'
    (batch,) = Decoder(SCHEMA).batches(text)
    assert batch.to_pydict() == {
        "series": ["NA", "null", "NaN"],
        "mean": [1.5, None, 0.1],
        "message": [None, "x", ""],
    }


def test_numbers_come_back_to_the_last_bit() -> None:
    numbers = [0.1, 1 / 3, 1e-15, 123456789.123456789, 5e-324, 1e15, -0.0, 2.0**53 + 2]
    batch = pa.record_batch({"series": ["s"] * 8, "mean": numbers, "message": ["m"] * 8})
    (back,) = Decoder(SCHEMA).batches(header(SCHEMA.names) + csv_of(batch))
    assert back.equals(batch)


@pytest.mark.parametrize(
    "text", ["a,b", 'say "no"', "two\nlines", " around ", "", "NA", "é\u2028", "#"]
)
def test_texts_come_back_as_they_were(text: str) -> None:
    batch = pa.record_batch({"series": ["plain", "x"], "mean": [1.0, 2.0], "message": [text, "y"]})
    (back,) = Decoder(SCHEMA).batches(header(SCHEMA.names) + csv_of(batch))
    # Nothing and the empty text are one in CSV without quotation marks.
    assert back.column("message").to_pylist() == [text or None, "y"]


def test_nulls_and_values_that_are_no_numbers_are_written_for_the_command_to_judge() -> None:
    batch = pa.record_batch({"v": pa.array([None, float("nan"), float("inf"), 0.1])})
    assert csv_of(batch) == b"\nnan\ninf\n0.1\n"


def test_a_header_that_needs_quotation_marks_has_them() -> None:
    assert header(["series", 'the "pool", old']) == b'series,"the ""pool"", old"\n'


def test_other_columns_are_a_fault_that_names_them() -> None:
    with pytest.raises(
        TaskFault, match=r"wrote the columns 'identifier,mean,message', and this package reads"
    ):
        Decoder(SCHEMA).batches(b"identifier,mean,message\n")


@pytest.mark.parametrize("row", [b"a,one,\n", b"a,1\n", b"\xff,1,\n"])
def test_a_row_that_cannot_be_read_is_a_fault(row: bytes) -> None:
    with pytest.raises(TaskFault, match="rows from 2 on cannot be read"):
        decoder = Decoder(SCHEMA)
        decoder.batches(b"series,mean,message\na,1,\n")
        decoder.batches(row)
