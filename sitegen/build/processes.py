"""Work beside one's own. Forked processes see all values without copying them; only results come back, by pipe."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
import time
from contextlib import contextmanager, suppress
from functools import partial
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import msgspec

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

T = TypeVar("T")

CAN_FORK = hasattr(os, "fork")


class Line:
    """One end of a pipe between two processes. What is said on it is of kinds that msgspec knows."""

    def __init__(self, pipe: Any) -> None:
        self._pipe = pipe

    def say(self, value: object) -> None:
        """GoneError where nobody is at the other end any more."""
        try:
            self._pipe.send_bytes(msgspec.msgpack.encode(value))
        except (BrokenPipeError, ConnectionResetError):
            raise GoneError from None

    def hear(self, kind: Any) -> Any:
        """What comes next from the other end, once it is there; GoneError where nothing does."""
        try:
            said = self._pipe.recv_bytes()
        except (EOFError, ConnectionResetError):
            raise GoneError from None
        return msgspec.msgpack.decode(said, type=kind)

    def close(self) -> None:
        """Nothing more is said or heard at this end."""
        self._pipe.close()


class GoneError(Exception):
    """The process at the other end of a line has ended."""


class Other:
    """Another process, at work on a function that is given its end of the line. There has to be `CAN_FORK`."""

    def __init__(self, work: Callable[[Line], None]) -> None:
        context = multiprocessing.get_context("fork")
        with _uninterrupted():
            ours, theirs = map(Line, context.Pipe())
            self._line = ours
            self._process = context.Process(target=_work, args=(work, theirs, ours, os.getpid()), daemon=True)
            self._process.start()
            theirs.close()

    def say(self, value: object) -> None:
        """Tell it something; EndedError where it has ended."""
        try:
            self._line.say(value)
        except GoneError:
            self.finish()
            raise EndedError(self._process.exitcode or 0) from None

    def hear(self, kind: Any) -> Any:
        """What it says next, of this kind; EndedError where it ends without a word."""
        try:
            return self._line.hear(kind)
        except GoneError:
            self.finish()
            raise EndedError(self._process.exitcode or 0) from None

    def finish(self) -> None:
        """Wait until it has done all of its work."""
        self._process.join()

    def stop(self) -> None:
        """End it, whatever it is at."""
        self._process.terminate()
        self._process.join()
        self._line.close()


class Forked(Generic[T]):
    """A function at work in another process; in this one, once its result is wanted, where `forks` is false."""

    def __init__(self, run: Callable[[], T], kind: Any, *, forks: bool) -> None:
        self._run, self._kind = run, kind
        self._other = Other(partial(_tell, run)) if forks and CAN_FORK else None

    def result(self) -> T:
        """What the function returned, of type `kind`. Its OSError is raised here; another exception is our bug."""
        if self._other is None:
            return self._run()
        # It has nothing more to do than to end, which takes a large one some time: nobody has to wait for that.
        failed, value = self._other.hear(tuple[bool, msgspec.Raw])
        if failed:
            raise OSError(*msgspec.msgpack.decode(value))
        return msgspec.msgpack.decode(value, type=self._kind)  # type: ignore[no-any-return]

    def stop(self) -> None:
        """End the work, whatever has become of it."""
        if self._other is not None:
            self._other.stop()


class Beside(Generic[T]):
    """A function at work in a thread of this process: one that waits for the disk, or has all its work done outside of Python."""

    def __init__(self, run: Callable[[], T]) -> None:
        self._value: T
        self._problem: BaseException | None = None
        # The thread lets go of the function, and of all that it holds, once it has run.
        self._thread = threading.Thread(target=self._work, args=(run,), daemon=True)
        self._thread.start()

    def result(self) -> T:
        """What the function returned. What it raised is raised here."""
        self.wait()
        if self._problem is not None:
            raise self._problem
        return self._value

    @property
    def is_over(self) -> bool:
        """Whether nothing has to be waited for."""
        return not self._thread.is_alive()

    def wait(self) -> None:
        """Return once it is over, whatever came of it."""
        self._thread.join()

    def _work(self, run: Callable[[], T]) -> None:
        try:
            self._value = run()
        except BaseException as problem:  # noqa: BLE001  for whoever waits for it
            self._problem = problem


class EndedError(Exception):
    """A process of ours ended without an answer: somebody killed it, or its own traceback stands above."""

    def __init__(self, code: int) -> None:
        super().__init__(
            "a process of the build was ended, perhaps for lack of memory; try it with --jobs 1"
            if code < 0
            else "a process of the build failed; what it said stands above"
        )


class Counter:
    """Numbers from 0 on, each given to one process alone."""

    def __init__(self) -> None:
        with _uninterrupted():
            self._value = multiprocessing.get_context("fork" if CAN_FORK else None).Value("q", 0)

    def take(self) -> int:
        """The next number."""
        with self._value.get_lock():
            number = int(self._value.value)
            self._value.value = number + 1
        return number


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Keep an interrupt waiting: what is half a process, here or there, would tell of it in a traceback."""
    if not CAN_FORK:
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _tell(run: Callable[[], object], line: Line) -> None:
    try:
        answer = (False, run())
    except OSError as problem:
        answer = (True, (problem.errno or 0, problem.strerror or str(problem), str(problem.filename or "")))
    line.say(answer)


def _work(work: Callable[[Line], None], line: Line, theirs: Line, first: int) -> None:
    # With their end open here, too, we would wait for ever once the first process is gone.
    theirs.close()
    signal.signal(
        signal.SIGINT, signal.SIG_IGN
    )  # the terminal interrupts every process; the first one ends us
    _end_with(first)
    multiprocessing.current_process().daemon = False  # a daemon is not allowed processes of its own
    with suppress(GoneError):  # who waited for it was ended
        work(line)
    line.close()


def _end_with(first: int) -> None:
    """End this process when the first one is killed: it may hold the lock that the next build waits for."""

    def watch() -> None:
        while os.getppid() == first:
            time.sleep(0.2)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
