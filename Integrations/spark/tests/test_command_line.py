"""The package as a command: Parquet to Parquet, one line for what is wrong, and an exit code."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pyarrow.parquet as parquet
import pytest

from conftest import HERE
from needscast_spark.command_line import main
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
