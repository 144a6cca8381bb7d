"""`sitegen info`: what is known, and from where."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from sitegen.cli.options import content_options, options, pass_session

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sitegen.build import Loaded
    from sitegen.cli.session import Session
    from sitegen.diagnostics import Span
    from sitegen.model.paper import Paper
    from sitegen.model.record import Record
    from sitegen.model.site import Site
    from sitegen.model.source import Dump

_MOST_CANDIDATES = 10


@click.command("info")
@click.argument("paper", required=False)
@content_options
@pass_session
def command(
    session: Session,
    *,
    paper: str | None,
    base_url: str | None,
    sources: tuple[str, ...],
    overrides: tuple[str, ...],
) -> int:
    """Say what is known of PAPER, and from where: id, arXiv id, DOI, URL, or title or words of it.

    Without PAPER: what the project consists of.
    """
    from sitegen.build import load
    from sitegen.cli.report import show_errors

    project = session.project()
    loaded = load(project, options(session, base_url, sources, overrides))
    show_errors(session, loaded)
    if loaded.site is None:
        return 1
    if paper is None:
        click.echo("\n".join(_about_project(loaded, loaded.site)))
        return 0
    found = _find(paper, loaded.site)
    if len(found) == 1:
        click.echo("\n".join(_about_paper(found[0], loaded.site)))
        return 0
    if not found:
        raise click.ClickException(f"no paper is like '{paper}'")
    session.note(f"'{paper}' may be one of {len(found)} papers:")
    for candidate in found[:_MOST_CANDIDATES]:
        click.echo(f"{candidate.id}  {_plain(candidate.title)}")
    if len(found) > _MOST_CANDIDATES:
        session.note(f"… and {len(found) - _MOST_CANDIDATES} more")
    return 1


def _find(wanted: str, site: Site) -> list[Paper]:
    """The paper that is meant; else those whose titles hold all the words; else the nearest by spelling."""
    from sitegen.text.nearest import Nearest
    from sitegen.text.normal import fold
    from sitegen.text.references import identifier_key, link_keys, readings

    papers = site.library.papers
    keys = readings(wanted)
    for key in keys:
        kind, _, value = key.partition(":")
        exact = [
            paper
            for paper in papers
            if (kind == "id" and value in (paper.id, *paper.aliases))
            or key in (identifier_key(identifier) for identifier in paper.identifiers)
            or (kind in {"url", "link"} and key in link_keys(paper.links))
            or (kind == "title" and key in _title_keys(paper))
        ]
        if exact:
            return exact
    words = fold(wanted).split()
    partly = [paper for paper in papers if all(word in fold(_plain(paper.title)) for word in words)]
    if partly:
        return partly
    by_name = {name: paper for paper in papers for name in (paper.id, _plain(paper.title))}
    near = Nearest(by_name).to(wanted)
    return [by_name[near]] if near else []


def _title_keys(paper: Paper) -> set[str]:
    from sitegen.text.normal import title_key

    return {f"title:{title_key(title)}" for title in (paper.title, *(r.title for r in paper.records))}


def _about_paper(paper: Paper, site: Site) -> Iterator[str]:
    yield _plain(paper.title)
    yield f"papers/{paper.id}.html"
    yield ""
    origin = dict(paper.provenance)
    rows = [
        (name, value, _place(paper.records[origin.get(name, 0)].where) if paper.records else "")
        for name, value in _fields(paper)
    ]
    yield from _table(rows)

    yield f"\n{_count(len(paper.records), 'record')}"
    for number, record in enumerate(paper.records, 1):
        yield f"  {number}. {_place(record.where)}{' (curated)' if record.curated else ''}"
    for reason in paper.reasons:
        evidence = f": {reason.evidence}" if reason.evidence else ""
        yield f"  {reason.right + 1} joins {reason.left + 1} by {reason.rule}{evidence}"

    places = site.appearances.get(paper.id, ())
    yield f"\nIn {_count(len(places), 'collection')}"
    for place in places:
        yield f"  {place.list.title}, number {place.position} ({place.list.path})"
    if paper.tags:
        yield f"\n{_count(len(paper.tags), 'tag')}"
        yield from (f"  {site.library.tags[tag].label} ({tag})" for tag in paper.tags)


def _fields(paper: Paper) -> Iterator[tuple[str, str]]:
    """Every field that says something, under the name that its provenance is kept by."""
    said = paper.publication
    number = f"{paper.author_count} (not named)" if paper.author_count and not paper.authors else ""
    date = (
        f"{paper.date.iso}{' (year inferred)' if paper.date.certainty == 'inferred' else ''}"
        if paper.date
        else ""
    )
    for name, value in (
        ("date", date),
        ("authors", ", ".join(paper.authors)),
        ("author_count", number),
        ("organizations", ", ".join(organization.name for organization in paper.organizations)),
        ("venue", paper.venue),
        ("publication", ", ".join(filter(None, (said.kind, said.place, said.publisher)))),
        ("identifiers", ", ".join(f"{i.kind}:{i.value}" for i in paper.identifiers)),
        ("links", ", ".join(f"{link.kind} {link.url}" for link in paper.links)),
        ("keywords", ", ".join(paper.keywords)),
        ("signals", ", ".join(f"{s.value} {s.kind} on {s.day.iso if s.day else '?'}" for s in paper.signals)),
        ("abstract", _beginning(paper.abstract)),
        ("summary", _beginning(paper.summary)),
    ):
        if value:
            yield name, _plain(value)


def _about_project(loaded: Loaded, site: Site) -> Iterator[str]:
    library = site.library
    yield library.settings.title
    records = sum(len(paper.records) for paper in library.papers)
    yield f"{_count(len(library.papers), 'paper')} from {_count(records, 'record')}"
    yield f"\n{_count(len(loaded.dumps), 'dump')}"
    yield from _table([(dump.path, dump.format, _about_dump(dump)) for dump in loaded.dumps])
    yield f"\n{_count(len(library.lists), 'collection')}"
    yield from _table([(each.id, _count(len(each.entries), "paper"), each.title) for each in library.lists])
    declared = sum(tag.declared for tag in library.tags.values())
    yield f"\n{_count(len(library.tags), 'tag')}, {declared} described · {_count(len(library.pages), 'page')}"


def _about_dump(dump: Dump) -> str:
    dated = sum(record.date is not None for record in dump.records)
    bare = sum(not has_metadata(record) for record in dump.records)
    captured = f", captured {dump.captured.iso}" if dump.captured else ""
    return f"{_count(len(dump.records), 'record')}, {dated} with a date, {bare} without metadata{captured}"


def has_metadata(record: Record) -> bool:
    """Whether the listing says more than title and abstract."""
    return bool(
        record.date or record.authors or record.author_count or record.organizations or record.signals
    )


def _place(where: Span) -> str:
    return f"{where.path}:{where.line}" if where.line else where.path


def _table(rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    rows = list(rows)
    widths = [min(60, max(map(len, column))) for column in zip(*rows, strict=True)]
    for row in rows:
        yield ("  " + "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))).rstrip()


def _beginning(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:60].rsplit(' ', 1)[0]} …"


def _plain(text: str) -> str:
    """Text for a terminal: TeX as characters, and nothing that a terminal would obey."""
    from sitegen.text.tex import plain

    return "".join(c if c.isprintable() else " " for c in plain(text))


def _count(number: int, noun: str) -> str:
    from sitegen.cli.report import count

    return count(number, noun)
