"""What builds remember of earlier ones, in files: what the last one said and made, and values that took long to make.

Each is a file in `.sitegen/`, safe to delete at any time and safe to be interrupted: it is replaced whole, and believed
only where it is sound and all that it came from, the program included, has the digests of that time.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import stat
import sys
import zlib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

from sitegen.regular import look_of, open_regular, read_regular

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from sitegen.model.source import SourceFile

T = TypeVar("T")

FOLDER = ".sitegen"

# That have a say in what is built, by the names of their distributions.
LIBRARIES = (
    "bibtexparser",
    "jinja2",
    "latex2mathml",
    "lunr",
    "markdown",
    "markupsafe",
    "msgspec",
    "nh3",
    "pyyaml",
)


def key_of(files: Iterable[SourceFile], *others: Any) -> str:
    """A digest of everything that a build depends on: inputs, options, and the program itself."""
    seen = hashlib.blake2b(digest_size=16)
    seen.update(repr(others).encode("utf-8", "surrogatepass"))
    for file in files:
        seen.update(f"{file.path}\0{file.digest}\0".encode("utf-8", "surrogatepass"))
    return seen.hexdigest()


def looks_of(output: Path, paths: Iterable[str]) -> Mapping[str, tuple[int, int]] | None:
    """Size and time of change of every output, or None where one is no file or lies behind a link."""
    looks = {}
    folders = {""}
    for path in paths:
        try:
            for folder in _folders_of(path, folders):
                if not stat.S_ISDIR(os.lstat(f"{output}/{folder}").st_mode):
                    return None
            at = os.lstat(f"{output}/{path}")
        except OSError:
            return None
        if not stat.S_ISREG(at.st_mode):
            return None
        looks[path] = look_of(at)
    return looks


def _folders_of(path: str, seen: set[str]) -> Iterator[str]:
    """The folders that hold a file, inner ones first, up to one that was `seen`, which grows."""
    while (path := path.rpartition("/")[0]) not in seen:
        seen.add(path)
        yield path


class Shelf:
    """The memory of builds into one output: a few named values, each believed under its own key alone.

    With `clean` it recalls nothing; what is remembered takes the place of what was there. What reads only, remembers
    nothing: it may be at work beside a build.
    """

    def __init__(self, project: Path, output: Path, *, clean: bool = False, reads_only: bool = False) -> None:
        of = hashlib.blake2b(str(output).encode("utf-8", "surrogateescape"), digest_size=6).hexdigest()
        self._stem = f"{project}/{FOLDER}/%s-{of}.msgpack"
        self._clean = clean
        self._reads_only = reads_only

    def recall(self, name: str, key: bytes, kind: type[T]) -> T | None:
        """What was remembered under this name and key; None: nothing, damaged, or of another version."""
        last = self.latest(name, kind, key)
        return last[1] if last else None

    def latest(self, name: str, kind: type[T], key: bytes | None = None) -> tuple[bytes, T] | None:
        """The key of what was remembered last under this name, and the value, to be believed under that key alone.

        None as `recall` has it; where a `key` is asked for, and it is another one, too.
        """
        if self._clean:
            return None
        try:
            known, check, value = _parts(read_regular(self._stem % name))
            if (key is None or known == key) and check == _check(known, value):
                return bytes(known), msgspec.msgpack.decode(value, type=kind)
        except (OSError, msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
            pass
        return None

    def look(self, name: str) -> tuple[str | int, ...]:
        """What says which value under this name it is, without reading it: where it lies, and when it was put there."""
        path = self._stem % name
        try:
            at = os.stat(path)  # noqa: PTH116
        except OSError:
            return (path,)
        return path, at.st_ino, at.st_size, at.st_mtime_ns, at.st_ctime_ns

    def remember(self, name: str, key: bytes, value: Any) -> None:
        """Keep a value for the next build. A project that cannot be written to simply has no memory."""
        if self._reads_only:
            return
        with contextlib.suppress(UnicodeEncodeError):  # a lone surrogate, which JSON can write
            encoded = msgspec.msgpack.encode(value)
            self._replace(name, (bytes([len(key)]), key, _check(key, encoded), encoded))

    def recall_row(self, name: str, key: bytes, kind: type[T]) -> list[T] | None:
        """The values of this kind that `remember_row` was given, as `recall` has one.

        Read block by block: what they are read from, which may be larger than all else, is never in memory as a whole.
        """
        blocks = self.recall(name, key, list[tuple[int, int]])
        if blocks is None:
            return None
        values: list[T] = []
        decoder = msgspec.msgpack.Decoder(list[kind])  # type: ignore[valid-type]
        try:
            with open_regular(self._stem % f"{name}-row") as file:
                for size, check in blocks:
                    block = file.read(size)
                    if zlib.crc32(block) != check:
                        return None
                    values += decoder.decode(block)
        except (OSError, msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
            return None
        return values

    def remember_row(self, name: str, key: bytes, values: Sequence[Any]) -> None:
        """Keep many values of one kind."""
        if self._reads_only:
            return
        written: list[tuple[int, int]] = []

        def blocks() -> Iterator[bytes]:
            for at in range(0, len(values), _BLOCK):
                block = msgspec.msgpack.encode(values[at : at + _BLOCK])
                written.append((len(block), zlib.crc32(block)))
                yield block

        if self._replace(f"{name}-row", blocks()):
            self.remember(name, key, written)

    def _replace(self, name: str, pieces: Iterable[bytes]) -> bool:
        """Put a file in place of the last one, which stands where that fails."""
        file = Path(self._stem % name)
        fresh = file.with_name(f"{file.name}.next")
        try:
            file.parent.mkdir(exist_ok=True)
            # Of a killed build; a pipe would wait for somebody who reads.
            fresh.unlink(missing_ok=True)
            with fresh.open("xb") as opened:
                opened.writelines(pieces)
            fresh.replace(file)
        except (OSError, UnicodeEncodeError):
            with contextlib.suppress(OSError):  # it may be large, and the disk full
                fresh.unlink(missing_ok=True)
            return False
        return True


_BLOCK = 32  # values of a row: of papers, about 100 kB


def _parts(data: bytes) -> tuple[memoryview, memoryview, memoryview]:
    """The key, the check and the value of a file, none of them looked at nor copied, as the value may be large."""
    view = memoryview(data)
    end = 1 + int.from_bytes(view[:1], "big")
    return view[1:end], view[end : end + 4], view[end + 4 :]


def _check(key: bytes | memoryview, value: bytes | memoryview) -> bytes:
    """A flipped bit mostly decodes, to something that was never so."""
    return zlib.crc32(value, zlib.crc32(key)).to_bytes(4, "big")


@cache
def program() -> str:
    """A digest of what the program is made of: its own files and the libraries that shape the output."""
    parts = [sys.version, zlib.ZLIB_RUNTIME_VERSION]  # blocks of the search index are packed by it
    parts += _installed()
    seen = hashlib.blake2b(repr(parts).encode(), digest_size=16)
    package = os.path.dirname(__file__)  # noqa: PTH120  text throughout: 300 files
    for path in sorted(_sources(package)):
        with open(path, "rb", buffering=0) as file:  # noqa: PTH123
            source = file.read()
        seen.update(f"{path[len(package) :]}\0{len(source)}\0".encode())
        seen.update(source)
    return seen.hexdigest()


def _installed() -> Iterator[str]:
    """What says the versions of libraries, as `jinja2-3.1.6.dist-info`, in the order in which they are found: `importlib.metadata`
    reads it, and takes long to load.
    """
    for folder in sys.path:
        with contextlib.suppress(OSError):
            for name in sorted(os.listdir(folder or ".")):  # noqa: PTH208  as above
                if name.endswith((".dist-info", ".egg-info")) and name.partition("-")[0].lower() in LIBRARIES:
                    yield name


def _sources(folder: str) -> Iterator[str]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir():
                yield from _sources(entry.path)
            elif entry.name.endswith(".py"):
                yield entry.path
