"""What the scripts of the editor are told: plain values, text as text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from sitegen.diagnostics import Span, as_text
from sitegen.model.record import Record
from sitegen.parse.collection import COLLECTION
from sitegen.parse.paper_file import PAPERS
from sitegen.serve.edit.paper_files import entry_of, why_no_new_file
from sitegen.serve.edit.picks import listing
from sitegen.serve.edit.plan import title_of
from sitegen.splice import unified
from sitegen.text.excerpt import line_of

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable

    from sitegen.diagnostics import Diagnostic
    from sitegen.model.library import ReadingList
    from sitegen.model.paper import Paper
    from sitegen.serve.edit.desk import Changed, Desk, Proposal
    from sitegen.serve.edit.history import History, Step
    from sitegen.serve.edit.inbox import Found
    from sitegen.serve.edit.known import Known
    from sitegen.serve.edit.picks import Listing

Json = dict[str, Any]


def overview(known: Known, history: History) -> Json:
    """What the bar shows."""
    return {
        "inbox": len(known.inbox),
        "collections": [_list(each) for each in known.lists.values()],
        "tags": [tag.label for tag in known.site.library.tags.values()],
        "undo": _step(history.undo),
        "redo": _step(history.redo),
        "left_alone": history.left_alone,
    }


def paper(found: Paper, known: Known, desk: Desk) -> Json:
    """All that can be edited about a paper, as the files say it at this moment."""
    places = [place for each in known.lists.values() for place in _places(found, each, known, desk)]
    return {
        **_brief(found),
        "date": found.date.iso if found.date else "",
        "links": [{"kind": link.kind, "url": link.url} for link in found.links],
        "places": places,
        "written": _written(found, known, desk),
    }


def suspicions(known: Known, paper_id: str, settled: Container[frozenset[str]]) -> Json:
    """Pairs of papers that look like one work and are not `settled`: those of a paper, or the first of all."""
    found = [
        each
        for each in known.suspicions
        if paper_id in {"", each.first.id, each.second.id}
        and frozenset((each.first.id, each.second.id)) not in settled
    ]
    return {
        "total": len(found),
        "pairs": [
            {
                "papers": [_brief(each.first), _brief(each.second)],
                "evidence": each.evidence,
                "against": each.against,
            }
            for each in found[:_MOST_PAIRS]
        ],
    }


_MOST_PAIRS = 100


def collection(reading_list: ReadingList, now: Listing) -> Json:
    """What a list says of itself and of its sections, as its file says it at this moment."""
    said = now.collection
    return {
        **_list(reading_list),
        "digest": now.file.digest,
        "title": said.title,
        "blurb": said.blurb,
        "description": said.description,
        "sections": [
            {"title": each.title, "description": each.description, "papers": len(each.picks)}
            for each in said.sections
            if each.title
        ],
    }


def order(reading_list: ReadingList, now: Listing) -> Json:
    """What stands where in a list, as its file says at this moment."""
    return {
        **_list(reading_list),
        "digest": now.file.digest,
        "sections": [title for title in now.sections if title],
        "picks": [{"name": each.name, "paper": each.paper, "section": each.section} for each in now.shown],
    }


def inbox(found: Found) -> Json:
    """A page of the inbox."""
    return {
        **msgspec.to_builtins(msgspec.structs.replace(found, papers=())),
        "papers": [_brief(each) for each in found.papers],
    }


def proposal(found: Proposal) -> Json:
    """What would be written."""
    plan = found.plan
    before = plan.before or b""
    return {
        "proposal": found.id,
        "summary": plan.summary,
        "path": plan.path,
        "created": plan.before is None,
        "deleted": plan.after is None,
        "digest": found.before,
        "diff": _difference(before, plan.after or b""),
        "changed": found.meanwhile is not None,
        # What somebody else did; nothing where the version that was seen is not remembered any more.
        "meanwhile": _difference(found.meanwhile, before) if found.meanwhile else [],
    }


def changed(found: Changed) -> Json:
    """What somebody else made of a file that the editor had written."""
    return {"path": found.path, "meanwhile": _difference(found.wrote or b"", found.now or b"")}


def step(done: Step, history: History) -> Json:
    """What was written."""
    return {
        "summary": done.summary,
        "path": done.path,
        "undo": _step(history.undo),
        "redo": _step(history.redo),
    }


def why(problems: Iterable[Diagnostic], known: Known, desk: Desk) -> list[Json]:
    """Why nothing is done: each problem with its place, its line and what to do."""
    line = line_of({**known.sources, **desk.latest})
    return [
        {
            "code": each.code,
            "message": each.message,
            "place": f"{each.where.path}:{each.where.line}" if each.where.line else each.where.path,
            "hint": each.hint,
            "excerpt": _excerpt(each, line),
        }
        for each in problems
    ]


def _excerpt(problem: Diagnostic, line: Callable[[str, int], str | None]) -> str:
    """The line of the file, with a mark below what is meant; "" where there is none to show."""
    rest = as_text(problem, line).split("\n")[1:]
    return "\n".join(rest[:-1] if problem.hint else rest)


def _difference(before: bytes, after: bytes) -> list[str]:
    """Lines of a unified diff, without the two that name the file."""
    return unified(before, after, "").splitlines()[2:]


def _step(found: Step | None) -> Json | None:
    return {"name": found.name, "summary": found.summary} if found else None


def _list(reading_list: ReadingList) -> Json:
    return {
        "id": reading_list.id,
        "title": reading_list.title,
        "path": reading_list.path,
        "sections": [part.title for part in reading_list.parts if part.title],
        "rule": reading_list.rule is not None,
    }


def _brief(found: Paper) -> Json:
    facts = [found.venue, found.date.iso if found.date else "undated"]
    if found.authors:
        facts.insert(0, found.authors[0] + (" et al." if len(found.authors) > 1 else ""))
    return {
        "id": found.id,
        "title": title_of(found),
        "url": f"papers/{found.id}.html",
        "facts": [fact for fact in facts if fact],
        "abstract": " ".join(found.abstract.split())[:_LONGEST_ABSTRACT],
        "source": found.records[0].where.path,
    }


_LONGEST_ABSTRACT = 600


def _places(found: Paper, reading_list: ReadingList, known: Known, desk: Desk) -> list[Json]:
    """Where a list has the paper: as a pick, or by its rule alone; and why that cannot be edited, where it cannot."""
    file = desk.read(reading_list.path).value
    now = listing(file, known).value if file else None
    there = now.of(found.id) if now else None
    built = any(entry.paper.id == found.id for entry in reading_list.entries)
    if there is None and not built:
        return []
    closed = why(desk.editable(reading_list.path, COLLECTION).diagnostics, known, desk)
    said = {**_list(reading_list), "digest": file.digest if file else "", "refused": closed, "by_rule": False}
    if now is not None and there is not None:
        within = [each for each in now.shown if each.at.section == there.at.section]
        pick = there.pick
        return [
            {
                **said,
                "sections": now.sections,
                "line": pick.where.line,
                "section": there.section,
                "number": within.index(there) + 1,
                "of": len(within),
                "note": pick.note,
                "tags": pick.tags,
                "status": pick.status,
                "rating": pick.rating or 0,
                "start_here": pick.start_here,
            }
        ]
    if reading_list.rule:
        return [{**said, "by_rule": True, "line": reading_list.rule.where.line}]
    return [said] if closed else []


def _written(found: Paper, known: Known, desk: Desk) -> Json:
    """What content/papers/ says about the paper, and why that cannot be edited, where it cannot; no path: nothing yet."""
    place = entry_of(found, known, desk.read)
    paths = [place.file.path] if place else [record.where.path for record in known.written(found)]
    closed = [problem for path in paths[:1] for problem in desk.editable(path, PAPERS).diagnostics]
    record = place.record if place else Record(where=Span(paths[0] if paths and closed else ""), title="")
    if not place and not closed:
        closed = [*why_no_new_file(found, known, desk.read)]
    return {
        "path": record.where.path,
        "line": record.where.line,
        "digest": place.file.digest if place else "",
        "refused": why(closed, known, desk),
        "title": record.title,
        "date": record.date.iso if record.date else "",
        "links": [{"kind": link.kind, "url": link.url} for link in record.links],
    }
