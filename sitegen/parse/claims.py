"""What entries of listings say, as the parts of records: text, names, dates, identifiers, links, counts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sitegen.diagnostics import Diagnostic, Outcome, Span, warning
from sitegen.model.record import (
    UNPUBLISHED,
    Identifier,
    Link,
    LinkKind,
    PartialDate,
    Publication,
    PublicationKind,
    Signal,
    SignalKind,
)
from sitegen.model.source import Dump
from sitegen.parse.decoding import CONTROLS, HIDDEN, hidden_characters, replaced_controls
from sitegen.text.dates import parse_date
from sitegen.text.identifiers import recognise
from sitegen.text.names import display_name
from sitegen.text.orcid import normal_orcid
from sitegen.text.pages import normal_pages
from sitegen.text.urls import link, mentioned, safe_url, url_key
from sitegen.text.venues import is_repository

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sitegen.model.record import Record


class Claims:
    """Reads the fields of one dump's entries and remembers what was wrong.

    `field` is always the name that the format itself has for a value: it is what messages call it.
    """

    def __init__(self, path: str, captured: PartialDate | None) -> None:
        self.path = path
        self.captured = captured
        self._problems: list[Diagnostic] = []
        self._controls = 0
        self._hidden = 0

    def dump(self, format: str, records: Iterable[Record | None]) -> Outcome[Dump]:  # noqa: A002  its name in Dump
        """The outcome of the whole file. Entries that gave no record are None, and were reported."""
        read = tuple(record for record in records if record is not None)
        problems = self._problems
        if self._controls:
            problems.append(replaced_controls(self._controls, self.path))
        if self._hidden:
            problems.append(hidden_characters(self._hidden, self.path))
        return Outcome(
            Dump(path=self.path, format=format, captured=self.captured, records=read), tuple(problems)
        )

    def at(self, line: int) -> Span:
        """The place of an entry that begins in this line."""
        return Span(self.path, line)

    def text(self, text: str | None) -> str:
        """One line of text. Nearly every text is clean, which `isprintable` finds out at the speed of C."""
        if not text:
            return ""
        if not text.isprintable():
            if CONTROLS.search(text):
                text, count = CONTROLS.subn("\N{REPLACEMENT CHARACTER}", text)
                self._controls += count
            self._hidden += len(HIDDEN.findall(text))
            return " ".join(text.split())
        return " ".join(text.split()) if "  " in text or text[0] == " " or text[-1] == " " else text

    def replaced(self, count: int) -> None:
        """Count characters that had to be replaced before the text could be read."""
        self._controls += count

    def texts(self, texts: Iterable[str | None] | None) -> tuple[str, ...]:
        """Every text that says something."""
        return tuple(filter(None, map(self.text, texts))) if texts else ()

    def names(self, names: Iterable[str | None] | None) -> tuple[str, ...]:
        """Names of people and groups in reading order."""
        return tuple(filter(None, map(display_name, self.texts(names))))

    def people(
        self, line: int, field: str, said: Iterable[tuple[str | None, str | None]]
    ) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The names of (name in reading order, ORCID) pairs and, where any is known, an ORCID or "" for each of them."""
        names, orcids = [], []
        for name, written in said:
            if shown := self.text(name):
                names.append(shown)
                orcids.append(self.orcid(line, field, written))
        return tuple(names), tuple(orcids) if any(orcids) else ()

    def orcid(self, line: int, field: str, written: str | None) -> str:
        """The ORCID that a field holds, or "": what is none is reported."""
        found = normal_orcid(written) if written else ""
        if written and not found:
            self.warn(
                line,
                "bad-identifier",
                f"`{field}` is no ORCID: {written[:80]!r}",
                "its last digit does not agree with the others, or it is something else: 0000-0002-1825-0097",
            )
        return found

    def date(self, line: int, *written: tuple[str, int | str | None]) -> PartialDate | None:
        """The first of the (field, value) pairs that is a date; those before it that are none are reported."""
        for field, value in written:
            if value is None or value == "":
                continue
            date = _date(value)
            if date is not None:
                return date
            self.warn(
                line,
                "bad-date",
                f"`{field}` is no date: {str(value)[:40]!r}",
                "write 2024, 2024-03 or 2024-03-01",
            )
        return None

    def identifiers(
        self,
        line: int,
        stated: Iterable[tuple[str, str | None]],
        addresses: Iterable[str | None] = (),
        others: Iterable[Identifier] = (),
    ) -> tuple[Identifier, ...]:
        """Each identifier once: of the (field, value) pairs, which must be some, of addresses, which may, and others."""
        found: list[Identifier] = []
        for field, value in stated:
            if value:
                identifier = recognise(value)
                if identifier is None:
                    self.warn(
                        line,
                        "bad-identifier",
                        f"`{field}` is none: {value[:80]!r}",
                        "write it as its registry does: 10.1145/3292500.3330701, 2401.00849",
                    )
                else:
                    found.append(identifier)
        for address in addresses:
            identifier = recognise(address) if address else None
            if identifier is not None:
                found.append(identifier)
        return tuple(dict.fromkeys((*found, *others)))

    def links(
        self, line: int, stated: Iterable[tuple[str, LinkKind | None, str | None]], *texts: str
    ) -> tuple[Link, ...]:
        """Links of (field, kind, address), the kind told from the address where it is None, and those in the texts."""
        links: dict[str, Link] = {}
        for field, kind, address in stated:
            if not address:
                continue
            url = safe_url(address) or (safe_url(f"https://{address}") if _BARE_HOST.match(address) else None)
            if url is None:
                self.warn(
                    line, "unsafe-url", f"`{field}` is no web address: {address[:80]!r}", "write https://…"
                )
            else:
                links.setdefault(url, Link(kind, url) if kind else link(url))
        further = [found for text in texts for found in mentioned(text)]
        if further:
            known = set(map(url_key, links))
            for found in further:
                if url_key(found.url) not in known:
                    links.setdefault(found.url, found)
        return tuple(links.values())

    def publication(
        self,
        venue: str,
        kind: PublicationKind | None,
        *,
        volume: int | str | None = None,
        issue: int | str | None = None,
        pages: int | str | None = None,
        publisher: str | None = None,
    ) -> Publication:
        """How a work appeared in `venue`, which is as the entry has it.

        Of what lies in a repository nothing else is taken: listings give its number there as a volume.
        """
        nowhere = not venue and publisher is not None and publisher.strip().casefold() == "arxiv"
        if kind == "preprint" or is_repository(venue.strip()) or nowhere:
            return _PREPRINT
        if not (kind or volume or issue or pages or publisher):
            return UNPUBLISHED
        early = str(volume).casefold() == "pp"  # IEEE's early access is PP(99)
        return Publication(
            kind or "",
            self._number(volume),
            "" if early else self._number(issue),
            normal_pages(self.text(str(pages))) if pages else "",
            self.text(publisher),
        )

    def _number(self, written: int | str | None) -> str:
        """A volume or an issue; nothing for what publishers fill into it before there is one, and for arXiv's id."""
        number = self.text(str(written)) if written else ""
        return "" if number.casefold() in _UNNUMBERED or number.startswith("abs/") else number

    def signals(self, line: int, *counts: tuple[str, SignalKind, int | None]) -> tuple[Signal, ...]:
        """Readings of (field, kind, count), taken on the day of capture. What is absent is no zero."""
        if all(count is None for _, _, count in counts):
            return ()
        signals = []
        for field, kind, count in counts:
            if count is None:
                continue
            if 0 <= count < _MOST:
                signals.append(Signal(kind, count, self.captured, self.path))
            else:
                self.warn(line, "wrong-type", f"`{field}` was left out: it is no count", "")
        return tuple(signals)

    def warn(self, line: int, code: str, message: str, hint: str = "") -> None:
        """Remember what is wrong in a line."""
        self._problems.append(warning(code, message, self.at(line), hint))

    def untitled(self, line: int, entry: str | bytes) -> None:
        """Say that an entry has no title, which is the one thing that a record must have."""
        self.warn(
            line,
            "no-title",
            f"a record without a title was left out: {shortened(entry)}",
            "give it a `title`",
        )


def shortened(entry: str | bytes, width: int = 100) -> str:
    """The beginning of an entry's own text, on one line, for messages about it."""
    start = entry[: width * 8]
    text = start if isinstance(start, str) else start.decode(errors="replace")
    line = " ".join(text.split())
    return line if len(line) <= width and len(start) == len(entry) else line[: width - 1].rstrip() + "…"


_PREPRINT = Publication("preprint")
_UNNUMBERED = frozenset({"-", "--", "0", "ahead-of-print", "n/a", "na", "none", "null", "pp"})
_BARE_HOST = re.compile(
    r"(?:[\w-]+\.)+[a-z]{2,}(?:/|$)", re.IGNORECASE
)  # `lab.github.io/work`: https is meant
_MOST = 10**12  # nothing is counted that high
_YEARS = {year: PartialDate(year) for year in range(1900, 2100)}


def _date(written: int | str) -> PartialDate | None:
    if isinstance(written, int):
        return _YEARS.get(written) or parse_date(str(written)[:64])
    return parse_date(written)
