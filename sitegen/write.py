"""The way out: a whole new tree beside the published one, then one exchange. Old site or new site, never a mixture.

The tree is built in `.<output>.sitegen/next-…` beside the output, flushed to the disk, and exchanged with the output by
`renameat2(RENAME_EXCHANGE)` (Linux 3.15) or `renamex_np(RENAME_SWAP)` (macOS 10.12). Where neither is to be had, the old tree is
renamed away and the new one renamed into its place: between the two there is a moment without a site, never one with half a
site. The previous tree stays in `.<output>.sitegen/previous` until the next build, for servers that still read from it.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import hashlib
import os
import shutil
import stat
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from sitegen.diagnostics import Diagnostic, Outcome, Span, error, warning

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from sitegen.model.page import Output

MANIFEST = ".sitegen.json"

# What people and tools keep in a folder that is published, beside what we write into it.
_THEIRS = {"CNAME", "README.md", "LICENSE", "LICENCE", "LICENSE.md"}

_OURS = {"preview", "check"}  # outputs that may lie in `.sitegen/`


class Manifest(msgspec.Struct, frozen=True):
    """What of an output folder is ours. `files`: path → digest of its bytes."""

    sitegen: int = 1  # version of this format
    files: dict[str, str] = {}


class Written(msgspec.Struct, frozen=True, gc=False):
    """A file of the new tree."""

    path: str
    digest: str
    size: int
    unchanged: bool  # the published file has the same bytes


class Publication(msgspec.Struct, frozen=True):
    """What an exchange changed. Paths are relative to the output."""

    written: tuple[str, ...]
    removed: tuple[str, ...]
    unchanged: int
    bytes: int


class PublishError(Exception):
    """The disk, or somebody else's build, is in the way. The message is for people; the old site stands."""


def read_manifest(output: Path) -> Mapping[str, str]:
    """What in `output` is ours: path → digest. Empty where no build has been.

    In place of a damaged manifest, which `refuse` refuses, the one of the previous tree speaks.
    """
    try:
        return _decoded(output)
    except FileNotFoundError:
        return {}
    except (OSError, msgspec.MsgspecError):
        with contextlib.suppress(OSError, msgspec.MsgspecError):
            return _decoded(_beside(output) / "previous")
        return {}


def _decoded(folder: Path) -> Mapping[str, str]:
    manifest = msgspec.json.decode((folder / MANIFEST).read_bytes(), type=Manifest)
    if manifest.sitegen != Manifest().sitegen:
        raise msgspec.ValidationError(f"a manifest of version {manifest.sitegen}")
    return manifest.files


def refuse(project: Path, output: Path, *, force: bool) -> tuple[Diagnostic, ...]:
    """Why `output` must not be written to, before anything is touched."""
    where = Span(_shown(project, output))
    real, root = _real(output), _real(project)
    if real == root or root.is_relative_to(real):
        return (
            error(
                "output-is-project",
                "the output folder is the project itself or holds it",
                where,
                "give a folder of its own with -o",
            ),
        )
    if any(part == ".sitegen" or part.endswith(".sitegen") for part in real.parts) and not (
        real.parent == root / ".sitegen" and real.name in _OURS
    ):
        message = "the output folder lies among sitegen's own files, which `sitegen clean` removes"
        return (error("output-is-ours", message, where, "give a folder of its own with -o"),)
    for name in ("content", "templates", "static"):
        if real.is_relative_to(_real(project / name)):
            return (
                error(
                    "output-in-content",
                    f"the output folder lies inside {name}/",
                    where,
                    "give a folder of its own with -o",
                ),
            )
    if output.is_symlink():
        return (
            error(
                "output-is-link",
                "the output is a symbolic link",
                where,
                f"write to the folder it names: -o {real}",
            ),
        )
    if output.exists() and not output.is_dir():
        return (error("output-is-file", "the output is a file", where, "give a folder with -o"),)
    if not force and (output / MANIFEST).is_file():
        try:
            _decoded(output)
        except (OSError, msgspec.MsgspecError):
            message = f"{MANIFEST}, which says what in the output is sitegen's, cannot be read"
            hint = "put it back (from git?), empty the folder, or let --force overwrite what is there"
            return (error("bad-manifest", message, where, hint),)
    if not force and output.is_dir() and not (output / MANIFEST).is_file():
        strangers = sorted(
            p.name for p in output.iterdir() if not p.name.startswith(".") and p.name not in _THEIRS
        )
        if strangers:
            named = ", ".join(strangers[:3]) + (" …" if len(strangers) > 3 else "")
            hint = "give another folder with -o, or --force to take this one over"
            return (
                error(
                    "foreign-output",
                    f"the output folder holds files that sitegen did not write: {named}",
                    where,
                    hint,
                ),
            )
    return ()


def would_shrink(project: Path, output: Path, paths: Iterable[str]) -> tuple[Diagnostic, ...]:
    """Whether publishing `paths` would lose more than a tenth of the pages that are there."""
    before = {path for path in read_manifest(output) if path.endswith(".html")}
    lost = before.difference(paths)
    if len(before) < 20 or len(lost) * 10 <= len(before):
        return ()
    message = f"the site would lose {len(lost)} of its {len(before)} pages, among them {min(lost)}"
    hint = "is a dump or a source missing? If this is what you want: --allow-shrink"
    return (error("would-shrink", message, Span(_shown(project, output)), hint),)


@contextlib.contextmanager
def locked(output: Path, *, patience: float = 60.0) -> Iterator[None]:
    """Hold the right to publish to `output`; wait up to `patience` seconds for another build to finish."""
    at = _beside(output) / "lock"
    until = time.monotonic() + patience
    while True:
        at.parent.mkdir(parents=True, exist_ok=True)
        with at.open("a+") as lock:
            while not _lock(lock.fileno()):
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


class Stage:
    """A new tree beside the published one. Its files may be written by several processes at once."""

    def __init__(self, output: Path, *, ours: Mapping[str, str]) -> None:
        self._output = output
        self._ours = ours
        beside = _beside(output)
        for left_over in beside.glob("next-*"):  # by a build that was killed: we hold the lock
            shutil.rmtree(left_over, ignore_errors=True)
        self.root = beside / f"next-{os.getpid()}"
        self.root.mkdir()
        self._folders = {""}

    def write(self, output: Output) -> Written:
        """Put a file into the tree: a hard link where the published one has the same bytes."""
        path, data = output.path, output.data
        digest = hashlib.blake2b(data, digest_size=16).hexdigest()
        folder = path.rpartition("/")[0]
        if folder not in self._folders:
            (self.root / folder).mkdir(parents=True, exist_ok=True)
            self._folders.add(folder)
        target = f"{self.root}/{path}"
        if self._ours.get(path) == digest and _same(published := f"{self._output}/{path}", data):
            with contextlib.suppress(OSError):  # no hard links here: a copy is as good
                os.link(published, target)
                return Written(path, digest, len(data), unchanged=True)
        descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
        try:
            view = memoryview(data)
            while view:
                view = view[os.write(descriptor, view) :]
        finally:
            os.close(descriptor)
        return Written(path, digest, len(data), unchanged=False)

    def discard(self) -> None:
        """Take the tree away again; what is published stays."""
        shutil.rmtree(self.root, ignore_errors=True)

    def carry_over(self, files: Iterable[Written], *, force: bool = False) -> Outcome[tuple[Written, ...]]:
        """Bring a person's own files and folders along: a CNAME, a .gitignore, a folder of slides.

        Returns what of our files stays: where a person's file stands in our place theirs is kept, unless `force`.
        """
        written = {file.path: file for file in files}
        folders = {parent for path in written for parent in _parents(path)}
        before = {parent for path in self._ours for parent in _parents(path)}
        problems: list[Diagnostic] = []
        walk = os.walk(self._output, onerror=_raise) if self._output.is_dir() else ()
        for here, names_of_folders, names in walk:
            inside = Path(here).relative_to(self._output).as_posix()
            prefix = "" if inside == "." else f"{inside}/"
            links = [name for name in names_of_folders if Path(here, name).is_symlink()]
            names_of_folders[:] = sorted(set(names_of_folders).difference(links))
            for name in list(names_of_folders):
                path = prefix + name
                if path in written and path not in self._ours:
                    problems.append(self._in_the_way(path, "a folder", "a file"))
                    names_of_folders.remove(name)
                elif path in folders or path not in before:
                    (self.root / path).mkdir(exist_ok=True)
                    shutil.copymode(Path(here, name), self.root / path)
            for name in sorted([*names, *links]):
                path = prefix + name
                if path in self._ours or path == MANIFEST or (force and path in written):
                    continue
                if path in folders:
                    problems.append(self._in_the_way(path, "a file", "a folder"))
                elif path not in written:
                    (self.root / path).parent.mkdir(parents=True, exist_ok=True)
                    _bring(Path(here, name), self.root / path)
                elif not _same(f"{self._output}/{path}", (self.root / path).read_bytes()):
                    (self.root / path).unlink()
                    _bring(Path(here, name), self.root / path)
                    del written[path]
                    message = f"{path} is not sitegen's: yours was kept, ours left out"
                    hint = "remove or rename it, or build with --force"
                    problems.append(warning("kept", message, Span(f"{self._output.name}/{path}"), hint))
        return Outcome(tuple(written.values()), tuple(problems))

    def _in_the_way(self, path: str, theirs: str, ours: str) -> Diagnostic:
        message = f"{path} is {theirs} that sitegen did not make, where {ours} of the site has to be"
        return error("in-the-way", message, Span(f"{self._output.name}/{path}"), "move it away")

    def publish(self, files: Iterable[Written]) -> Publication:
        """Exchange the tree with the published one."""
        written = {file.path: file for file in files}
        manifest = Manifest(files={path: written[path].digest for path in sorted(written)})
        (self.root / MANIFEST).write_bytes(msgspec.json.encode(manifest) + b"\n")
        _flush(self.root)
        self._exchange()
        fresh = tuple(sorted(path for path, file in written.items() if not file.unchanged))
        gone = tuple(sorted(set(self._ours) - set(written)))
        size = sum(file.size for file in written.values())
        return Publication(fresh, gone, len(written) - len(fresh), size)

    def _exchange(self) -> None:
        previous = _beside(self._output) / "previous"
        if previous.exists():
            doomed = previous.with_name(f"next-old-{os.getpid()}")
            previous.rename(doomed)
            shutil.rmtree(doomed, ignore_errors=True)
        if not self._output.exists():
            self._output.parent.mkdir(parents=True, exist_ok=True)
            self.root.rename(self._output)
        else:
            shutil.copymode(self._output, self.root)
            try:
                swapped = _swap(self.root, self._output)
            except OSError as problem:
                if problem.errno == errno.EBUSY:
                    raise PublishError(
                        f"{self._output} is a mount point and cannot be exchanged; build into a folder below it"
                    ) from problem
                raise
            if swapped:
                self.root.rename(previous)
            else:
                under_way = _beside(self._output) / _UNDER_WAY
                under_way.touch()
                self._output.rename(previous)
                self.root.rename(self._output)
                under_way.unlink()
        _flush_folder(self._output.parent)


def heal(output: Path) -> None:
    """After a crash between two renames (systems without an exchange) the previous site goes back into its place."""
    under_way, previous = _beside(output) / _UNDER_WAY, _beside(output) / "previous"
    if under_way.exists():
        if not output.exists() and previous.is_dir():
            previous.rename(output)
        under_way.unlink()


_UNDER_WAY = "exchange-under-way"


def clean(output: Path) -> tuple[str, ...]:
    """Remove what the manifest says is ours, folders that this empties, and our folder beside the output. Returns the paths."""
    removed = []
    with locked(output):
        for path in read_manifest(output):
            target = output / path
            if _inside(output, target) and (target.is_file() or target.is_symlink()):
                target.unlink()
                removed.append(path)
        for folder in sorted({(output / path).parent for path in removed}, key=lambda p: -len(p.parts)):
            while folder != output and folder.is_dir() and not any(folder.iterdir()):
                folder.rmdir()
                folder = folder.parent  # noqa: PLW2901  climbs
        (output / MANIFEST).unlink(missing_ok=True)
        shutil.rmtree(_beside(output), ignore_errors=True)  # whoever waits for the lock makes a new one
    return tuple(removed)


def _beside(output: Path) -> Path:
    return output.parent / f".{output.name}.sitegen"


def _real(path: Path) -> Path:
    return path.resolve()


def _inside(root: Path, path: Path) -> bool:
    return path.parent.resolve().is_relative_to(root.resolve())


def _shown(project: Path, path: Path) -> str:
    return Path(os.path.relpath(path, project)).as_posix()


def _same(path: str, data: bytes) -> bool:
    try:
        # A pipe in place of a file must not keep us waiting.
        flags = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
        descriptor = os.open(path, os.O_RDONLY | flags)
    except OSError:
        return False
    with os.fdopen(descriptor, "rb", buffering=0) as file:
        at = os.fstat(descriptor)
        return stat.S_ISREG(at.st_mode) and at.st_size == len(data) and file.readall() == data


def _parents(path: str) -> Iterator[str]:
    while path := path.rpartition("/")[0]:
        yield path


def _raise(problem: OSError) -> None:
    raise problem


def _bring(source: Path, target: Path) -> None:
    if source.is_symlink():
        target.symlink_to(source.readlink())
        return
    try:
        target.hardlink_to(source)
    except OSError as problem:
        if problem.errno not in {errno.EXDEV, errno.EPERM, errno.EMLINK, errno.ENOTSUP}:
            raise
        shutil.copy2(source, target)


def _lock(descriptor: int) -> bool:
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


_AT_FDCWD = -100
_RENAME_EXCHANGE = 2


def _swap(one: Path, other: Path) -> bool:
    """Exchange two folders in one step. False where the system cannot."""
    libc = _libc()
    if libc is None:
        return False
    if sys.platform == "linux" and hasattr(libc, "renameat2"):
        failed = libc.renameat2(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE)
    elif sys.platform == "darwin" and hasattr(libc, "renamex_np"):
        failed = libc.renamex_np(os.fsencode(one), os.fsencode(other), _RENAME_EXCHANGE)
    else:
        return False
    if not failed:
        return True
    number = ctypes.get_errno()
    if number in {errno.ENOSYS, errno.EINVAL, errno.ENOTSUP}:
        return False
    raise OSError(number, os.strerror(number), str(other))


def _flush(root: Path) -> None:
    """Have the whole tree on the disk before it is published. One call per file system beats one per file by far."""
    libc = _libc()
    if libc is not None and sys.platform == "linux" and hasattr(libc, "syncfs"):
        descriptor = os.open(root, os.O_RDONLY)
        try:
            if libc.syncfs(descriptor):
                number = ctypes.get_errno()
                raise OSError(number, os.strerror(number), str(root))
        finally:
            os.close(descriptor)
        return
    for here, _, names in os.walk(root):
        for name in names:
            with Path(here, name).open("rb") as file:
                os.fsync(file.fileno())
        _flush_folder(Path(here))


def _flush_folder(folder: Path) -> None:
    if sys.platform == "win32":  # has no handle to a folder
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _libc() -> ctypes.CDLL | None:
    return ctypes.CDLL(None, use_errno=True) if os.name == "posix" else None
