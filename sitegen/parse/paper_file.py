"""content/papers/*.yaml → records: what curators know about papers beside the dumps."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, cast, get_args

from sitegen.diagnostics import Outcome
from sitegen.model.record import (
    Identifier,
    Link,
    LinkKind,
    Organization,
    Publication,
    PublicationKind,
    Record,
)
from sitegen.parse.kinds import Choice, Date, Prose, Text, Url, Whole, shortened
from sitegen.parse.nodes import Document, compose
from sitegen.parse.shapes import ByForm, Field, Given, ListOf, Made, Shape
from sitegen.text.identifiers import recognise
from sitegen.text.orcid import normal_orcid
from sitegen.text.pages import normal_pages
from sitegen.text.urls import link, safe_url

if TYPE_CHECKING:
    from yaml import Node

    from sitegen.model.source import SourceFile


def parse_paper_file(file: SourceFile) -> Outcome[tuple[Record, ...]]:
    """The file's records, in its order. One mapping, or a list of mappings."""
    document = compose(file)
    records: tuple[Record, ...] = ()
    if document.root is not None:
        records = PAPERS.read(document.root, document) or ()
    return Outcome(records, tuple(document.problems))


def _record(given: Given, document: Document) -> Record | None:
    """A record, where it says which work it is about."""
    if "title" not in given and "paper" not in given:
        if "title" not in given.nodes and "paper" not in given.nodes:
            document.error(
                "missing-field",
                "a paper needs a title, or a 'paper' that it adds to",
                given.node,
                "add 'title: …', or 'paper: <its id, arXiv id, DOI, URL or title>'",
            )
        return None
    return _claim(given, document)


def _claim(given: Given, document: Document) -> Record:
    authors = given.get("authors", ())
    return Record(
        where=document.span(given.node),
        curated=True,
        title=given.get("title", ""),
        summary=given.get("summary", ""),
        authors=() if isinstance(authors, int) else tuple(name for name, _ in authors),
        orcids=()
        if isinstance(authors, int) or not any(o for _, o in authors)
        else tuple(o for _, o in authors),
        author_count=authors if isinstance(authors, int) else len(authors) or None,
        organizations=tuple(map(Organization, given.get("organizations", ()))),
        date=given.get("date"),
        venue=given.get("venue", ""),
        publication=Publication(*(given.get(name, "") for name in Publication.__struct_fields__)),
        identifiers=tuple(given[kind] for kind in ("arxiv", "doi") if kind in given),
        links=given.get("links", ()),
        keywords=given.get("keywords", ()),
        tags=given.get("tags", ()),
        id=given.get("id", ""),
        names=given.get("paper", ""),
        same_as=given.get("same_as", ()),
        not_same_as=given.get("not_same_as", ()),
    )


def _definition(given: Given, document: Document) -> Record | None:
    return _claim(given, document) if "title" in given else None


def _identifier(kind: str, example: str) -> Made:
    def read(text: str, node: Node, document: Document) -> Identifier | None:
        found = recognise(text)
        if found is None or found.kind != kind:
            name = {"arxiv": "an arXiv id", "doi": "a DOI"}[kind]
            document.error(
                "bad-identifier", f"'{shortened(text)}' is not {name}", node, f"write it like {example}"
            )
            return None
        return found

    return Made(Text(), read)


def _as_names(text: str) -> str:
    """The list to write for names in one line: `Jane Doe and John Roe`, `Doe, Jane and Roe, John`, `Doe; Roe`, `A, B`."""
    names = [name.strip() for name in _BETWEEN_NAMES.split(text)]
    if any(name.count(",") != 1 for name in names) or (len(names) == 1 and " " in names[0].split(",")[0]):
        names = [part.strip() for name in names for part in name.split(",")]  # no `Doe, Jane`
    shown = ", ".join(f'"{name}"' if "," in name else name for name in names if name)
    return f"write a list: [{shortened(shown)}]"


_BETWEEN_NAMES = re.compile(r",?\s+(?:and|&)\s+|\s*;\s*")


def _as_link(text: str) -> str:
    url = safe_url(text) or (safe_url(f"https://{text}") if "." in text else None)
    known = link(url) if url else None
    kind, address = (known.kind, known.url) if known else ("page", "https://…")
    return f"name what it leads to: {{{'page' if kind == 'other' else kind}: {shortened(address)}}}"


def _links_by_kind(given: Given, _: Document) -> tuple[Link, ...]:
    return tuple(
        Link(cast("LinkKind", kind), url)
        for kind, urls in given.items()
        for url in (urls if isinstance(urls, tuple) else (urls,))
    )


def _link(given: Given, _: Document) -> Link | None:
    url = given.get("url")
    if url is None:
        return None
    return Link(given["kind"] if "kind" in given else link(url).kind, url, given.get("label", ""))


def _orcid(text: str, node: Node, document: Document) -> str | None:
    found = normal_orcid(text)
    if not found:
        document.error(
            "bad-identifier", f"'{shortened(text)}' is no ORCID", node, "write it like 0000-0002-1825-0097"
        )
    return found or None


def _author(given: Given, _: Document) -> tuple[str, str] | None:
    return (given["name"], given.get("orcid", "")) if "name" in given else None


_AUTHOR = Shape(
    "an author",
    "An author who is told apart from others of the same name.",
    (
        Field("name", Text(), "The name as it is read.", required=True),
        Field("orcid", Made(Text(), _orcid), "The ORCID: 0000-0002-1825-0097."),
    ),
    _author,
)
_KINDS: tuple[LinkKind, ...] = get_args(LinkKind)
_KIND_WORDS: dict[LinkKind, str] = {
    "page": "The paper's page at its publisher or archive.",
    "pdf": "The paper's text as PDF.",
    "code": "Its source code.",
    "project": "Its project page.",
    "model": "Weights.",
    "data": "A data set.",
    "demo": "Something to try.",
    "video": "A talk or film.",
    "slides": "Slides.",
    "poster": "A poster.",
    "other": "Anything else.",
}
_LINK = Shape(
    "a link",
    "A link with a label of its own.",
    (
        Field("url", Url(), "Its http(s) address.", required=True),
        Field("kind", Choice(_KINDS), "What it leads to. Default: told from the address."),
        Field("label", Text(), "How readers see it named. Default: its kind."),
    ),
    _link,
)
LINKS = ByForm(
    mapping=Shape(
        "a mapping of links",
        "Addresses by what they lead to.",
        tuple(
            Field(kind, ByForm(scalar=Url(), sequence=ListOf(Url())), _KIND_WORDS[kind]) for kind in _KINDS
        ),
        _links_by_kind,
        {
            **dict.fromkeys(("website", "url", "homepage", "html", "arxiv", "paper"), "page"),
            **dict.fromkeys(("github", "repo", "repository", "source"), "code"),
            **dict.fromkeys(("weights", "checkpoint"), "model"),
            "dataset": "data",
        },
    ),
    sequence=ListOf(ByForm(scalar=Made(Url(), lambda url, _node, _document: link(url)), mapping=_LINK)),
    instead=_as_link,
)

_MEANT = {
    **dict.fromkeys(("year", "published"), "date"),
    "author": "authors",
    **dict.fromkeys(("url", "link", "website", "homepage"), "links: {page: https://…}"),
    "pdf": "links: {pdf: https://…}",
    **dict.fromkeys(("github", "code", "repo", "repository"), "links: {code: https://…}"),
    "project": "links: {project: https://…}",
    **dict.fromkeys(("abstract", "description", "tldr"), "summary"),
    **dict.fromkeys(("journal", "conference", "booktitle"), "venue"),
    "type": "kind",
    "number": "issue",
    "page": "pages",
    "school": "publisher",
    **dict.fromkeys(("affiliations", "institutions"), "organizations"),
}
"""What other formats call the fields of a paper."""

_FIELDS = (
    Field(
        "date",
        Date(),
        "When it first appeared, as precise as it is known: 2024, 2024-03 or 2024-03-01.",
    ),
    Field(
        "authors",
        ByForm(
            scalar=Whole(1, 100_000, called="a number of authors, or a list of names,", instead=_as_names),
            sequence=ListOf(
                ByForm(scalar=Made(Text(), lambda name, _node, _document: (name, "")), mapping=_AUTHOR)
            ),
        ),
        "Names in their order, or only how many there are.",
    ),
    Field("organizations", ListOf(Text()), "Institutions behind the paper."),
    Field("venue", Text(), "Journal or conference, as readers call it: ICML 2024."),
    Field(
        "kind", Choice(get_args(PublicationKind)), "In what form it appeared. Default: told from the venue."
    ),
    Field("volume", Text(), "Volume of the journal or the proceedings."),
    Field("issue", Text(), "Issue of the journal; number of a report."),
    Field(
        "pages",
        Made(Text(), lambda pages, _node, _document: normal_pages(pages)),
        "First and last page, or an article's number: 11-24.",
    ),
    Field("publisher", Text(), "Publisher; university of a thesis, institution of a report."),
    Field("arxiv", _identifier("arxiv", "2401.00010"), "Its arXiv id: 2401.00010."),
    Field("doi", _identifier("doi", "10.1145/3292500.3330701"), "Its DOI: 10.1145/3292500.3330701."),
    Field("links", LINKS, "Addresses by kind, or a list of addresses."),
    Field("keywords", ListOf(Text()), "The paper's own keywords."),
    Field("summary", Prose(), "What it is about, in the curator's words. Markdown."),
    Field("tags", ListOf(Text()), "Terms of the taxonomy, as in tags.yaml."),
    Field("id", Text(), "Its fixed id, which names its page: papers/<id>.html."),
    Field(
        "same_as", ListOf(Text()), "Other papers that are this same work: ids, identifiers, URLs or titles."
    ),
    Field("not_same_as", ListOf(Text()), "Papers that look like this work and are another."),
)
PAPER = Shape(
    "a paper",
    "What a curator knows about a paper.",
    (
        Field("title", Text(), "Its title. Text, with TeX math between dollar signs."),
        Field("paper", Text(), "The paper that this adds to: its id, arXiv id, DOI, URL or title."),
        *_FIELDS,
    ),
    _record,
    _MEANT,
)
DEFINITION = Shape(
    "a paper",
    "A paper that no dump has, described where it is picked.",
    (Field("title", Text(), "Its title. Text, with TeX math between dollar signs.", required=True), *_FIELDS),
    _definition,
    _MEANT,
)


def _one(record: Record, _node: Node, _document: Document) -> tuple[Record, ...]:
    return (record,)


PAPERS = ByForm(mapping=Made(PAPER, _one), sequence=ListOf(PAPER))
