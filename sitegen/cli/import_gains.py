"""What `sitegen import` says of listings: what is in them, and what the site gains by them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sitegen.build import Loaded
    from sitegen.cli.import_listing import Listing
    from sitegen.diagnostics import Span
    from sitegen.model.paper import Paper
    from sitegen.model.source import Dump


def gains(wanted: Sequence[Listing], loaded: Loaded) -> Iterator[str]:
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
