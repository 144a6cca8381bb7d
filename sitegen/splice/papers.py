"""Entries of content/papers/*.yaml: begun, their fields set and taken out, in the way in which the file is written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import msgspec
from yaml import MappingNode, SequenceNode

from sitegen.diagnostics import Diagnostic, Outcome
from sitegen.model.source import SourceFile
from sitegen.parse.kinds import shortened
from sitegen.parse.paper_file import LINKS, PAPER, PAPERS, parse_paper_file
from sitegen.parse.shapes import ListOf
from sitegen.splice.edits import changed, content, opened, refusal, together
from sitegen.splice.fields import Place, asked_for, with_fields
from sitegen.splice.layout import field, value_of
from sitegen.splice.values import item_lines, kind_of
from sitegen.text.urls import link, safe_url

if TYPE_CHECKING:
    from collections.abc import Callable

    from sitegen.splice.edits import Opened
    from sitegen.splice.values import Value


class PaperAt(msgspec.Struct, frozen=True):
    """Which entry of a file in content/papers: its place, and what it says there.

    Where it says something else by now, the edit is refused: somebody was faster.
    """

    entry: int  # its number among the file's records
    says: str  # `Record.names`, or without that `Record.title`


def set_paper_fields(
    file: SourceFile, at: PaperAt, values: Mapping[str, Value | None]
) -> Outcome[bytes | None]:
    """The file's bytes with these fields of an entry set; None, an empty text or list takes a field out.

    Of `links` only the kinds that are given change: `{"links": {"code": "https://…", "pdf": []}}`. Where the entry has a list
    of links, it stays one.
    """
    source, place, problems = _found(file, at)
    if source is None or place is None:
        return Outcome(None, problems)
    return _with(source, place, values)


def add_to_paper_list(file: SourceFile, at: PaperAt, name: str, item: str) -> Outcome[bytes | None]:
    """The file's bytes with an item more in a list of this entry, such as `same_as`; once is enough."""
    return _with_items(file, at, name, lambda items: [*items, item] if item not in items else items)


def remove_from_paper_list(file: SourceFile, at: PaperAt, name: str, item: str) -> Outcome[bytes | None]:
    """The file's bytes without an item in a list of this entry; a list that loses its last one goes."""
    return _with_items(file, at, name, lambda items: [each for each in items if each != item])


def new_paper_file(path: str, values: Mapping[str, Value]) -> Outcome[bytes | None]:
    """The bytes of a new file at this path, a list with one entry."""
    file = SourceFile(path, b"", "")
    if problem := _unsafe(file, values.get("links")):
        return Outcome(None, (problem,))
    fields = asked_for(file, PAPER, values)
    if isinstance(fields, Diagnostic):
        return Outcome(None, (fields,))
    said = tuple((each.name, each.content) for each in fields if each.content)
    data = (_SCHEMA + "".join(line + "\n" for line in item_lines(said, PAPER, 0, None).body)).encode()
    for found in parse_paper_file(SourceFile(path, data, "")).diagnostics:
        # Its line is one of a file that nobody has.
        return Outcome(None, (refusal(file, f"would have an error: {found.message}", found.hint),))
    return Outcome(data)


_SCHEMA = "# yaml-language-server: $schema=../../.sitegen/schema/paper.json\n"


def _with(source: Opened, place: Place, values: Mapping[str, Value | None]) -> Outcome[bytes | None]:
    links, now = values.get("links"), value_of(place.node, "links")
    if problem := _unsafe(source.file, links):
        return Outcome(None, (problem,))
    changes = []
    if isinstance(links, Mapping) and isinstance(now, SequenceNode):
        values = {**values, "links": _listed(now, links)}
    elif isinstance(links, Mapping) and isinstance(now, MappingNode) and _stay(now, links):
        at = field(place.node, "links")
        assert at is not None, source.file.path
        kinds = asked_for(source.file, kind_of(LINKS, Mapping), links)
        if isinstance(kinds, Diagnostic):
            return Outcome(None, (kinds,))
        changes.append(with_fields(source, Place((*place.path, at), now), kinds))
        values = {name: value for name, value in values.items() if name != "links"}
    elif isinstance(links, Mapping):
        values = {**values, "links": {kind: urls for kind, urls in links.items() if urls}}
    fields = asked_for(source.file, PAPER, values)
    if isinstance(fields, Diagnostic):
        return Outcome(None, (fields,))
    return changed(source, together(*changes, with_fields(source, place, fields)))


def _unsafe(file: SourceFile, links: Any) -> Diagnostic | None:
    """Why the file does not get these links: one of them would be shown nowhere."""
    for urls in links.values() if isinstance(links, Mapping) else ():
        for url in [urls] if isinstance(urls, str) else urls or ():
            if url and safe_url(str(url)) is None:
                why = f"would have a link that leads nowhere: '{shortened(str(url))}'"
                return refusal(file, why, "write https://… in full")
    return None


def _stay(now: MappingNode, links: Mapping[str, Value]) -> bool:
    """Whether there are links of any kind then."""
    return any(links.values()) or any(key.value not in links for key, _ in now.value)


def _listed(now: SequenceNode, links: Mapping[str, Any]) -> list[Value]:
    """Links of these kinds in the place of those that a list has; what stays, stays as it is written."""
    wanted = {kind: [urls] if isinstance(urls, str) else [*(urls or ())] for kind, urls in links.items()}
    items: list[Value] = []
    for node in now.value:
        said: Any = content(node)
        fields = dict(said) if isinstance(said, tuple) else {"url": said}
        url = str(fields.get("url", "")).strip()
        kind = fields.get("kind") or _kind(url)
        if kind not in wanted or url in wanted[kind]:
            items.append(fields if isinstance(said, tuple) else said)
            if kind in wanted:
                wanted[kind].remove(url)
    for kind, urls in wanted.items():
        items += (url if kind == _kind(str(url)) else {"url": url, "kind": kind} for url in urls)
    return items


def _kind(url: str) -> str:
    """What a link leads to that does not say it."""
    safe = safe_url(url)
    return link(safe).kind if safe else ""


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
    return _with(source, place, {name: items(texts)})


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
