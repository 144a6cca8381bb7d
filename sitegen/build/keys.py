"""What pages are made of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sitegen.build.memory import Key
from sitegen.memo import program
from sitegen.render.dependencies import dependencies
from sitegen.text.digest import digest_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sitegen.model.page import Page
    from sitegen.model.settings import Settings
    from sitegen.text.texts import Texts


class Keys:
    """Keys of pages under one theme, with one set of settings and words."""

    def __init__(
        self, templates: Mapping[str, str], settings: Settings, texts: Texts, assets: Mapping[str, str]
    ) -> None:
        """`templates` are sources by name, `assets` published paths by name, as a Renderer takes them.

        `all` is a digest of all these.
        """
        self.all = digest_of((program(), templates, settings, texts.language, texts.catalogue, assets))
        self.templates = {name: digest_of(source) for name, source in templates.items()}
        self._drawn = dependencies(templates)
        self._paths = digest_of(assets)
        self._names_assets = {name for name, source in templates.items() if "asset" in source}
        self._around = digest_of((settings, texts.language, texts.catalogue))
        self._looks: dict[tuple[str, str, str | None], bytes] = {}

    def of(self, page: Page) -> Key:
        """The key of a page among those of its address. It makes the view only where the page has no fingerprint."""
        told = page.renderer, page.template, page.modified
        look = self._looks.get(told)
        if look is None:
            look = self._looks[told] = digest_of((told, page.template and self._look(page.template)))
        return Key(page.fingerprint or digest_of(page.view), look)

    def drawn(self, template: str) -> frozenset[str]:
        """The templates that this one may draw in, itself included."""
        return self._drawn.get(template, frozenset({template}))

    def _look(self, template: str) -> bytes:
        drawn = self.drawn(template)
        sources = [(name, self.templates.get(name)) for name in sorted(drawn)]
        paths = b"" if drawn.isdisjoint(self._names_assets) else self._paths
        return digest_of((self._around, sources, paths))
