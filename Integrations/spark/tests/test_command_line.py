"""The package as a command: Parquet to Parquet, one line for what is wrong, and an exit code."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pyarrow.parquet as parquet
import pytest

from conftest import HERE
from needscast_spark.command_line import main, place_of
from tables import invented


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Runs it as a process of its own, in a session of one thread."""
    environment = os.environ | {
        "PYTHONPATH": str(HERE.parent / "src"),
        "PYSPARK_SUBMIT_ARGS": "--master local[1] --conf spark.ui.enabled=false "
        "--conf spark.driver.host=127.0.0.1 --conf spark.driver.bindAddress=127.0.0.1 --conf "
        "spark.sql.shuffle.partitions=2 --conf spark.log.level=OFF pyspark-shell",
    }
    return subprocess.run(
        [sys.executable, "-m", "needscast_spark", *arguments],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("arguments", [[], ["forecast"], ["forecast", "--horizon", "three"]])
def test_wrong_arguments_end_with_64(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 64
    assert "usage: needscast-spark" in capsys.readouterr().err


def refused(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """The last line of a refusal of the arguments."""
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 64
    return capsys.readouterr().err.splitlines()[-1]


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("s.parquet", "s.parquet"),
        ("s.parquet", "./x/../s.parquet"),
        ("in/s.parquet", "in"),
        ("in", "in/out"),
        ("in/*.parquet", "in/s.parquet"),
        ("hdfs://node:8020/a/in", "HDFS://NODE:8020//a/b/../in/"),
        ("s3a://lake/in", "s3a://lake/in/out"),
    ],
)
def test_nothing_is_written_over_the_input(
    source: str, target: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    monkeypatch.chdir(tmp_path)
    ask = ["forecast", "--horizon", "1", "--force", "--input", source, "--output", target]
    said = refused(capsys, *ask)
    assert f"--output {target} and --input {source} are one place, or one is inside" in said


def test_nothing_is_written_over_another_output_or_a_workspace(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ask = ["backtest", "--horizon=1", "--origins=1", "--input=in", "--output=out"]
    assert "--measures out and --output out are one" in refused(capsys, *ask, "--measures=out")
    assert "--measures in and --input in are one" in refused(capsys, *ask, "--measures=in")
    ask = ["plan", f"--workspace={tmp_path / 'a'}", f"--output={tmp_path}"]
    assert "would replace --workspace" in refused(capsys, *ask)


def test_two_spellings_of_a_place_are_one(tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to(tmp_path / "real")
    assert place_of(f"file://{link}/x") == place_of(f"file:{link}/x") == place_of(f"{link}//x")
    assert place_of(str(link)) == os.path.realpath(tmp_path / "real")
    assert place_of("s3a://lake/in") != place_of("s3a://lake/in2") != place_of("/in2")


def test_arguments_that_cannot_be_read_are_named(capsys: pytest.CaptureFixture[str]) -> None:
    ask = ["forecast", "--horizon=1", "--input=in", "--output=out"]
    assert "argument --levels: '80,x' are no levels; give numbers" in refused(
        capsys, *ask, "--levels", "80,x"
    )
    assert "argument --column: 'series' is no NAME=COLUMN" in refused(
        capsys, *ask, "--column", "series"
    )


@pytest.mark.spark
def test_a_table_that_is_no_parquet_ends_with_66(tmp_path: Path) -> None:
    source = tmp_path / "yearly.csv"
    source.write_text("series,period,value\na,2020,1\n" * 10)
    ask = ["forecast", "--horizon=1", "--input", str(source), "--output", str(tmp_path / "out")]
    done = run(*ask)
    assert done.returncode == 66
    assert "Traceback" not in done.stderr
    last = done.stderr.splitlines()[-1]
    assert last.startswith(f"{source} cannot be read as Parquet: ")


@pytest.mark.spark
@pytest.mark.long
def test_averages_that_are_there_are_found_before_the_job(command: str, tmp_path: Path) -> None:
    source, averages = tmp_path / "series.parquet", tmp_path / "averages.parquet"
    parquet.write_table(invented(10), source)
    averages.mkdir()
    ask = ["backtest", "--horizon=1", "--origins=1", "--input", str(source)]
    ask += ["--output", str(tmp_path / "out"), "--measures", str(averages), "--binary", command]
    done = run(*ask)
    assert done.returncode == 73
    assert done.stderr.splitlines()[-1] == f"{averages} is there already; --force replaces it"
    assert not (tmp_path / "out").exists()


@pytest.mark.spark
@pytest.mark.long
def test_from_parquet_to_parquet(command: str, tmp_path: Path) -> None:
    source, target = tmp_path / "series.parquet", tmp_path / "forecasts.parquet"
    parquet.write_table(invented(1000, bad_every=500), source)
    ask = ["forecast", "--input", str(source), "--output", str(target), "--horizon", "2"]
    ask += ["--binary", command]
    done = run(*ask)
    assert done.returncode == 0, done.stderr
    lines = [" ".join(line.split()) for line in done.stdout.splitlines()]
    rows = invented(1000).num_rows
    for line in (f"rows in {rows:,}", "rows out 1,998", "with code 2 data", "failed 2"):
        assert line in lines, done.stdout
    assert parquet.read_table(target).num_rows == 1998

    again = run(*ask)
    assert again.returncode == 73
    assert again.stderr.splitlines()[-1] == f"{target} is there already; --force replaces it"


@pytest.mark.spark
@pytest.mark.long
def test_what_is_wrong_is_one_line(command: str, tmp_path: Path) -> None:
    source = tmp_path / "series.parquet"
    parquet.write_table(invented(10).rename_columns(["pool", "series", "period", "val"]), source)
    output = str(tmp_path / "out")
    ask = ["forecast", "--input", str(source), "--output", output, "--horizon", "2"]
    done = run(*ask, "--binary", command)
    assert done.returncode == 65
    assert done.stderr.splitlines()[-1].startswith('there is no column "value" in the table;')

    done = run(*ask, "--column", "value=val", "--binary", "executor:/nowhere/needscast")
    assert done.returncode == 65
    assert "there is no file /nowhere/needscast on this executor" in done.stderr.splitlines()[-1]

    done = run("plan", "--input", str(tmp_path / "none"), "--output", output)
    assert done.returncode == 66
    assert "cannot be read as Parquet" in done.stderr.splitlines()[-1]
