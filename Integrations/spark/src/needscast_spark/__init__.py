"""Needscast's forecasts, backtests and plans on Apache Spark.

The numbers are made by the command ``needscast``, one child for each task; this package brings it
rows in the order that it checks, brings its answers back as typed columns, and counts both ways.
See ``Documentation/SPARK.md`` of the project.
"""

from needscast_spark.averages import measures
from needscast_spark.errors import NeedscastError, explain
from needscast_spark.metrics import Figures, Metrics
from needscast_spark.plans import plan, read_workspaces
from needscast_spark.series import backtest, forecast

__all__ = [
    "Figures",
    "Metrics",
    "NeedscastError",
    "backtest",
    "explain",
    "forecast",
    "measures",
    "plan",
    "read_workspaces",
]
__version__ = "0.1.0"
