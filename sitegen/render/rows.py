"""Files that are rows, one after the other: what a row is made of is known by itself, and so are its bytes."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING, Any, NamedTuple

from sitegen.diagnostics import Outcome
from sitegen.model.page import Output

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sitegen.model.page import Page, Published
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

    def output(self, page: Page, templates: Templates, before: Published) -> Output:
        """The same of a page whose parts have fingerprints: rows that stand in the file of `before` are taken from there.

        Those ahead of the first change and after the last one are taken as one piece each.
        """
        view, parts, known = page.view, page.parts, before.parts
        data = memoryview(before.data)
        ahead = _alike(parts, known)
        after = _alike(parts[ahead:][::-1], known[ahead:][::-1])
        starts = list(
            accumulate((length + len(self.between) for length in before.lengths), initial=len(self.start))
        )
        rows = {
            known[at]: data[starts[at] : starts[at] + before.lengths[at]]
            for at in range(ahead, len(known) - after)
        }
        made = [
            rows.get(parts[at]) or self.row(view[at], templates) for at in range(ahead, len(parts) - after)
        ]
        pieces: list[bytes | memoryview] = (
            [data[starts[0] : starts[ahead] - len(self.between)]] if ahead else []
        )
        pieces += made
        pieces += [data[starts[len(known) - after] : starts[-1] - len(self.between)]] if after else []
        lengths = (
            *before.lengths[:ahead],
            *map(len, made),
            *before.lengths[len(known) - after :],
        )
        return Output(page.url, self._joined(pieces), lengths)

    def _joined(self, rows: Sequence[bytes | memoryview]) -> bytes:
        return self.start + self.between.join(rows) + self.end


def _alike(some: Sequence[bytes], others: Sequence[bytes]) -> int:
    """How many there are before the first difference."""
    pairs = enumerate(zip(some, others, strict=False))
    return next((at for at, (one, other) in pairs if one != other), min(len(some), len(others)))
