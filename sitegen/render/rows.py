"""Files that are rows, one after the other: what a row is made of is known by itself, and so are its bytes."""

from __future__ import annotations

from itertools import accumulate, compress, count
from operator import ne
from typing import TYPE_CHECKING, Any, NamedTuple

from sitegen.diagnostics import Outcome
from sitegen.model.page import Output

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

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
        rows = [self.row(value, templates) for value in page.view]
        return Outcome(self.start + self.between.join(rows) + self.end)

    def output(self, page: Page, parts: Sequence[bytes], templates: Templates, before: Published) -> Output:
        """The same of a page whose `parts` have these fingerprints: rows that stand in the file of `before` are taken from there.

        Those ahead of the first change and after the last one are taken as one piece each.
        """
        view, known = page.view, before.parts
        data, gap = memoryview(before.data), len(self.between)
        ahead = _alike(parts, known)
        after = _alike(parts[ahead:][::-1], known[ahead:][::-1])
        end = len(known) - after
        first, among = before.lengths[:ahead], before.lengths[ahead:end]
        start = len(self.start) + sum(first) + gap * ahead
        starts = list(accumulate(map(gap.__add__, among), initial=start))
        rows = {
            part: data[at : at + length]
            for part, at, length in zip(known[ahead:end], starts, among, strict=False)
        }
        made = [
            rows.get(parts[at]) or self.row(view[at], templates) for at in range(ahead, len(parts) - after)
        ]
        spans: list[bytes | memoryview] = [data[len(self.start) : start - gap]] if ahead else []
        spans += [self.between.join(made)] if made else []
        spans += [data[starts[-1] : len(data) - len(self.end)]] if after else []
        lengths = (*first, *map(len, made), *before.lengths[end:])
        return Output(page.url, (self.start, *self._apart(spans), self.end), lengths)

    def _apart(self, spans: Iterable[bytes | memoryview]) -> Iterator[bytes | memoryview]:
        for number, span in enumerate(spans):
            if number:
                yield self.between
            yield span


def _alike(some: Sequence[bytes], others: Sequence[bytes]) -> int:
    """How many there are before the first difference."""
    return next(compress(count(), map(ne, some, others)), min(len(some), len(others)))
