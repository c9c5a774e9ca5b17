"""Plans on a small cluster: the rows of one machine, request by request."""

from __future__ import annotations

import gzip
import subprocess
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as csv
import pytest
from pyspark.sql import SparkSession
from pyspark.sql import functions as F

from conftest import ROOT
from needscast_spark import Metrics, NeedscastError, plan, read_workspaces
from needscast_spark.errors import TaskFault
from needscast_spark.plans import PlanLedger
from tables import as_bytes

SEFTON = ROOT / "Datasets" / "sefton"
NAMES = ["service", "year", "kind", "quantity", "mean", "p2_5", "p10", "p50", "p90", "p97_5"]
ORDER = NAMES[:4]


def test_files_are_sent_when_they_change() -> None:
    files = pa.map_(pa.string(), pa.string())
    schema = pa.schema([("workspace", pa.string()), ("files", files), ("run", pa.string())])
    first, other = [("workspace.yaml", "a: é\n")], [("workspace.yaml", "b")]
    ledger = PlanLedger()
    lines = ledger.sent(
        pa.record_batch(
            [
                pa.array(["A", "A", "A", "B"]),
                pa.array([first, first, other, other], files),
                pa.array(["1", None, "3", "4"]),
            ],
            schema=schema,
        )
    ).splitlines()
    assert [line.decode() for line in lines] == [
        '{"workspace": "A", "files": {"workspace.yaml": "a: é\\n"}, "run": "1"}',
        '{"workspace": "A"}',
        '{"workspace": "A", "files": {"workspace.yaml": "b"}, "run": "3"}',
        '{"workspace": "B", "files": {"workspace.yaml": "b"}, "run": "4"}',
    ]


def test_a_text_that_is_not_utf_8_is_named() -> None:
    files = pa.map_(pa.string(), pa.string())
    raw = pa.array([[(b"workspace.yaml", b"\xff")]], pa.map_(pa.binary(), pa.binary()))
    batch = pa.record_batch([pa.array(["A"]), raw.view(files)], names=["workspace", "files"])
    with pytest.raises(TaskFault, match=r'column "files" holds a text .* for workspace "A"'):
        PlanLedger().sent(batch)


def alone(command: str, *arguments: str) -> pa.Table:
    """The rows of ``needscast plan`` for Sefton, without Spark."""
    done = subprocess.run(
        [command, "plan", str(SEFTON), *arguments, "--format", "csv", "--quiet"],
        capture_output=True,
        check=True,
    )
    return csv.read_csv(
        pa.BufferReader(done.stdout),
        convert_options=csv.ConvertOptions(
            null_values=[""], strings_can_be_null=True, quoted_strings_can_be_null=False
        ),
    )


@pytest.mark.spark
def test_sefton_is_planned_as_on_one_machine(spark: SparkSession, command: str) -> None:
    expected = alone(command, "--draws=500")
    metrics = Metrics(spark)
    workspaces = read_workspaces(spark, SEFTON)
    result = plan(workspaces, draws=500, binary=command, partitions=2, metrics=metrics).toArrow()
    assert result["code"].null_count == result.num_rows == expected.num_rows > 100
    assert set(result["workspace"].to_pylist()) == {"sefton"}
    assert as_bytes(result, NAMES, ORDER) == as_bytes(expected, NAMES, ORDER)
    assert metrics.snapshot().series == 1


@pytest.mark.spark
@pytest.mark.long
def test_many_runs_of_two_workspaces(spark: SparkSession, command: str) -> None:
    both = read_workspaces(spark, {"Sefton": SEFTON, "Elsewhere": SEFTON})
    runs = both.crossJoin(
        spark.createDataFrame(
            [("as it is", []), ("shorter", ["plan.to=2027/28"]), ("lost", ["no.such.path=1"])],
            "run string, overrides array<string>",
        )
    )
    metrics = Metrics(spark)
    result = plan(runs, draws=200, binary=command, partitions=3, metrics=metrics).toArrow()
    failed = result.filter(pc.is_valid(result["code"])).to_pylist()
    assert {(row["workspace"], row["run"], row["code"]) for row in failed} == {
        ("Sefton", "lost", "arguments"),
        ("Elsewhere", "lost", "arguments"),
    }
    assert "no.such.path" in failed[0]["message"]
    figures = metrics.snapshot()
    assert (figures.series, figures.failed) == (6, 2)
    for run, change in (("as it is", []), ("shorter", ["--set=plan.to=2027/28"])):
        expected = as_bytes(alone(command, "--draws=200", *change), NAMES, ORDER)
        for workspace in ("Sefton", "Elsewhere"):
            mine = result.filter(
                pc.and_(pc.equal(result["workspace"], workspace), pc.equal(result["run"], run))
            )
            assert as_bytes(mine, NAMES, ORDER) == expected, (workspace, run)


@pytest.mark.spark
def test_what_is_wrong_is_said_before_any_job(
    spark: SparkSession, command: str, tmp_path: Path
) -> None:
    workspaces = spark.createDataFrame([("A", {"workspace.yaml": "x"})], ["workspace", "files"])
    with pytest.raises(NeedscastError, match='no column "files" in the table of workspaces'):
        plan(workspaces.drop("files"), binary=command)
    with pytest.raises(NeedscastError, match=r'"draws" .* is of type string, and must hold whole'):
        plan(workspaces.withColumn("draws", F.lit("many")), binary=command)
    with pytest.raises(NeedscastError, match=r'column "scenario" .* meant as "scenarios"'):
        plan(workspaces.withColumn("scenario", F.lit("x")), binary=command)
    with pytest.raises(NeedscastError, match=r'"OVERRIDES" .* must hold a list of texts'):
        plan(workspaces.withColumn("OVERRIDES", F.lit("x")), binary=command)
    assert "code" in plan(workspaces, seed=0, binary=command).columns
    with pytest.raises(NeedscastError, match='scenarios is the text "base"; give a list'):
        plan(workspaces, scenarios="base", binary=command)
    with pytest.raises(NeedscastError, match=r"there is no file .*workspace\.yaml"):
        read_workspaces(spark, tmp_path)
    with pytest.raises(NeedscastError, match='are both called "sefton"'):
        read_workspaces(spark, [SEFTON, SEFTON])


@pytest.mark.spark
def test_only_what_a_workspace_needs_is_read(spark: SparkSession, tmp_path: Path) -> None:
    (tmp_path / "series").mkdir()
    (tmp_path / "workspace.yaml").write_text("series: [series/a.csv, series/b.csv.gz]\n")
    (tmp_path / "series" / "a.csv").write_bytes(b"\xef\xbb\xbfseries,period,value\n")
    (tmp_path / "series" / "b.csv.gz").write_bytes(gzip.compress(b"series,period\n"))
    (tmp_path / "series" / "unused.csv").write_bytes(b"\xff")
    (tmp_path / "store.sqlite").write_bytes(b"\0\xff")
    (row,) = read_workspaces(spark, {"mine": tmp_path}).collect()
    assert row.workspace == "mine"
    assert row.files == {
        "workspace.yaml": "series: [series/a.csv, series/b.csv]\n",
        "series/a.csv": "series,period,value\n",
        "series/b.csv": "series,period\n",
    }
    (tmp_path / "series" / "a.csv").write_bytes(b"a\xff")
    with pytest.raises(NeedscastError, match=r"a\.csv is not UTF-8 text \(byte 2\)"):
        read_workspaces(spark, tmp_path)
