"""The conversation with one child: bytes in, bytes out, on one thread, with back-pressure both
ways.

The child is fed only as fast as it reads, and read as fast as it writes; at most one portion is in
memory, and a pipe's worth on either side. The pipes are non-blocking and watched together, so that
neither side can wait for the other for ever.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import fcntl
import os
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from needscast_spark.errors import TaskFault

# Large pipes let the child work on while this side converts rows: 1 MiB is what Linux allows to
# anybody.
_PIPE_BYTES = 1 << 20
# What is kept of standard error for messages; the tally is its last line.
_KEPT_COMPLAINTS = 8 << 10
# How often a silent child's processor time is looked at, in seconds.
_GLANCE = 1.0
_PR_SET_PDEATHSIG = 1


@dataclass(frozen=True)
class Patience:
    """How long a child may give no sign of life.

    Args:
        asleep: Seconds in which it neither takes nor gives a byte *and* its processor time stands
            still. Where processor time cannot be read (elsewhere than on Linux), the bytes alone
            count.
        silent: Seconds in which it may compute without taking or giving a byte; none for no limit.
            One large pool is silent for as long as its model takes.
    """

    asleep: float = 600.0
    silent: float | None = None


@dataclass
class Ending:
    """How a child ended, and what it took.

    Attributes:
        status: Its exit code; the negative number of the signal that ended it.
        complaints: The last of what it wrote to standard error.
        processor_seconds: Its processor time, user and system.
        peak_bytes: The most memory that it held whenever it gave something.
        took_all: Whether it read its input to the end.
    """

    status: int
    complaints: str
    processor_seconds: float
    peak_bytes: int
    took_all: bool


class Child:
    """A command that is running, and the only three pipes to it.

    Args:
        command: The executable's path and its arguments.
        patience: How long it may give no sign of life.

    Raises:
        OSError: The system cannot start it; :func:`needscast_spark.binary.start_trouble` words
            that.
    """

    def __init__(self, command: list[str], patience: Patience) -> None:
        self._patience = patience
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            bufsize=0,
            preexec_fn=_die_with_parent(),
        )
        assert self._process.stdin and self._process.stdout and self._process.stderr
        self._input = self._process.stdin.fileno()
        self._output = self._process.stdout.fileno()
        self._errors = self._process.stderr.fileno()
        for pipe in (self._input, self._output, self._errors):
            os.set_blocking(pipe, False)
        for pipe in (self._input, self._output):
            _enlarge(pipe)
        self._complaints = bytearray()
        self._took_all = False
        self._last_byte = self._last_sign = time.monotonic()
        self._processor_ticks = -1
        self._peak_bytes = 0
        #: Seconds spent waiting until the child took or gave something.
        self.seconds_waited = 0.0
        #: Bytes that the child took and gave.
        self.bytes_in = 0
        self.bytes_out = 0

    def talk(self, portions: Iterator[bytes]) -> Iterator[bytes]:
        """Feeds the child portion by portion and gives its output as it comes, to the end of both.

        The next portion is asked for when the one before has gone into the pipe. A child that stops
        reading is fed no more; whether that was right is for the caller to judge by its
        :meth:`ending`.

        Raises:
            TaskFault: The child gave no sign of life for longer than patience lasts.
        """
        pending = memoryview(b"")
        more = True
        with selectors.DefaultSelector() as pipes:
            pipes.register(self._output, selectors.EVENT_READ)
            pipes.register(self._errors, selectors.EVENT_READ)
            while self._output in pipes.get_map():
                if more and not pending:
                    portion = next(portions, None)
                    # Time that the caller took, for this or for what it was given, is not the
                    # child's.
                    self._sign_of_life()
                    if portion is None:
                        more = False
                        self._took_all = True
                        self._close_input()
                    elif portion:
                        pending = memoryview(portion)
                        if self._input not in pipes.get_map():
                            pipes.register(self._input, selectors.EVENT_WRITE)
                for key, _ in self._wait(pipes):
                    if key.fd == self._input:
                        try:
                            pending = self._feed(pending)
                        except BrokenPipeError:
                            pending, more = memoryview(b""), False
                        if not pending:
                            pipes.unregister(self._input)
                    elif key.fd == self._output:
                        piece = self._read(self._output)
                        if piece:
                            self.bytes_out += len(piece)
                            self._note_memory()
                            yield piece
                            self._sign_of_life()
                        elif piece is not None:
                            pipes.unregister(self._output)
                    elif not self._hear(pipes):
                        pipes.unregister(self._errors)

    def ending(self) -> Ending:
        """Waits for the child's end, after :meth:`talk` has come to its own.

        Raises:
            TaskFault: The child gave no sign of life for longer than patience lasts.
        """
        self._close_input()
        with selectors.DefaultSelector() as pipes:
            pipes.register(self._errors, selectors.EVENT_READ)
            while self._errors in pipes.get_map():
                for _ in self._wait(pipes):
                    if not self._hear(pipes):
                        pipes.unregister(self._errors)
        pause = 0.001
        while True:
            ended, status, use = os.wait4(self._process.pid, os.WNOHANG)
            if ended:
                break
            self._check_patience()
            time.sleep(pause)
            pause = min(2 * pause, 0.1)
        self._process.returncode = os.waitstatus_to_exitcode(status)
        return Ending(
            status=self._process.returncode,
            complaints=self._complaints.decode("utf-8", "replace"),
            processor_seconds=use.ru_utime + use.ru_stime,
            # What the system says at the end counts this process too, of which the child was a
            # copy at first; it is only the last resort.
            peak_bytes=self._peak_bytes or use.ru_maxrss << 10,
            took_all=self._took_all,
        )

    def close(self) -> None:
        """Ends the child if it has not ended, and leaves nothing of it. May be called again."""
        if self._process.returncode is None:
            self._process.kill()
            self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout, self._process.stderr):
            if pipe and not pipe.closed:
                pipe.close()

    def _close_input(self) -> None:
        assert self._process.stdin
        if not self._process.stdin.closed:
            self._process.stdin.close()

    def _feed(self, pending: memoryview) -> memoryview:
        try:
            written = os.write(self._input, pending)
        except BlockingIOError:
            return pending
        self.bytes_in += written
        self._sign_of_life()
        return pending[written:]

    def _read(self, pipe: int) -> bytes | None:
        """What is there to read: nothing at its end, none where nothing is there yet."""
        try:
            piece = os.read(pipe, _PIPE_BYTES)
        except BlockingIOError:
            return None
        self._sign_of_life()
        return piece

    def _hear(self, pipes: selectors.BaseSelector) -> bool:
        """Keeps the last of what is complained of; false at its end."""
        piece = self._read(self._errors)
        if piece:
            self._complaints += piece
            del self._complaints[:-_KEPT_COMPLAINTS]
        return piece is None or bool(piece)

    def _wait(self, pipes: selectors.BaseSelector) -> list[tuple[selectors.SelectorKey, int]]:
        begun = time.monotonic()
        ready = pipes.select(min(_GLANCE, self._patience.asleep / 4))
        self.seconds_waited += time.monotonic() - begun
        if not ready:
            self._check_patience()
        return ready

    def _note_memory(self) -> None:
        self._peak_bytes = max(self._peak_bytes, _memory_peak(self._process.pid))

    def _sign_of_life(self) -> None:
        self._last_byte = self._last_sign = time.monotonic()

    def _check_patience(self) -> None:
        now = time.monotonic()
        ticks = _processor_ticks(self._process.pid)
        if ticks != self._processor_ticks:
            self._processor_ticks = ticks
            self._last_sign = now
        if now - self._last_sign > self._patience.asleep:
            raise TaskFault(
                "the command has neither taken nor given a byte, nor used the processor, for "
                f"{self._patience.asleep:g} seconds, and was ended; if its machine is that busy, "
                f"give it more with timeout={2 * self._patience.asleep:g}"
                + said(self._complaints.decode("utf-8", "replace"))
            )
        silent = self._patience.silent
        if silent is not None and now - self._last_byte > silent:
            raise TaskFault(
                f"the command has computed for {silent:g} seconds without taking or giving a byte, "
                "and was ended; a large pool may take that long: give it more with silence="
                f"{2 * silent:g}, or none" + said(self._complaints.decode("utf-8", "replace"))
            )


def said(complaints: str) -> str:
    """What standard error says as the end of a sentence; nothing where it says nothing.

    After arguments that it cannot read, the command writes its error first and its usage after it;
    otherwise the last line is what counts.
    """
    lines = [line.strip() for line in complaints.splitlines() if line.strip()]
    errors = [line for line in lines if line.startswith("Error: ")]
    if errors:
        return "; it says: " + errors[-1].removeprefix("Error: ")
    return f"; its last words were: {lines[-1]}" if lines else ""


def _die_with_parent() -> Callable[[], None] | None:
    """On Linux, has the system end the child when this process is killed, however that happens.

    A Python worker of Spark is ended by SIGKILL when its task is, and can then end nobody itself. A
    child that computes would notice its closed pipes only with its next row, one that hangs never.
    What runs between fork and exec is two system calls.
    """
    if not sys.platform.startswith("linux"):
        return None
    library = ctypes.CDLL(None, use_errno=True)
    parent = os.getpid()

    def ask() -> None:
        library.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:
            os._exit(1)

    return ask


def _enlarge(pipe: int) -> None:
    """Asks for a large pipe; a smaller one will do where there is none to be had."""
    size = getattr(fcntl, "F_SETPIPE_SZ", None)
    if size is not None:
        with contextlib.suppress(OSError):
            fcntl.fcntl(pipe, size, _PIPE_BYTES)


def _memory_peak(process: int) -> int:
    """The most memory that a process has held since it was started, in bytes; 0 where not told."""
    with contextlib.suppress(OSError), open(f"/proc/{process}/status", "rb") as file:
        for line in file:
            if line.startswith(b"VmHWM:"):
                return int(line.split()[1]) << 10
    return 0


def _processor_ticks(process: int) -> int:
    """The processor time of a process with its threads, in ticks; 0 where it is not told."""
    try:
        with open(f"/proc/{process}/stat", "rb") as file:
            # The name of the program stands in parentheses and may hold anything.
            fields = file.read().rpartition(b")")[2].split()
        return int(fields[11]) + int(fields[12])
    except OSError as problem:
        if problem.errno not in (errno.ENOENT, errno.ESRCH, errno.EACCES):
            raise
        return 0
