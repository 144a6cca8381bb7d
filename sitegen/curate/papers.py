"""The paper that a reference means."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from sitegen.diagnostics import Diagnostic, error
from sitegen.text.identifiers import recognise
from sitegen.text.nearest import Nearest
from sitegen.text.normal import title_key
from sitegen.text.references import identifier_key, link_keys, readings

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sitegen.diagnostics import Span
    from sitegen.model.collection import Pick
    from sitegen.model.paper import Paper


class Papers:
    """Finds papers by id, identifier, address or title. Each index is built by the first reference that needs it.

    `meant` has, by reference, the ids of what was found among the same papers before, and grows.
    """

    def __init__(self, papers: Sequence[Paper], meant: dict[str, tuple[str, ...]] | None = None) -> None:
        self._papers = papers
        self._meant = {} if meant is None else meant

    def chosen(self, pick: Pick) -> Paper | Diagnostic:
        """The paper that a pick means, or why there is none."""
        if pick.definition is not None:
            return self._by_place[pick.definition.where]
        found = self.find(pick.paper)
        if not found:
            return error("unknown-paper", f"no paper is '{pick.paper}'", pick.where, self._advice(pick.paper))
        if len(found) > 1:
            candidates = "; ".join(f"{paper.id} ({_described(paper)})" for paper in found)
            return error(
                "ambiguous-paper",
                f"'{pick.paper}' could be any of {len(found)} papers: {candidates}",
                pick.where,
                "use an id",
            )
        return found[0]

    def find(self, reference: str) -> Sequence[Paper]:
        """The papers that the reference means in its strongest reading that means any; by id."""
        text = reference.strip()
        meant = self._meant.get(text)
        if meant is None:
            meant = self._meant[text] = tuple(paper.id for paper in self._found(text))
        return [self._by_id[paper] for paper in meant]

    def _found(self, text: str) -> Sequence[Paper]:
        if text in self._by_id:
            return (self._by_id[text],)
        for reading in readings(text):
            kind = reading.partition(":")[0]
            index: Mapping[str, Sequence[Paper]] = (
                self._by_title
                if kind == "title"
                else self._by_url
                if kind in {"url", "link"}
                else self._by_identifier
            )
            found = index.get(reading, ())
            if found:
                return found
        return ()

    def _advice(self, reference: str) -> str:
        """What to write instead: a title or id that we have; where there is none like it, the paper itself."""
        identifier = recognise(reference)
        if identifier is not None and identifier.kind in {"arxiv", "doi"}:
            fields = f"title: …, {identifier.kind}: {identifier.value}"
        elif reference.startswith(("https://", "http://")):
            fields = f"title: …, links: {{page: {reference}}}"
        elif near := self._nearest.hint_by_words(reference):
            return near
        else:
            fields = "title: …, arxiv: …"
        return f"no dump has it; describe it here: paper: {{{fields}}}"

    @cached_property
    def _by_id(self) -> dict[str, Paper]:
        aliases = {alias: paper for paper in self._papers for alias in paper.aliases}
        return aliases | {paper.id: paper for paper in self._papers}

    @cached_property
    def _by_place(self) -> dict[Span, Paper]:
        return {record.where: paper for paper in self._papers for record in paper.records if record.curated}

    @cached_property
    def _by_identifier(self) -> dict[str, list[Paper]]:
        return _index((identifier_key(i), paper) for paper in self._papers for i in paper.identifiers)

    @cached_property
    def _by_url(self) -> dict[str, list[Paper]]:
        return _index((key, paper) for paper in self._papers for key in link_keys(paper.links))

    @cached_property
    def _by_title(self) -> dict[str, list[Paper]]:
        return _index(
            (f"title:{title_key(title)}", paper)
            for paper in self._papers
            for title in {record.title for record in paper.records} | {paper.title}
        )

    @cached_property
    def _nearest(self) -> Nearest:
        return Nearest((paper.title for paper in self._papers), also=(paper.id for paper in self._papers))


def _index(pairs: Iterable[tuple[str, Paper]]) -> dict[str, list[Paper]]:
    index: dict[str, list[Paper]] = {}
    for key, paper in pairs:
        papers = index.setdefault(key, [])
        if not papers or papers[-1] is not paper:
            papers.append(paper)
    return index


def _described(paper: Paper) -> str:
    known = [paper.date.iso] if paper.date else []
    if paper.authors:
        known.append(paper.authors[0])
    where = paper.records[0].where if paper.records else None
    if where:
        known.append(f"{where.path}:{where.line}")
    return ", ".join(known)
