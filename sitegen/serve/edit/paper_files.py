"""What curators say about papers in content/papers/: said where something is said about a paper already, else in a new file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from sitegen.diagnostics import Diagnostic, Outcome, Span, error
from sitegen.model.record import Record
from sitegen.model.source import SourceFile
from sitegen.parse.paper_file import parse_paper_file
from sitegen.serve.edit.known import PAPERS
from sitegen.serve.edit.picks import listing
from sitegen.serve.edit.plan import Plan, title_of
from sitegen.splice import (
    PaperAt,
    add_to_paper_list,
    new_paper_file,
    remove_from_paper_list,
    set_paper_fields,
)
from sitegen.text.normal import title_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from sitegen.model.paper import Paper
    from sitegen.model.record import Link
    from sitegen.serve.edit.asks import Fix, NewLink, Settle
    from sitegen.serve.edit.known import Known
    from sitegen.serve.edit.plan import Read
    from sitegen.splice import Value


def fixed(ask: Fix, known: Known, read: Read) -> Outcome[Plan | None]:
    """A paper's title, date or links, said better."""
    paper = known.paper(ask.paper)
    assert paper is not None, ask.paper
    place = entry_of(paper, known, read)
    now = place.record if place else Record(where=Span(""), title="")
    changes: dict[str, Value | None] = {}
    if ask.title is not None and ask.title.strip() != now.title:
        changes["title"] = ask.title.strip() or None
    if ask.date is not None and ask.date.strip() != (now.date.iso if now.date else ""):
        changes["date"] = ask.date.strip() or None
    if ask.links is not None and (links := _changed_links(_by_kind(now.links), _by_kind(ask.links))):
        changes["links"] = links
    summary = f"{' and '.join(changes) or 'nothing'} of '{title_of(paper)}'"
    if place is None:
        return _new(paper, known, read, {name: value for name, value in changes.items() if value}, summary)
    if "title" in changes and (lost := _picks_by_title(paper, place, known, read)):
        return Outcome(None, lost)
    return _plan(place.file, set_paper_fields(place.file, place.at, changes), summary)


def settled(ask: Settle, known: Known, read: Read) -> Outcome[Plan | None]:
    """That two papers are one work, or two."""
    paper, other = known.paper(ask.paper), known.paper(ask.other)
    assert paper is not None, ask.paper
    assert other is not None, ask.other
    field, opposite = ("same_as", "not_same_as") if ask.same else ("not_same_as", "same_as")
    summary = f"'{title_of(paper)}' and '{title_of(other)}' are {'one work' if ask.same else 'two works'}"
    places = [
        (entry, meant)
        for speaker, meant in ((paper, other), (other, paper))
        for entry in _entries_of(speaker, known, read)
    ]
    if not places:
        return _new(paper, known, read, {field: [known.name_of(other)]}, summary)
    contrary = [
        (e, name) for e, meant in places for name in _meaning(meant, getattr(e.record, opposite), known)
    ]
    # Where the opposite was said, so that one file says both that it is taken back and what holds.
    first, meant = next(((e, m) for e, m in places if contrary and e is contrary[0][0]), places[0])
    for entry, _ in contrary:
        if entry.file.path != first.file.path:
            message = (
                f"{first.file.path} and this say the opposite of each other's paper: nothing was written"
            )
            hint = f"take its `{opposite}` out of one of them first"
            return Outcome(None, (error("not-edited", message, entry.record.where, hint),))
    outcome = Outcome[bytes | None](first.file.data)
    if not any(_meaning(m, getattr(e.record, field), known) for e, m in places):
        outcome = add_to_paper_list(first.file, first.at, field, known.name_of(meant))
    for entry, name in contrary:
        if outcome.value is not None:
            now = SourceFile(first.file.path, outcome.value, "")
            outcome = remove_from_paper_list(now, entry.at, opposite, name)
    return _plan(first.file, outcome, summary)


def _meaning(paper: Paper, names: Iterable[str], known: Known) -> list[str]:
    """Those of the names that mean the paper."""
    return [name for name in names if [each.id for each in known.papers.find(name)] == [paper.id]]


def _picks_by_title(paper: Paper, place: Entry, known: Known, read: Read) -> tuple[Diagnostic, ...]:
    """Picks that would name nothing any more if an entry, the only one that has this title, had another."""
    key = title_key(place.record.title)
    if place.record.names or sum(title_key(record.title) == key for record in paper.records) > 1:
        return ()
    found = []
    for reading_list in known.lists.values():
        file = read(reading_list.path).value
        now = listing(file, known).value if file else None
        there = now.of(paper.id) if now else None
        if there is not None and there.pick.definition is None and title_key(there.pick.paper) == key:
            message = "this pick names the paper by the title that is to change: nothing was written"
            hint = f"write `paper: {known.name_of(paper)}` there first"
            found.append(error("not-edited", message, there.pick.where, hint))
    return tuple(found)


def why_no_new_file(paper: Paper, known: Known, read: Read) -> tuple[Diagnostic, ...]:
    """Why nothing can be said in a new file about a paper of which content/papers/ says nothing yet; () where it can."""
    for path in sorted(each for each in known.broken if each.startswith(PAPERS)):
        file = read(path).value
        problems = parse_paper_file(file).diagnostics if file else ()
        for problem in problems:
            if problem.severity == "error":
                message = f"{path} has errors, and may say something about this paper"
                return (error("not-edited", message, problem.where, "mend it first"),)
    path = _own_path(paper)
    if path not in known.sources and read(path).value is None:
        return ()
    message = f"{path} is there, and says nothing about this paper"
    return (error("not-edited", message, Span(path), "say it there by hand"),)


class Entry(msgspec.Struct, frozen=True):
    """Where a file says something about a paper, and what."""

    file: SourceFile
    at: PaperAt
    record: Record


def entry_of(paper: Paper, known: Known, read: Read) -> Entry | None:
    """The first place in content/papers/ that says something about a paper, in the file as it is now."""
    return next(_entries_of(paper, known, read), None)


def _entries_of(paper: Paper, known: Known, read: Read) -> Iterator[Entry]:
    # The file that `_new` would make may have been made since the site was built.
    for path in dict.fromkeys([*(record.where.path for record in known.written(paper)), _own_path(paper)]):
        file = read(path).value
        if file is None:
            continue
        for number, record in enumerate(parse_paper_file(file).value):
            if _means(record, paper, known):
                yield Entry(file, PaperAt(number, record.names or record.title), record)


def _means(record: Record, paper: Paper, known: Known) -> bool:
    """Whether a record as it is now is about the paper: the line that it was read from may have moved since."""
    names = (
        [record.names]
        if record.names
        else [*([record.id] if record.id else []), *(i.value for i in record.identifiers), record.title]
    )
    for name in names:
        found = known.papers.find(name)
        if found:
            return [each.id for each in found] == [paper.id]
    return False


def _by_kind(links: Iterable[Link | NewLink]) -> dict[str, list[str]]:
    kinds: dict[str, list[str]] = {}
    for link in links:
        kinds.setdefault(link.kind, []).append(link.url.strip())
    return kinds


def _changed_links(now: Mapping[str, list[str]], wanted: Mapping[str, list[str]]) -> dict[str, Value]:
    """The addresses of every kind that is to lead elsewhere; none where it is to lead nowhere."""
    kinds = [kind for kind in dict.fromkeys([*now, *wanted]) if now.get(kind) != wanted.get(kind)]
    return {kind: _one_or_all(wanted.get(kind, [])) for kind in kinds}


def _one_or_all(urls: list[str]) -> Value:
    return urls[0] if len(urls) == 1 else urls


def _new(
    paper: Paper, known: Known, read: Read, values: Mapping[str, Value], summary: str
) -> Outcome[Plan | None]:
    path = _own_path(paper)
    if problems := why_no_new_file(paper, known, read):
        return Outcome(None, problems)
    outcome = new_paper_file(path, {"paper": known.name_of(paper), **values})
    if outcome.value is None:
        return Outcome(None, outcome.diagnostics)
    return Outcome(Plan(summary, path, None, outcome.value))


def _own_path(paper: Paper) -> str:
    return f"{PAPERS}{paper.id}.yaml"


def _plan(file: SourceFile, spliced: Outcome[bytes | None], summary: str) -> Outcome[Plan | None]:
    if spliced.value is None:
        return Outcome(None, spliced.diagnostics)
    return Outcome(Plan(summary, file.path, file.data, spliced.value))
