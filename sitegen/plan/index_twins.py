"""The home page, the indexes, years and authors as Markdown."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from sitegen.model.page import Page
from sitegen.plan.twins import TwinItem, TwinPart, TwinView, twin_item
from sitegen.plan.years import year_choices
from sitegen.text.orcid import orcid_url

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from sitegen.model.paper import Paper
    from sitegen.plan.authors import Author
    from sitegen.plan.context import Context
    from sitegen.plan.listing import Choice

_MOST = 500  # papers in the list of all of them: whoever wants more reads `papers.jsonl`


def plan_index_twins(context: Context) -> Iterator[Page]:
    """`index.md`, `collections/index.md` and its like, `years/2024.md` …; none unless lists have twins."""
    if "md" not in context.settings.list_files:
        return
    texts, site, told = context.texts, context.site, context.fingerprints.of_alone  # no note is shown
    yield _page("index", _home, context)
    yield _page("collections/index", _index, texts("collections.title"), _collections(context))
    newest = site.newest
    yield _page("papers/index", _papers, context, of=told(newest[:_MOST], len(newest)))
    yield _page("tags/index", _index, texts("tags.title"), _tags(context))
    yield _page("years/index", _index, texts("years.title"), _choices(context, year_choices(context)))
    for year, papers in site.by_year.items():
        yield _page(f"years/{year}", _list, context, str(year), papers, of=told(papers, year))
    if site.undated:
        of = told(site.undated)
        yield _page("years/undated", _list, context, texts("years.undated"), site.undated, of=of)
    if context.authors.all:
        named = tuple(
            _item(context, context.authors.label(author), author.url, author.papers)
            for author in context.authors.all
        )
        yield _page("authors/index", _index, texts("authors.title"), named)
    for author in context.authors.all:
        of = told(author.papers, author.name, author.orcid)
        yield _page(f"authors/{author.id}", _author, context, author, of=of)


def _page(stem: str, view: Callable[..., TwinView], *told: object, of: bytes = b"") -> Page:
    return Page(f"{stem}.md", "twin", "", partial(view, *told), fingerprint=of)


def _home(context: Context) -> TwinView:
    texts, settings = context.texts, context.settings
    shown = [paper for paper, _ in context.latest[: settings.home_latest]]
    indexes = tuple(
        TwinItem(title=texts(f"{name}.title"), url=f"{name}/index.md") for name in ("papers", "tags", "years")
    )
    return TwinView(
        title=settings.title,
        about=settings.tagline,
        facts=(texts("papers", n=len(context.library.papers)),),
        parts=(
            TwinPart(title=texts("collections.title"), items=_collections(context)),
            TwinPart(title=texts("home.newest"), items=_items(context, shown)),
            TwinPart(items=indexes),
        ),
    )


def _papers(context: Context) -> TwinView:
    newest = context.site.newest
    view = _list(context, context.texts("papers.title"), newest[:_MOST])
    more = () if len(newest) <= _MOST else (TwinItem(title="papers.jsonl", url="papers.jsonl"),)
    facts = (context.texts("papers", n=len(newest)),)
    return TwinView(title=view.title, facts=facts, parts=(*view.parts, TwinPart(items=more)))


def _author(context: Context, author: Author) -> TwinView:
    view = _list(context, author.name, author.papers)
    who = (TwinItem(title=f"ORCID {author.orcid}", url=orcid_url(author.orcid)),) if author.orcid else ()
    return TwinView(title=view.title, facts=view.facts, parts=(TwinPart(items=who), *view.parts))


def _list(context: Context, title: str, papers: Sequence[Paper]) -> TwinView:
    facts = (context.texts("papers", n=len(papers)),)
    return TwinView(title=title, facts=facts, parts=(TwinPart(items=_items(context, papers)),))


def _index(title: str, items: tuple[TwinItem, ...]) -> TwinView:
    return TwinView(title=title, parts=(TwinPart(items=items),))


def _items(context: Context, papers: Iterable[Paper]) -> tuple[TwinItem, ...]:
    return tuple(twin_item(context.site, paper) for paper in papers)


def _collections(context: Context) -> tuple[TwinItem, ...]:
    return tuple(
        _item(context, each.title, f"collections/{each.id}.html", each.entries, each.blurb)
        for each in context.library.lists
    )


def _tags(context: Context) -> tuple[TwinItem, ...]:
    return tuple(
        _item(context, tag.label, f"tags/{tag.id}.html", context.site.by_tag.get(tag.id, ()))
        for tag in context.library.tags.values()
    )


def _choices(context: Context, choices: Iterable[Choice]) -> tuple[TwinItem, ...]:
    return tuple(
        TwinItem(
            title=each.label,
            url=each.url.removesuffix("html") + "md",
            facts=(context.texts("papers", n=each.count),),
        )
        for each in choices
    )


def _item(context: Context, title: str, url: str, papers: Sequence[object], about: str = "") -> TwinItem:
    """The twin of a page, with how many papers it has."""
    facts = (context.texts("papers", n=len(papers)), *((about,) if about else ()))
    return TwinItem(title=title, url=url.removesuffix("html") + "md", facts=facts)
