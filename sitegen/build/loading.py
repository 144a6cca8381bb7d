"""Inputs → the site as a value: everything up to `relate`."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import msgspec

from sitegen.build.inputs import kind_of
from sitegen.build.report import Loaded
from sitegen.diagnostics import in_reading_order

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator

    from sitegen.build.clock import Clock
    from sitegen.build.inputs import Inputs
    from sitegen.build.kept import Kept
    from sitegen.diagnostics import Outcome
    from sitegen.model.collection import Collection
    from sitegen.model.record import Record
    from sitegen.model.source import SourceFile
    from sitegen.read import DumpFile

T = TypeVar("T")


def load_inputs(inputs: Inputs, clock: Clock, kept: Kept) -> Loaded:
    """What the inputs say, with all problems so far. `kept` gives what is still true of an earlier build."""
    from sitegen.changes import replay
    from sitegen.check.stray_files import stray_files
    from sitegen.curate import curate
    from sitegen.merge import merge
    from sitegen.parse.addresses import parse_addresses
    from sitegen.parse.change import parse_change
    from sitegen.parse.collection import parse_collection
    from sitegen.parse.dump import parse_dump
    from sitegen.parse.free_page import parse_free_page
    from sitegen.parse.issue import parse_issue
    from sitegen.parse.paper_file import parse_paper_file
    from sitegen.parse.tags import parse_tags
    from sitegen.relate import relate

    problems = [*inputs.diagnostics, *stray_files(inputs.unread)]

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
        additions = [record for records in each("paper", parse_paper_file) for record in records]
        tags = [tag for found in each("tags", parse_tags) for tag in found]
        pages = [page for page in each("page", parse_free_page) if page is not None]
        addresses = tuple(address for found in each("addresses", parse_addresses) for address in found)
        issues = tuple(issue for issue in each("issue", parse_issue) if issue is not None)
        changes = tuple(change for change in each("change", parse_change) if change is not None)
        dumps = [
            told(parsed.of(_key_of(dump), lambda dump=dump: parse_dump(dump.file, dump.source, dump.sidecar)))  # type: ignore[misc]
            for dump in inputs.dumps
        ]
    sources = {file.path: file for file in (*inputs.files, *inputs.templates)}
    loaded = Loaded(site=None, diagnostics=(), sources=sources, inputs=inputs.watched, dumps=tuple(dumps))
    if inputs.settings is None:
        return msgspec.structs.replace(loaded, diagnostics=in_reading_order(problems))

    with clock("merge"):
        records = (*(r for dump in dumps for r in dump.records), *additions, *_defined(collections))
        papers = told(kept.last("merged", (records, addresses), lambda: merge(records, addresses)))
        papers = kept.same_papers(papers)
    with clock("curate"):
        library = told(curate(inputs.settings, papers, collections, tags, pages, recall=kept.last))
    with clock("relate"):
        site = relate(library, recall=kept.last)
    if changes:
        with clock("changes"):
            site = msgspec.structs.replace(site, history=replay(changes, library.papers)[1])
    return msgspec.structs.replace(
        loaded,
        site=site,
        changes=changes,
        issues=issues,
        addresses=addresses,
        diagnostics=in_reading_order(problems),
    )


def _key_of(dump: DumpFile) -> Hashable:
    beside = dump.sidecar and dump.sidecar.digest
    return dump.file.path, dump.file.digest, dump.source, beside


def _defined(collections: Iterable[Collection]) -> Iterator[Record]:
    for collection in collections:
        for section in collection.sections:
            for pick in section.picks:
                if pick.definition is not None:
                    yield pick.definition
