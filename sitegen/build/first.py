"""Pages that somebody is looking at are drawn before everything else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sitegen.model.page import Output

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from sitegen.build.theme import Assets
    from sitegen.model.page import Page
    from sitegen.render import Renderer


def papers_at(urls: Iterable[str]) -> tuple[str, ...]:
    """The ids of the papers whose pages are at these paths."""
    return tuple(url[7:-5] for url in urls if url.startswith("papers/") and url.endswith(".html"))


def show_first(
    pages: Iterable[Page], assets: Assets, renderer: Renderer, shown: Callable[[Output], None]
) -> None:
    """Draw these pages and show them, after the assets that they need.

    A page with an error is left out, and told of when all are drawn.
    """
    for path, data in assets.values():
        shown(Output(path, (data,)))
    for page in pages:
        for output in renderer.render(page).value:
            shown(output)
