"""A file that `sitegen import` is to take in, read as the project will read it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import click

if TYPE_CHECKING:
    from pathlib import Path

    from sitegen.build import Loaded
    from sitegen.cli.session import Session
    from sitegen.diagnostics import Diagnostic
    from sitegen.model.source import Dump, DumpSource, SourceFile

FOLDER = "content/dumps"
"""Where listings are copied to."""


class Listing(NamedTuple):
    """A file that is to be taken in, and what was found in it."""

    path: Path
    shown: str  # as the person would type it
    target: str  # where it goes, relative to the project
    file: SourceFile | None
    dump: Dump | None
    there: str  # the file of the project that has these very bytes
    said: DumpSource | None  # what it cannot say itself, where the sidecar of the copy is not that beside it
    problems: tuple[Diagnostic, ...]


def read_listing(session: Session, loaded: Loaded, name: str, *, captured: str, label: str) -> Listing:
    from sitegen.diagnostics import Outcome
    from sitegen.model.source import DumpSource
    from sitegen.parse.dump import parse_dump
    from sitegen.parse.sidecar import parse_sidecar
    from sitegen.read import SIDECAR, ignores, read_any

    path = session.path(name)
    shown = session.shown(path)
    target = f"{FOLDER}/{path.name}"
    if not path.is_file():
        raise click.BadParameter(f"there is no file '{shown}'", param_hint="'FILE'")
    if ignores(path.name):
        raise click.BadParameter(
            f"no build reads a file named like '{shown}': rename it", param_hint="'FILE'"
        )
    outcome = read_any(path, target)
    if outcome.value is None:
        return Listing(path, shown, target, None, None, "", None, outcome.diagnostics)
    file = outcome.value
    there = next((each.path for each in loaded.sources.values() if each.digest == file.digest), "")
    if there:
        return Listing(path, shown, target, file, None, there, None, ())
    beside = path.with_name(path.name + SIDECAR)
    sidecar = read_any(beside, target + SIDECAR).value if beside.is_file() else None
    if not (captured or label):
        parsed = parse_dump(file, DumpSource(target), sidecar)
        return Listing(path, shown, target, file, parsed.value, "", None, parsed.diagnostics)
    # Said for this run, it goes before what stands beside the file, field by field.
    own = parse_sidecar(sidecar) if sidecar else Outcome(DumpSource(target))
    said = DumpSource(target, captured or own.value.captured, label or own.value.label)
    parsed = parse_dump(file, said)
    return Listing(path, shown, target, file, parsed.value, "", said, (*own.diagnostics, *parsed.diagnostics))


def is_in_place(project: Path, listing: Listing) -> bool:
    """It lies where it would be copied to, and only no source leads there."""
    return listing.path.resolve() == (project / listing.target).resolve()


def located(problem: Diagnostic, listing: Listing) -> Diagnostic:
    """The problem where the file is now."""
    import msgspec

    path = problem.where.path
    if not path.startswith(listing.target):
        return problem
    where = msgspec.structs.replace(problem.where, path=listing.shown + path[len(listing.target) :])
    message = problem.message.replace(listing.target, listing.shown)
    return msgspec.structs.replace(problem, where=where, message=message)
