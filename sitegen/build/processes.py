"""Work in processes of its own. Forked ones see all values without copying them; only results come back, by pipe."""

from __future__ import annotations

import multiprocessing
import os
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import msgspec

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")

CAN_FORK = hasattr(os, "fork")


class Forked(Generic[T]):
    """A function at work in another process; in this one, once its result is wanted, where `forks` is false."""

    def __init__(self, run: Callable[[], T], kind: Any, *, forks: bool) -> None:
        self._run, self._kind = run, kind
        self._process: Any = None
        if forks and CAN_FORK:
            context = multiprocessing.get_context("fork")
            self._pipe, theirs = context.Pipe(duplex=False)
            self._process = context.Process(target=_work, args=(run, theirs), daemon=True)
            self._process.start()
            theirs.close()

    def result(self) -> T:
        """What the function returned, of type `kind`. Its OSError is raised here; another exception is our bug."""
        if self._process is None:
            return self._run()
        try:
            data = self._pipe.recv_bytes()
        except EOFError:
            raise RuntimeError("a process of the build ended; what it said stands above") from None
        self._process.join()
        failed, value = msgspec.msgpack.decode(data, type=tuple[bool, msgspec.Raw])
        if failed:
            raise OSError(*msgspec.msgpack.decode(value))
        return msgspec.msgpack.decode(value, type=self._kind)  # type: ignore[no-any-return]

    def stop(self) -> None:
        """End the work, whatever has become of it."""
        if self._process is not None:
            self._process.terminate()
            self._process.join()
            self._pipe.close()


class Counter:
    """Numbers from 0 on, each given to one process alone."""

    def __init__(self) -> None:
        self._value = multiprocessing.get_context("fork" if CAN_FORK else None).Value("q", 0)

    def take(self) -> int:
        """The next number."""
        with self._value.get_lock():
            number = int(self._value.value)
            self._value.value = number + 1
        return number


def _work(run: Callable[[], Any], pipe: Any) -> None:
    try:
        answer = (False, run())
    except KeyboardInterrupt:  # the terminal interrupts every process; the first one says so
        os._exit(130)
    except OSError as problem:
        answer = (True, (problem.errno or 0, problem.strerror or str(problem), str(problem.filename or "")))
    pipe.send_bytes(msgspec.msgpack.encode(answer))
    pipe.close()
