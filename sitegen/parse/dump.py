"""A saved listing → records: its format is told from the content, and what cannot be read is reported."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from sitegen.diagnostics import Outcome, Span, warning
from sitegen.model.source import Dump, DumpSource
from sitegen.parse import (
    acl_anthology,
    arxiv_atom,
    arxiv_snapshot,
    bibtex,
    csl_json,
    daily_papers,
    daily_papers_api,
    jsonl,
    openalex,
    papers_with_code,
    papers_with_code_links,
    ris,
    semantic_scholar,
)
from sitegen.parse.decoding import decode
from sitegen.parse.wanted import condition_of
from sitegen.parse.zipped import is_zip, members
from sitegen.text.dates import parse_date

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sitegen.diagnostics import Diagnostic
    from sitegen.model.record import PartialDate
    from sitegen.model.source import SourceFile


class Parser(NamedTuple):
    """A format that listings come in."""

    called: str  # in messages, as a curator would say it
    recognises: Callable[[str], bool]  # by a look at its beginning
    parse: Callable[[bytes, str, PartialDate | None], Outcome[Dump]]  # of UTF-8, path and day of capture


PARSERS: Mapping[str, Parser] = {
    arxiv_snapshot.FORMAT: Parser(
        "arXiv's metadata snapshot", arxiv_snapshot.recognises, arxiv_snapshot.parse
    ),
    openalex.FORMAT: Parser("works of OpenAlex", openalex.recognises, openalex.parse),
    semantic_scholar.FORMAT: Parser(
        "papers of Semantic Scholar", semantic_scholar.recognises, semantic_scholar.parse
    ),
    papers_with_code.FORMAT: Parser(
        "papers of Papers with Code", papers_with_code.recognises, papers_with_code.parse
    ),
    papers_with_code_links.FORMAT: Parser(
        "links of Papers with Code", papers_with_code_links.recognises, papers_with_code_links.parse
    ),
    arxiv_atom.FORMAT: Parser("what arXiv's API answers", arxiv_atom.recognises, arxiv_atom.parse),
    acl_anthology.FORMAT: Parser(
        "a collection of the ACL Anthology", acl_anthology.recognises, acl_anthology.parse
    ),
    bibtex.FORMAT: Parser("BibTeX", bibtex.recognises, bibtex.parse),
    ris.FORMAT: Parser("RIS", ris.recognises, ris.parse),
    csl_json.FORMAT: Parser("CSL-JSON, as Zotero exports it", csl_json.recognises, csl_json.parse),
    daily_papers_api.FORMAT: Parser(
        "what the Daily Papers API answers", daily_papers_api.recognises, daily_papers_api.parse
    ),
    jsonl.FORMAT: Parser(
        "JSON, objects with a `title` in an array or on a line each", jsonl.recognises, jsonl.parse
    ),
    daily_papers.FORMAT: Parser(
        "the text of a Daily Papers page", daily_papers.recognises, daily_papers.parse
    ),
}
"""Every known format, in the order in which they are tried."""


def parse_dump(file: SourceFile, source: DumpSource, sidecar: SourceFile | None = None) -> Outcome[Dump]:
    """The records of a saved listing; gzip, bzip2 and xz are unpacked, of zip every file. Any bytes give an outcome.

    What the `<dump>.meta.yaml` beside it says goes before what the entry of `sources:` says.
    """
    problems: list[Diagnostic] = []
    if sidecar is not None:
        source = _with(source, sidecar, problems)
    captured = parse_date(source.captured)
    if source.captured and captured is None:
        problems.append(
            warning(
                "bad-date",
                f"{source.captured!r} is not a day, month or year",
                Span(file.path),
                "write `captured: 2025`, `2025-12` or `2025-12-09`",
            )
        )
    if is_zip(file.data):
        packed = members(file)
        problems += packed.diagnostics
        files = packed.value
    else:
        files = (file,)
    dumps = []
    for each in files:
        parsed = _parsed(each, captured)
        problems += parsed.diagnostics
        dumps.append(parsed.value)
    days = {dump.captured for dump in dumps}
    records = dumps[0].records if len(dumps) == 1 else tuple(r for dump in dumps for r in dump.records)
    if source.wanted is not None:
        records = tuple(filter(condition_of(source.wanted), records))
        if dumps and not records:
            message = f"no record of {file.path} is what `where` asks for"
            problems = [problem for problem in problems if problem.code != "no-papers"]
            problems.append(
                warning("no-papers", message, source.where if source.where.path else Span(file.path))
            )
    dump = Dump(
        path=file.path,
        format=", ".join(dict.fromkeys(dump.format for dump in dumps if dump.format)),
        label=source.label or file.name,
        captured=days.pop() if len(days) == 1 else captured,
        records=records,
    )
    if not dumps and not problems:
        problems.append(_no_papers(file, "is it an empty archive?"))
    return Outcome(dump, tuple(problems))


def _parsed(file: SourceFile, captured: PartialDate | None) -> Outcome[Dump]:
    """The records of one file by the first parser that recognises it."""
    nothing = Dump(path=file.path, format="", captured=captured)
    decoded = decode(file.data, file.path)
    if decoded.value is None:
        return Outcome(nothing, decoded.diagnostics)
    # Of a listing that was sifted while it was read, the first lines may all be empty.
    first = _TEXT.search(decoded.value)
    start = decoded.value[first.start() if first else 0 :][:_START].decode(errors="ignore")
    for parser in PARSERS.values():
        if parser.recognises(start):
            parsed = parser.parse(decoded.value, file.path, captured)
            problems = (*decoded.diagnostics, *parsed.diagnostics)
            if not parsed.value.records:
                problems = (*problems, _no_papers(file, f"is it {parser.called}?"))
            return Outcome(parsed.value, problems)
    return Outcome(nothing, (*decoded.diagnostics, _unknown(file, start)))


_TEXT = re.compile(rb"\S")
_START = 200_000  # bytes that decide about the format


def _with(source: DumpSource, sidecar: SourceFile, problems: list[Diagnostic]) -> DumpSource:
    from sitegen.parse.sidecar import parse_sidecar  # most dumps have none: YAML need not be loaded for them

    said = parse_sidecar(sidecar)
    problems += said.diagnostics
    return DumpSource(
        source.pattern,
        said.value.captured or source.captured,
        said.value.label or source.label,
        source.where,
        source.wanted,
    )


def _unknown(file: SourceFile, text: str) -> Diagnostic:
    start = text[:1000].lstrip().lower()
    if not start:
        return _no_papers(file, "is it an empty file?")
    if start.startswith(("<!doctype html", "<html", "<head", "<body")) or "<html" in start:
        return _no_papers(file, "is it the source of a web page, or an error page?", "save the page as text")
    known = "; ".join(parser.called for parser in PARSERS.values())
    return warning(
        "unknown-format",
        f"{file.path} is in no known format and was left out",
        Span(file.path),
        f"known are: {known}",
    )


def _no_papers(file: SourceFile, question: str, hint: str = "") -> Diagnostic:
    return warning("no-papers", f"no papers found in {file.path}: {question}", Span(file.path), hint)
