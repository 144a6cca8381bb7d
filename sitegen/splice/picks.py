"""Picks of a collection: added to its file in the way in which the file is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from yaml import MappingNode, ScalarNode, SequenceNode

from sitegen.diagnostics import Outcome, did_you_mean
from sitegen.parse.kinds import is_empty
from sitegen.parse.nodes import NULLS
from sitegen.splice.edits import Change, Edit, changed, opened, refusal
from sitegen.splice.layout import end_of, is_flow, line_after, written, written_prose
from sitegen.text.normal import fold

if TYPE_CHECKING:
    from yaml import Node

    from sitegen.diagnostics import Diagnostic
    from sitegen.model.source import SourceFile
    from sitegen.parse.nodes import Document
    from sitegen.splice.edits import Content, Path


class NewPick(msgspec.Struct, frozen=True):
    """What is to be added: how the file is to name the paper, and what it says about it."""

    paper: str
    note: str = ""
    added: str = ""  # ISO date; written where the picks before it have one


def add_pick(file: SourceFile, pick: NewPick, section: str = "") -> Outcome[bytes | None]:
    """The collection's bytes with a pick more, the last of its section, or of the list that has none.

    None, with the reason, where it is not clear where the pick belongs or how to write it there.
    """
    document, problems = _opened(file)
    if document is None:
        return Outcome(None, problems)
    assert document.root is not None, file.path
    if not isinstance(document.root, MappingNode):
        return Outcome(None, (refusal(file, "is no collection", "it needs 'title: …' and 'picks:'"),))
    path: Path = ()
    holder: MappingNode = document.root
    sections = _sections(document.root)
    if section:
        found = [(at, node) for at, node, title in sections if fold(title) == fold(section)]
        if len(found) != 1:
            return Outcome(None, (_no_section(file, section, [title for *_, title in sections], len(found)),))
        path, holder = found[0]
    elif sections and _field(document.root, "picks") is None:
        titles = ", ".join(f"'{title}'" for *_, title in sections)
        return Outcome(None, (refusal(file, "has sections", f"say which: --section, one of {titles}"),))
    return changed(file, document, _added(document, path, holder, pick))


def _opened(file: SourceFile) -> tuple[Document | None, tuple[Diagnostic, ...]]:
    outcome = opened(file)
    return outcome.value, outcome.diagnostics


def _added(document: Document, path: Path, holder: MappingNode, pick: NewPick) -> Change:
    """The change that puts the pick at the end of the `picks` of a collection or section."""
    text = document.text
    at = _field(holder, "picks")
    if at is None:
        return _new_field(holder, path, pick, text)
    key, picks = holder.value[at]
    path = (*path, at)
    if isinstance(picks, SequenceNode) and picks.value:
        last = picks.value[-1]
        if is_flow(picks):
            item, said = _in_brackets(pick)
            end = end_of(last, text)
            return Change((Edit(end, end, f", {item}"),), path, lambda items: [*items, said])
        column = picks.start_mark.column
        item, said = _item(pick, last, column)
        return Change(
            (_line(text, line_after(last, text, column), item),), path, lambda items: [*items, said]
        )
    if isinstance(picks, SequenceNode):  # `picks: []`
        item, said = _in_brackets(pick)
        start = picks.start_mark.index + 1
        return Change((Edit(start, start, item),), path, lambda _: [said])
    column = key.start_mark.column + 2
    item, said = _item(pick, None, column)
    if isinstance(picks, ScalarNode) and picks.style == "" and picks.value in NULLS and not is_flow(holder):
        edits = [_line(text, _line_end(text, end_of(picks, text)), item)]
        if not is_empty(picks):  # `picks: ~`
            edits.append(Edit(picks.start_mark.index, picks.end_mark.index, ""))
        return Change(tuple(edits), path, lambda _: [said])
    return Change((), path, lambda _: [said])  # text or a mapping: the check refuses it


def _new_field(holder: MappingNode, path: Path, pick: NewPick, text: str) -> Change:
    if is_flow(holder):
        item, said = _in_brackets(pick)
        end = end_of(holder.value[-1][1], text)
        edit = Edit(end, end, f", picks: [{item}]")
    else:
        column = holder.start_mark.column
        item, said = _item(pick, None, column + 2)
        last = holder.value[-1][1]
        edit = _line(text, line_after(last, text, column), f"{' ' * column}picks:\n{item}")
    return Change((edit,), path, lambda pairs: (*pairs, ("picks", [said])))


def _item(pick: NewPick, last: Node | None, column: int) -> tuple[str, Content]:
    """The pick as an item of a block list, written like the item before it; and what it says."""
    gap, style, dated, as_mapping = 2, '"', False, True
    if last is not None:
        gap = max(2, last.start_mark.column - column) if last.start_mark.column > column else 2
        names = {key.value: value for key, value in last.value} if isinstance(last, MappingNode) else {}
        name = names.get("paper", last)
        style = name.style if isinstance(name, ScalarNode) and name.style in {"", "'"} else '"'
        dated, as_mapping = "added" in names, isinstance(last, MappingNode)
    dash = f"{' ' * column}-{' ' * (gap - 1)}"
    paper = written(pick.paper, style)
    if not (as_mapping or pick.note):
        return dash + paper, pick.paper
    lines = [f"{dash}paper: {paper}"]
    said = [("paper", pick.paper)]
    margin = " " * (column + gap)
    if dated and pick.added:
        lines.append(f"{margin}added: {pick.added}")
        said.append(("added", pick.added))
    if pick.note.strip():
        note, note_said = written_prose(pick.note, column + gap + 2)
        lines.append(f"{margin}note: {note}")
        said.append(("note", note_said))
    return "\n".join(lines), tuple(said)


def _in_brackets(pick: NewPick) -> tuple[str, Content]:
    paper = written(pick.paper, '"', flow=True)
    if not pick.note.strip():
        return paper, pick.paper
    note = " ".join(pick.note.split())
    quoted = written(note, '"', flow=True)
    return f"{{paper: {paper}, note: {quoted}}}", (
        ("paper", pick.paper),
        ("note", note),
    )


def _line(text: str, at: int, line: str) -> Edit:
    """Whole lines, put before the line that begins at `at`."""
    return Edit(at, at, f"\n{line}" if at and text[at - 1] != "\n" else f"{line}\n")


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end + 1


def _field(mapping: MappingNode, name: str) -> int | None:
    return next((n for n, (key, _) in enumerate(mapping.value) if key.value == name), None)


def _sections(root: MappingNode) -> list[tuple[Path, MappingNode, str]]:
    """Place, node and title of every section that has one."""
    at = _field(root, "sections")
    if at is None or not isinstance(root.value[at][1], SequenceNode):
        return []
    found: list[tuple[Path, MappingNode, str]] = []
    for number, node in enumerate(root.value[at][1].value):
        if isinstance(node, MappingNode):
            title = _field(node, "title")
            value = node.value[title][1] if title is not None else None
            if isinstance(value, ScalarNode):
                found.append(((at, number), node, value.value.strip()))
    return found


def _no_section(file: SourceFile, wanted: str, titles: list[str], found: int) -> Diagnostic:
    if found:
        return refusal(file, f"has {found} sections '{wanted}'", "give them different titles")
    known = f"known: {', '.join(titles)}" if titles else "it has none: leave out --section"
    return refusal(file, f"has no section '{wanted}'", did_you_mean(wanted, titles) or known)
