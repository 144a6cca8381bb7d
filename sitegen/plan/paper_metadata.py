"""What machines read on a paper's page: tags for citation managers, data for search engines."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from sitegen.plan.authors import schema_person
from sitegen.plan.card import paper_url
from sitegen.plan.links import pdf_of_arxiv
from sitegen.text.venues import publication_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sitegen.model.paper import Paper
    from sitegen.model.record import PartialDate, Publication
    from sitegen.plan.card import Card
    from sitegen.plan.context import Context


def highwire(context: Context, paper: Paper, title: str) -> tuple[tuple[str, str], ...]:
    """The tags that Zotero and Google Scholar read. https://scholar.google.com/intl/en/scholar/inclusion.html#indexing"""
    arxiv, doi = paper.identifier("arxiv"), paper.identifier("doi")
    pdf = paper.link("pdf") or (pdf_of_arxiv(arxiv) if arxiv else "")
    said = publication_of(paper)
    first, last = said.page_range
    tags = [("citation_title", title)]
    tags += [("citation_author", author) for author in paper.authors]
    tags += [
        ("citation_publication_date", _slashed(paper.published) if paper.published else ""),
        (_VENUES.get(said.kind, ""), paper.venue),
        ("citation_volume", said.volume),
        (_NUMBERS.get(said.kind, "citation_issue"), said.issue),
        ("citation_firstpage", first),
        ("citation_lastpage", last),
        (_PUBLISHERS.get(said.kind, "citation_publisher"), said.publisher),
        ("citation_doi", doi),
        ("citation_arxiv_id", arxiv),
        ("citation_pdf_url", pdf),
        (
            "citation_abstract_html_url",
            context.absolute(paper_url(paper)) if context.settings.base_url else "",
        ),
        (
            "citation_keywords",
            "; ".join((*(context.library.tags[tag].label for tag in paper.tags), *paper.keywords)),
        ),
        ("z:itemType", said.kind if said.kind in _ZOTERO else ""),
    ]
    return tuple((name, value) for name, value in tags if name and value)


_VENUES = {
    "article": "citation_journal_title",
    "paper": "citation_conference_title",
    "chapter": "citation_inbook_title",
}
_NUMBERS = {"report": "citation_technical_report_number"}
_PUBLISHERS = {
    "thesis": "citation_dissertation_institution",
    "report": "citation_technical_report_institution",
}
_ZOTERO = frozenset({"book", "preprint", "report", "thesis"})  # its own types, which no other tag tells it


def scholarly_article(
    context: Context, paper: Paper, card: Card, title: str, description: str
) -> dict[str, Any]:
    """The paper as https://schema.org/ScholarlyArticle: what search engines read."""
    said = publication_of(paper)
    first, last = said.page_range
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": _TYPES.get(said.kind, "ScholarlyArticle"),
        "headline": title,
        **context.url_for_data(paper_url(paper)),
    }
    optional: Sequence[tuple[str, Any]] = (
        ("description", description),
        (
            "author",
            [schema_person(*author) for author in zip_longest(paper.authors, paper.orcids, fillvalue="")],
        ),
        ("sourceOrganization", [{"@type": "Organization", "name": o.name} for o in paper.organizations]),
        ("datePublished", paper.date.iso if paper.date else ""),
        ("isPartOf", _whole(paper.venue, said)),
        ("pagination", said.pages),
        ("pageStart", first),
        ("pageEnd", last),
        ("publisher", {"@type": "Organization", "name": said.publisher} if said.publisher else None),
        ("identifier", [f"{i.kind}:{i.value}" for i in paper.identifiers]),
        ("sameAs", [link.url for link in card.links]),
        ("keywords", [context.library.tags[tag].label for tag in paper.tags]),
    )
    data.update((key, value) for key, value in optional if value)
    return data


_TYPES = {"book": "Book", "chapter": "Chapter", "report": "Report", "thesis": "Thesis"}


def _whole(venue: str, said: Publication) -> dict[str, Any] | None:
    """The issue that the work is in, as part of the volume, as part of the journal: what there is of these."""
    whole: dict[str, Any] | None = None
    if venue:
        whole = {"@type": _WHOLES.get(said.kind, "PublicationEvent"), "name": venue}
    for type_, number, value in (
        ("PublicationVolume", "volumeNumber", said.volume),
        ("PublicationIssue", "issueNumber", said.issue),
    ):
        if value and whole:
            whole = {"@type": type_, number: value, "isPartOf": whole}
    return whole


_WHOLES = {"article": "Periodical", "chapter": "Book", "book": "BookSeries", "report": "CreativeWorkSeries"}


def _slashed(date: PartialDate) -> str:
    # A month alone is not a date that citation managers know.
    return date.iso.replace("-", "/") if date.day else str(date.year)
