"""What the tests share: the command, a small cluster on this machine, tables."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

HERE = Path(__file__).parent
DOUBLE = HERE / "protocol_double.py"
ROOT = HERE.parents[2]


def pytest_configure() -> None:
    # Executors are to run this very Python, and everything stays on this machine.
    os.environ["PYSPARK_PYTHON"] = sys.executable
    os.environ["SPARK_LOCAL_IP"] = "127.0.0.1"


@pytest.fixture(scope="session")
def command() -> str:
    """The command under test: $NEEDSCAST_BINARY, which ``make test-spark`` sets."""
    path = os.environ.get("NEEDSCAST_BINARY")
    if not path:
        pytest.skip("NEEDSCAST_BINARY names no command; make test-spark does")
    return path


@pytest.fixture(scope="session")
def spark() -> Iterator[object]:
    """Two executors with a core each, each a process of its own, on loopback."""
    from pyspark.sql import SparkSession

    session = (
        SparkSession.builder.master("local-cluster[2,1,1024]")
        .appName("needscast-spark tests")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.ui.enabled", "false")
        .config("spark.executor.memory", "1g")
        .config("spark.sql.shuffle.partitions", "3")
        # One task that is lost with its executor is run again; a fault is not tried four times.
        .config("spark.task.maxFailures", "2")
        .config("spark.log.level", "OFF")
        .getOrCreate()
    )
    yield session
    session.stop()
