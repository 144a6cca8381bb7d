"""Entries of content/papers/*.yaml: begun, their fields set and taken out, in the way in which the file is written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import msgspec
from yaml import MappingNode, SequenceNode

from sitegen.diagnostics import Outcome
from sitegen.model.source import SourceFile
from sitegen.parse.paper_file import PAPER, PAPERS, parse_paper_file
from sitegen.parse.shapes import ListOf
from sitegen.splice.edits import changed, opened, refusal
from sitegen.splice.fields import Place, Said, with_field, without_field
from sitegen.splice.layout import field, value_of
from sitegen.splice.values import first_unwritable, item_lines, kind_of, said_by

if TYPE_CHECKING:
    from collections.abc import Callable

    from sitegen.diagnostics import Diagnostic
    from sitegen.splice.edits import Content, Opened
    from sitegen.splice.values import Value


class PaperAt(msgspec.Struct, frozen=True):
    """Which entry of a file in content/papers: its place, and what it says there.

    Where it says something else by now, the edit is refused: somebody was faster.
    """

    entry: int  # its number among the file's records
    says: str  # `Record.names`, or without that `Record.title`


def set_paper_field(file: SourceFile, at: PaperAt, name: str, value: Value | None) -> Outcome[bytes | None]:
    """The file's bytes with a field of this entry set; None, an empty text or list takes it out.

    `links.code` is the field `code` in `links`.
    """
    source, place, problems = _found(file, at)
    if source is None or place is None:
        return Outcome(None, problems)
    return _with(source, place, name, value)


def add_to_paper_list(file: SourceFile, at: PaperAt, name: str, item: str) -> Outcome[bytes | None]:
    """The file's bytes with an item more in a list of this entry, such as `same_as`; once is enough."""
    return _with_items(file, at, name, lambda items: [*items, item] if item not in items else items)


def remove_from_paper_list(file: SourceFile, at: PaperAt, name: str, item: str) -> Outcome[bytes | None]:
    """The file's bytes without an item in a list of this entry; a list that loses its last one goes."""
    return _with_items(file, at, name, lambda items: [each for each in items if each != item])


def new_paper_file(path: str, fields: Mapping[str, Value]) -> Outcome[bytes | None]:
    """The bytes of a new file at this path, a list with one entry."""
    said, problem = _entry(SourceFile(path, b"", ""), fields)
    if problem:
        return Outcome(None, (problem,))
    data = (_SCHEMA + "".join(line + "\n" for line in item_lines(said, PAPER, 0, None).body)).encode()
    problems = parse_paper_file(SourceFile(path, data, "")).diagnostics
    return Outcome(None if problems else data, problems)


_SCHEMA = "# yaml-language-server: $schema=../../.sitegen/schema/paper.json\n"


def _entry(file: SourceFile, fields: Mapping[str, Value]) -> tuple[Content, Diagnostic | None]:
    said = said_by({name: value for name, value in fields.items() if value}, PAPER)
    return said, _problem(file, said)


def _with(source: Opened, place: Place, name: str, value: Value | None) -> Outcome[bytes | None]:
    file = source.file
    outer, _, inner = name.partition(".")
    known = PAPER.by_name.get(outer)
    if known is None:
        hint = f"known: {', '.join(PAPER.by_name)}"
        return Outcome(None, (refusal(file, f"cannot have '{outer}' in a paper", hint),))
    kind = known.kind
    if inner:
        links = value_of(place.node, outer)
        shape = kind_of(kind, Mapping)
        if isinstance(links, MappingNode):
            at = field(place.node, outer)
            assert at is not None, name
            if value or len(links.value) > 1 or field(links, inner) is None:
                place, name, kind = Place((*place.path, at), links), inner, shape.by_name[inner].kind
            else:
                name = outer  # it loses its last one
        elif isinstance(links, SequenceNode):
            why = f"lists {outer} without saying what they lead to"
            return Outcome(None, (refusal(file, why, "edit it by hand"),))
        else:
            name, value = outer, {inner: value} if value else None
    said = None if value is None else said_by(value, kind)
    if problem := _problem(file, said or ""):
        return Outcome(None, (problem,))
    if said:
        return changed(source, with_field(source, place, Said(name, said, kind)))
    if field(place.node, name) is None:
        return Outcome(file.data)
    return changed(source, without_field(source, place, name))


def _with_items(
    file: SourceFile, at: PaperAt, name: str, items: Callable[[list[str]], list[str]]
) -> Outcome[bytes | None]:
    source, place, problems = _found(file, at)
    if source is None or place is None:
        return Outcome(None, problems)
    known, now = PAPER.by_name.get(name), value_of(place.node, name)
    if known is None or not isinstance(known.kind, ListOf):
        return Outcome(None, (refusal(file, f"has no list '{name}' in a paper", "edit it by hand"),))
    texts = [str(each.value).strip() for each in now.value] if isinstance(now, SequenceNode) else []
    return _with(source, place, name, items(texts))


def _found(file: SourceFile, at: PaperAt) -> tuple[Opened | None, Place | None, tuple[Diagnostic, ...]]:
    outcome = opened(file, PAPERS)
    source = outcome.value
    if source is None:
        return None, None, outcome.diagnostics
    records = source.read
    says = {records[at.entry].names, records[at.entry].title} if 0 <= at.entry < len(records) else set()
    if not at.says or at.says not in says:
        where = f"has no entry '{at.says}' at this place any more"
        return None, None, (refusal(file, where, "look at the file as it is now", code="stale-edit"),)
    if isinstance(source.root, MappingNode):
        return source, Place((), source.root), ()
    assert len(source.root.value) == len(records), at  # none was left out
    return source, Place((at.entry,), source.root.value[at.entry]), ()


def _problem(file: SourceFile, said: Content) -> Diagnostic | None:
    bad = first_unwritable(said)
    return refusal(file, f"cannot hold the character U+{ord(bad):04X}", "delete it") if bad else None
