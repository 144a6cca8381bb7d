"""The entry of `sources:` that leads to what `sitegen import` copies, where none does yet."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sitegen.cli.import_listing import FOLDER

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from sitegen.build import Loaded
    from sitegen.cli.import_listing import Listing
    from sitegen.cli.session import Session


class Lead(NamedTuple):
    """What the settings get where no entry of `sources:` leads to the copies."""

    path: Path
    before: bytes
    after: bytes
    pattern: str
    lines: tuple[str, ...]  # what is to change, as it is shown


def find_lead(
    session: Session, project: Path, loaded: Loaded, fresh: Sequence[Listing], *, splice: bool
) -> Lead | None:
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
    pattern = "dumps/*" if at.parent.name == "content" else f"{FOLDER}/*"
    file = loaded.sources.get(at.relative_to(project).as_posix())
    after = add_source(file, pattern).value if file and splice else None
    if file is None or after is None:
        say_what_to_write(session, at, pattern)
        return None
    changes = unified(file.data, after, file.path, context=0).splitlines()[2:]
    lines = (
        f"no source leads there yet; {session.shown(at)}:",
        *(f"  {line}" for line in changes if line[0] in "+-"),
    )
    return Lead(at, file.data, after, pattern, lines)


def say_what_to_write(session: Session, settings: Path, pattern: str) -> None:
    session.note(f"no source leads there: write in {session.shown(settings)}: sources: [{pattern}]")


def follow(lead: Lead) -> bool:
    """Change the settings; whether they were still what they were when they were read."""
    from sitegen.write.replace import ChangedMeanwhileError, replace_file

    try:
        replace_file(lead.path, lead.before, lead.after)
    except ChangedMeanwhileError:
        return False
    return True
