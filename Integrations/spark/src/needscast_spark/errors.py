"""What can go wrong, said in sentences: what is wrong, where, and what would be accepted."""

from __future__ import annotations

import re


class NeedscastError(ValueError):
    """Something that the caller can mend, found on the driver before any job was started.

    Its first line says what is wrong and where, and what would be accepted instead.
    """


class TaskFault(Exception):
    """Something that ends a task: a child that failed, or counts that do not agree.

    It is raised and caught inside a task. What the driver sees is Spark's own exception, whose
    first line is the sentence of the fault: see :func:`needscast_spark.faults.raise_faults`.
    """


# How Spark 4 words what `raise_error` was given: "[USER_RAISED_EXCEPTION] SENTENCE SQLSTATE:
# P0001".
_RAISED = re.compile(
    r"\[USER_RAISED_EXCEPTION\] (?P<sentence>.*?)(?: SQLSTATE: \w+)?$", re.MULTILINE
)
# The last line of a Python traceback, where an exception left a Python worker.
_PYTHON = re.compile(r"^(?P<type>[A-Za-z_][\w.]*(?:Error|Exception|Fault|Exit)): (?P<sentence>.*)$")


def explain(error: BaseException) -> str:
    """The one line of an exception that says what is wrong and where.

    Args:
        error: What an action on a result raised (``collect``, ``write.parquet`` and the like), or a
            :class:`NeedscastError`.

    Returns:
        The sentence of this package where there is one; otherwise the last line of the Python
        traceback in the message; otherwise the first line of the message that says something.
    """
    text = str(error).strip()
    if isinstance(error, NeedscastError):
        return text.partition("\n")[0]
    raised = _RAISED.search(text)
    if raised:
        return raised["sentence"]
    lines = text.splitlines()
    if len(lines) > 1 and lines[0].startswith("An error occurred while calling "):
        # An exception of the JVM: the line after has its class and its sentence.
        return lines[1].removeprefix(": ").strip()
    if any(line.startswith("Traceback") for line in lines):
        for line in reversed(lines):
            found = _PYTHON.match(line)
            if found:
                return f"{found['type'].rpartition('.')[2]}: {found['sentence']}"
    return lines[0] if lines else type(error).__name__
