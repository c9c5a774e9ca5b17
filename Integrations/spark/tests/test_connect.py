"""Spark Connect: the command and the package go as artifacts of the session."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from conftest import HERE

PROGRAM = """
from pyspark.sql import SparkSession
from tables import invented, numbers
from needscast_spark import Metrics, NeedscastError, explain, forecast
spark = SparkSession.builder.remote("local[2]").getOrCreate()
table = spark.createDataFrame(numbers(invented(30)))
result = forecast(table, horizon=2, pool_by="pool", partitions=2)
print(type(result).__module__, result.count())
try:
    Metrics(spark)
except NeedscastError as error:
    print(explain(error))
try:
    forecast(table, horizon=1, binary="executor:/nowhere").collect()
except Exception as error:
    print(explain(error))
spark.stop()
"""


@pytest.mark.spark
@pytest.mark.long
def test_a_forecast_by_spark_connect(command: str) -> None:
    pytest.importorskip("grpc")
    environment = os.environ | {
        "NEEDSCAST_BINARY": command,
        "PYTHONPATH": f"{HERE.parent / 'src'}:{HERE}",
        "PYSPARK_SUBMIT_ARGS": "--conf spark.ui.enabled=false pyspark-shell",
    }
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    first, second, third = done.stdout.splitlines()
    assert first == "pyspark.sql.connect.dataframe 60"
    assert second.startswith("metrics need a classic Spark session;")
    assert "there is no file /nowhere on this executor" in third
