"""`sitegen import`: saved listings into the project."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from sitegen.cli.options import content_options, options, pass_session

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sitegen.build import Loaded
    from sitegen.cli.session import Session
    from sitegen.diagnostics import Diagnostic, Span
    from sitegen.model.paper import Paper
    from sitegen.model.source import Dump, DumpSource, SourceFile

_FOLDER = "content/dumps"


@click.command("import")
@click.argument("files", metavar="FILE...", nargs=-1, required=True)
@click.option("--dry-run", is_flag=True, help="Only say what would come of it.")
@click.option(
    "--captured", metavar="DATE", default="", help="When it was saved: 2025, 2025-12 or 2025-12-09."
)
@click.option("--label", metavar="TEXT", default="", help="How readers see it named.")
@click.option("-y", "--yes", is_flag=True, help="Ask nothing. In a pipe nothing is asked anyway.")
@content_options
@pass_session
def command(
    session: Session,
    *,
    files: tuple[str, ...],
    dry_run: bool,
    captured: str,
    label: str,
    yes: bool,
    base_url: str | None,
    sources: tuple[str, ...],
    overrides: tuple[str, ...],
) -> int:
    """Take in every FILE: say what is in it and what the site gains, then copy it into content/dumps/.

    What a listing cannot say itself, --captured and --label, goes into a FILE.meta.yaml beside the copy. Where no entry of
    `sources:` leads to the copies, content/sitegen.yaml gets one; that is shown first. Nothing else is changed.
    """
    from sitegen.build import load
    from sitegen.cli.report import count, show, show_errors
    from sitegen.text.dates import parse_date

    if captured and parse_date(captured) is None:
        raise click.BadParameter("write 2025, 2025-12 or 2025-12-09", param_hint="'--captured'")
    project = session.project()
    loaded = load(project, options(session, base_url, sources, overrides))
    if loaded.site is None:
        show_errors(session, loaded)
        return 1
    wanted = [
        _listing(session, loaded, name, captured=captured, label=label)
        for name in {session.path(name).resolve(): name for name in files}.values()
    ]
    for listing in wanted:
        problems = [
            _at(problem, listing)
            for problem in listing.problems
            if session.verbose or problem.severity != "info"
        ]
        show(
            session,
            project,
            problems,
            {listing.shown: listing.file} if listing.file else {},
            "text",
            err=True,
        )
    fresh = [
        listing
        for listing in wanted
        if listing.dump is not None and listing.dump.records and not listing.there
    ]
    _refuse_what_is_in_the_way(session, project, fresh, said=bool(captured or label))
    for line in _report(wanted, loaded):
        click.echo(line)
    given = bool(sources) or any(each.startswith("sources") for each in overrides)  # for this run alone
    lead = _lead(session, project, loaded, fresh, splice=not given)
    if lead:
        for line in lead.lines:
            click.echo(line)
    failed = any(not listing.there and listing not in fresh for listing in wanted)
    if not fresh or dry_run:
        return 1 if failed else 0
    copies = sum(not _is_in_place(project, listing) for listing in fresh)
    asked = [f"copy {count(copies, 'file')} into {_FOLDER}/"] if copies else []
    asked += [f"change {session.shown(lead.path)}"] if lead else []
    if asked and not yes and sys.stdin.isatty() and sys.stderr.isatty():
        click.confirm(f"{' and '.join(asked).capitalize()}?", default=True, abort=True, err=True)
    for listing in fresh:
        try:
            for written in _taken_in(project, listing):
                click.echo(f"wrote {session.shown(project / written)}")
        except FileExistsError as problem:
            raise _in_the_way(session, problem.filename) from None
    if lead:
        if _replaced(lead.path, lead.before, lead.after):
            click.echo(f"wrote {session.shown(lead.path)}")
        else:
            _say_what_to_write(session, lead.path, lead.pattern)
    return 1 if failed else 0


class _Listing(NamedTuple):
    """A file that is to be taken in, and what was found in it."""

    path: Path
    shown: str  # as the person would type it
    target: str  # where it goes, relative to the project
    file: SourceFile | None
    dump: Dump | None
    there: str  # the file of the project that has these very bytes
    said: DumpSource | None  # what it cannot say itself, where the sidecar of the copy is not that beside it
    problems: tuple[Diagnostic, ...]


def _listing(session: Session, loaded: Loaded, name: str, *, captured: str, label: str) -> _Listing:
    from sitegen.diagnostics import Outcome
    from sitegen.model.source import DumpSource
    from sitegen.parse.dump import parse_dump
    from sitegen.parse.sidecar import parse_sidecar
    from sitegen.read import SIDECAR, ignores, read_any

    path = session.path(name)
    shown = session.shown(path)
    target = f"{_FOLDER}/{path.name}"
    if not path.is_file():
        raise click.BadParameter(f"there is no file '{shown}'", param_hint="'FILE'")
    if ignores(path.name):
        raise click.BadParameter(
            f"no build reads a file named like '{shown}': rename it", param_hint="'FILE'"
        )
    outcome = read_any(path, target)
    if outcome.value is None:
        return _Listing(path, shown, target, None, None, "", None, outcome.diagnostics)
    file = outcome.value
    there = next((each.path for each in loaded.sources.values() if each.digest == file.digest), "")
    if there:
        return _Listing(path, shown, target, file, None, there, None, ())
    beside = path.with_name(path.name + SIDECAR)
    sidecar = read_any(beside, target + SIDECAR).value if beside.is_file() else None
    if not (captured or label):
        parsed = parse_dump(file, DumpSource(target), sidecar)
        return _Listing(path, shown, target, file, parsed.value, "", None, parsed.diagnostics)
    # Said for this run, it goes before what stands beside the file, field by field.
    own = parse_sidecar(sidecar) if sidecar else Outcome(DumpSource(target))
    said = DumpSource(target, captured or own.value.captured, label or own.value.label)
    parsed = parse_dump(file, said)
    return _Listing(
        path, shown, target, file, parsed.value, "", said, (*own.diagnostics, *parsed.diagnostics)
    )


def _refuse_what_is_in_the_way(
    session: Session, project: Path, fresh: Sequence[_Listing], *, said: bool
) -> None:
    """Two files of one name, or one that is there: said before anything is written."""
    from sitegen.read import SIDECAR

    names: dict[str, _Listing] = {}
    for listing in fresh:
        first = names.setdefault(listing.target.casefold(), listing)
        if first is not listing:
            raise click.ClickException(
                f"{first.shown} and {listing.shown} would have one name in {_FOLDER}/: rename one of them"
            )
        target = project / listing.target
        beside = target.with_name(target.name + SIDECAR)
        in_place = _is_in_place(project, listing)
        if os.path.lexists(target) and not in_place:
            raise _in_the_way(session, target)
        if os.path.lexists(beside) and (said or not in_place):
            raise click.ClickException(
                f"{session.shown(beside)} is there already, and nothing is overwritten: move it away first"
            )


def _in_the_way(session: Session, target: Path | str) -> click.ClickException:
    return click.ClickException(
        f"{session.shown(Path(target))} is there already, and is another file: rename yours"
    )


def _is_in_place(project: Path, listing: _Listing) -> bool:
    """It lies where it would be copied to, and only no source leads there."""
    return listing.path.resolve() == (project / listing.target).resolve()


def _report(wanted: Sequence[_Listing], loaded: Loaded) -> Iterator[str]:
    """What is in every listing, and what the site gains by all of them."""
    from sitegen.cli.report import count
    from sitegen.merge import merge

    assert loaded.site is not None
    before = loaded.site.library.papers
    old = [record for paper in before for record in paper.records]
    known = {record.where for record in old}
    new = [record for listing in wanted if listing.dump for record in listing.dump.records]
    after = merge([*old, *new]).value
    work = {record.where: paper for paper in after for record in paper.records}
    for listing in wanted:
        if listing.there:
            yield f"{listing.shown}: is there already, as {listing.there}"
        elif listing.dump is None or not listing.dump.records:
            yield f"{listing.shown}: no records, left out"
        else:
            records = listing.dump.records
            found = sum(_is_known(work[record.where], known) for record in records)
            yield (
                f"{listing.shown}: {_described(listing.dump)}; {found:,} are known, {len(records) - found:,} new "
                f"({_from(listing.dump)})"
            )
    if new:
        gaining = sum(
            any(r.where in known for r in paper.records) and any(r.where not in known for r in paper.records)
            for paper in after
        )
        more = f"; {count(gaining, 'paper')} that it has gain a source" if gaining else ""
        yield f"the site gains {count(len(after) - len(before), 'paper')} ({len(before):,} → {len(after):,}){more}"


def _is_known(paper: Paper, known: set[Span]) -> bool:
    return any(record.where in known for record in paper.records)


def _described(dump: Dump) -> str:
    """`442 records: 436 complete, 6 without metadata, 3 with an organisation`."""
    from sitegen.cli.info import has_metadata
    from sitegen.cli.report import count

    complete = sum(has_metadata(record) for record in dump.records)
    parts = [f"{complete:,} complete"]
    if complete < len(dump.records):
        parts.append(f"{len(dump.records) - complete:,} without metadata")
    with_organisation = sum(bool(record.organizations) for record in dump.records)
    if with_organisation:
        parts.append(f"{with_organisation:,} with an organisation")
    return f"{count(len(dump.records), 'record')}: {', '.join(parts)}"


def _from(dump: Dump) -> str:
    """`daily-papers, captured 2025-12-09, the year inferred`."""
    if dump.captured is None:
        return dump.format
    inferred = ", the year inferred" if dump.captured.certainty == "inferred" else ""
    return f"{dump.format}, captured {dump.captured.iso}{inferred}"


def _taken_in(project: Path, listing: _Listing) -> Iterator[str]:
    """Copy a listing, and what it cannot say itself; yields every path that was written."""
    from sitegen.read import SIDECAR
    from sitegen.write.replace import add_file, new_file

    in_place = _is_in_place(project, listing)
    if not in_place:
        add_file(listing.path, project / listing.target)
        yield listing.target
    beside = listing.path.with_name(listing.path.name + SIDECAR)
    target = listing.target + SIDECAR
    if listing.said:
        from sitegen.splice.scalars import written

        captured, label = listing.said.captured, listing.said.label
        lines = f"captured: {captured}\n" if captured else ""
        lines += f"label: {written(label, chr(34))}\n" if label else ""
        new_file(project / target, lines.encode())
        yield target
    elif beside.is_file() and not in_place:
        add_file(beside, project / target)
        yield target


class _Lead(NamedTuple):
    """What the settings get where no entry of `sources:` leads to the copies."""

    path: Path
    before: bytes
    after: bytes
    pattern: str
    lines: tuple[str, ...]  # what is to change, as it is shown


def _lead(
    session: Session, project: Path, loaded: Loaded, fresh: Sequence[_Listing], *, splice: bool
) -> _Lead | None:
    """The edit of the settings; None where there need be none, or where it is not possible: then it is said."""
    from sitegen.read import leads_to, settings_path
    from sitegen.splice import add_source, unified

    assert loaded.site is not None
    at = project / settings_path(project)
    sources = loaded.site.library.settings.sources
    if all(
        any(leads_to(at.parent, source.pattern, project / listing.target) for source in sources)
        for listing in fresh
    ):
        return None
    pattern = "dumps/*" if at.parent.name == "content" else f"{_FOLDER}/*"
    file = loaded.sources.get(at.relative_to(project).as_posix())
    after = add_source(file, pattern).value if file and splice else None
    if file is None or after is None:
        _say_what_to_write(session, at, pattern)
        return None
    changes = unified(file.data, after, file.path, context=0).splitlines()[2:]
    lines = (
        f"no source leads there yet; {session.shown(at)}:",
        *(f"  {line}" for line in changes if line[0] in "+-"),
    )
    return _Lead(at, file.data, after, pattern, lines)


def _say_what_to_write(session: Session, settings: Path, pattern: str) -> None:
    session.note(f"no source leads there: write in {session.shown(settings)}: sources: [{pattern}]")


def _replaced(path: Path, before: bytes, after: bytes) -> bool:
    """Whether the file was still what it was when it was read."""
    from sitegen.write.replace import ChangedMeanwhileError, replace_file

    try:
        replace_file(path, before, after)
    except ChangedMeanwhileError:
        return False
    return True


def _at(problem: Diagnostic, listing: _Listing) -> Diagnostic:
    """The problem where the file is now."""
    import msgspec

    path = problem.where.path
    if not path.startswith(listing.target):
        return problem
    where = msgspec.structs.replace(problem.where, path=listing.shown + path[len(listing.target) :])
    message = problem.message.replace(listing.target, listing.shown)
    return msgspec.structs.replace(problem, where=where, message=message)
