"""A new tree beside the published one."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import stat
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from sitegen.diagnostics import Diagnostic, Outcome, Span, error, warning
from sitegen.regular import look_of
from sitegen.write import exchange
from sitegen.write.looks import beside_ours, look_at
from sitegen.write.manifest import MANIFEST, Manifest, beside
from sitegen.write.previous import give_back, take_over
from sitegen.write.published import digest_of, look_if_same

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from collections.abc import Set as AbstractSet

    from sitegen.model.page import Output
    from sitegen.write.looks import Known, Looks


class Written(msgspec.Struct, frozen=True, gc=False):
    """A file of the new tree."""

    path: str
    digest: str
    size: int
    unchanged: bool  # the published file has the same bytes
    look: tuple[int, int]  # when its bytes were known: size, time of change in nanoseconds


class Publication(msgspec.Struct, frozen=True):
    """What an exchange changed. Paths are relative to the output."""

    written: tuple[str, ...]
    removed: tuple[str, ...]
    unchanged: int
    bytes: int
    manifest: tuple[int, int]  # its look, as of a file
    diagnostics: tuple[Diagnostic, ...] = ()  # what failed when the new tree was published already


class Stage:
    """A new tree beside the published one. Its files may be written by several processes at once.

    It begins as what the previous tree shares with the published one, so that it costs what it changes.
    """

    def __init__(
        self,
        output: Path,
        *,
        ours: Mapping[str, str],
        known: Mapping[str, Known] = {},
        looks: Looks | None = None,
    ) -> None:
        """`ours` are the files that the manifest names, `known` those that may be kept; `looks` are those of the output, of
        a moment since we hold the lock, beside the same `known` ones.
        """
        self._output = output
        self._ours = ours
        home = beside(output)
        for left_over in home.glob("next-*"):  # by a build that was killed: we hold the lock
            exchange.remove_tree(left_over)
        self.root = home / f"next-{os.getpid()}"
        self.root.mkdir()
        self._previous = home / "previous"
        self._looks = looks = looks or look_at(output, known)
        self._published, self._known = looks.published, known
        self._as_known = looks.as_known(known)
        # Files of the tree that nobody has asked for yet, or that were kept: those as known, and path → number of the inode.
        self._alike, self._shared = take_over(self._previous, self.root, looks, self._as_known)
        self._brought: set[str] = set()  # what a person's files are called
        self._folders = {""}
        self._modes: dict[str, int] = {}  # of folders, once everything is in them

    def write(self, output: Output) -> Written:
        """Put a file into the tree: a hard link where the published one has the same bytes."""
        path, size = output.path, sum(map(len, output.pieces))
        digest = digest_of(*output.pieces)
        self._make_folder(path.rpartition("/")[0])
        target = f"{self.root}/{path}"
        published = f"{self._output}/{path}"
        if self._is_shared(path):
            os.unlink(target)  # noqa: PTH108
        if self._ours.get(path) == digest and (look := look_if_same(published, output.data)):
            with contextlib.suppress(OSError):  # no hard links here: a copy is as good
                os.link(published, target)
                return Written(path, digest, size, unchanged=True, look=look)
        try:
            descriptor = os.open(target, _NEW, 0o666)
        except FileExistsError:  # a folder, until now
            shutil.rmtree(target)
            descriptor = os.open(target, _NEW, 0o666)
        try:
            for piece in output.pieces:
                view = memoryview(piece)
                while view:
                    view = view[os.write(descriptor, view) :]
        finally:
            os.close(descriptor)
        return Written(path, digest, size, unchanged=False, look=_look(target))

    def keep(self, path: str, digest: str, look: tuple[int, int]) -> Written | None:
        """Bring a published file along without reading it; None where it is not what it was.

        `look` is what `Written` says of it.
        """
        if self._ours.get(path) != digest:
            return None
        if path in self._as_known:
            found, there = self._known[path].look, path in self._alike
        elif path in self._published:
            inode, found, _ = self._published[path]
            there = self._shared.get(path) == inode
        else:
            return None
        if found != look:
            return None
        if not there:
            self._make_folder(path.rpartition("/")[0])
            self.drop(path)
            try:
                os.link(f"{self._output}/{path}", f"{self.root}/{path}")
            except OSError:
                return None
        return Written(path, digest, look[0], unchanged=True, look=look)

    def flush(self) -> None:
        """Have the disk take what is there so far, where one call does it: then publishing waits for little."""
        exchange.flush_at_once(self.root)

    def drop(self, path: str) -> None:
        """Take a file out of the tree again."""
        self._alike.discard(path)
        self._shared.pop(path, None)
        with contextlib.suppress(FileNotFoundError, NotADirectoryError):
            os.unlink(f"{self.root}/{path}")  # noqa: PTH108  as below

    def _make_folder(self, folder: str) -> None:
        if folder not in self._folders:
            for path in (folder, *_parents(folder)):
                if self._is_shared(path):  # a file, until now
                    with contextlib.suppress(OSError):  # another process was sooner
                        self.drop(path)
            (self.root / folder).mkdir(parents=True, exist_ok=True)
            self._folders.add(folder)

    def _is_shared(self, path: str) -> bool:
        return path in self._alike or path in self._shared

    def discard(self) -> None:
        """Take the tree away again; what is published stays."""
        with contextlib.suppress(OSError):
            give_back(self.root, self._previous)
        exchange.remove_tree(self.root)

    def carry_over(self, files: Iterable[Written], *, force: bool = False) -> Outcome[tuple[Written, ...]]:
        """Bring a person's own files and folders along: a CNAME, a .gitignore, a folder of slides.

        Returns what of our files stays: where a person's file stands in our place theirs is kept, unless `force`.
        """
        written = {file.path: file for file in files}
        folders, before = _folders_of(written), _folders_of(self._ours.keys() - written.keys())
        problems: list[Diagnostic] = []
        there = self._output.is_dir()
        device = self._output.stat().st_dev if there else 0
        found = beside_ours(self._output, self._ours, self._looks, self._as_known) if there else ()
        for prefix, names_of_folders, theirs in found:
            for name in list(names_of_folders):
                path = prefix + name
                at = (self._output / path).lstat()
                if at.st_dev != device:
                    names_of_folders.remove(name)
                    problems.append(self._mounted(path))
                    continue
                if path in written:
                    names_of_folders.remove(name)
                    if self._holds_theirs(path):
                        problems.append(self._in_the_way(path, "a folder", "a file"))
                elif path in folders or path not in before:  # ours that is empty now
                    (self.root / path).mkdir(exist_ok=True)
                    self._modes[path] = stat.S_IMODE(at.st_mode)
            for name in sorted(theirs):
                path = prefix + name
                if path == MANIFEST or (force and path in written):
                    continue
                if path in folders:
                    problems.append(self._in_the_way(path, "a file", "a folder"))
                elif path not in written:
                    self._bring(path)
                elif not look_if_same(f"{self._output}/{path}", (self.root / path).read_bytes()):
                    self._bring(path)
                    del written[path]
                    message = f"{path} is not sitegen's: yours was kept, ours left out"
                    hint = "remove or rename it, or build with --force"
                    problems.append(warning("kept", message, Span(f"{self._output.name}/{path}"), hint))
        return Outcome(tuple(written.values()), tuple(problems))

    def _bring(self, path: str) -> None:
        """Have a person's file in the tree, in place of any that is there."""
        source, target = self._output / path, self.root / path
        self._brought.add(path)
        if self._is_shared(path) and target.lstat().st_ino == source.lstat().st_ino:
            return
        self.drop(path)
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_symlink():
            target.symlink_to(source.readlink())
            return
        try:
            target.hardlink_to(source)
        except OSError as problem:
            if problem.errno not in {errno.EXDEV, errno.EPERM, errno.EMLINK, errno.ENOTSUP}:
                raise
            shutil.copy2(source, target)

    def _holds_theirs(self, folder: str) -> bool:
        """Whether anything below this folder of the output is a person's; a folder of nothing is no loss."""
        for here, names_of_folders, names in os.walk(self._output / folder, onerror=_raise):
            links = [name for name in names_of_folders if Path(here, name).is_symlink()]
            inside = Path(here).relative_to(self._output).as_posix()
            if any(f"{inside}/{name}" not in self._ours for name in [*names, *links]):
                return True
        return False

    def _in_the_way(self, path: str, theirs: str, ours: str) -> Diagnostic:
        message = f"{path} is {theirs} that sitegen did not make, where {ours} of the site has to be"
        return error("in-the-way", message, Span(f"{self._output.name}/{path}"), "move it away")

    def _mounted(self, path: str) -> Diagnostic:
        message = f"{path} is on another volume, which would stay behind in the old tree"
        hint = "mount it elsewhere, and have a symbolic link to it here"
        return error("mounted", message, Span(f"{self._output.name}/{path}"), hint)

    def publish(self, files: Iterable[Written]) -> Publication:
        """Exchange the tree with the published one."""
        written = {file.path: file for file in files}
        self._sweep(written.keys() | self._brought)
        manifest = Manifest(files={path: written[path].digest for path in sorted(written)})
        (self.root / MANIFEST).write_bytes(msgspec.json.encode(manifest) + b"\n")
        look = _look(f"{self.root}/{MANIFEST}")
        for path in sorted(self._modes, reverse=True):  # what is in a folder goes before it
            with contextlib.suppress(FileNotFoundError):  # nothing of ours is in it any more
                (self.root / path).chmod(self._modes[path])
        exchange.flush(self.root)
        failed = exchange.exchange(self.root, self._output)
        fresh = tuple(sorted(path for path, file in written.items() if not file.unchanged))
        gone = tuple(sorted(set(self._ours) - set(written)))
        size = sum(file.size for file in written.values())
        return Publication(fresh, gone, len(written) - len(fresh), size, look, self._said(failed))

    def _said(self, failed: OSError | None) -> tuple[Diagnostic, ...]:
        if failed is None:
            return ()
        message = f"the site is published, but then: {failed.strerror or failed}"
        return (warning("unsettled", message, Span(self._output.name), "have a look at the disk"),)

    def _sweep(self, wanted: AbstractSet[str]) -> None:
        """Take away what the previous tree had and this one has not, and the folders that this empties."""
        gone = (self._alike - wanted) | (self._shared.keys() - wanted)
        for path in gone:
            if not (self.root / path).is_dir():  # as another process knows
                self.drop(path)
        for folder in sorted(_folders_of(gone), reverse=True):
            with contextlib.suppress(OSError):  # not empty
                (self.root / folder).rmdir()


_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL


def _look(path: str) -> tuple[int, int]:
    return look_of(os.stat(path, follow_symlinks=False))  # noqa: PTH116  20,000 times


def _folders_of(paths: Iterable[str]) -> set[str]:
    """All folders that hold these files."""
    inner = {path.rpartition("/")[0] for path in paths}
    return {folder for path in inner for folder in (path, *_parents(path)) if folder}


def _parents(path: str) -> Iterator[str]:
    while path := path.rpartition("/")[0]:
        yield path


def _raise(problem: OSError) -> None:
    raise problem
