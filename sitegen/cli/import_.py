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
    from sitegen.model.source import Dump, SourceFile

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

    What a listing cannot say itself, --captured and --label, goes into a FILE.meta.yaml beside the copy. Nothing is
    overwritten.
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
    failed = any(not listing.there and listing not in fresh for listing in wanted)
    if not fresh or dry_run:
        return 1 if failed else 0
    copies = sum(not _is_in_place(project, listing) for listing in fresh)
    if copies and not yes and sys.stdin.isatty() and sys.stderr.isatty():
        click.confirm(f"Copy {count(copies, 'file')} into {_FOLDER}/?", default=True, abort=True, err=True)
    for listing in fresh:
        try:
            for written in _taken_in(project, listing, captured, label):
                click.echo(f"wrote {session.shown(project / written)}")
        except FileExistsError as problem:
            raise _in_the_way(session, problem.filename) from None
    given = bool(sources) or any(each.startswith("sources") for each in overrides)  # for this run alone
    _lead_there(session, project, loaded, fresh, splice=not given)
    return 1 if failed else 0


class _Listing(NamedTuple):
    """A file that is to be taken in, and what was found in it."""

    path: Path
    shown: str  # as the person would type it
    target: str  # where it goes, relative to the project
    file: SourceFile | None
    dump: Dump | None
    there: str  # the file of the project that has these very bytes
    problems: tuple[Diagnostic, ...]


def _listing(session: Session, loaded: Loaded, name: str, *, captured: str, label: str) -> _Listing:
    from sitegen.model.source import DumpSource
    from sitegen.parse.dump import parse_dump
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
        return _Listing(path, shown, target, None, None, "", outcome.diagnostics)
    file = outcome.value
    there = next((each.path for each in loaded.sources.values() if each.digest == file.digest), "")
    if there:
        return _Listing(path, shown, target, file, None, there, ())
    beside = path.with_name(path.name + SIDECAR)
    sidecar = read_any(beside, target + SIDECAR).value if beside.is_file() else None
    source = DumpSource(target, captured, label)
    if captured or label:  # said for this run, it goes before what stands beside the file
        sidecar = None
    parsed = parse_dump(file, source, sidecar)
    return _Listing(path, shown, target, file, parsed.value, "", parsed.diagnostics)


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


def _taken_in(project: Path, listing: _Listing, captured: str, label: str) -> Iterator[str]:
    """Copy a listing, and what it cannot say itself; yields every path that was written."""
    from sitegen.read import SIDECAR
    from sitegen.write.replace import add_file, new_file

    in_place = _is_in_place(project, listing)
    if not in_place:
        add_file(listing.path, project / listing.target)
        yield listing.target
    beside = listing.path.with_name(listing.path.name + SIDECAR)
    target = listing.target + SIDECAR
    if captured or label:
        from sitegen.splice.scalars import written

        said = f"captured: {captured}\n" if captured else ""
        said += f"label: {written(label, chr(34))}\n" if label else ""
        new_file(project / target, said.encode())
        yield target
    elif beside.is_file() and not in_place:
        add_file(beside, project / target)
        yield target


def _lead_there(
    session: Session, project: Path, loaded: Loaded, fresh: Sequence[_Listing], *, splice: bool
) -> None:
    """Where no entry of `sources:` leads to the copies, the settings get one; where that is not possible, it is said."""
    from sitegen.read import read_dumps, settings_path
    from sitegen.splice import add_source, unified

    assert loaded.site is not None
    at = project / settings_path(project)
    reached = {
        dump.file.path
        for dump in read_dumps(project, loaded.site.library.settings.sources, near=at.parent).value
    }
    if all(listing.target in reached for listing in fresh):
        return
    pattern = "dumps/*" if at.parent.name == "content" else f"{_FOLDER}/*"
    file = loaded.sources.get(at.relative_to(project).as_posix())
    after = add_source(file, pattern).value if file and splice else None
    if file is None or after is None or not _replaced(at, file.data, after):
        session.note(f"no source leads there: write in {session.shown(at)}: sources: [{pattern}]")
        return
    click.echo(f"wrote {session.shown(at)}, so that it leads there:")
    for line in unified(file.data, after, file.path, context=0).splitlines()[2:]:
        if line[0] in "+-":
            click.echo(f"  {line}")


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
    return msgspec.structs.replace(problem, where=where)
