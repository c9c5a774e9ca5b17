"""Tables of invented series, and what the command on this machine makes of them."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.csv as csv

POOLS = ("births", "plans", "referrals", "waits")


def invented(series: int, *, bad_every: int = 0, large_pool: float = 0.25) -> pa.Table:
    """Yearly series of 8 to 12 figures in four pools, some of which cannot be read.

    Args:
        series: How many.
        bad_every: One in as many has a value that is no figure; none for 0.
        large_pool: The share of the series that is in the first pool.
    """
    rows: dict[str, list[object]] = {"pool": [], "series": [], "period": [], "value": []}
    for number in range(series):
        # A whole multiple of a prime spreads what follows over the series without chance.
        place = (number * 7919 % series) / series
        pool = POOLS[0] if place < large_pool else POOLS[1 + number % 3]
        level = 40 + number * 31 % 400
        for year in range(8 + number % 5):
            wobble = (number * 17 + year * 29) % 23 - 11
            value = level + year * (number % 7 - 3) + wobble * level / 200
            bad = bad_every and number % bad_every == bad_every - 1 and year == 3
            rows["pool"].append(pool)
            rows["series"].append(f"series {number}" + (', the "odd"' if number % 97 == 5 else ""))
            rows["period"].append(str(2013 + year))
            rows["value"].append("12,4%" if bad else repr(round(value, 3)))
    return pa.table(rows)


def numbers(table: pa.Table) -> pa.Table:
    """The table with its values as numbers."""
    place = table.column_names.index("value")
    return table.set_column(place, "value", table["value"].cast(pa.float64()))


def alone(command: str, table: pa.Table, folder: Path, *arguments: str) -> pa.Table:
    """What the command alone, without Spark, makes of a table that it reads from a file."""
    source, target = folder / "alone.csv", folder / "alone-result.csv"
    csv.write_csv(table, source)
    done = subprocess.run(
        [command, arguments[0], str(source), *arguments[1:], "--format", "csv", "--quiet"],
        capture_output=True,
        check=False,
    )
    assert done.returncode in (0, 65), done.stderr.decode()
    target.write_bytes(done.stdout)
    return csv.read_csv(
        target,
        parse_options=csv.ParseOptions(newlines_in_values=True),
        convert_options=csv.ConvertOptions(
            column_types={"series": pa.string(), "period": pa.string(), "area": pa.string()},
            null_values=[""],
            strings_can_be_null=True,
            quoted_strings_can_be_null=False,
        ),
    )


def as_bytes(table: pa.Table, names: Sequence[str], order: Sequence[str]) -> bytes:
    """Some columns of a table in an order of their own, as CSV."""
    chosen = table.select(list(names)).sort_by([(name, "ascending") for name in order])
    sink = pa.BufferOutputStream()
    csv.write_csv(chosen, sink)
    return bytes(sink.getvalue())
