"""What every format of citation says of a paper, before it is written in that format's way."""

from __future__ import annotations

import re
from html import unescape
from itertools import chain, zip_longest
from typing import TYPE_CHECKING, Protocol, TypeVar

import msgspec

from sitegen.model.record import PartialDate, Publication, PublicationKind
from sitegen.text.identifiers import is_preprint, recognise
from sitegen.text.names import Name, parts_of_name
from sitegen.text.tex import plain
from sitegen.text.venues import kind_of, publication_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sitegen.model.paper import Paper

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


class _Made(Protocol[T_co]):
    def __call__(self, paper: Paper, note: str = "") -> T_co: ...


def remembered(make: Callable[[Paper, str], T]) -> _Made[T]:
    """The same function, which gives its last value again: a page and the files beside it ask one after the other."""
    last: tuple[Paper, str, T] | None = None

    def made(paper: Paper, note: str = "") -> T:
        nonlocal last
        kept = last
        if kept is None or kept[0] is not paper or kept[1] != note:
            last = kept = (paper, note, make(paper, note))
        return kept[2]

    made.__doc__ = make.__doc__
    return made


class Citation(msgspec.Struct, frozen=True, kw_only=True):
    """A paper as it is cited. All texts are plain, on one line; what is not known is empty."""

    id: str
    kind: PublicationKind
    title: str
    authors: tuple[Name, ...]
    orcids: tuple[str, ...]  # of the authors; () where none is known
    organizations: tuple[str, ...]
    date: PartialDate | None
    venue: str  # journal, proceedings, book or series; "" for a preprint or a thesis
    publication: Publication  # in that venue; of a preprint nothing but that it is one
    arxiv: str
    doi: str
    url: str
    keywords: tuple[str, ...]
    note: str

    @property
    def issuers(self) -> tuple[str, ...]:
        """Who brought it out: the publisher, else of preprints and reports the organizations behind them."""
        if self.publication.publisher:
            return (self.publication.publisher,)
        return self.organizations if self.kind in {"preprint", "report"} else ()


@remembered
def citation(paper: Paper, note: str = "") -> Citation:
    """What is known of the paper; `note` is Markdown, and the paper's own summary stands in for it.

    Without authors' names there are no authors: a citation without is valid, an invented one is not.
    """
    said = publication_of(paper)
    return Citation(
        id=paper.id,
        kind=kind_of(paper),
        title=one_line(plain(paper.title)),
        authors=tuple(parts_of_name(one_line(author)) for author in paper.authors),
        orcids=paper.orcids,
        organizations=tuple(one_line(organization.name) for organization in paper.organizations),
        date=paper.published,
        venue="" if said.kind in {"preprint", "thesis"} else one_line(paper.venue),
        publication=Publication(
            said.kind, *map(one_line, (said.volume, said.issue, said.pages, said.publisher))
        ),
        arxiv=paper.identifier("arxiv"),
        doi=paper.identifier("doi"),
        url=url_of(paper),
        keywords=tuple(map(one_line, paper.keywords)),
        note=note_text(note or paper.summary),
    )


def url_of(paper: Paper) -> str:
    """Where the work is read: its own page, else arXiv's. What has appeared is not cited by the address of its preprint."""
    arxiv = paper.identifier("arxiv")
    pages = [link.url for link in paper.links if link.kind == "page"]
    if kind_of(paper) != "preprint" and paper.identifiers:
        pages = [page for page in pages if not is_preprint(recognise(page))]
        doi = next((i.value for i in paper.identifiers if i.kind == "doi" and not is_preprint(i)), "")
        pages += [f"https://doi.org/{doi}"] if doi else []
    return next(iter(pages), f"https://arxiv.org/abs/{arxiv}" if arxiv else "")


def note_text(
    markdown: str,
    words: Callable[[str], str] = str,
    formula: Callable[[str], str] = lambda source: plain(f"${source}$"),
) -> str:
    """What a reader of the note sees, without emphasis and links, which lead from pages of the site."""
    return one_line("".join(_pieces(markdown, words, formula))) if markdown else ""


def _pieces(markdown: str, words: Callable[[str], str], formula: Callable[[str], str]) -> Iterator[str]:
    from sitegen.render.prose import prose  # as for templates, where the first text is

    shown = _FOOTNOTE_MARK.sub("", prose(markdown, "../", article=False).html)
    formulas = [formula(unescape(source)) for source in _MATHML.findall(shown)]
    between = map(words, unescape(_TAG.sub("", _MATHML.sub(_HERE, shown))).split(_HERE))
    return chain.from_iterable(zip_longest(between, formulas, fillvalue=""))


_HERE = "\x01"  # stands for a formula while tags are removed; prose has no control characters
_MATHML = re.compile(r'<math\b[^>]*?\balttext="([^"]*)"[^>]*>.*?</math>', re.DOTALL)
_TAG = re.compile(r"<[^>\"]*+(?:\"[^\"]*\"[^>\"]*+)*+>")
_FOOTNOTE_MARK = re.compile(r'<a class="footnote-(?:back)?ref"[^>]*>[^<]*</a>')


def one_line(text: str) -> str:
    """The text with single blanks."""
    return " ".join(text.split())
