"""What machines read on a paper's page: tags for citation managers, data for search engines."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from sitegen.plan.authors import schema_person
from sitegen.plan.card import paper_url
from sitegen.plan.links import pdf_of_arxiv
from sitegen.text.venues import kind_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sitegen.model.paper import Paper
    from sitegen.model.record import PartialDate
    from sitegen.plan.card import Card
    from sitegen.plan.context import Context


def highwire(context: Context, paper: Paper, title: str) -> tuple[tuple[str, str], ...]:
    """The tags that Zotero and Google Scholar read. https://scholar.google.com/intl/en/scholar/inclusion.html#indexing"""
    arxiv, doi = paper.identifier("arxiv"), paper.identifier("doi")
    pdf = paper.link("pdf") or (pdf_of_arxiv(arxiv) if arxiv else "")
    kind = kind_of(paper)
    tags = [("citation_title", title)]
    tags += [("citation_author", author) for author in paper.authors]
    tags += [
        ("citation_publication_date", _slashed(paper.published) if paper.published else ""),
        ("citation_journal_title", paper.venue if kind == "article" else ""),
        ("citation_conference_title", paper.venue if kind == "paper" else ""),
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
        ("z:itemType", "preprint" if kind == "preprint" else ""),
    ]
    return tuple((name, value) for name, value in tags if value)


def scholarly_article(
    context: Context, paper: Paper, card: Card, title: str, description: str
) -> dict[str, Any]:
    """The paper as https://schema.org/ScholarlyArticle: what search engines read."""
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "ScholarlyArticle",
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
        ("isPartOf", {"@type": "PublicationEvent", "name": paper.venue} if paper.venue else None),
        ("identifier", [f"{i.kind}:{i.value}" for i in paper.identifiers]),
        ("sameAs", [link.url for link in card.links]),
        ("keywords", [context.library.tags[tag].label for tag in paper.tags]),
    )
    data.update((key, value) for key, value in optional if value)
    return data


def _slashed(date: PartialDate) -> str:
    # A month alone is not a date that citation managers know.
    return date.iso.replace("-", "/") if date.day else str(date.year)
