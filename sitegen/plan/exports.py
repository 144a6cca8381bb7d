"""What leads out of the site: citations and data of a paper, a list, a tag, or everything."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from sitegen.model.page import Page
from sitegen.plan.entry import COLUMNS, PaperEntry, paper_entry, row

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from sitegen.model.library import ReadingList
    from sitegen.model.paper import Paper
    from sitegen.model.site import Site
    from sitegen.plan.context import Context

Cited = tuple[tuple["Paper", str], ...]  # each paper with the note of a curator, or ""


class FileLink(NamedTuple):
    """A file for other programs, as a page names it."""

    label: str
    url: str
    type: str


class Export(NamedTuple):
    """A format: its name for readers, the ending and the type of its files, its renderer, and that one's view of papers."""

    label: str
    ending: str
    type: str
    renderer: str
    view: Callable[[Site, Cited], Any]


def _citations(site: Site, cited: Cited) -> Cited:
    del site
    return cited


def _entries(site: Site, cited: Cited) -> tuple[PaperEntry, ...]:
    return tuple(paper_entry(site, paper) for paper, _ in cited)


def _rows(site: Site, cited: Cited) -> tuple[tuple[str, ...], ...]:
    return (COLUMNS, *map(row, _entries(site, cited)))


EXPORTS: Mapping[str, Export] = {
    "bibtex": Export("BibTeX", "bib", "application/x-bibtex", "bibtex", _citations),
    "ris": Export("RIS", "ris", "application/x-research-info-systems", "ris", _citations),
    "csl-json": Export(
        "CSL-JSON", "csl.json", "application/vnd.citationstyles.csl+json", "csl-json", _citations
    ),
    "apa": Export("APA", "txt", "text/plain", "apa", _citations),
    "csv": Export("CSV", "csv", "text/csv", "csv", _rows),
    "jsonl": Export("JSON Lines", "jsonl", "application/jsonl", "jsonl", _entries),
}
_OF_LISTS = ("bibtex", "ris", "csl-json")
_OF_PAPERS = {EXPORTS[name].ending: name for name in _OF_LISTS}
_OF_EVERYTHING = (*_OF_LISTS, "csv", "jsonl")


def plan_exports(context: Context) -> Iterator[Page]:
    """`papers.bib` and its like with every paper, then each list's and each tag's, in the order of its page."""
    site = context.site
    for name in _OF_EVERYTHING:
        yield export(site, name, "papers", everything(site))
    for reading_list in context.library.lists:
        cited = of_list(reading_list)
        for name in _OF_LISTS:
            yield export(site, name, f"collections/{reading_list.id}", cited)
    for tag in context.library.tags:
        cited = of_tag(site, tag)
        for name in _OF_LISTS:
            yield export(site, name, f"tags/{tag}", cited)


def files_of_list(stem: str) -> tuple[FileLink, ...]:
    """What a list, a tag or the whole site is exported as."""
    names = _OF_EVERYTHING if stem == "papers" else _OF_LISTS
    return tuple(_link(EXPORTS[name], stem) for name in names)


def files_of_paper(site: Site, paper: Paper) -> tuple[FileLink, ...]:
    """What stands beside a paper's page."""
    stem = f"papers/{paper.id}"
    others = {"json": FileLink("JSON", f"{stem}.json", "application/json")}
    return tuple(
        others[ending] if ending in others else _link(EXPORTS[_OF_PAPERS[ending]], stem)
        for ending in site.library.settings.paper_files
    )


def _link(form: Export, stem: str) -> FileLink:
    return FileLink(form.label, f"{stem}.{form.ending}", form.type)


def paper_files(site: Site, paper: Paper) -> Iterator[Page]:
    """The files beside a paper's page that the settings ask for."""
    for ending in site.library.settings.paper_files:
        if ending in _OF_PAPERS:
            yield export(site, _OF_PAPERS[ending], f"papers/{paper.id}", ((paper, note_of(site, paper)),))
        elif ending == "json":
            yield Page(f"papers/{paper.id}.json", "json", "", partial(paper_entry, site, paper))


def export(site: Site, name: str, stem: str, cited: Cited) -> Page:
    """The papers as a file in the format of this name, a key of EXPORTS."""
    form = EXPORTS[name]
    return Page(f"{stem}.{form.ending}", form.renderer, "", partial(form.view, site, cited))


def everything(site: Site) -> Cited:
    """Every paper, by id."""
    return _noted(site, site.library.papers)


def of_list(reading_list: ReadingList) -> Cited:
    """The papers of a list in its order, each once, with what this list says about them."""
    entries = {entry.paper.id: (entry.paper, entry.note) for entry in reversed(reading_list.entries)}
    return tuple(entries.values())[::-1]


def of_tag(site: Site, tag: str) -> Cited:
    """The papers of a tag, newest first."""
    return _noted(site, site.by_tag.get(tag, ()))


def note_of(site: Site, paper: Paper) -> str:
    """The first note that a list has on the paper: the one that its card shows."""
    return next((place.entry.note for place in site.appearances.get(paper.id, ()) if place.entry.note), "")


def _noted(site: Site, papers: Iterable[Paper]) -> Cited:
    return tuple((paper, note_of(site, paper)) for paper in papers)
