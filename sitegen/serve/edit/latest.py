"""The site as a value, as the preview built it last."""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING

from msgspec.structs import replace

from sitegen.build import load
from sitegen.parse.collection import parse_collection

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from sitegen.build import Kept, Loaded, Options, Report
    from sitegen.model.library import ReadingList
    from sitegen.model.page import Output
    from sitegen.serve.builds import Build


class Latest:
    """Builds as `build` does, and gives the site as a value meanwhile: what a page that is shown already was made from."""

    def __init__(self, project: Path, options: Options, build: Build) -> None:
        self._project, self._options, self._build = project, options, build
        self._lock, self._loading = Lock(), Lock()
        self._kept: Kept | None = None
        self._loaded: Loaded | None = None
        # What was built last, and what is known of the site since.
        self._followed: tuple[Loaded, Loaded] | None = None

    def build(
        self,
        project: Path,
        options: Options,
        *,
        kept: Kept,
        first: Sequence[str],
        shown: Callable[[Output], None],
    ) -> Report:
        """As `sitegen.build.build`."""
        if kept.loaded is not None:
            self._follow(kept.loaded)
        self._kept, self._loaded = kept, None
        return self._build(project, options, kept=kept, first=first, shown=shown)

    def __call__(self) -> Loaded:
        """The site; a list whose file cannot be read since is as it was. No site where none could be made yet.

        Where no build had to look at it yet, since nothing had changed, it is loaded; who asks waits.
        """
        if self._kept is not None and self._kept.loaded is not None:
            return self._follow(self._kept.loaded)
        with self._loading:
            self._loaded = self._loaded or load(self._project, self._options)
            return self._follow(self._loaded)

    def _follow(self, loaded: Loaded) -> Loaded:
        with self._lock:
            if self._followed is None:
                self._followed = (loaded, loaded)
            elif self._followed[0] is not loaded:
                self._followed = (loaded, _following(self._followed[1], loaded))
            return self._followed[1]


def _following(before: Loaded, now: Loaded) -> Loaded:
    """What is known of the site `now`: where a file holds no whole list, the one that it held before."""
    if before.site is None or now.site is None:
        return before if now.site is None else now
    lists = {each.id: each for each in now.site.library.lists}
    earlier = {each.id: each for each in before.site.library.lists}
    kept = {each.id: each for each in earlier.values() if _cannot_be_read(each.path, lists.get(each.id), now)}
    if not kept:
        return now
    known = {**earlier, **lists, **kept}
    listed = tuple(each for each in known.values() if each.id in lists or each.id in kept)
    return replace(now, site=replace(now.site, library=replace(now.site.library, lists=listed)))


def _cannot_be_read(path: str, found: ReadingList | None, now: Loaded) -> bool:
    file = now.sources.get(path)
    if file is None or (found is not None and (found.complete or found.path != path)):
        return False
    collection = parse_collection(file).value
    return collection is None or not collection.complete
