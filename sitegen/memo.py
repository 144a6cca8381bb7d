"""What a build may remember: that nothing changed since the last one, and what that one said.

The memory is a file in `.sitegen/`, safe to delete at any time and safe to be interrupted: it is replaced whole, and it is
believed only where the digests of every input and the looks of every output agree with it.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sitegen.model.source import SourceFile

T = TypeVar("T")

FOLDER = ".sitegen"


def key_of(files: Iterable[SourceFile], *others: Any) -> str:
    """A digest of everything that a build depends on: inputs, options, and the program itself."""
    seen = hashlib.blake2b(digest_size=16)
    seen.update(repr(others).encode("utf-8", "surrogatepass"))
    for file in files:
        seen.update(f"{file.path}\0{file.digest}\0".encode("utf-8", "surrogatepass"))
    return seen.hexdigest()


def looks_of(output: Path, paths: Iterable[str]) -> Mapping[str, tuple[int, int]] | None:
    """Size and time of change of every output, or None where one is missing."""
    looks = {}
    for path in paths:
        try:
            at = os.stat(f"{output}/{path}", follow_symlinks=False)  # noqa: PTH116  20,000 times
        except OSError:
            return None
        looks[path] = (at.st_size, at.st_mtime_ns)
    return looks


class Shelf:
    """The memory of builds into one output: a few named values, each believed under its own key alone.

    With `clean` it recalls nothing; what is remembered takes the place of what was there.
    """

    def __init__(self, project: Path, output: Path, *, clean: bool = False) -> None:
        of = hashlib.blake2b(str(output).encode("utf-8", "surrogateescape"), digest_size=6).hexdigest()
        self._stem = f"{project}/{FOLDER}/%s-{of}.msgpack"
        self._clean = clean

    def recall(self, name: str, key: bytes, kind: type[T]) -> T | None:
        """What was remembered under this name and key; None: nothing, damaged, or of another version."""
        if self._clean:
            return None
        try:
            known, value = _DECODER.decode(Path(self._stem % name).read_bytes())
            return msgspec.msgpack.decode(value, type=kind) if known == key else None
        except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
            return None

    def remember(self, name: str, key: bytes, value: Any) -> None:
        """Keep a value for the next build. A project that cannot be written to simply has no memory."""
        file = Path(self._stem % name)
        with contextlib.suppress(OSError):
            file.parent.mkdir(exist_ok=True)
            fresh = file.with_name(f"{file.name}.{os.getpid()}")
            fresh.write_bytes(msgspec.msgpack.encode((key, msgspec.Raw(msgspec.msgpack.encode(value)))))
            fresh.replace(file)


_DECODER = msgspec.msgpack.Decoder(tuple[bytes, msgspec.Raw])


@cache
def program() -> str:
    """A digest of what the program is made of: its own files and the libraries that shape the output."""
    from importlib.metadata import PackageNotFoundError, version

    parts = [sys.version]
    for name in ("bibtexparser", "jinja2", "latex2mathml", "lunr", "markdown", "msgspec", "nh3", "pyyaml"):
        with contextlib.suppress(PackageNotFoundError):
            parts.append(f"{name} {version(name)}")
    package = Path(__file__).parent
    for file in sorted(package.rglob("*.py")):
        source = hashlib.blake2b(file.read_bytes(), digest_size=16).hexdigest()
        parts.append(f"{file.relative_to(package)} {source}")
    return hashlib.blake2b(repr(parts).encode(), digest_size=16).hexdigest()
