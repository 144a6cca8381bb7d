"""Plain JSON lines: an object with a `title` on each line, the documented shape for listings of one's own.

    title, abstract, authors (["…"] or "a; b"), year or date, venue, url, pdf, doi, arxiv, code, project,
    keywords (["…"] or "a; b"), citations

Only `title` is needed; other keys are ignored.
"""

from __future__ import annotations

import re
from typing import Any

import msgspec

from sitegen.diagnostics import Diagnostic, Outcome, Span, warning
from sitegen.model.record import Identifier, Link, LinkKind, PartialDate, Record, Signal
from sitegen.model.source import Dump
from sitegen.parse.decoding import CONTROLS, HIDDEN, hidden_characters, replaced_controls
from sitegen.text.dates import parse_date
from sitegen.text.identifiers import recognise
from sitegen.text.urls import mentioned, safe_url, url_key

FORMAT = "jsonl"
LONGEST_LINE = 4 << 20  # bytes; a record is a few thousand


def recognises(start: str) -> bool:
    """Whether one of the first lines is a JSON object with a title."""
    start = start.lstrip()
    return start.startswith("{") and any(map(_is_titled, start.split("\n", 20)[:20]))


def parse(text: bytes, path: str, captured: PartialDate | None) -> Outcome[Dump]:
    """A record for every line that has a title. A bad line costs that line, a bad field that field."""
    reader = _Reader(path, captured)
    records = []
    for number, line in enumerate(text.split(b"\n"), 1):
        if line and not line.isspace():
            record = reader.record(line, number)
            if record is not None:
                records.append(record)
    return Outcome(
        Dump(path=path, format=FORMAT, captured=captured, records=tuple(records)), reader.diagnostics()
    )


Names = list[str] | str | None


class _Line(msgspec.Struct, gc=False):
    title: str | None = None
    abstract: str | None = None
    authors: Names = None
    year: int | str | None = None
    date: int | str | None = None
    venue: str | None = None
    url: str | None = None
    pdf: str | None = None
    doi: str | None = None
    arxiv: str | None = None
    code: str | None = None
    project: str | None = None
    keywords: Names = None
    citations: int | None = None


_decode = msgspec.json.Decoder(_Line).decode
_decode_any = msgspec.json.Decoder(dict[str, object]).decode
_ESCAPED = re.compile(
    rb"\\\\|\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(\\u[dD][89a-fA-F][0-9a-fA-F]{2})"
)
_FIELDS = {field.name: field.type for field in msgspec.structs.fields(_Line)}
_LINKS: tuple[tuple[str, LinkKind], ...] = (
    ("url", "page"),
    ("pdf", "pdf"),
    ("code", "code"),
    ("project", "project"),
)
_BARE_HOST = re.compile(
    r"(?:[\w-]+\.)+[a-z]{2,}(?:/|$)", re.IGNORECASE
)  # `lab.github.io/work`: https is meant
_MOST = 10**12  # no count of citations is larger


def _is_titled(line: str) -> bool:
    try:
        return "title" in _decode_any(_without_halves(line.encode())[0])
    except (msgspec.MsgspecError, RecursionError):
        return False


def _without_halves(line: bytes) -> tuple[bytes, int]:
    """The line with every escape of half a surrogate pair replaced, which JSON allows and no text can hold; how many."""
    count = 0

    def whole(match: re.Match[bytes]) -> bytes:
        nonlocal count
        count += match[1] is not None
        return b"\\ufffd" if match[1] else match[0]

    return (_ESCAPED.sub(whole, line), count) if b"\\u" in line else (line, 0)


class _Reader:
    """Reads line after line and remembers what was wrong."""

    def __init__(self, path: str, captured: PartialDate | None) -> None:
        self.path = path
        self.captured = captured
        self.problems: list[Diagnostic] = []
        self.controls = 0
        self.hidden = 0

    def diagnostics(self) -> tuple[Diagnostic, ...]:
        counted = []
        if self.controls:
            counted.append(replaced_controls(self.controls, self.path))
        if self.hidden:
            counted.append(hidden_characters(self.hidden, self.path))
        return (*self.problems, *counted)

    def record(self, line: bytes, number: int) -> Record | None:
        given = self._given(line, number)
        if given is None:
            return None
        title = self._clean(given.title) if given.title else ""
        if not title:
            self._warn(number, "no-title", "a record without a title was left out", "give it a `title`")
            return None
        abstract = self._clean(given.abstract) if given.abstract else ""
        return Record(
            where=Span(self.path, number),
            title=title,
            abstract=abstract,
            authors=self._names(given.authors),
            date=self._date(given, number),
            venue=self._clean(given.venue) if given.venue else "",
            identifiers=self._identifiers(given, number),
            links=self._links(given, abstract, number),
            keywords=self._names(given.keywords),
            signals=self._signals(given.citations, number),
        )

    def _given(self, line: bytes, number: int) -> _Line | None:
        if len(line) > LONGEST_LINE:
            self._warn(
                number,
                "line-too-long",
                f"a line of {len(line):,} bytes was left out",
                "write each record on a line of its own",
            )
            return None
        try:
            return _decode(line)
        except msgspec.ValidationError:
            return self._field_by_field(line, number)
        except (msgspec.DecodeError, RecursionError) as problem:
            whole, halves = _without_halves(line)
            if halves:
                self.controls += halves
                return self._given(whole, number)
            self._warn(
                number, "bad-json", f"the line is no JSON: {problem}", "write one JSON object on each line"
            )
            return None

    def _field_by_field(self, line: bytes, number: int) -> _Line | None:
        try:
            fields = _decode_any(line)
        except (msgspec.MsgspecError, RecursionError) as problem:
            self._warn(number, "bad-json", f"the line is no JSON object: {problem}", "write `{…}`")
            return None
        good: dict[str, Any] = {}
        for name, kind in _FIELDS.items():
            if name in fields:
                try:
                    good[name] = msgspec.convert(fields[name], kind)
                except msgspec.ValidationError as problem:
                    self._warn(number, "wrong-type", f"`{name}` was left out: {problem}", "")
        return _Line(**good)

    def _clean(self, text: str) -> str:
        """One line of text. Nearly every text is clean, which `isprintable` finds out at the speed of C."""
        if not text.isprintable():
            if CONTROLS.search(text):
                text, count = CONTROLS.subn("\N{REPLACEMENT CHARACTER}", text)
                self.controls += count
            self.hidden += len(HIDDEN.findall(text))
            return " ".join(text.split())
        return " ".join(text.split()) if "  " in text or text[:1] == " " or text[-1:] == " " else text

    def _names(self, names: Names) -> tuple[str, ...]:
        if not names:
            return ()
        if isinstance(names, str):
            names = names.split(";")
        return tuple(filter(None, map(self._clean, names)))

    def _date(self, given: _Line, number: int) -> PartialDate | None:
        for name in ("date", "year"):
            written = getattr(given, name)
            if written is None or written == "":
                continue
            date = _parsed(written)
            if date is not None:
                return date
            self._warn(
                number,
                "bad-date",
                f"`{name}` is no date: {str(written)[:40]!r}",
                "write 2024, 2024-03 or 2024-03-01",
            )
        return None

    def _identifiers(self, given: _Line, number: int) -> tuple[Identifier, ...]:
        found: list[Identifier] = []
        for kind, written in (("doi", given.doi), ("arxiv", given.arxiv)):
            if written:
                identifier = recognise(written)
                if identifier is None:
                    self._warn(
                        number,
                        "bad-identifier",
                        f"`{kind}` is none: {written[:80]!r}",
                        "write it as its registry does: 10.1145/3292500.3330701, 2401.00849",
                    )
                elif identifier not in found:
                    found.append(identifier)
        for address in (given.url, given.pdf):
            identifier = recognise(address) if address else None
            if identifier is not None and identifier not in found:
                found.append(identifier)
        return tuple(found)

    def _links(self, given: _Line, abstract: str, number: int) -> tuple[Link, ...]:
        links: list[Link] = []
        for name, kind in _LINKS:
            written = getattr(given, name)
            if written:
                url = safe_url(written) or (
                    safe_url(f"https://{written}") if _BARE_HOST.match(written) else None
                )
                if url is None:
                    self._warn(
                        number,
                        "unsafe-url",
                        f"`{name}` is no web address: {written[:80]!r}",
                        "write https://…",
                    )
                else:
                    links.append(Link(kind, url))
        further = mentioned(abstract)
        if further:
            known = {url_key(known.url) for known in links}
            links += [link for link in further if url_key(link.url) not in known]
        return tuple(links)

    def _signals(self, citations: int | None, number: int) -> tuple[Signal, ...]:
        if citations is None:
            return ()
        if not 0 <= citations < _MOST:
            self._warn(number, "wrong-type", "`citations` was left out: it is no count", "")
            return ()
        return (Signal("citations", citations, self.captured, self.path),)

    def _warn(self, number: int, code: str, message: str, hint: str) -> None:
        self.problems.append(warning(code, message, Span(self.path, number), hint))


_YEARS = {year: PartialDate(year) for year in range(1900, 2100)}


def _parsed(written: int | str) -> PartialDate | None:
    if isinstance(written, int):
        return _YEARS.get(written) or parse_date(str(written)[:64])
    return parse_date(written)
