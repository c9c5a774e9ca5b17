"""Plans: many workspaces, scenarios and overrides at once."""

from __future__ import annotations

import gzip
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F
from pyspark.sql.types import DoubleType, StringType

from needscast_spark.columns import check_types
from needscast_spark.errors import NeedscastError, TaskFault
from needscast_spark.metrics import Figures, Metrics
from needscast_spark.running import Verb, check_whole, partition_count, run, schema_of
from needscast_spark.tallies import differ

_WANTED = {
    "workspace": ("text", True),
    "files": ("a map of texts to texts", True),
    "run": ("text or whole numbers", False),
    "scenarios": ("a list of texts", False),
    "overrides": ("a list of texts", False),
    "draws": ("whole numbers", False),
    "seed": ("whole numbers", False),
    "as_of": ("text or dates", False),
    "to": ("text", False),
}
# What a request calls a column of the table, where it is called otherwise.
_KEYS = {"overrides": "set", "as_of": "asOf"}
_AS_TEXT = ("run", "as_of")


def plan(
    workspaces: DataFrame,
    *,
    scenarios: Sequence[str] = ("base",),
    draws: int | None = None,
    seed: int | None = None,
    overrides: Sequence[str] = (),
    as_of: str | None = None,
    to: str | None = None,
    partitions: int | None = None,
    binary: str | os.PathLike[str] | None = None,
    timeout: float = 600.0,
    silence: float | None = 3600.0,
    metrics: Metrics | None = None,
) -> DataFrame:
    """Plans every workspace of a table, as ``needscast plan`` does; one row of the table is one
    request.

    Args:
        workspaces: ``workspace`` (text, the name by which its rows come back), ``files`` (a map of
            paths in the workspace to their texts; see :func:`read_workspaces`), and where they are
            there ``run`` (a name of the caller's that comes back), ``scenarios`` (a list of names),
            ``overrides`` (a list of ``PATH=VALUE``), ``draws``, ``seed``, ``as_of``
            (``2025-01-01``) and ``to`` (``2029/30``). What is null there is as the arguments below
            say.
        scenarios: Scenarios to plan; ``base`` is the plan without measures.
        draws: Futures to simulate; by default as many as each workspace says.
        seed: The seed of the futures; by default each workspace's.
        overrides: Changes ``PATH=VALUE`` for every request; those of a row come after them.
        as_of: Use only what was published by this day, ``yyyy-mm-dd``.
        to: The last year to plan.
        partitions: As in :func:`needscast_spark.forecast`; requests are spread over them, and those
            of one workspace need not share one.
        binary: As in :func:`needscast_spark.forecast`.
        timeout: As in :func:`needscast_spark.forecast`.
        silence: As in :func:`needscast_spark.forecast`.
        metrics: As in :func:`needscast_spark.forecast`; ``series`` there counts requests.

    Returns:
        Columns ``workspace, run, scenario, service, year, kind, quantity, mean, p2_5, p10, p50,
        p90, p97_5, code, message``. What fails is a row with a ``code``: ``workspace`` (its files
        cannot be read), ``arguments`` (an unknown scenario, an override that leads nowhere),
        ``service`` (one service could not be planned; the others are there) or ``request``.

    Raises:
        NeedscastError: Before any job: an argument, a column, its type or the command is wrong.
    """
    session = workspaces.sparkSession
    present = check_types(workspaces, _WANTED, "workspaces")
    for name, value, least in (("draws", draws, 1), ("seed", seed, 0)):
        if value is not None:
            check_whole(name, value, 2**63 - 1, least=least)
    for name, texts in (("scenarios", scenarios), ("overrides", overrides)):
        if isinstance(texts, str):
            raise NeedscastError(f'{name} is the text "{texts}"; give a list, such as ["{texts}"]')
    verb = Verb(
        name="plan",
        arguments=(
            *("plan", "-"),
            *(f"--scenario={name}" for name in scenarios),
            *(f"--set={change}" for change in overrides),
            *([f"--draws={draws}"] if draws is not None else []),
            *([f"--seed={seed}"] if seed is not None else []),
            *([f"--as-of={as_of}"] if as_of is not None else []),
            *([f"--to={to}"] if to is not None else []),
            *("--format", "csv", "--errors-inline", "--tally", "--quiet"),
        ),
        opening=b"",
        trial=b"",
        schema=schema_of(
            [
                *((name, StringType()) for name in _TEXTS),
                *((name, DoubleType()) for name in _FIGURES),
                *(("code", StringType()), ("message", StringType())),
            ]
        ),
        ledger=PlanCounts(),
    )
    columns = [
        (F.col(source).cast("string") if name in _AS_TEXT else F.col(source)).alias(name)
        for name, source in present.items()
    ]
    settings = [name for name in present if name != "files"]
    requests = (
        workspaces.select(*columns)
        .repartition(partition_count(session, partitions), *settings)
        .sortWithinPartitions("workspace", *(name for name in settings if name != "workspace"))
    )
    return run(requests, verb, binary=binary, timeout=timeout, silence=silence, metrics=metrics)


_TEXTS = ("workspace", "run", "scenario", "service", "year", "kind", "quantity")
_FIGURES = ("mean", "p2_5", "p10", "p50", "p90", "p97_5")


class PlanLedger:
    """Requests sent and rows that come back; a workspace's files are sent when they change."""

    def __init__(self) -> None:
        self.tally_names: tuple[str, ...] = ("requests", "planned", "failed", "rows")
        self._requests = 0
        self._rows = 0
        self._files: tuple[str, dict[str, str]] | None = None

    def sent(self, batch: pa.RecordBatch) -> bytes:
        return b"".join(self._lines(batch))

    def _lines(self, batch: pa.RecordBatch) -> Iterator[bytes]:
        # One row at a time: a workspace has some hundred kilobytes, and its runs are many.
        for row in range(batch.num_rows):
            cells = {name: _cell(batch, name, row) for name in batch.schema.names}
            self._requests += 1
            yield self._line(cells)

    def _line(self, cells: dict[str, Any]) -> bytes:
        workspace, files = cells.pop("workspace"), cells.pop("files")
        if not workspace:
            kind = "null" if workspace is None else "empty"
            raise TaskFault(f'column "workspace" is {kind}; give the request a name of its own')
        if not files:
            kind = "null" if files is None else "empty"
            raise TaskFault(
                f'column "files" is {kind} for workspace "{workspace}"; every row carries its '
                "files, as read_workspaces gives them (they are sent to the command once)"
            )
        request: dict[str, Any] = {"workspace": workspace}
        texts = dict(files)
        if self._files != (workspace, texts):
            request["files"] = texts
            self._files = (workspace, texts)
        for name, value in cells.items():
            if value is not None:
                request[_KEYS.get(name, name)] = value
        return json.dumps(request, ensure_ascii=False).encode() + b"\n"

    def received(self, batch: pa.RecordBatch) -> None:
        self._rows += batch.num_rows

    def reconcile(self, tally: dict[str, int], figures: Figures) -> None:
        if tally["requests"] != self._requests:
            raise differ("requests sent", self._requests, "the command read", tally["requests"])
        if tally["planned"] + tally["failed"] != tally["requests"]:
            raise differ(
                "requests that were planned and that failed",
                tally["planned"] + tally["failed"],
                "the command read",
                tally["requests"],
            )
        if tally["rows"] != self._rows:
            raise differ("rows that came back", self._rows, "the command wrote", tally["rows"])
        figures.series = self._requests
        figures.failed = tally["failed"]


def _cell(batch: pa.RecordBatch, name: str, row: int) -> Any:
    """One cell of a request.

    Raises:
        TaskFault: A text in it is not UTF-8, which Spark does not check.
    """
    try:
        return batch.column(name)[row].as_py()
    except UnicodeDecodeError:
        workspace = batch.column("workspace")[row].as_buffer()
        whose = bytes(workspace or b"").decode("utf-8", "backslashreplace")
        raise TaskFault(
            f'column "{name}" holds a text that is not UTF-8, for workspace "{whose}"; mend '
            "it, or leave such rows out"
        ) from None


@dataclass(frozen=True)
class PlanCounts:
    """Begins a :class:`PlanLedger` in each task."""

    def begin(self) -> PlanLedger:
        return PlanLedger()


def read_workspaces(
    spark: SparkSession,
    paths: str
    | os.PathLike[str]
    | Sequence[str | os.PathLike[str]]
    | Mapping[str, str | os.PathLike[str]],
) -> DataFrame:
    """A table of workspaces from folders on the driver, for :func:`plan`.

    Of each folder it takes ``workspace.yaml`` and what is named there, directly or by another file
    that is named: the rest, such as reports and stores, is not needed for a plan. What ends in
    ``.gz`` is decompressed, and named without it in the texts too.

    Args:
        spark: The session.
        paths: Folders; a workspace has the name of its folder, or the one that a mapping gives it.

    Returns:
        Columns ``workspace`` and ``files``, a row for each folder. The texts pass through the
        driver: they are some hundred kilobytes a workspace.

    Raises:
        NeedscastError: A folder has no ``workspace.yaml``, two have one name, or a file is not
            UTF-8 text.
    """
    if isinstance(paths, Mapping):
        named = [(name, Path(path)) for name, path in paths.items()]
    else:
        several = [paths] if isinstance(paths, (str, os.PathLike)) else list(paths)
        named = [(Path(path).resolve().name, Path(path)) for path in several]
    seen: dict[str, Path] = {}
    for name, folder in named:
        if name in seen:
            raise NeedscastError(
                f'the folders {seen[name]} and {folder} are both called "{name}"; give them names '
                "with a mapping {NAME: FOLDER}"
            )
        seen[name] = folder
    rows = [(name, _files(folder)) for name, folder in named]
    if not rows:
        raise NeedscastError("there are no folders to read; give at least one")
    return spark.createDataFrame(rows, "workspace string, files map<string,string>")


def _files(folder: Path) -> dict[str, str]:
    """The texts of a workspace by their path in it."""
    definition = folder / "workspace.yaml"
    if not definition.is_file():
        raise NeedscastError(
            f"there is no file {definition}; a workspace is a folder with a workspace.yaml, which "
            "needscast init begins"
        )
    others = {
        path.relative_to(folder).as_posix(): path
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path != definition
    }
    texts = {"workspace.yaml": _text(definition)}
    unread = ["workspace.yaml"]
    compressed = []
    while unread:
        text = texts[unread.pop()]
        for name in [name for name in others if name in text]:
            texts[name] = _text(others.pop(name))
            if name.endswith((".yaml", ".yml")):
                unread.append(name)
            elif name.endswith(".gz"):
                compressed.append(name)
    for name in compressed:
        _uncompress(name, texts, folder)
    return texts


def _uncompress(name: str, texts: dict[str, str], folder: Path) -> None:
    """Calls a file that was compressed by its name without ``.gz``, wherever it is named."""
    plain = name.removesuffix(".gz")
    if plain in texts:
        raise NeedscastError(f"{folder} names both {plain} and {name}; keep one of them")
    texts[plain] = texts.pop(name)
    for other, text in texts.items():
        if other.endswith((".yaml", ".yml")):
            texts[other] = text.replace(name, plain)


def _text(path: Path) -> str:
    contents = path.read_bytes()
    if path.name.endswith(".gz"):
        contents = gzip.decompress(contents)
    try:
        return contents.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        raise NeedscastError(
            f"{path} is not UTF-8 text (byte {problem.start + 1:,}); save it as UTF-8"
        ) from None
