"""Picks of a collection: added, taken out, moved and changed in the way in which the file is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from yaml import MappingNode, ScalarNode, SequenceNode

from sitegen.diagnostics import Diagnostic, Outcome
from sitegen.parse.collection import PICK
from sitegen.splice.edits import Change, Edit, changed, opened, refusal, together
from sitegen.splice.fields import Place, Said, as_mapping, asked_for, with_fields
from sitegen.splice.layout import end_of, field, is_flow, value_of
from sitegen.splice.lists import Item, Listed, as_it_is, with_item, without_item
from sitegen.splice.scalars import tidy, unwritable, written, written_prose
from sitegen.splice.sections import SectionAt, holder_of, opened_collection, section_called

if TYPE_CHECKING:
    from collections.abc import Mapping

    from yaml import Node

    from sitegen.model.source import SourceFile
    from sitegen.splice.edits import Content, Opened
    from sitegen.splice.values import Value


class NewPick(msgspec.Struct, frozen=True):
    """What is to be added: how the file is to name the paper, and what it says about it."""

    paper: str
    note: str = ""
    added: str = ""  # ISO date; written where the picks before it have one


class PickAt(msgspec.Struct, frozen=True):
    """Which pick: its place in the collection as it is parsed, and what it says there.

    Where it says something else by now, the edit is refused: somebody was faster.
    """

    section: int  # in `Collection.sections`
    pick: int  # in its `picks`
    paper: str  # `Pick.paper`


def add_pick(
    file: SourceFile, pick: NewPick, section: str | SectionAt = "", at: int | None = None
) -> Outcome[bytes | None]:
    """The collection's bytes with a pick more, the last of its section, or of the list that has none.

    `section`: its title, or its place; `at`: the number that the pick gets, counted from 0.
    None, with the reason, where it is not clear where the pick belongs or how to write it there.
    """
    source, problems = _opened(file, section)
    if source is None:
        return Outcome(None, problems)
    if not isinstance(source.root, MappingNode):
        return Outcome(None, (refusal(file, "is no collection", "it needs 'title: …' and 'picks:'"),))
    found = holder_of(source, section) if isinstance(section, SectionAt) else section_called(source, section)
    if isinstance(found, Diagnostic):
        return Outcome(None, (found,))
    items = value_of(found.node, "picks")
    count = len(items.value) if isinstance(items, SequenceNode) else 0
    place = count if at is None else min(max(at, 0), count)
    return changed(source, with_item(source, found, "picks", _item(pick), at=place))


def remove_pick(file: SourceFile, at: PickAt) -> Outcome[bytes | None]:
    """The collection's bytes without this pick and the comments that are its own."""
    source, found, problems = _found(file, at)
    if source is None or found is None:
        return Outcome(None, problems)
    return changed(source, without_item(source, found))


def move_pick(file: SourceFile, at: PickAt, to: SectionAt, position: int) -> Outcome[bytes | None]:
    """The collection's bytes with this pick, and the comments that are its own, as number `position` of a section.

    The number is that which it has afterwards, counted from 0; one too large is the last.
    """
    source, found, problems = _found(file, at)
    if source is None or found is None:
        return Outcome(None, problems)
    there = holder_of(source, to)
    if isinstance(there, Diagnostic):
        return Outcome(None, (there,))
    items = value_of(there.node, "picks")
    count = len(items.value) if isinstance(items, SequenceNode) else 0
    at_home = items is found.items
    place = min(max(position, 0), count - at_home)
    if at_home and place == found.number:
        return Outcome(file.data)
    before = place + 1 if at_home and place > found.number else place
    into = with_item(source, there, "picks", as_it_is(source, found, PICK), at=before, place=place)
    return changed(source, together(without_item(source, found), into))


def set_pick_fields(
    file: SourceFile, at: PickAt, values: Mapping[str, Value | None]
) -> Outcome[bytes | None]:
    """The collection's bytes with these fields of a pick set; None, an empty text or list takes a field out.

    A pick that is only a paper's name becomes a mapping. Text is written without the blanks around it.
    """
    source, found, problems = _found(file, at)
    if source is None or found is None:
        return Outcome(None, problems)
    fields = asked_for(file, PICK, values)
    if isinstance(fields, Diagnostic):
        return Outcome(None, (fields,))
    place = Place((*found.path, found.number), found.node)
    if isinstance(found.node, MappingNode):
        return changed(source, with_fields(source, place, fields))
    paper = next((each for each in fields if each.name == "paper"), None)
    others = [each for each in fields if each.name != "paper" and each.content]
    if others:
        first = paper or Said("paper", found.node.value.strip(), None)
        return changed(source, as_mapping(source, place, first, others, flow=is_flow(found.items)))
    return changed(source, _renamed(source, found, str(paper.content))) if paper else Outcome(file.data)


def _opened(file: SourceFile, section: str | SectionAt) -> tuple[Opened | None, tuple[Diagnostic, ...]]:
    outcome = opened_collection(file) if isinstance(section, SectionAt) else opened(file)
    return outcome.value, outcome.diagnostics


def _found(file: SourceFile, at: PickAt) -> tuple[Opened | None, Listed | None, tuple[Diagnostic, ...]]:
    outcome = opened_collection(file)
    source = outcome.value
    if source is None:
        return None, None, outcome.diagnostics
    sections = source.read.sections
    picks = sections[at.section].picks if 0 <= at.section < len(sections) else ()
    if not (0 <= at.pick < len(picks) and picks[at.pick].paper == at.paper):
        where = f"has no pick '{at.paper}' at this place any more"
        return None, None, (refusal(file, where, "look at the file as it is now", code="stale-edit"),)
    there = holder_of(source, SectionAt(at.section, sections[at.section].title))
    assert isinstance(there, Place), at
    number = field(there.node, "picks")
    assert number is not None, at
    key, items = there.node.value[number]
    assert len(items.value) == len(picks), at  # none was left out
    return source, Listed((*there.path, number), key, items, at.pick), ()


def _renamed(source: Opened, found: Listed, paper: str) -> Change:
    """A pick that is only a name, with another."""
    node, path = found.node, (*found.path, found.number)
    style = node.style if node.style in {"", "'"} else '"'
    text = written(paper, style, flow=is_flow(found.items))
    edit = Edit(node.start_mark.index, end_of(node, source.text), text)
    return Change(((edit,),), path, lambda _: paper)


def _item(pick: NewPick) -> Item:
    return Item(lambda column, beside: _in_lines(pick, column, beside), lambda _: _in_brackets(pick))


def _clean(text: str) -> str:
    return "".join("\N{REPLACEMENT CHARACTER}" if unwritable(c) else c for c in tidy(text))


def _in_lines(pick: NewPick, column: int, last: Node | None) -> tuple[str, list[Content]]:
    """The pick as an item of a list in lines, written like the item before it; and what it says."""
    gap, style, dated, as_mapping, names = 2, '"', False, True, {}
    if last is not None:
        gap = max(2, last.start_mark.column - column) if last.start_mark.column > column else 2
        names = {key.value: value for key, value in last.value} if isinstance(last, MappingNode) else {}
        paper = names.get("paper", last)
        style = paper.style if isinstance(paper, ScalarNode) and paper.style in {"", "'"} else '"'
        dated, as_mapping = "added" in names, isinstance(last, MappingNode)
    dash = f"{' ' * column}-{' ' * (gap - 1)}"
    name = _clean(pick.paper)
    paper = written(name, style)
    if not (as_mapping or pick.note):
        return f"{dash}{paper}\n", [name]
    lines = [f"{dash}paper: {paper}"]
    said: list[tuple[Content, Content]] = [("paper", name)]
    margin = " " * (column + gap)
    if dated and pick.added:
        lines.append(f"{margin}added: {pick.added}")
        said.append(("added", pick.added))
    if note := _clean(pick.note):
        like = names.get("note")
        block = like.style if isinstance(like, ScalarNode) and like.style in {"|", ">"} else '"'
        prose = written_prose(note, block, column + gap + 2, width=100)
        lines += (f"{margin}note: {prose.head}", *prose.body)
        said.append(("note", prose.said))
    return "\n".join(lines) + "\n", [tuple(said)]


def _in_brackets(pick: NewPick) -> tuple[str, list[Content]]:
    name, note = _clean(pick.paper), _clean(pick.note)
    paper = written(name, '"', flow=True)
    if not note:
        return paper, [name]
    return f"{{paper: {paper}, note: {written(note, flow=True)}}}", [(("paper", name), ("note", note))]
