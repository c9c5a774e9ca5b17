"""The command itself: found on the driver and on executors, and what keeps it from starting.

A binary that is shipped goes by a name with a hash of its contents, so that one name is always one
content, whatever else is shipped in the same application.
"""

from __future__ import annotations

import errno
import functools
import hashlib
import os
import platform
import shutil
import struct
import subprocess
from dataclasses import dataclass

from needscast_spark.errors import NeedscastError, TaskFault

VARIABLE = "NEEDSCAST_BINARY"
_ON_EXECUTORS = "executor:"
_ACCEPTED = (
    "name it with binary=PATH, with $" + VARIABLE + ", or have needscast on the PATH; binary="
    '"executor:PATH" uses one that is installed on the executors'
)
# The machines of ELF files that a Spark executor may be one of, by their number in the file's
# header.
_MACHINES = {
    3: "i386",
    40: "arm",
    62: "x86_64",
    183: "aarch64",
    21: "ppc64le",
    22: "s390x",
    243: "riscv64",
}


@dataclass(frozen=True)
class Binary:
    """Where executors find the command.

    Attributes:
        shipped: The name under which it was shipped; empty where it is installed on the executors.
        path: The path where it is installed on the executors; empty where it was shipped.
        version: What it must answer to ``--version``; empty where the driver has none to compare
            with, and not asked of what was shipped, whose name is its content.
    """

    shipped: str
    path: str
    version: str

    def on_executor(self) -> str:
        """The path of the command on this executor, checked.

        Raises:
            TaskFault: It is not there, cannot be run here, or has another version than the
                driver's.
        """
        if self.shipped:
            from pyspark import SparkFiles

            return str(SparkFiles.get(self.shipped))
        if self.version:
            found = _version_here(self.path)
            if found != self.version:
                raise TaskFault(
                    f"{self.path} has version {found}, and the driver's command {self.version}; "
                    "install the same on every machine, or ship the driver's by leaving out "
                    "executor:"
                )
        return self.path


@dataclass(frozen=True)
class FoundBinary:
    """The command as the driver has it.

    Attributes:
        path: Its path on the driver, where arguments are tried; empty where it has none.
        binary: Where executors find it.
    """

    path: str
    binary: Binary


def find(wanted: str | os.PathLike[str] | None) -> FoundBinary:
    """Finds the command and asks its version.

    Args:
        wanted: A path; ``executor:PATH`` for what is installed on the executors; or none for
            ``$NEEDSCAST_BINARY``, or else ``needscast`` on the PATH.

    Raises:
        NeedscastError: There is no such file, it cannot be run here, or it is no Needscast.
    """
    text = os.fspath(wanted) if wanted is not None else ""
    on_executors = text.startswith(_ON_EXECUTORS)
    path, origin = ("", "") if on_executors else (text, "binary")
    if not path:
        path, origin = os.environ.get(VARIABLE, ""), f"${VARIABLE}"
        if path.startswith(_ON_EXECUTORS) and not on_executors:
            text, path, on_executors = path, "", True
    if not path or path.startswith(_ON_EXECUTORS):
        path, origin = shutil.which("needscast") or "", "the PATH"
    if path:
        # A name without a slash would be looked for on the PATH when it is run.
        path = os.path.abspath(path)
    if on_executors:
        place = text[len(_ON_EXECUTORS) :]
        if not place.startswith("/"):
            raise NeedscastError(
                f"binary={text!r} names no place on the executors; write executor: and a path from "
                "the root, such as executor:/opt/needscast/needscast"
            )
        version = _version_on_driver(path, origin) if path else ""
        return FoundBinary(path, Binary("", place, version))
    if not path:
        raise NeedscastError(f"there is no command needscast on the driver; {_ACCEPTED}")
    if not os.path.isfile(path):
        raise NeedscastError(f"there is no file {path} on the driver ({origin}); {_ACCEPTED}")
    if not os.stat(path).st_mode & 0o111:
        raise NeedscastError(
            f"the file {path} has no permission to be executed on the driver ({origin}); give it "
            f"one with chmod +x {path}"
        )
    version = _version_on_driver(path, origin)
    path = os.path.realpath(path)
    status = os.stat(path)
    digest = _digest(path, status.st_mtime_ns, status.st_size)
    return FoundBinary(path, Binary(f"needscast-{version}-{digest[:16]}", "", version))


def start_trouble(problem: OSError, path: str) -> TaskFault:
    """What the system's refusal to start a child means, and what to do about it."""
    here = _platform_here()
    if not os.path.exists(path):
        return TaskFault(
            f"there is no file {path} on this executor; install the command there, or ship the "
            "driver's with binary=PATH"
        )
    if problem.errno == errno.ENOENT:
        return TaskFault(
            f"{path} is there, but not the loader that it asks for, so it was built for another "
            f"system than this executor's ({here}); it needs Linux with glibc"
        )
    if problem.errno == errno.ENOEXEC:
        return TaskFault(
            f"{path} cannot be run on this executor: it is built for {_platform_of(path)}, and the "
            f"executor is {here}; use the command built for {here}"
        )
    if problem.errno in (errno.EACCES, errno.EPERM):
        return TaskFault(
            f"{path} may not be executed on this executor: the file has no permission to, or its "
            "file system is mounted noexec; put spark.local.dir elsewhere, or install the command "
            "and name it with executor:PATH"
        )
    return TaskFault(f"{path} cannot be started on this executor ({here}): {problem.strerror}")


def end_trouble(status: int, complaints: str, path: str) -> TaskFault | None:
    """What a child's end means where it never got to its work or was ended from outside."""
    lines = [line.strip() for line in complaints.splitlines() if line.strip()]
    if status == 127:
        loader = next((line for line in lines if "shared librar" in line), "")
        if loader:
            return TaskFault(
                "the command cannot be loaded on this executor: "
                f"{loader.rpartition(path + ': ')[2]}; ship the command of the release, which "
                "needs no library but glibc, or install it"
            )
    if status == -9:
        return TaskFault(
            "the command was killed (SIGKILL), as Linux does when memory runs out; give the child "
            "room with spark.executor.memoryOverhead, or fewer tasks at once"
        )
    if status == -4:
        return TaskFault(
            "the command met an instruction that this executor's processor does not have "
            f"(SIGILL); it is built for {_platform_of(path)}, and the executor is "
            f"{_platform_here()}"
        )
    if status < 0:
        return TaskFault(f"the command was ended by signal {-status}" + _quoted(lines))
    return None


def _quoted(lines: list[str]) -> str:
    return f"; its last words were: {lines[-1]}" if lines else ""


def _version_on_driver(path: str, origin: str) -> str:
    try:
        return ask_version(path)
    except TaskFault as fault:
        sentence = (
            str(fault).replace("this executor", "the driver").replace("the executor", "the driver")
        )
        raise NeedscastError(f"{sentence} ({origin})") from None


@functools.cache
def _version_here(path: str) -> str:
    return ask_version(path)


def ask_version(path: str) -> str:
    """What a command answers to ``--version``.

    Raises:
        TaskFault: It cannot be started, or is no Needscast.
    """
    try:
        answer = subprocess.run(
            [path, "--version"],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=60,
            check=False,
        )
    except OSError as problem:
        raise start_trouble(problem, path) from None
    except subprocess.TimeoutExpired:
        raise TaskFault(
            f"{path} has not answered --version for a minute; is it Needscast?"
        ) from None
    complaints = answer.stderr.decode("utf-8", "replace")
    trouble = end_trouble(answer.returncode, complaints, path)
    if trouble:
        raise trouble
    version = answer.stdout.decode("utf-8", "replace").strip()
    if answer.returncode != 0 or not version or not version[0].isdigit() or "\n" in version:
        shown = (version or complaints.strip() or "nothing").splitlines()[0][:80]
        raise TaskFault(f"{path} answers --version with {shown!r}, so it is no Needscast")
    return version


@functools.cache
def _digest(path: str, modified: int, size: int) -> str:
    """The SHA-256 of a file's contents, remembered while its date and size stay the same."""
    del modified, size
    with open(path, "rb") as file:
        digest = hashlib.sha256()
        while piece := file.read(1 << 20):
            digest.update(piece)
    return digest.hexdigest()


def _platform_here() -> str:
    return f"{platform.system()} {platform.machine()}"


def _platform_of(path: str) -> str:
    """What the header of a file says it was built for."""
    try:
        with open(path, "rb") as file:
            head = file.read(20)
    except OSError:
        return "an unknown system"
    if head[:4] == b"\x7fELF" and len(head) == 20:
        order = "<" if head[5] == 1 else ">"
        machine = struct.unpack(order + "H", head[18:20])[0]
        return f"Linux {_MACHINES.get(machine, f'on a machine of number {machine}')}"
    if head[:4] in (b"\xcf\xfa\xed\xfe", b"\xca\xfe\xba\xbe"):
        return "macOS"
    if head[:2] == b"MZ":
        return "Windows"
    return "no system at all: it is no program" if head else "no system at all: it is empty"
