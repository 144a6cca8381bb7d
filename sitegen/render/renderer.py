"""One page in, its file out."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import TYPE_CHECKING

from sitegen.diagnostics import Diagnostic, Outcome
from sitegen.model.page import NOTHING, Output, Page, Published
from sitegen.render import data, markup, tables, twin
from sitegen.render.cite import files
from sitegen.render.rows import Rows
from sitegen.render.templates import Templates

if TYPE_CHECKING:
    from sitegen.model.settings import Settings
    from sitegen.render.cite.kept import Citations
    from sitegen.text.texts import Texts

Kind = Callable[[Page, Templates], Outcome[bytes | None]]

RENDERERS: Mapping[str, Kind | Rows] = {
    "html": markup.html,
    "xml": markup.xml,
    "mail": markup.mail,
    "text": data.text,
    "json": data.json,
    "bytes": data.raw,
    "bibtex": Rows(files.bibtex, between=b"\n"),
    "ris": Rows(files.ris),
    "csl-json": Rows(files.csl, b"[", b",", b"\n]\n"),
    "apa": Rows(files.reference),
    "csv": Rows(tables.csv),
    "jsonl": Rows(tables.jsonl),
    "twin": twin.twin,
}


class Renderer:
    """Renders pages; the same page always gives the same bytes.

    `templates` are sources by name (`paper.html`, the default theme again under `default/…`), `assets` the
    published path of each asset. `citations` may be those of an earlier renderer, which know many papers already.
    Construct it and call `compile_all` before forking workers.
    """

    def __init__(
        self,
        templates: Mapping[str, str],
        settings: Settings,
        texts: Texts,
        assets: Mapping[str, str],
        citations: Citations | None = None,
    ) -> None:
        self._templates = Templates(templates, settings, texts, assets, citations)

    def compile_all(self) -> tuple[Diagnostic, ...]:
        """Compile every template now; the syntax errors of all of them, and warnings for those that change nothing."""
        return self._templates.compile_all()

    def compiled(self, names: Collection[str]) -> bytes:
        """What these templates draw, or every template, as code for `take_code` in the process that this one was forked from."""
        return self._templates.compiled(names)

    def take_code(self, code: bytes) -> None:
        """Have what `compiled` gave: it need not be compiled again."""
        self._templates.take_code(code)

    def begin(self) -> None:
        """What is drawn from here on is of another site: what its pages have in common is drawn again."""
        self._templates.begin()

    def forget(self) -> None:
        """Give the memory of what was drawn back: pages to come look the same without it."""
        self._templates.forget()

    def render(self, page: Page, before: Published = NOTHING) -> Outcome[tuple[Output, ...]]:
        """The file of a page; none where its template is broken, which the diagnostics say.

        `before` may be what the last build made of the page, where it has parts.
        """
        kind = RENDERERS[page.renderer]
        if page.parts and isinstance(kind, Rows):
            return Outcome((kind.output(page, page.parts(), self._templates, before),))
        rendered = kind(page, self._templates)
        if rendered.value is None:
            return Outcome((), rendered.diagnostics)
        return Outcome((Output(page.url, (rendered.value,)),), rendered.diagnostics)
