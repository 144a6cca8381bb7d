"""Picks do not say why they were picked.

Passes: `- {paper: 2401.00010, note: Read the ablation first.}` Fails, mildly: `- 2401.00010` in a list where other
picks have notes. A list without any notes is a plain list, and what a rule gathered needs none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sitegen.diagnostics import Diagnostic, Span, info

if TYPE_CHECKING:
    from sitegen.model.library import ReadingList
    from sitegen.model.site import Site

_NAMED = 3


def check(site: Site) -> tuple[Diagnostic, ...]:
    """One remark per list, with the first few titles."""
    return tuple(remark for reading_list in site.library.lists for remark in _remark(reading_list))


def _remark(reading_list: ReadingList) -> tuple[Diagnostic, ...]:
    if reading_list.rule is not None:
        return ()
    bare = [entry.paper.title for entry in reading_list.entries if not entry.note]
    if not bare or len(bare) == len(reading_list.entries):
        return ()
    named = ", ".join(f"'{title}'" for title in bare[:_NAMED]) + (", …" if len(bare) > _NAMED else "")
    message = f"{len(bare)} of {len(reading_list.entries)} picks have no note: {named}"
    return (info("pick-without-note", message, Span(reading_list.path), "say in a sentence why to read it"),)
