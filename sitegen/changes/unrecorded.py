"""What is yet to be recorded, in words."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from sitegen.changes.compare import compare
from sitegen.changes.replay import replay
from sitegen.diagnostics import Diagnostic, Span, warning

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sitegen.model.change import Change
    from sitegen.model.site import Site

FOLDER = "content/changes"


def unrecorded(site: Site, changes: Sequence[Change]) -> tuple[Diagnostic, ...]:
    """A warning where a project that records its changes has some that are not recorded."""
    if not changes:
        return ()
    recorded, _ = replay(changes, site.library.papers)
    # The day is of no importance to whether there is something.
    change = compare(site, recorded, changes[0].day)
    if change is None:
        return ()
    message = f"changes are not recorded yet: {'; '.join(summary(change, changes, site))}"
    return (warning("unrecorded-changes", message, Span(FOLDER), "sitegen changes --record"),)


def summary(change: Change, changes: Sequence[Change], site: Site) -> Iterator[str]:
    """What a recording says, a line for each list and for what happened to papers."""
    if change.begins:
        yield f"the beginning: {_count(len(change.papers), 'paper')} and {_count(len(change.lists), 'list')}"
        return
    _, history = replay([*changes, change], site.library.papers)
    _, before = replay(changes, site.library.papers)
    assert history is not None
    happened = Counter((event.list, event.kind) for event in history.events)
    happened.subtract(Counter((event.list, event.kind) for event in before.events) if before else {})
    for name in sorted({of for (of, _), count in happened.items() if count > 0}):
        told = [
            f"{count} {kind}" for (of, kind), count in sorted(happened.items()) if of == name and count > 0
        ]
        yield f"{name or 'papers'}: {', '.join(told)}"
    for count, what in ((len(change.papers), "new to the site"), (len(change.lost), "gone from the site")):
        if count:
            yield f"{_count(count, 'paper')} {what}"
    if not happened.total() and not change.papers and not change.lost:
        yield "titles, counts and other small things"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun if number == 1 else noun + 's'}"
