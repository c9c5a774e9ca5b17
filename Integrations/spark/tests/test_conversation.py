"""Conversations with children that behave well and badly, without Spark."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pytest

from conftest import DOUBLE
from needscast_spark.binary import Binary, FoundBinary, ask_version, find, start_trouble
from needscast_spark.columns import SeriesColumns
from needscast_spark.conversation import Child, Patience, said
from needscast_spark.errors import NeedscastError, TaskFault
from needscast_spark.ledgers import ForecastCounts
from needscast_spark.tasks import Task

COLUMNS = SeriesColumns(("series", "period", "value"), None, False)
ARGUMENTS = ("forecast", "-", "--horizon=2", "--levels=80,95", "--sorted", "--format", "csv")
RESULT = pa.schema(
    [
        *((name, pa.string()) for name in ("series", "period")),
        ("step", pa.int32()),
        ("model", pa.string()),
        *((name, pa.float64()) for name in ("mean", "median")),
        *((f"{end}_{level}", pa.float64()) for level in (80, 95) for end in ("lower", "upper")),
        *((name, pa.string()) for name in ("code", "message")),
    ]
)


def batches(series: int, years: int = 5, size: int = 997) -> Iterator[pa.RecordBatch]:
    """Rows of many series in the order of their names, cut without regard to series."""
    names = sorted(
        f'series "{number}", old' if number % 10 == 3 else f"series {number}"
        for number in range(series)
    )
    table = pa.table(
        {
            "series": [name for name in names for _ in range(years)],
            "period": [str(2015 + year) for _ in names for year in range(years)],
            "value": [float(number + year) for number in range(series) for year in range(years)],
        }
    )
    yield from table.to_batches(max_chunksize=size)


def task(path: Path | str = DOUBLE, patience: Patience = Patience(asleep=20)) -> Task:  # noqa: B008
    return Task(
        verb="forecast",
        binary=Binary(shipped="", path=str(path), version=""),
        arguments=ARGUMENTS,
        opening=b"series,period,value\n",
        schema=RESULT,
        ledger=ForecastCounts(COLUMNS, horizon=2),
        patience=patience,
        figures=None,
    )


def answer(
    work: Task, rows: Iterator[pa.RecordBatch]
) -> tuple[list[dict[str, object]], str | None]:
    """The rows of a task and the fault that it ends with."""
    got: list[dict[str, object]] = []
    with_fault = None
    try:
        for batch in work(rows):
            for row in batch.to_pylist():
                fault = row.pop("needscast_fault")
                if fault is None:
                    got.append(row)
                else:
                    with_fault = fault
    except TaskFault:
        assert with_fault is not None
    else:
        assert with_fault is None
    return got, with_fault


def test_every_series_comes_back() -> None:
    rows, fault = answer(task(), batches(2500))
    assert fault is None
    assert len(rows) == 5000
    assert len({row["series"] for row in rows}) == 2500
    assert {row["code"] for row in rows} == {None}


def test_a_failed_series_is_a_row_with_a_message_of_two_lines() -> None:
    short = pa.record_batch({"series": ["a"], "period": ["2020"], "value": [1.0]})
    rows, fault = answer(task(), iter([short, *batches(3)]))
    assert fault is None
    assert [row["code"] for row in rows] == ["data"] + [None] * 6
    assert rows[0]["message"] == '"a" has too few\nfigures, or one that is none'
    assert rows[0]["mean"] is None


def test_a_partition_without_rows_starts_no_child() -> None:
    empty = pa.record_batch({"series": [], "period": [], "value": []})
    assert answer(task("/nowhere"), iter([empty, empty])) == ([], None)


def test_much_more_than_the_pipes_hold_goes_through() -> None:
    rows, fault = answer(task(), batches(40_000, size=10_000))
    assert fault is None
    assert len(rows) == 80_000


@pytest.mark.parametrize(
    ("mode", "sentence"),
    [
        ("dies", r"ended with exit code 70; its last words were: fatal: something gave way$"),
        (
            "killed",
            r"was killed \(SIGKILL\), as Linux does when memory runs out; give the child room",
        ),
        ("half-row", r"the last row that the command wrote is not whole: 'last,2020,1,\"nai'$"),
        ("loses-a-row", r"rows sent: 2,000, but the command read 1,999;"),
        ("loses-a-series", r"series sent: 400, but the command read 401;"),
        ("silent", r"ended without its tally \(rows, series, forecast, failed\).*it said nothing$"),
        ("deaf", r"ended before it had read all of its input|rows sent: 2,000, but"),
        ("closes", r"before it had read all of its input|ended without its tally"),
        ("corrupt", r"rows from 1 on cannot be read"),
        ("text-for-number", r"rows from 1 on cannot be read"),
        ("columns", r"wrote the columns 'identifier,.*ship the command of the same version"),
        (
            "loader",
            r"cannot be loaded on this executor: error while loading shared libraries: "
            r"libopenblas.so.0: cannot open shared object file",
        ),
    ],
)
def test_a_child_that_misbehaves_is_named(
    mode: str, sentence: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DOUBLE_MODE", mode)
    _, fault = answer(task(), batches(400))
    assert fault is not None
    assert fault.startswith("needscast forecast, on ")
    assert re.search(sentence, fault), fault


def test_a_tally_after_much_noise_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOUBLE_MODE", "noisy")
    rows, fault = answer(task(), batches(3000))
    assert fault is None
    assert len(rows) == 6000


@pytest.mark.parametrize("mode", ["asleep", "sleeps-later"])
def test_a_child_that_sleeps_is_ended(mode: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOUBLE_MODE", mode)
    begun = time.monotonic()
    _, fault = answer(task(patience=Patience(asleep=1)), batches(400))
    assert time.monotonic() - begun < 15
    assert fault is not None
    assert "nor used the processor, for 1 seconds, and was ended" in fault
    assert children() == []


def test_a_child_that_computes_is_let_be_unless_a_limit_is_set(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("DOUBLE_MODE", "busy")
    # Were computing no sign of life, the first limit would end it long before the second.
    _, fault = answer(task(patience=Patience(asleep=1.5, silent=6)), batches(4))
    assert fault is not None
    assert "has computed for 6 seconds without taking or giving a byte" in fault


def test_a_result_that_is_left_early_leaves_no_child() -> None:
    def endless() -> Iterator[pa.RecordBatch]:
        while True:
            yield from batches(4000)

    result = task()(endless())
    assert next(result).num_rows > 0
    assert len(children()) == 1
    result.close()
    assert children() == []


def test_an_exception_of_the_input_leaves_no_child() -> None:
    def broken() -> Iterator[pa.RecordBatch]:
        yield from batches(50)
        raise OSError("the socket has gone")

    with pytest.raises(OSError, match="the socket has gone"):
        list(task()(broken()))
    assert children() == []


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="a promise of Linux alone")
def test_a_child_dies_with_a_parent_that_is_killed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOUBLE_MODE", "asleep")
    program = (
        "import sys, time; from needscast_spark.conversation import Child, Patience; child = "
        f"Child([{str(DOUBLE)!r}, *{ARGUMENTS!r}], Patience()); print(child._process.pid, "
        "flush=True); time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE) as parent:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        assert os.path.exists(f"/proc/{child}")
        parent.kill()
    deadline = time.monotonic() + 10
    while running(child) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not running(child)


@pytest.mark.parametrize(
    ("column", "cells", "sentence"),
    [
        ("series", ["b", None], r'column "series" is null; give the rows a name'),
        ("series", ["", "b"], r'column "series" is empty;'),
    ],
)
def test_a_cell_that_must_not_be_empty_is_named(
    column: str, cells: list[str | None], sentence: str
) -> None:
    table = {"series": ["a", "b"], "period": ["2019", "2020"], "value": [1.0, 2.0]}
    table[column] = cells  # type: ignore[assignment]
    schema = pa.schema([("series", pa.string()), ("period", pa.string()), ("value", pa.float64())])
    _, fault = answer(task(), iter([pa.record_batch(table, schema=schema)]))
    assert fault is not None
    assert re.search(sentence, fault), fault


def test_a_null_period_is_an_empty_cell() -> None:
    schema = pa.schema([("series", pa.string()), ("period", pa.string()), ("value", pa.float64())])
    batch = pa.record_batch({"series": ["a"], "period": [None], "value": [1.0]}, schema=schema)
    assert ForecastCounts(COLUMNS, 2).begin().sent(batch) == b"a,,1\n"


@pytest.mark.parametrize(
    ("column", "text", "sentence"),
    [
        ("series", b"b\0c", r'column "series" holds a NUL character for series "b\\x00c"; mend'),
        ("value", b"1\0", r'column "value" holds a NUL character for series "b"; mend such rows'),
        ("series", b"b\xff", r'column "series" is not UTF-8 text for series "b\\xff"; mend'),
        ("value", b"\xe9", r'column "value" is not UTF-8 text for series "b"; mend such rows'),
    ],
)
def test_a_cell_that_is_no_text_is_named(column: str, text: bytes, sentence: str) -> None:
    cells = {"series": [b"a", b"b"], "period": [b"2019", b"2020"], "value": [b"1", b"2"]}
    cells[column][1] = text
    # As Spark sends it: a text whose bytes nobody has checked.
    arrays = [
        pa.Array.from_buffers(pa.string(), 2, pa.array(cells[name]).buffers()) for name in cells
    ]
    _, fault = answer(task(), iter([pa.record_batch(arrays, names=list(cells))]))
    assert fault is not None
    assert re.search(sentence, fault), fault


def test_a_pool_is_called_as_in_the_table() -> None:
    columns = SeriesColumns(("series", "period", "value", "pool"), "pool", False, "district")
    batch = pa.record_batch({"series": ["a"], "period": ["1"], "value": [1.0], "pool": [""]})
    with pytest.raises(TaskFault, match=r'"district" is empty .* coalesce\(nullif\(district, '):
        ForecastCounts(columns, 2).begin().sent(batch)
    batch = batch.set_column(3, "pool", pa.array(["\0"]))
    with pytest.raises(TaskFault, match=r'"district" holds a NUL .* char\(0\)'):
        ForecastCounts(columns, 2).begin().sent(batch)


def test_what_keeps_a_command_from_starting_is_named(tmp_path: Path) -> None:
    assert "there is no file /nowhere/needscast on this executor" in fault_of("/nowhere/needscast")
    other = tmp_path / "other"
    other.write_bytes(b"\x7fELF\x02\x01\x01" + bytes(11) + (183).to_bytes(2, "little") + bytes(100))
    other.chmod(0o755)
    assert re.search(
        r"it is built for Linux aarch64, and the executor is Linux \w+", fault_of(other)
    )
    plain = tmp_path / "plain"
    plain.write_text("#!/nowhere/loader\n")
    plain.chmod(0o755)
    assert "but not the loader that it asks for" in fault_of(plain)
    plain.chmod(0o644)
    problem = PermissionError(13, "Permission denied")
    assert "may not be executed on this executor" in str(start_trouble(problem, str(plain)))


def fault_of(path: Path | str) -> str:
    _, fault = answer(task(path), batches(1))
    assert fault is not None
    return fault


def test_a_command_on_the_driver_is_found_and_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert ask_version(str(DOUBLE)) == "0.0.1"
    found = find(DOUBLE)
    assert re.fullmatch(r"needscast-0\.0\.1-[0-9a-f]{16}", found.binary.shipped)
    copy = tmp_path / "needscast"
    copy.write_bytes(DOUBLE.read_bytes() + b"# another content\n")
    copy.chmod(0o755)
    monkeypatch.setenv("NEEDSCAST_BINARY", str(copy))
    assert find(None).path == str(copy)
    assert find(None).binary.shipped != found.binary.shipped
    here = find("executor:/opt/needscast")
    assert here == FoundBinary(str(copy), Binary("", "/opt/needscast", "0.0.1"))
    monkeypatch.delenv("NEEDSCAST_BINARY")
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    assert find(None).path == str(copy)
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(
        NeedscastError, match="there is no command needscast on the driver; name it with"
    ):
        find(None)
    with pytest.raises(NeedscastError, match=r"there is no file /nowhere on the driver \(binary\)"):
        find("/nowhere")
    with pytest.raises(NeedscastError, match=r"answers --version with .* so it is no Needscast"):
        find("/bin/echo")
    with pytest.raises(NeedscastError, match="names no place on the executors"):
        find("executor:needscast")


def test_a_command_named_without_a_slash_is_the_one_beside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = tmp_path / "needscast-here"
    copy.write_bytes(DOUBLE.read_bytes())
    copy.chmod(0o644)
    monkeypatch.chdir(tmp_path)
    with pytest.raises(NeedscastError, match=r"no permission .* chmod \+x .*/needscast-here"):
        find("needscast-here")
    copy.chmod(0o755)
    assert find("needscast-here").path == str(copy)


def test_an_error_before_the_usage_is_what_is_said() -> None:
    usage = (
        "Error: Unknown option '--sorted'\nUsage: needscast forecast\n  See 'needscast --help'\n"
    )
    assert said(usage) == "; it says: Unknown option '--sorted'"
    assert said("one\ntwo\n") == "; its last words were: two"


def test_another_version_on_an_executor_is_a_fault() -> None:
    with pytest.raises(TaskFault, match=r"has version 0\.0\.1, and the driver's command 9\.9"):
        Binary("", str(DOUBLE), "9.9").on_executor()


def children() -> list[int]:
    """The processes that this one has started and that are not gone, zombies too."""
    path = f"/proc/{os.getpid()}/task/{os.getpid()}/children"
    with open(path) as file:
        return [int(word) for word in file.read().split()]


def running(process: int) -> bool:
    try:
        with open(f"/proc/{process}/stat") as file:
            return file.read().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_a_child_closed_twice_is_closed_once() -> None:
    child = Child([str(DOUBLE), *ARGUMENTS], Patience())
    child.close()
    child.close()
    assert children() == []
