"""A page for every paper: all that is known, who says so, and how to cite it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from sitegen.model.collection import Status
from sitegen.model.page import Page
from sitegen.model.paper import Paper
from sitegen.model.record import PartialDate, Signal
from sitegen.plan.card import Card, TagLink, paper_url, place_url
from sitegen.plan.editions import Badge, Edition, badges, preprint_of
from sitegen.plan.exports import FileLink, files_beside, note_of, paper_files
from sitegen.plan.frame import Frame, Head
from sitegen.plan.links import identifier_url
from sitegen.plan.paper_metadata import highwire, scholarly_article
from sitegen.plan.signals import Course, courses, current
from sitegen.text.dates import parse_date
from sitegen.text.tex import plain
from sitegen.text.venues import publication_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sitegen.model.likeness import Related
    from sitegen.model.site import Appearance
    from sitegen.plan.context import Context

_DESCRIPTION = 200  # characters; search engines show no more


class Neighbour(msgspec.Struct, frozen=True, gc=False):
    title: str
    url: str


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """What one list says about the paper, and who stands before and after it there."""

    list_title: str
    url: str
    position: int
    note: str
    status: Status
    rating: int | None
    start_here: bool
    added: PartialDate | None
    previous: Neighbour | None
    following: Neighbour | None


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """A record behind the paper."""

    path: str
    line: int
    curated: bool
    fields: tuple[str, ...]  # what the page takes from it, in words; () for the only record
    reasons: tuple[str, ...]  # why it is the same work as an earlier record, in words


class Mention(msgspec.Struct, frozen=True, gc=False):
    """What little of its card a page says about another paper."""

    id: str
    url: str
    title: str  # TeX, as the source wrote it


class Kin(msgspec.Struct, frozen=True):
    """A paper that is like this one, and what the two have in common."""

    card: Mention
    words: tuple[str, ...]
    tags: tuple[TagLink, ...]
    lists: tuple[Neighbour, ...]


class PaperView(msgspec.Struct, frozen=True, kw_only=True):
    frame: Frame
    head: Head
    card: Card
    appeared: str  # where: `Journal of Gates, 12(3), 11–24`
    authors: tuple[Neighbour, ...]  # "" for the address of who has no page
    unnamed: int  # authors beyond those that are named
    identifiers: tuple[Neighbour, ...]
    keywords: tuple[str, ...]
    summary: str  # Markdown
    signals: tuple[Signal, ...]
    courses: tuple[Course, ...]  # of signals that were read more than once
    places: tuple[Place, ...]
    files: tuple[FileLink, ...]  # what stands beside the page
    badges: tuple[Badge, ...]  # retracted, withdrawn, corrected
    paper: Paper  # for the citations on the page
    preprint: Edition | None  # of a paper that has appeared elsewhere
    note: str  # Markdown, for these
    related: tuple[Kin, ...]
    sources: tuple[Source, ...]
    meta: tuple[tuple[str, str], ...]  # Highwire tags, as citation managers read them


def plan_papers(context: Context) -> Iterator[Page]:
    """`papers/<id>.html`, and beside it the files that the settings ask for: `papers/<id>.bib`."""
    for paper in context.library.papers:
        yield plan_paper(context, paper)
        told = context.fingerprints.of_one(paper)
        for file in paper_files(context.site, paper):
            # Drawn right after the page, which has the same citation.
            yield replace(file, alike=True, fingerprint=told)


def plan_paper(context: Context, paper: Paper) -> Page:
    """`papers/<id>.html` of this paper."""
    view = partial(_view, context, paper)
    return Page(
        paper_url(paper),
        "html",
        "paper.html",
        view,
        _modified(context, paper),
        alike=True,
        fingerprint=context.fingerprints.of_page(paper),
    )


def _modified(context: Context, paper: Paper) -> str:
    places = context.site.appearances.get(paper.id)
    return max(place.entry.added for place in places) if places else ""


def _view(context: Context, paper: Paper) -> PaperView:
    url = paper_url(paper)
    title = plain(paper.title)
    # Only the beginning: repairing the TeX of whole abstracts would be a fifth of all planning.
    description = _shortened(plain(paper.abstract[: 3 * _DESCRIPTION]))
    places = context.site.appearances.get(paper.id, ())
    card = context.card(paper, kept=False)
    return PaperView(
        frame=context.frame,
        head=context.head(
            url,
            title,
            description or context.texts("paper.about"),
            section="papers/index.html",
            kind="article",
            modified=_modified(context, paper),
            data=scholarly_article(context, paper, card, title, description),
        ),
        card=card,
        appeared=_appeared(paper),
        authors=tuple(_authors(context, paper)),
        unnamed=max(0, (paper.author_count or 0) - len(paper.authors)) if paper.authors else 0,
        identifiers=tuple(
            Neighbour(
                f"{_REGISTRIES.get(i.kind, i.kind)} {i.value}{f'v{i.version}' if i.version else ''}",
                identifier_url(i.kind, i.value),
            )
            for i in paper.identifiers
        ),
        keywords=paper.keywords,
        summary=paper.summary,
        signals=current(paper),
        courses=courses(paper),
        places=tuple(_place(place, context.settings.page_size) for place in places),
        files=files_beside(f"papers/{paper.id}", context.settings.paper_files),
        badges=badges(paper),
        paper=paper,
        preprint=preprint_of(paper),
        note=note_of(context.site, paper),
        related=tuple(_kin(context, related) for related in context.site.related.get(paper.id, ())),
        sources=tuple(_sources(context, paper)),
        meta=highwire(context, paper, title),
    )


_REGISTRIES = {
    "arxiv": "arXiv",
    "doi": "DOI",
    "acl": "ACL",
    "openreview": "OpenReview",
    "pmid": "PubMed",
    "isbn": "ISBN",
    "s2": "Semantic Scholar",
    "openalex": "OpenAlex",
}


def _appeared(paper: Paper) -> str:
    """The venue and the place in it; of a thesis or a book without a venue who brought it out."""
    said = publication_of(paper)
    return ", ".join(filter(None, (paper.venue or said.publisher, said.place)))


def _authors(context: Context, paper: Paper) -> Iterator[Neighbour]:
    for name, author in zip(paper.authors, context.authors.of(paper), strict=True):
        yield Neighbour(author.name, author.url) if author else Neighbour(name, "")


def _place(place: Appearance, page_size: int) -> Place:
    entry = place.entry
    return Place(
        list_title=place.list.title,
        url=place_url(place, page_size),
        position=place.position,
        note=entry.note,
        status=entry.status,
        rating=entry.rating,
        start_here=entry.start_here,
        added=parse_date(entry.added),
        previous=Neighbour(place.previous.title, paper_url(place.previous)) if place.previous else None,
        following=Neighbour(place.next.title, paper_url(place.next)) if place.next else None,
    )


_WORDS, _TAGS, _LISTS = 3, 2, 1  # of a reason, the weightiest first: more of them explain less


def _kin(context: Context, related: Related) -> Kin:
    paper = context.papers[related.paper_id]
    return Kin(
        Mention(paper.id, paper_url(paper), paper.title),
        related.words[:_WORDS],
        tuple(context.tag_links[tag] for tag in related.tags[:_TAGS]),
        tuple(Neighbour(context.lists[at].title, f"collections/{at}.html") for at in related.lists[:_LISTS]),
    )


def _sources(context: Context, paper: Paper) -> Iterator[Source]:
    texts = context.texts
    for position, record in enumerate(paper.records):
        yield Source(
            path=record.where.path,
            line=record.where.line,
            curated=record.curated,
            fields=tuple(texts(f"field.{field}") for field, at in paper.provenance if at == position),
            reasons=tuple(
                texts(
                    f"merge.{reason.rule}",
                    evidence=reason.evidence,
                    source=str(min(reason.left, reason.right) + 1),
                )
                for reason in paper.reasons
                if max(reason.left, reason.right) == position
            ),
        )


def _shortened(text: str) -> str:
    return text if len(text) <= _DESCRIPTION else text[:_DESCRIPTION].rsplit(" ", 1)[0].rstrip(",;:.") + " …"
