"""Collections → reading lists: picks become entries, sections become parts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from sitegen.diagnostics import Diagnostic, has_errors, warning
from sitegen.model.collection import Collection, Pick, Section
from sitegen.model.library import Entry, Part, ReadingList
from sitegen.text.slug import slug

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sitegen.curate.papers import Papers
    from sitegen.curate.tags import Taxonomy
    from sitegen.model.paper import Paper


class Resolution(msgspec.Struct, frozen=True, kw_only=True):
    """A collection whose picks name papers that exist, each once."""

    collection: Collection
    picks: tuple[tuple[Section, tuple[tuple[Pick, str], ...]], ...]  # with the paper's id
    excluded: frozenset[str]  # ids
    problems: tuple[Diagnostic, ...]


def resolve(collection: Collection, papers: Papers) -> Resolution:
    """The picks that name a paper; of two that name one, the first."""
    problems: list[Diagnostic] = []
    first: dict[str, Pick] = {}
    sections = []
    for section in collection.sections:
        kept = []
        for pick in section.picks:
            paper = papers.chosen(pick)
            if isinstance(paper, Diagnostic):
                problems.append(paper)
            elif paper.id in first:
                problems.append(_picked_twice(pick, first[paper.id]))
            else:
                first[paper.id] = pick
                kept.append((pick, paper.id))
        sections.append((section, tuple(kept)))
    excluded = set()
    for pick in collection.rule.exclude if collection.rule else ():
        paper = papers.chosen(pick)
        if isinstance(paper, Diagnostic):
            problems.append(msgspec.structs.replace(paper, severity="warning"))
        else:
            excluded.add(paper.id)
    return Resolution(
        collection=collection,
        picks=tuple(sections),
        excluded=frozenset(excluded),
        problems=tuple(problems),
    )


def with_entries(resolution: Resolution, papers: Mapping[str, Paper], taxonomy: Taxonomy) -> ReadingList:
    """The list of a resolved collection, before a rule adds to it."""
    collection = resolution.collection
    taken: set[str] = set()
    parts = tuple(
        Part(
            id=fragment(section.title, taken),
            title=section.title,
            description=section.description,
            entries=tuple(_entry(pick, papers[paper], taxonomy) for pick, paper in picks),
        )
        for section, picks in resolution.picks
    )
    added = [pick.added for _, picks in resolution.picks for pick, _ in picks]
    return ReadingList(
        id=collection.id,
        path=collection.where.path,
        title=collection.title,
        blurb=collection.blurb,
        description=collection.description,
        curators=collection.curators,
        updated=collection.updated or max(added, default=""),
        parts=parts,
        rule=collection.rule,
        where=collection.where,
        complete=collection.complete and not has_errors(resolution.problems),
    )


def fragment(title: str, taken: set[str]) -> str:
    """A fragment id that is not taken yet, and is from now on; never a paper's (`paper-…`) nor one of the theme."""
    stem = f"section-{slug(title) if title else 'papers'}"
    name, number = stem, 1
    while name in taken:
        number += 1
        name = f"{stem}-{number}"
    taken.add(name)
    return name


def _entry(pick: Pick, paper: Paper, taxonomy: Taxonomy) -> Entry:
    return Entry(
        paper=paper,
        note=pick.note,
        tags=tuple(dict.fromkeys(taxonomy.ids(pick.tags))),
        status=pick.status,
        rating=pick.rating,
        start_here=pick.start_here,
        added=pick.added,
    )


def _picked_twice(pick: Pick, first: Pick) -> Diagnostic:
    return warning(
        "duplicate-pick",
        f"'{pick.paper}' is in this list already, on line {first.where.line}",
        pick.where,
        "keep one of the two; what this one says is left out",
    )
