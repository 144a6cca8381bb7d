"""Sections of a collection: found, added, named, moved and removed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
from yaml import MappingNode, SequenceNode

from sitegen.diagnostics import Diagnostic, Outcome, did_you_mean
from sitegen.parse.collection import COLLECTION, PICK, SECTION
from sitegen.parse.nodes import compose
from sitegen.splice.edits import changed, opened, refusal, together
from sitegen.splice.fields import Place, asked_for, with_fields
from sitegen.splice.layout import field, value_of
from sitegen.splice.lists import Item, Listed, as_it_is, as_they_are, with_item, without_item
from sitegen.splice.scalars import tidy, unwritable, written
from sitegen.text.normal import fold

if TYPE_CHECKING:
    from collections.abc import Mapping

    from yaml import Node

    from sitegen.diagnostics import Span
    from sitegen.model.source import SourceFile
    from sitegen.splice.edits import Content, Opened
    from sitegen.splice.values import Value


class SectionAt(msgspec.Struct, frozen=True):
    """Which section: its place in the collection as it is parsed, and its title.

    Without a title, the list that stands before any section, whether or not there is one yet.
    """

    section: int  # in `Collection.sections`
    title: str = ""


def add_section(file: SourceFile, title: str, position: int | None = None) -> Outcome[bytes | None]:
    """The collection's bytes with an empty section of this title more: the last, or that of this number."""
    outcome = opened_collection(file)
    source = outcome.value
    if source is None:
        return Outcome(None, outcome.diagnostics)
    title = tidy(title)
    if problem := _bad_title(source, title):
        return Outcome(None, (problem,))
    nodes = value_of(source.root, "sections")
    count = len(nodes.value) if isinstance(nodes, SequenceNode) else 0
    at = count if position is None else min(max(position, 0), count)
    return changed(source, with_item(source, Place((), source.root), "sections", _titled(title), at=at))


def set_section_fields(
    file: SourceFile, at: SectionAt, values: Mapping[str, Value | None]
) -> Outcome[bytes | None]:
    """The collection's bytes with the title or the description of a section set; None takes a description out."""
    source, found, problems = _found(file, at)
    if source is None or found is None:
        return Outcome(None, problems)
    fields = asked_for(file, SECTION, values)
    if isinstance(fields, Diagnostic):
        return Outcome(None, (fields,))
    if "title" in values and (problem := _bad_title(source, tidy(str(values["title"] or "")), at)):
        return Outcome(None, (problem,))
    place = Place((*found.path, found.number), found.node)
    return changed(source, with_fields(source, place, fields, after=("title",)))


def move_section(file: SourceFile, at: SectionAt, position: int) -> Outcome[bytes | None]:
    """The collection's bytes with this section, all that is in it and the comments that are its own, at another place.

    `position`: its number afterwards among the sections that have titles, counted from 0; one too large is the last.
    """
    source, found, problems = _found(file, at)
    if source is None or found is None:
        return Outcome(None, problems)
    place = min(max(position, 0), len(found.items.value) - 1)
    if place == found.number:
        return Outcome(file.data)
    before = place + 1 if place > found.number else place
    item = as_it_is(source, found, SECTION)
    into = with_item(source, Place((), source.root), "sections", item, at=before, place=place)
    return changed(source, together(without_item(source, found), into))


def remove_section(file: SourceFile, at: SectionAt) -> Outcome[bytes | None]:
    """The collection's bytes without this section; its picks stay, at the end of the section before.

    Those of the first section become the last of the picks before any. So the order of the picks is as it was. With the section go
    its description and the comments that are its own, but none among its picks.
    """
    source, found, problems = _found(file, at)
    if source is None or found is None:
        return Outcome(None, problems)
    out = without_item(source, found)
    items = value_of(found.node, "picks")
    if not isinstance(items, SequenceNode) or not items.value:
        return changed(source, out)
    there = Place((), source.root)
    if found.number:
        there = Place((*found.path, found.number - 1), found.items.value[found.number - 1])
    now = value_of(there.node, "picks")
    count = len(now.value) if isinstance(now, SequenceNode) else 0
    picks = as_they_are(source, Place((*found.path, found.number), found.node), "picks", PICK)
    return changed(source, together(out, with_item(source, there, "picks", picks, at=count)))


def opened_collection(file: SourceFile) -> Outcome[Opened | None]:
    """The file as a collection without errors; None, and why, where it is none."""
    return opened(file, COLLECTION)


def holder_of(source: Opened, at: SectionAt) -> Place | Diagnostic:
    """The mapping whose `picks` are meant, and its place; or why there is none."""
    if not at.title:
        return Place((), source.root)
    number = _number(source, at)
    if number is None:
        return _stale(source.file, at)
    section = _listed(source, number)
    return Place((*section.path, number), section.node)


def section_called(source: Opened, title: str) -> Place | Diagnostic:
    """The section of this title, or the collection itself without one; or why it is not clear."""
    root = source.root
    assert isinstance(root, MappingNode), source.file.path
    nodes = value_of(root, "sections")
    at = field(root, "sections")
    found = [
        (Place((at or 0, number), node), name.value.strip())
        for number, node in enumerate(nodes.value if isinstance(nodes, SequenceNode) else ())
        if (name := value_of(node, "title")) is not None and isinstance(name.value, str)
    ]
    titles = [name for _, name in found]
    if title:
        same = [place for place, name in found if fold(name) == fold(title)]
        return same[0] if len(same) == 1 else _no_section(source.file, title, titles, len(same))
    if found and field(root, "picks") is None:
        known = ", ".join(f"'{name}'" for name in titles)
        return refusal(source.file, "has sections", f"say which: --section, one of {known}")
    return Place((), root)


def title_places(file: SourceFile, title: str) -> list[Span]:
    """Where sections are given exactly this title, in the order of the file."""
    document = compose(file)
    nodes = value_of(document.root, "sections") if document.root is not None else None
    names = [value_of(node, "title") for node in (nodes.value if isinstance(nodes, SequenceNode) else ())]
    return [document.span(name) for name in names if name is not None and tidy(name.value) == title]


def _titled(title: str) -> Item:
    said: list[Content] = [(("title", title),)]
    return Item(
        lambda column, beside: (
            f"{' ' * column}{_dash(column, beside)}title: {written(title, _style(beside))}\n",
            said,
        ),
        lambda beside: (f"{{title: {written(title, _style(beside), flow=True)}}}", said),
    )


def _dash(column: int, beside: Node | None) -> str:
    gap = beside.start_mark.column - column if beside is not None else 2
    return "-" + " " * max(1, gap - 1)


def _style(beside: Node | None) -> str:
    name = None if beside is None else value_of(beside, "title")
    style = getattr(name, "style", '"')
    return style if style in {"", "'"} else '"'


def _bad_title(source: Opened, title: str, at: SectionAt | None = None) -> Diagnostic | None:
    """Why a new section, or that at this place, cannot have this title."""
    if not title or "\n" in title or unwritable(title):
        return refusal(source.file, "needs a title of one line for a section", "type one")
    others = [each for number, each in enumerate(source.read.sections) if at is None or number != at.section]
    if any(_key(each.title) == _key(title) for each in others):
        return refusal(source.file, f"has a section '{title}' already", "give it another title")
    return None


def _key(title: str) -> str:
    """What is the same in titles that look the same on a page."""
    return fold(" ".join(title.split()))


def _found(file: SourceFile, at: SectionAt) -> tuple[Opened | None, Listed | None, tuple[Diagnostic, ...]]:
    outcome = opened_collection(file)
    source = outcome.value
    if source is None:
        return None, None, outcome.diagnostics
    number = _number(source, at)
    if number is None:
        return None, None, (_stale(file, at),)
    return source, _listed(source, number), ()


def _number(source: Opened, at: SectionAt) -> int | None:
    """Its place among `sections:`, before which the collection as parsed may have the picks of none."""
    sections = source.read.sections
    if not (at.title and 0 <= at.section < len(sections) and sections[at.section].title == at.title):
        return None
    return at.section - (not sections[0].title)


def _listed(source: Opened, number: int) -> Listed:
    root: Any = source.root
    at = field(root, "sections")
    assert at is not None, source.file.path
    key, sections = root.value[at]
    read = source.read.sections
    assert len(sections.value) == len(read) - (not read[0].title), source.file.path  # none was left out
    return Listed((at,), key, sections, number)


def _stale(file: SourceFile, at: SectionAt) -> Diagnostic:
    where = f"has no section '{at.title}' at this place any more"
    return refusal(file, where, "look at the file as it is now", code="stale-edit")


def _no_section(file: SourceFile, wanted: str, titles: list[str], found: int) -> Diagnostic:
    if found:
        return refusal(file, f"has {found} sections '{wanted}'", "give them different titles")
    known = f"known: {', '.join(titles)}" if titles else "it has none: leave out --section"
    return refusal(file, f"has no section '{wanted}'", did_you_mean(wanted, titles) or known)
