"""From what a curator asks for to what becomes of one file. Nothing is written here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sitegen.diagnostics import Diagnostic, Outcome, Span, did_you_mean, error
from sitegen.model.source import SourceFile
from sitegen.serve.edit.asks import Add, Annotate, Ask, Fix, Move, NewCollection, NewSection, Remove, Settle
from sitegen.serve.edit.known import COLLECTIONS
from sitegen.serve.edit.paper_files import fixed, settled
from sitegen.serve.edit.picks import Listed, Listing, listing
from sitegen.serve.edit.plan import Plan, title_of
from sitegen.splice import (
    NewPick,
    add_pick,
    add_section,
    move_pick,
    new_collection,
    remove_pick,
    set_pick_field,
)
from sitegen.text.slug import slug

if TYPE_CHECKING:
    from sitegen.model.paper import Paper
    from sitegen.serve.edit.known import Known
    from sitegen.serve.edit.plan import Read


def planned(ask: Ask, known: Known, read: Read, today: str) -> Outcome[Plan | None]:
    """The edit, made from the file as it is now; None, and why, where it cannot be made."""
    for name in ("paper", "other"):
        wanted = getattr(ask, name, "")
        if wanted and known.paper(wanted) is None:
            return _refused("unknown-paper", f"no paper is '{wanted}' any more", "load the page anew")
    match ask:
        case NewCollection():
            return _new_collection(ask, known, today)
        case Settle() if known.paper(ask.paper) is known.paper(ask.other):
            return _refused("not-edited", "these two are one paper already")
        case Settle():
            return settled(ask, known, read)
        case Fix():
            return fixed(ask, known, read)
        case _:
            return _in_a_list(ask, known, read, today)


def _in_a_list(
    ask: Add | Remove | Move | Annotate | NewSection, known: Known, read: Read, today: str
) -> Outcome[Plan | None]:
    reading_list = known.lists.get(ask.collection)
    if reading_list is None:
        hint = did_you_mean(ask.collection, known.lists) or "load the page anew"
        return _refused("unknown-collection", f"there is no collection '{ask.collection}' any more", hint)
    file, problems = (found := read(reading_list.path)).value, found.diagnostics
    if file is None:
        return Outcome(None, problems)
    outcome = listing(file, known)
    if outcome.value is None:
        return Outcome(None, outcome.diagnostics)
    spliced, summary = _spliced(ask, outcome.value, known, today)
    if spliced.value is None:
        return Outcome(None, spliced.diagnostics)
    return Outcome(Plan(f"{summary} '{reading_list.title}'", file.path, file.data, spliced.value))


def _spliced(
    ask: Add | Remove | Move | Annotate | NewSection, now: Listing, known: Known, today: str
) -> tuple[Outcome[bytes | None], str]:
    if isinstance(ask, NewSection):
        return add_section(now.file, ask.title), f"new section '{ask.title}' in"
    paper = known.paper(ask.paper)
    assert paper is not None, ask.paper
    called = f"'{title_of(paper)}'"
    there = now.of(paper.id)
    if isinstance(ask, Add):
        section = now.section(ask.section)
        if there is not None:
            return _at(there.pick.where, f"{called} is in this collection already"), ""
        if isinstance(section, Diagnostic):
            return Outcome(None, (section,)), ""
        pick = NewPick(known.shown_name_of(paper), ask.note, today)
        return add_pick(now.file, pick, section), f"add {called} to"
    if there is None:
        return _not_picked(paper, now, known), ""
    if isinstance(ask, Remove):
        return remove_pick(now.file, there.at), f"remove {called} from"
    if isinstance(ask, Move):
        return _moved(ask, there, now), f"move {called} in"
    return _annotated(ask, there, now, f"of {called} in")


def _moved(ask: Move, there: Listed, now: Listing) -> Outcome[bytes | None]:
    section = now.section(ask.section)
    if isinstance(section, Diagnostic):
        return Outcome(None, (section,))
    # The numbers that the others have once it is taken out: its own is between two of them.
    others = [
        each
        for each in now.listed
        if (each.at.section, each.section) == (section.section, section.title) and each is not there
    ]
    names = [each.name for each in others]
    if not ask.before:
        return move_pick(now.file, there.at, section, len(others))
    if ask.before not in names:
        return _at(now.collection.where, "the paper that it was to stand before is elsewhere by now")
    return move_pick(now.file, there.at, section, names.index(ask.before))


def _annotated(ask: Annotate, there: Listed, now: Listing, what: str) -> tuple[Outcome[bytes | None], str]:
    said = {
        "note": (ask.note, there.pick.note),
        "tags": (ask.tags, there.pick.tags),
        "status": (ask.status, there.pick.status),
        "rating": (ask.rating, there.pick.rating or 0),
    }
    changes = {name: new for name, (new, old) in said.items() if new is not None and new != old}
    file, outcome = now.file, Outcome[bytes | None](now.file.data)
    for name, new in changes.items():
        value = list(new) if isinstance(new, tuple) else new
        outcome = set_pick_field(file, there.at, name, value or None)
        if outcome.value is None:
            break
        file = SourceFile(file.path, outcome.value, "")
    return outcome, f"{' and '.join(changes) or 'nothing'} {what}"


def _not_picked(paper: Paper, now: Listing, known: Known) -> Outcome[bytes | None]:
    reading_list = known.lists[now.collection.id]
    if reading_list.rule is not None and any(entry.paper.id == paper.id for entry in reading_list.entries):
        return _at(
            reading_list.rule.where,
            f"'{title_of(paper)}' is here by the collection's rule, not by a pick",
            "add it to the collection to pin it above what the rule finds; `exclude:` of the rule leaves it out",
        )
    return _at(now.collection.where, f"'{title_of(paper)}' is not in this collection any more")


def _new_collection(ask: NewCollection, known: Known, today: str) -> Outcome[Plan | None]:
    title = " ".join(ask.title.split())
    if not title or not title.isprintable():
        return _refused("bad-title", "a title needs printable characters")
    name = slug(title)
    if name in known.lists:
        where = known.lists[name].path
        return _refused(
            "not-edited", f"there is a collection '{name}' already: {where}", "choose another title"
        )
    path = f"{COLLECTIONS}{name}.yaml"
    outcome = new_collection(path, title, blurb=ask.blurb)
    if outcome.value is not None and ask.paper:
        paper = known.paper(ask.paper)
        assert paper is not None, ask.paper
        pick = NewPick(known.shown_name_of(paper), ask.note, today)
        outcome = add_pick(SourceFile(path, outcome.value, ""), pick)
    if outcome.value is None:
        return Outcome(None, outcome.diagnostics)
    return Outcome(Plan(f"new collection '{title}'", path, None, outcome.value))


def _refused(code: str, message: str, hint: str = "") -> Outcome[Plan | None]:
    return Outcome(None, (error(code, message, Span(""), hint),))


def _at(where: Span, message: str, hint: str = "") -> Outcome[bytes | None]:
    return Outcome(None, (Diagnostic("error", "not-edited", message, where, hint),))
