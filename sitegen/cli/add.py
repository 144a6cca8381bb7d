"""`sitegen add`: papers into a collection."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import click

from sitegen.cli.options import content_options, options, pass_session
from sitegen.cli.session import today

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from sitegen.cli.session import Session
    from sitegen.curate.papers import Papers
    from sitegen.model.library import ReadingList
    from sitegen.model.paper import Paper
    from sitegen.model.source import SourceFile

_MOST_CANDIDATES = 10


@click.command("add")
@click.argument("collection")
@click.argument("wanted", metavar="PAPER...", nargs=-1, required=True)
@click.option("--section", metavar="TITLE", default="", help="The section of the collection.")
@click.option("--note", metavar="TEXT", default="", help="Why it is in the list, in Markdown.")
@content_options
@pass_session
def command(
    session: Session,
    *,
    collection: str,
    wanted: tuple[str, ...],
    section: str,
    note: str,
    base_url: str | None,
    sources: tuple[str, ...],
    overrides: tuple[str, ...],
) -> int:
    """Put every PAPER at the end of COLLECTION: by id, arXiv id, DOI, URL, or title or words of it.

    Nothing else in the file changes. If one paper cannot be found, none is added.
    """
    from sitegen.build import load
    from sitegen.cli.report import show, show_errors
    from sitegen.curate.papers import Papers
    from sitegen.splice import NewPick, add_pick
    from sitegen.write.replace import ChangedMeanwhileError, replace_file

    if note and len(wanted) > 1:
        raise click.UsageError("--note says why one paper is in the list: add the others by themselves")
    project = session.project()
    loaded = load(project, options(session, base_url, sources, overrides))
    if loaded.site is None:
        show_errors(session, loaded)
        return 1
    reading_list = _list_of(collection, loaded.site.library.lists)
    file = loaded.sources[reading_list.path]
    papers = Papers(loaded.site.library.papers)
    choices = [_choice(text, papers, loaded.site.library.papers) for text in wanted]
    if any(choice.paper is None for choice in choices):
        for choice in choices:
            for line in choice.why:
                click.echo(line, err=True)
        return 1

    after, added = file, []
    there = _picked(file, papers)
    for choice in choices:
        assert choice.paper is not None, choice
        if choice.paper in added:
            session.note(f"{_called(choice.paper)} is named twice")
            continue
        if choice.paper.id in there:
            place = f"{session.shown(project / file.path)}:{there[choice.paper.id]}"
            session.note(f"{_called(choice.paper)} is there already, {place}")
            continue
        outcome = add_pick(after, NewPick(choice.written, note, today().isoformat()), section)
        if outcome.value is None:
            show(session, project, outcome.diagnostics, loaded.sources, "text", err=True)
            return 1
        after = type(file)(file.path, outcome.value, "")
        added.append(choice.paper)
    if not added:
        return 0
    try:
        replace_file(project / file.path, file.data, after.data)
    except ChangedMeanwhileError:
        raise click.ClickException(
            f"{_shown(session, project, file)} was changed meanwhile: run it again"
        ) from None
    lines = _picked(after, papers)
    for paper in added:
        click.echo(f"{_shown(session, project, file)}:{lines.get(paper.id, 1)}: added {_called(paper)}")
    return 0


class _Choice(NamedTuple):
    """A paper and how the file is to name it; without a paper, what to say."""

    paper: Paper | None
    written: str = ""
    why: Sequence[str] = ()


def _choice(wanted: str, papers: Papers, known: Sequence[Paper]) -> _Choice:
    """The one paper that is meant: exactly, by all of its words, or but for a slip of the pen."""
    from sitegen.text.identifiers import recognise
    from sitegen.text.nearest import Nearest

    text = " ".join(wanted.split())
    found = list(papers.find(text))
    identifier = recognise(text)
    if len(found) == 1:
        [paper] = found
        if identifier is not None and identifier.kind in {"arxiv", "doi"}:
            return _Choice(paper, identifier.value)
        return _Choice(paper, text if text in {paper.id, *paper.aliases} else _name(paper, papers))
    if not found and identifier is not None and identifier.kind in {"arxiv", "doi"}:
        hint = f"describe it in the collection: paper: {{title: …, {identifier.kind}: {identifier.value}}}"
        return _Choice(None, why=(f"no dump has '{text}'", f"hint: {hint}"))
    if not found:
        by_title: dict[str, list[Paper]] = {}
        for paper in known:
            by_title.setdefault(paper.title, []).append(paper)
        nearest = Nearest(by_title)
        titles = nearest.meant(text.removesuffix("…").removesuffix("..."))
        sure = len(titles) == 1 and (_holds(titles[0], text) or nearest.some(text, alike=_A_SLIP) == titles)
        candidates = titles if titles and _holds(titles[0], text) else nearest.some(text)
        found = [paper for title in (titles if sure else candidates) for paper in by_title[title]]
        if sure and len(found) == 1:
            return _Choice(found[0], _name(found[0], papers))
        if not found:
            return _Choice(None, why=(f"no paper is like '{text}'",))
        says = (
            f"'{text}' may be one of {len(found)} papers:"
            if len(titles) > 1
            else f"no paper is '{text}'; near are:"
        )
    else:
        says = f"'{text}' may be one of {len(found)} papers:"
    shown = [f"  {paper.id}  {_plain(paper.title)}" for paper in found[:_MOST_CANDIDATES]]
    more = len(found) - _MOST_CANDIDATES
    return _Choice(None, why=(says, *shown, *([f"  … and {more} more"] if more > 0 else [])))


_A_SLIP = 0.9


def _holds(title: str, text: str) -> bool:
    from sitegen.text.normal import fold

    words = fold(_plain(text.removesuffix("…").removesuffix("..."))).split()
    return all(word in fold(_plain(title)) for word in words)


def _name(paper: Paper, papers: Papers) -> str:
    """What a person would write: the title, where it means this paper alone; else the id."""
    title = _plain(paper.title)
    return title if [found.id for found in papers.find(title)] == [paper.id] else paper.id


def _list_of(name: str, lists: Sequence[ReadingList]) -> ReadingList:
    from sitegen.diagnostics import did_you_mean

    for reading_list in lists:
        if name in {reading_list.id, reading_list.path}:
            return reading_list
    known = [reading_list.id for reading_list in lists]
    hint = did_you_mean(name, known) or f"known: {', '.join(known)}"
    raise click.UsageError(f"there is no collection '{name}', {hint}")


def _picked(file: SourceFile, papers: Papers) -> dict[str, int]:
    """The line of every paper that the collection picks, by id; what a rule finds is no pick."""
    from sitegen.model.paper import Paper
    from sitegen.parse.collection import parse_collection

    collection = parse_collection(file).value
    found: dict[str, int] = {}
    for section in collection.sections if collection else ():
        for pick in section.picks:
            if isinstance(paper := papers.chosen(pick), Paper):
                found.setdefault(paper.id, pick.where.line)
    return found


def _called(paper: Paper) -> str:
    return f"'{_plain(paper.title)}' ({paper.id})"


def _shown(session: Session, project: Path, file: SourceFile) -> str:
    return session.shown(project / file.path)


def _plain(text: str) -> str:
    from sitegen.text.tex import plain

    return " ".join(plain(text).split())
