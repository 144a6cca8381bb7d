"""From what a curator asks for to what becomes of one file. Nothing is written here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sitegen.diagnostics import Outcome
from sitegen.serve.edit.asks import Fix, NewCollection, Redo, Settle, Undo
from sitegen.serve.edit.collection_files import begun, edited
from sitegen.serve.edit.paper_files import fixed, settled
from sitegen.serve.edit.plan import refused

if TYPE_CHECKING:
    from sitegen.serve.edit.asks import Ask
    from sitegen.serve.edit.known import Known
    from sitegen.serve.edit.plan import Plan, Read


def planned(ask: Ask, known: Known, read: Read, today: str) -> Outcome[Plan | None]:
    """The edit, made from the file as it is now; None, and why, where it cannot be made."""
    assert not isinstance(ask, Undo | Redo), ask  # of these the history knows
    for name in ("paper", "other"):
        wanted = getattr(ask, name, "")
        if wanted and known.paper(wanted) is None:
            return Outcome(None, known.why_unknown(wanted))
    match ask:
        case NewCollection():
            return begun(ask, known, today)
        case Settle() if known.paper(ask.paper) is known.paper(ask.other):
            return refused("not-edited", "these two are one paper already")
        case Settle():
            return settled(ask, known, read)
        case Fix():
            return fixed(ask, known, read)
        case _:
            return edited(ask, known, read, today)
