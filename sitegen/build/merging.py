"""Dumps and files of papers → papers: read and merged anew where one of them changed, else as the last build had them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import msgspec

from sitegen.build.inputs import kind_of
from sitegen.diagnostics import Diagnostic
from sitegen.model.paper import Paper
from sitegen.model.record import Record
from sitegen.model.source import Dump

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sitegen.build.clock import Clock
    from sitegen.build.inputs import Inputs
    from sitegen.build.kept import Kept
    from sitegen.build.recalled import Recalled
    from sitegen.model.address import Address
    from sitegen.model.collection import Collection


class Merged(NamedTuple):
    """Papers before they are curated, and what parsing and merging had to say."""

    papers: tuple[Paper, ...]
    told: Told
    key: bytes  # of all that this comes from


class Told(msgspec.Struct, frozen=True):
    """What else there is to be known of dumps and files of papers."""

    records: dict[str, int]  # how many each dump has
    diagnostics: tuple[Diagnostic, ...]


class Listings(msgspec.Struct, frozen=True):
    """Dumps and files of papers, as their parsers have them."""

    dumps: tuple[Dump, ...]
    additions: tuple[Record, ...]
    diagnostics: tuple[Diagnostic, ...]


def parse_listings(inputs: Inputs, clock: Clock, kept: Kept) -> Listings:
    """Everything that tells of papers, but for collections."""
    from sitegen.parse.dump import parse_dump
    from sitegen.parse.paper_file import parse_paper_file

    parsed = kept.each("listings")
    with clock("parse"):
        files = [
            parsed.of((file.path, file.digest), lambda file=file: parse_paper_file(file))  # type: ignore[misc]
            for file in inputs.files
            if kind_of(file.path) == "paper"
        ]
        dumps = [
            parsed.of(key, lambda dump=dump: parse_dump(dump.file, dump.source, dump.sidecar))  # type: ignore[misc]
            for key, dump in zip(_keys(inputs), inputs.dumps, strict=True)
        ]
    return Listings(
        tuple(dump.value for dump in dumps),
        tuple(record for found in files for record in found.value),
        tuple(problem for outcome in (*files, *dumps) for problem in outcome.diagnostics),
    )


def merge_inputs(
    inputs: Inputs,
    collections: Iterable[Collection],
    addresses: Sequence[Address],
    clock: Clock,
    recalled: Recalled,
) -> tuple[Merged, tuple[Dump, ...]]:
    """The papers of dumps, of their own files and of picks. The dumps are given where they had to be read for that."""
    defined = tuple(_defined(collections))
    with clock("merge"):
        files = [(file.path, file.digest) for file in inputs.files if kind_of(file.path) == "paper"]
        key = recalled.key(list(_keys(inputs)), files, defined, addresses)
        told, merged = recalled.get("dumps", key, Told), recalled.row("merged", key, Paper)
    if told is not None and merged is not None:
        return Merged(merged, told, key), ()
    from sitegen.merge import merge  # which a build that only reads has no need of

    listings = parse_listings(inputs, clock, recalled.kept)
    with clock("merge"):
        records = (
            *(record for dump in listings.dumps for record in dump.records),
            *listings.additions,
            *defined,
        )
        papers = merge(records, addresses)
        counts = {dump.path: len(dump.records) for dump in listings.dumps}
        told = Told(counts, (*listings.diagnostics, *papers.diagnostics))
        recalled.put("dumps", key, told)
        recalled.put_row("merged", key, papers.value)
    return Merged(papers.value, told, key), listings.dumps


def _keys(inputs: Inputs) -> Iterator[tuple[object, ...]]:
    """Of each dump what it and its sidecar are, and the source that led to it."""
    for dump in inputs.dumps:
        yield dump.file.path, dump.file.digest, dump.source, dump.sidecar and dump.sidecar.digest


def _defined(collections: Iterable[Collection]) -> Iterator[Record]:
    for collection in collections:
        for section in collection.sections:
            for pick in section.picks:
                if pick.definition is not None:
                    yield pick.definition
