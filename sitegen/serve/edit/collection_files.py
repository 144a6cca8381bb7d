"""What curators say in content/collections/: of the list, of its sections, of its picks; and a new list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sitegen.diagnostics import Diagnostic, Outcome, Span, did_you_mean
from sitegen.model.source import SourceFile
from sitegen.serve.edit.asks import (
    Add,
    Annotate,
    Describe,
    DescribeSection,
    Move,
    MoveSection,
    NewSection,
    OfList,
    Remove,
    RemoveSection,
)
from sitegen.serve.edit.known import COLLECTIONS
from sitegen.serve.edit.picks import Listed, Listing, listing
from sitegen.serve.edit.plan import Plan, refused, title_of
from sitegen.splice import (
    NewPick,
    SectionAt,
    add_pick,
    add_section,
    move_pick,
    move_section,
    new_collection,
    remove_pick,
    remove_section,
    set_collection_fields,
    set_pick_fields,
    set_section_fields,
)
from sitegen.text.slug import slug

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sitegen.model.paper import Paper
    from sitegen.serve.edit.asks import NewCollection
    from sitegen.serve.edit.known import Known
    from sitegen.serve.edit.plan import Read
    from sitegen.splice import Value

Spliced = tuple[Outcome[bytes | None], str]
"""The file's bytes after an edit, and what it does in a few words."""


def edited(ask: OfList, known: Known, read: Read, today: str) -> Outcome[Plan | None]:
    """Another state of a list's file, made from that in which it is now."""
    reading_list = known.lists.get(ask.collection)
    if reading_list is None:
        hint = did_you_mean(ask.collection, known.lists) or "load the page anew"
        return refused("unknown-collection", f"there is no collection '{ask.collection}' any more", hint)
    file, problems = (found := read(reading_list.path)).value, found.diagnostics
    if file is None:
        return Outcome(None, problems)
    outcome = listing(file, known)
    if outcome.value is None:
        return Outcome(None, outcome.diagnostics)
    spliced, summary = _spliced(ask, outcome.value, known, today)
    if spliced.value is None:
        return Outcome(None, spliced.diagnostics)
    return Outcome(Plan(summary, file.path, file.data, spliced.value))


def begun(ask: NewCollection, known: Known, today: str) -> Outcome[Plan | None]:
    """A new file, named after its title."""
    title = " ".join(ask.title.split())
    if not title or not title.isprintable():
        return refused("bad-title", "a title needs printable characters")
    name = slug(title)
    if name in known.lists:
        where = known.lists[name].path
        return refused(
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


def _spliced(ask: OfList, now: Listing, known: Known, today: str) -> Spliced:
    this = f"'{now.collection.title}'"
    match ask:
        case Describe():
            values = _changes(ask, now.collection, ("title", "blurb", "description"))
            return set_collection_fields(now.file, values), f"{_named(values)} of {this}"
        case NewSection():
            return add_section(now.file, ask.title), f"new section '{ask.title}' in {this}"
        case DescribeSection() | MoveSection() | RemoveSection():
            return _of_section(ask, now, this)
        case _:
            return _of_pick(ask, now, known, today)


def _of_section(ask: DescribeSection | MoveSection | RemoveSection, now: Listing, this: str) -> Spliced:
    at = now.section(ask.section)
    if isinstance(at, Diagnostic):
        return Outcome(None, (at,)), ""
    section = now.collection.sections[at.section]
    if isinstance(ask, DescribeSection):
        values = _changes(ask, section, ("title", "description"))
        return set_section_fields(now.file, at, values), f"{_named(values)} of '{ask.section}' in {this}"
    titles = [title for title in now.sections if title]
    if isinstance(ask, MoveSection):
        others = [title for title in titles if title != ask.section]
        if ask.before and ask.before not in others:
            why = "the section that it was to stand before is elsewhere by now"
            return _at(now.collection.where, why), ""
        place = others.index(ask.before) if ask.before else len(others)
        order = [number for number in range(len(now.collection.sections)) if number != at.section]
        order.insert(place + (not now.collection.sections[0].title), at.section)
        problem = _other_counts(sorted(now.listed, key=lambda each: order.index(each.at.section)))
        if problem is not None:
            return problem, ""
        return move_section(now.file, at, place), f"move section '{ask.section}' in {this}"
    before = now.sections[now.sections.index(ask.section) - 1]
    there = f"the end of '{before}'" if before else "before any section"
    stay = f", its papers to {there}" if section.picks else ""
    return remove_section(now.file, at), f"remove section '{ask.section}' from {this}{stay}"


def _of_pick(ask: Add | Remove | Move | Annotate, now: Listing, known: Known, today: str) -> Spliced:
    paper = known.paper(ask.paper)
    assert paper is not None, ask.paper
    called, this = f"'{title_of(paper)}'", f"'{now.collection.title}'"
    there = now.of(paper.id)
    if isinstance(ask, Add):
        section = now.section(ask.section)
        if there is not None:
            return _at(there.pick.where, f"{called} is in this collection already"), ""
        if isinstance(section, Diagnostic):
            return Outcome(None, (section,)), ""
        pick = NewPick(known.shown_name_of(paper), ask.note, today)
        return add_pick(now.file, pick, section), f"add {called} to {this}"
    if there is None:
        return _not_picked(paper, now, known), ""
    if isinstance(ask, Remove):
        again = any(each.again and each.paper == paper.id for each in now.listed)
        stays = ", where another pick of it remains" if again else ""
        return remove_pick(now.file, there.at), f"remove {called} from {this}{stays}"
    if isinstance(ask, Move):
        return _moved(ask, there, now), f"move {called} in {this}"
    values = _changes(ask, there.pick, ("note", "tags", "status", "rating", "start_here"))
    named = _named({name.replace("start_here", "“start here”"): value for name, value in values.items()})
    return set_pick_fields(now.file, there.at, values), f"{named} of {called} in {this}"


def _moved(ask: Move, there: Listed, now: Listing) -> Outcome[bytes | None]:
    section = now.section(ask.section)
    if isinstance(section, Diagnostic):
        return Outcome(None, (section,))
    # The numbers that the others have once it is taken out: its own is between two of them.
    others = [
        each
        for each in now.listed
        if SectionAt(each.at.section, each.section) == section and each is not there
    ]
    names = [each.name for each in others]
    if ask.before and ask.before not in names:
        return _at(now.collection.where, "the paper that it was to stand before is elsewhere by now")
    # The end is that of the page, which has no pick that comes again.
    shown = [place for place, each in enumerate(others, 1) if not each.again]
    number = names.index(ask.before) if ask.before else max(shown, default=0)
    order = [each for each in now.listed if each is not there]
    order.insert(sum(each.at.section < section.section for each in order) + number, there)
    return _other_counts(order) or move_pick(now.file, there.at, section, number)


def _other_counts(order: Iterable[Listed]) -> Outcome[bytes | None] | None:
    """Why the picks may not stand in this order: of a paper, another one would be the first."""
    seen: set[str] = set()
    for each in order:
        if each.again and each.paper not in seen:
            why = (
                f"'{each.pick.paper}' is picked here, too, and the first pick of a paper is the one that counts:"
                " nothing was written"
            )
            return _at(each.pick.where, why, "take this pick out, in the file itself")
        seen.add(each.paper)
    return None


def _changes(ask: OfList, now: object, names: tuple[str, ...]) -> Mapping[str, Value | None]:
    """What is asked for and is not so now; None for what is to say nothing."""
    given = {name: new for name in names if (new := getattr(ask, name)) is not None}
    changed = {name: new for name, new in given.items() if (new or None) != (getattr(now, name) or None)}
    return {name: new or None for name, new in changed.items()}


def _named(values: Mapping[str, object]) -> str:
    *most, last = values or ("nothing",)
    return f"{', '.join(most)} and {last}" if most else last


def _not_picked(paper: Paper, now: Listing, known: Known) -> Outcome[bytes | None]:
    reading_list = known.lists[now.collection.id]
    if reading_list.rule is not None and any(entry.paper.id == paper.id for entry in reading_list.entries):
        return _at(
            reading_list.rule.where,
            f"'{title_of(paper)}' is here by the collection's rule, not by a pick",
            "add it to the collection to pin it above what the rule finds; `exclude:` of the rule leaves it out",
        )
    return _at(now.collection.where, f"'{title_of(paper)}' is not in this collection any more")


def _at(where: Span, message: str, hint: str = "") -> Outcome[bytes | None]:
    return Outcome(None, (Diagnostic("error", "not-edited", message, where, hint),))
