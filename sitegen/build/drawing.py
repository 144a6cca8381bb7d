"""What pages are drawn with, made once for all builds of a process that change none of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sitegen.model.settings import unplaced

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sitegen.build.inputs import Inputs
    from sitegen.build.kept import Kept
    from sitegen.build.theme import Assets
    from sitegen.diagnostics import Diagnostic
    from sitegen.model.settings import Settings
    from sitegen.render import Citations, Renderer
    from sitegen.text.texts import Texts


class Drawing(NamedTuple):
    """The words, assets and templates of the site, and what makes pages of them."""

    texts: Texts
    assets: Assets
    look: tuple[Mapping[str, str], Settings, Texts, Mapping[str, str]]  # as a Renderer takes it
    citations: Citations
    renderer: Renderer
    said: tuple[Diagnostic, ...]


def drawing_of(inputs: Inputs, settings: Settings, kept: Kept) -> Drawing:
    """The last time's, where all that it comes from is equal."""
    from sitegen.build.theme import read_look
    from sitegen.render import Citations, Renderer

    texts, templates, assets, said = kept.last(
        "look", (inputs.templates, settings), lambda: read_look(inputs, settings)
    )
    look = (templates, unplaced(settings), texts, {name: path for name, (path, _) in assets.items()})
    citations = kept.last("citations", (), Citations)
    renderer = kept.last("renderer", look, lambda: Renderer(*look, citations))
    return Drawing(texts, assets, look, citations, renderer, said)
