"""Inputs → the site as a value: everything up to `relate`."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import msgspec

from sitegen.build.inputs import kind_of
from sitegen.build.merging import merge_inputs, parse_listings
from sitegen.build.recalled import Recalled
from sitegen.build.report import Loaded
from sitegen.diagnostics import in_reading_order

if TYPE_CHECKING:
    from collections.abc import Callable

    from sitegen.build.clock import Clock
    from sitegen.build.inputs import Inputs
    from sitegen.build.kept import Kept
    from sitegen.diagnostics import Outcome
    from sitegen.memo import Shelf
    from sitegen.model.paper import Paper
    from sitegen.model.source import SourceFile

T = TypeVar("T")


def load_inputs(inputs: Inputs, clock: Clock, kept: Kept, shelf: Shelf | None) -> Loaded:
    """What the inputs say, with all problems so far. `kept` and the shelf give what is still true of an earlier build.

    Without a shelf the dumps are there, too.
    """
    from sitegen.curate import curate
    from sitegen.curate.words import Found, find_words
    from sitegen.parse.addresses import parse_addresses
    from sitegen.parse.change import parse_change
    from sitegen.parse.collection import parse_collection
    from sitegen.parse.free_page import parse_free_page
    from sitegen.parse.issue import parse_issue
    from sitegen.parse.tags import parse_tags
    from sitegen.relate import relate

    problems = [*inputs.diagnostics]
    if inputs.unread:
        from sitegen.check.stray_files import stray_files

        problems += stray_files(inputs.unread)
    recalled = Recalled(kept, shelf)

    def told(outcome: Outcome[T]) -> T:
        problems.extend(outcome.diagnostics)
        return outcome.value

    def each(kind: str, parse: Callable[[SourceFile], Outcome[T]]) -> list[T]:
        files = (file for file in inputs.files if kind_of(file.path) == kind)
        return [
            told(parsed.of((file.path, file.digest), lambda file=file: parse(file)))  # type: ignore[misc]
            for file in files
        ]

    parsed = kept.each("parsed")
    with clock("parse"):
        collections = [c for c in each("collection", parse_collection) if c is not None]
        tags = [tag for found in each("tags", parse_tags) for tag in found]
        pages = [page for page in each("page", parse_free_page) if page is not None]
        addresses = tuple(address for found in each("addresses", parse_addresses) for address in found)
        issues = tuple(issue for issue in each("issue", parse_issue) if issue is not None)
        changes = tuple(change for change in each("change", parse_change) if change is not None)
    sources = {file.path: file for file in (*inputs.files, *inputs.templates)}
    loaded = Loaded(site=None, diagnostics=(), sources=sources, inputs=inputs.watched)
    if inputs.settings is None:
        problems += parse_listings(inputs, clock, kept).diagnostics
        return msgspec.structs.replace(loaded, diagnostics=in_reading_order(problems))

    merged, dumps = merge_inputs(inputs, collections, addresses, clock, recalled)
    problems += merged.told.diagnostics
    with clock("curate"):
        papers = kept.same_papers(merged.papers)

        def found(papers: tuple[Paper, ...], patterns: tuple[str, ...]) -> list[Found]:
            key = recalled.key(merged.key, patterns)
            return recalled.of("words", key, list[Found], lambda: find_words(papers, patterns))

        meant = recalled.get("meant", merged.key, dict[str, tuple[str, ...]]) or {}
        before = len(meant)
        library = told(
            curate(
                inputs.settings, papers, collections, tags, pages, recall=kept.last, meant=meant, find=found
            )
        )
        # Curating leaves papers as they are, but for their tags.
        of_papers = recalled.key(merged.key, [paper.tags for paper in library.papers])
        library = msgspec.structs.replace(library, of_papers=of_papers)
        if len(meant) > before:
            recalled.put("meant", merged.key, meant)
    with clock("relate"):
        site = relate(library, recall=kept.last)
    if changes:
        from sitegen.changes import replay

        with clock("changes"):
            site = msgspec.structs.replace(site, history=replay(changes, library.papers)[1])
    return msgspec.structs.replace(
        loaded,
        site=site,
        dumps=dumps,
        records=merged.told.records,
        changes=changes,
        issues=issues,
        addresses=addresses,
        diagnostics=in_reading_order(problems),
    )
