"""Pages that somebody is looking at are drawn before everything else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sitegen.model.page import Output
from sitegen.plan import plan_some

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from sitegen.build.theme import Assets
    from sitegen.model.site import Site
    from sitegen.render import Renderer
    from sitegen.text.texts import Texts


def show_first(
    urls: Iterable[str],
    shown: Callable[[Output], None],
    site: Site,
    texts: Texts,
    renderer: Renderer,
    *,
    assets: Assets,
) -> None:
    """Draw these pages of the site and show them, after the assets that they need.

    A page with an error is left out, and told of when all are drawn.
    """
    for path, data in assets.values():
        shown(Output(path, data))
    for page in plan_some(site, texts, urls):
        for output in renderer.render(page).value:
            shown(output)
