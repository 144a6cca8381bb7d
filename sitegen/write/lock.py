"""One build at a time publishes to an output."""

from __future__ import annotations

import contextlib
import os
import sys
import time
from typing import TYPE_CHECKING

from sitegen.write.exchange import PublishError
from sitegen.write.manifest import beside

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextlib.contextmanager
def locked(output: Path, *, patience: float = 60.0) -> Iterator[None]:
    """Hold the right to publish to `output`; wait up to `patience` seconds for another build to finish."""
    at = beside(output) / "lock"
    until = time.monotonic() + patience
    while True:
        at.parent.mkdir(parents=True, exist_ok=True)
        with at.open("a+") as lock:
            while not lock_file(lock.fileno()):
                if time.monotonic() > until:
                    lock.seek(0)
                    raise PublishError(
                        f"another build ({lock.read().strip() or 'unknown'}) is publishing to {output.name}/; "
                        "try again when it is done"
                    )
                time.sleep(0.05)
            if not _is(at, lock.fileno()):
                continue  # `clean` took the file away while we waited for it
            lock.truncate(0)
            lock.write(f"process {os.getpid()}")
            lock.flush()
            yield
            return


def _is(path: Path, descriptor: int) -> bool:
    try:
        return os.path.samestat(path.stat(), os.fstat(descriptor))
    except FileNotFoundError:
        return False


def lock_file(descriptor: int) -> bool:
    if sys.platform == "win32":
        import msvcrt

        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True
    import fcntl

    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
