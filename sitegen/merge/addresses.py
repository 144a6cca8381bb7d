"""Which ids are to be remembered, so that they lead to their papers whatever becomes of titles and dumps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sitegen.diagnostics import Diagnostic, Span, warning
from sitegen.model.address import ADDRESSES, Address
from sitegen.text.normal import title_key
from sitegen.text.references import identifier_key

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sitegen.model.paper import Paper


def remembered(papers: Iterable[Paper], addresses: Iterable[Address]) -> tuple[Address, ...]:
    """What the file should hold: every id that a paper has or had, and the best of what that paper is known by.

    The ids of papers that are gone stay, and lead there again when the paper comes back; but where another paper has
    taken the id, it is that one's.
    """
    now = {id_: Address(id_, _known_by(paper)) for paper in papers for id_ in (paper.id, *paper.aliases)}
    return tuple(sorted({*now.values(), *(address for address in addresses if address.id not in now)}))


def unremembered(papers: Iterable[Paper], addresses: tuple[Address, ...]) -> tuple[Diagnostic, ...]:
    """A warning where the project keeps such a file and it is behind; without a file nobody asked for it.

    Behind: an id is missing, or what its paper is known by has changed, so that the line would lead nowhere one day.
    """
    if not addresses:
        return ()
    missing = {address.id for address in {*remembered(papers, addresses)} - {*addresses}}
    if not missing:
        return ()
    message = f"addresses that are missing or out of date, {len(missing)} in number: {', '.join(sorted(missing)[:3])}"
    return (
        warning(
            "stale-addresses",
            message + (" …" if len(missing) > 3 else ""),
            Span(ADDRESSES),
            "run `sitegen addresses --record`",
        ),
    )


def _known_by(paper: Paper) -> str:
    keys = [key for key in map(identifier_key, paper.identifiers) if " " not in key]
    strong = sorted(keys, key=lambda key: (not key.startswith("arxiv:"), not key.startswith("doi:"), key))
    return strong[0] if strong else f"title:{title_key(paper.title)}"
