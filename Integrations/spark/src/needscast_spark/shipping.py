"""Files on their way to the executors: the command and this package.

A classic session ships by its context, one of Spark Connect as its artifacts. Either way an
executor finds a file with ``SparkFiles.get`` and may execute it.
"""

from __future__ import annotations

import atexit
import functools
import hashlib
import os
import shutil
import tempfile
from pathlib import Path
from weakref import WeakKeyDictionary

from pyspark.sql import SparkSession

from needscast_spark.binary import FoundBinary


def is_connect(session: SparkSession) -> bool:
    """Whether a session is one of Spark Connect, which has no context."""
    return ".connect." in type(session).__module__


def ship(found: FoundBinary, session: SparkSession) -> None:
    """Gives the executors the command, once, unless they have their own."""
    name = found.binary.shipped
    if name and name not in _names(session):
        # The driver serves the file from where it stands for as long as the application runs, to
        # executors that come later too, so the copy must outlive this call.
        copy = os.path.join(_folder(), name)
        if not os.path.exists(copy):
            partial = f"{copy}.{os.getpid()}"
            shutil.copyfile(found.path, partial)
            os.chmod(partial, 0o755)
            os.replace(partial, copy)
        if is_connect(session):
            session.addArtifacts(copy, file=True)
        else:
            session.sparkContext.addFile(copy)
        _names(session).add(name)


def ship_package(session: SparkSession) -> None:
    """Gives the executors this package as the driver has it, unless it came in an archive."""
    folder = Path(__file__).parent
    if not folder.is_dir():
        return
    sources = sorted(folder.rglob("*.py"))
    digest = hashlib.sha256()
    for source in sources:
        digest.update(source.name.encode() + b"\0" + source.read_bytes())
    name = f"needscast_spark-{digest.hexdigest()[:16]}"
    if name in _names(session):
        return
    archive = os.path.join(_folder(), name)
    if not os.path.exists(archive + ".zip"):
        with tempfile.TemporaryDirectory() as copy:
            for source in sources:
                target = Path(copy, folder.name, source.relative_to(folder))
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(source, target)
            shutil.make_archive(archive, "zip", copy)
    if is_connect(session):
        session.addArtifacts(archive + ".zip", pyfile=True)
    else:
        session.sparkContext.addPyFile(archive + ".zip")
    _names(session).add(name)


_shipped: WeakKeyDictionary[object, set[str]] = WeakKeyDictionary()


def _names(session: SparkSession) -> set[str]:
    """The names that the application of a session has been given."""
    application = session if is_connect(session) else session.sparkContext
    return _shipped.setdefault(application, set())


@functools.cache
def _folder() -> str:
    folder = tempfile.mkdtemp(prefix="needscast-spark-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder
