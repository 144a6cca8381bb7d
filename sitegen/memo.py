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
from typing import TYPE_CHECKING, Any

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sitegen.model.source import SourceFile

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


def recall(project: Path, output: Path, kind: type[Any]) -> Any | None:
    """What `remember` kept for this output, or None: nothing, damaged, or of another version."""
    try:
        return msgspec.msgpack.decode(_file(project, output).read_bytes(), type=kind)
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
        return None


def remember(project: Path, output: Path, value: Any) -> None:
    """Keep a value for the next build. A project that cannot be written to simply has no memory."""
    file = _file(project, output)
    with contextlib.suppress(OSError):
        file.parent.mkdir(exist_ok=True)
        fresh = file.with_name(f"{file.name}.{os.getpid()}")
        fresh.write_bytes(msgspec.msgpack.encode(value))
        fresh.replace(file)


def _file(project: Path, output: Path) -> Path:
    name = hashlib.blake2b(str(output).encode("utf-8", "surrogateescape"), digest_size=6).hexdigest()
    return project / FOLDER / f"build-{name}.msgpack"


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
