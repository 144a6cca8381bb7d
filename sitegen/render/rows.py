"""Files that are rows, one after the other: what a row is made of is known by itself, and so are its bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from sitegen.diagnostics import Outcome
from sitegen.model.page import Output, Part

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sitegen.model.page import Page
    from sitegen.render.templates import Templates


class Rows(NamedTuple):
    """A format of such files. The view is a sequence of values, `row` makes the bytes of one."""

    row: Callable[[Any, Templates], bytes]
    start: bytes = b""
    between: bytes = b""
    end: bytes = b""

    def __call__(self, page: Page, templates: Templates) -> Outcome[bytes | None]:
        """The whole file."""
        return Outcome(self._joined([self.row(value, templates) for value in page.view]))

    def output(self, page: Page, templates: Templates, known: Mapping[bytes, bytes]) -> Output:
        """The same of a page whose parts have fingerprints: rows that are `known` by these are taken as they are."""
        view, rows, parts, at = page.view, [], [], len(self.start)
        for number, fingerprint in enumerate(page.parts):
            row = known.get(fingerprint) or self.row(view[number], templates)
            rows.append(row)
            parts.append(Part(fingerprint, at, len(row)))
            at += len(row) + len(self.between)
        return Output(page.url, self._joined(rows), tuple(parts))

    def _joined(self, rows: list[bytes]) -> bytes:
        return self.start + self.between.join(rows) + self.end
