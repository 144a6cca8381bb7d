"""The site as a value, as the preview built it last."""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING

from sitegen.build import load

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from sitegen.build import Kept, Loaded, Options, Report
    from sitegen.model.page import Output
    from sitegen.serve.builds import Build


class Latest:
    """Builds as `build` does, and gives the site as a value meanwhile: what a page that is shown already was made from."""

    def __init__(self, project: Path, options: Options, build: Build) -> None:
        self._project, self._options, self._build = project, options, build
        self._lock = Lock()
        self._kept: Kept | None = None
        self._loaded: Loaded | None = None

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
        self._kept, self._loaded = kept, None
        return self._build(project, options, kept=kept, first=first, shown=shown)

    def __call__(self) -> Loaded:
        """The site. Where no build had to look at it yet, since nothing had changed, it is loaded; who asks waits."""
        if self._kept is not None and self._kept.loaded is not None:
            return self._kept.loaded
        with self._lock:
            self._loaded = self._loaded or load(self._project, self._options)
            return self._loaded
