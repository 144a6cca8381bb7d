"""What leads out of the site: citations and data of a paper, a list, a tag, or everything."""

from __future__ import annotations

from functools import cache, partial
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec
from msgspec.structs import replace

from sitegen.model.page import Page
from sitegen.model.site import Site
from sitegen.plan.api import collection_json, paper_json, plan_api, tag_json
from sitegen.plan.entry import COLUMNS, PaperEntry, paper_entry, row
from sitegen.plan.twins import collection_twin, paper_twin, plan_twins, tag_twin
from sitegen.text.digest import digest_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from sitegen.model.library import ReadingList
    from sitegen.model.paper import Paper
    from sitegen.plan.context import Context

Cited = tuple[tuple["Paper", str], ...]  # each paper with the note of a curator, or ""


class FileLink(NamedTuple):
    """A file for other programs, as a page names it."""

    label: str
    url: str
    type: str


class Export(NamedTuple):
    """A format: its name for readers, the ending and the type of its files, its renderer, and that one's view of a paper."""

    label: str
    ending: str
    type: str
    renderer: str
    view: Callable[[Site, Paper, str], Any]
    head: tuple[Any, ...] = ()  # before those


def _citation(site: Site, paper: Paper, note: str) -> tuple[Paper, str]:
    del site
    return paper, note


def _entry(site: Site, paper: Paper, note: str) -> PaperEntry:
    del note
    return paper_entry(site, paper)


def _row(site: Site, paper: Paper, note: str) -> tuple[str, ...]:
    del note
    return row(paper_entry(site, paper))


class _Views(msgspec.Struct, frozen=True):
    """What a file holds, in a row: the head of its format, and the views of papers, each made when it is wanted."""

    form: Export
    site: Site
    cited: Cited

    def __getitem__(self, at: int) -> Any:
        head = self.form.head
        return head[at] if at < len(head) else self.form.view(self.site, *self.cited[at - len(head)])


EXPORTS: Mapping[str, Export] = {
    "bibtex": Export("BibTeX", "bib", "application/x-bibtex", "bibtex", _citation),
    "ris": Export("RIS", "ris", "application/x-research-info-systems", "ris", _citation),
    "csl-json": Export(
        "CSL-JSON", "csl.json", "application/vnd.citationstyles.csl+json", "csl-json", _citation
    ),
    "apa": Export("APA", "txt", "text/plain", "apa", _citation),
    "csv": Export("CSV", "csv", "text/csv", "csv", _row, (COLUMNS,)),
    "jsonl": Export("JSON Lines", "jsonl", "application/jsonl", "jsonl", _entry),
}
_CITATIONS = ("bibtex", "ris", "csl-json")
_BY_ENDING = {EXPORTS[name].ending: name for name in _CITATIONS}
_JSON = "application/json"


def plan_exports(context: Context) -> Iterator[Page]:
    """`papers.bib` and its like with every paper; the files of every list and tag; the API; `llms.txt`."""
    site, endings, told = context.site, context.settings.list_files, context.fingerprints.of
    of_all = told(site.library.papers)
    all_of_site = cache(partial(everything, site))
    of_each = cache(partial(context.fingerprints.of_ones, site.library.papers))
    for name in (*_CITATIONS, "csv", "jsonl"):
        page = export(site, name, "papers", all_of_site)
        yield replace(page, fingerprint=of_all, parts=cache(partial(_parts, of_each, EXPORTS[name].head)))
    for reading_list in context.library.lists:
        papers = [paper for paper, _ in of_list(reading_list)]
        of_this = told(papers, *_said(reading_list))
        for ending in endings:
            if ending == "json":
                page = collection_json(site, reading_list)
            elif ending == "md":
                page = collection_twin(site, reading_list)
            else:
                cited = partial(of_list, reading_list)
                page = export(site, _BY_ENDING[ending], f"collections/{reading_list.id}", cited)
                page = replace(page, parts=partial(context.fingerprints.of_ones, papers))
            yield replace(page, fingerprint=of_this)
    for tag in context.library.tags.values():
        tagged = site.by_tag.get(tag.id, ())
        of_this = told(tagged, tag, site.children.get(tag.id))
        of_names = context.fingerprints.of_alone(tagged, tag, site.children.get(tag.id))
        for ending in endings:
            if ending == "json":
                yield replace(tag_json(site, tag.id), fingerprint=of_names)
            elif ending == "md":
                yield replace(tag_twin(site, tag.id), fingerprint=of_names)
            else:
                page = export(site, _BY_ENDING[ending], f"tags/{tag.id}", partial(of_tag, site, tag.id))
                yield replace(page, fingerprint=of_this, parts=partial(context.fingerprints.of_ones, tagged))
    yield from plan_api(context)
    yield from plan_twins(site)


def _parts(of_each: Callable[[], tuple[bytes, ...]], head: Iterable[Any]) -> tuple[bytes, ...]:
    return (*map(digest_of, head), *of_each())


def _said(reading_list: ReadingList) -> Iterator[Any]:
    """What a list says beside its entries, and where it says something about which paper."""
    yield replace(reading_list, parts=())
    for part in reading_list.parts:
        yield replace(part, entries=()), [(entry.paper.id, entry.note) for entry in part.entries]


def paper_files(site: Site, paper: Paper) -> Iterator[Page]:
    """The files beside a paper's page that the settings ask for."""
    for ending in site.library.settings.paper_files:
        if ending == "json":
            yield paper_json(site, paper)
        elif ending == "md":
            yield paper_twin(site, paper)
        else:
            yield export(site, _BY_ENDING[ending], f"papers/{paper.id}", partial(_noted, site, (paper,)))


def files_of_site() -> tuple[FileLink, ...]:
    """What the whole site is exported as."""
    names = (*_CITATIONS, "csv", "jsonl")
    return (*(_link(EXPORTS[name], "papers") for name in names), FileLink("JSON", "papers.json", _JSON))


def files_beside(stem: str, endings: Iterable[str]) -> tuple[FileLink, ...]:
    """The files with these endings beside a page, as that page names them."""
    others = {
        "json": FileLink("JSON", f"{stem}.json", _JSON),
        "md": FileLink("Markdown", f"{stem}.md", "text/markdown"),
    }
    return tuple(
        others[ending] if ending in others else _link(EXPORTS[_BY_ENDING[ending]], stem) for ending in endings
    )


def twin_beside(stem: str, endings: Iterable[str]) -> tuple[FileLink, ...]:
    """The Markdown of a list that is exported as nothing else."""
    return files_beside(stem, [ending for ending in endings if ending == "md"])


def _link(form: Export, stem: str) -> FileLink:
    return FileLink(form.label, f"{stem}.{form.ending}", form.type)


def export(site: Site, name: str, stem: str, cited: Callable[[], Cited]) -> Page:
    """The papers as a file in the format of this name, a key of EXPORTS."""
    form = EXPORTS[name]
    return Page(f"{stem}.{form.ending}", form.renderer, "", lambda: _Views(form, site, cited()))


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
    there = site.appearances  # most papers are in no list
    return tuple([(paper, note_of(site, paper) if paper.id in there else "") for paper in papers])
