"""The text of a Hugging Face "Daily Papers" page, as a browser or a crawler saves it.

    new | Subscribe | Daily Papers …         the page's header, in whatever parts
    Dec 9                                    the day of capture, never with a year
    <title>
    <abstract>
      • 9 authors                            or an organisation: "  • nvidia NVIDIA"
    ·
    Mar 4                                    or "Jan 1, 2024", or with the number of comments: "Jan 1, 2024 2"

Blocks are divided by blank lines. Whole pages, and single records, lack the block with authors and date.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

from sitegen.diagnostics import Outcome, Span, info, warning
from sitegen.model.record import Organization, PartialDate, Record, Signal
from sitegen.model.source import Dump
from sitegen.parse.daily_papers_blocks import day_of, is_furniture
from sitegen.parse.daily_papers_layout import lay_out
from sitegen.parse.decoding import clean
from sitegen.text.dates import calendar_date
from sitegen.text.urls import mentioned

if TYPE_CHECKING:
    from sitegen.diagnostics import Diagnostic
    from sitegen.parse.daily_papers_blocks import Day
    from sitegen.parse.daily_papers_layout import Entry, Layout

FORMAT = "daily-papers"


def recognises(start: str) -> bool:
    """Whether the beginning has a page's header, a block of authors and date, or titles upon long abstracts."""
    head = start.lstrip()
    if head[:1] in _OTHER_FORMATS:
        return False
    lines = [line.strip() for line in head.split("\n")]
    if sum(map(is_furniture, lines)) >= 2:
        return True
    if _AUTHORS_AND_DATE.search(head):
        return True
    blocks = [line for line in lines if line and day_of(line) is None][:4]
    return len(blocks) == 4 and all(
        len(title) <= _TITLE < _ABSTRACT <= len(abstract) and title[0] not in "#*-="
        for title, abstract in (blocks[:2], blocks[2:])
    )


def parse(text: bytes, path: str, captured: PartialDate | None) -> Outcome[Dump]:
    """A record for each paper of the page; what fits nowhere is reported with its line.

    `captured` is what the curator knows of the capture: its year at least. Without it the year follows from the page,
    which prints the year of every date but those of its own year: it is taken for the one after the latest printed.
    """
    cleaned = clean(text.decode(), path)
    layout = lay_out(cleaned.value, path)
    problems = [*cleaned.diagnostics, *layout.problems]
    capture = _capture(layout, captured, path, problems)
    records = tuple(_record(entry, capture, path, problems) for entry in layout.entries)
    return Outcome(Dump(path=path, format=FORMAT, captured=capture, records=records), tuple(problems))


_OTHER_FORMATS = ("{", "[", "<", "@", "%")
_AUTHORS_AND_DATE = re.compile(r"^[ \t]*•[^\n]{1,200}\n\s*·\s", re.MULTILINE)
_TITLE, _ABSTRACT = 250, 300
_COUNT = re.compile(r"([0-9][0-9,]{0,6}) authors?", re.IGNORECASE)
_HANDLE = re.compile(r"[\w.-]+")


def _capture(
    layout: Layout, captured: PartialDate | None, path: str, problems: list[Diagnostic]
) -> PartialDate | None:
    printed = [entry.metadata.day for entry in layout.entries if entry.metadata and entry.metadata.day]
    years = [day.year for day in printed if day.year]
    shown = layout.day
    if captured is not None:
        return _agreed(captured, shown, max(years, default=0), path, problems)
    if shown and shown.year:
        return calendar_date(shown.year, shown.month, shown.day)
    if not years:
        if any(day.year is None for day in printed):
            problems.append(
                info(
                    "unknown-capture",
                    "the dates without a year stay unknown: nothing in the file says in which year it was saved",
                    Span(path),
                    "write `captured: <year>` into a .meta.yaml file beside it, or into `sources:`",
                )
            )
        return None
    year = max(years) + 1
    day = calendar_date(year, shown.month, shown.day) if shown else None
    return msgspec.structs.replace(day or PartialDate(year), certainty="inferred")


def _agreed(
    captured: PartialDate, shown: Day | None, latest: int, path: str, problems: list[Diagnostic]
) -> PartialDate | None:
    """What the curator says, made precise by the day that the page shows."""
    if latest > captured.year:
        problems.append(
            warning(
                "capture-contradicts",
                f"the file cannot be from {captured.year}: it has a date of {latest}",
                Span(path),
                "correct `captured`; until then its dates without a year stay unknown",
            )
        )
        return None
    day = calendar_date(captured.year, shown.month, shown.day) if shown else None
    if day is None:
        return captured
    if captured.month not in (0, day.month) or captured.day not in (0, day.day):
        problems.append(
            warning(
                "capture-contradicts",
                f"the page shows {day.iso[5:]} as its day, `captured` says {captured.iso}",
                Span(path),
                "the page's day is taken, with the year of `captured`",
            )
        )
    return day


def _record(entry: Entry, capture: PartialDate | None, path: str, problems: list[Diagnostic]) -> Record:
    title, abstract, metadata = entry
    count, date = None, None
    organizations: tuple[Organization, ...] = ()
    signals: tuple[Signal, ...] = ()
    if metadata is not None:
        count, organizations = _people(metadata.names)
        if metadata.day is not None:
            date = _date(metadata.day, capture, Span(path, metadata.line), problems)
            signals = (Signal("comments", int(metadata.day.trailing or 0), capture, path),)
    return Record(
        where=Span(path, title.line),
        title=title.text,
        abstract=abstract.text if abstract else "",
        author_count=count,
        organizations=organizations,
        date=date,
        links=mentioned(abstract.text) if abstract else (),
        signals=signals,
    )


def _people(names: tuple[str, ...]) -> tuple[int | None, tuple[Organization, ...]]:
    """`9 authors` is a count; `facebook AI at Meta` an organisation, its handle before its name."""
    count = None
    organizations = []
    for name in names:
        counted = _COUNT.fullmatch(name)
        handle, _, rest = name.partition(" ")
        if counted:
            count = int(counted[1].replace(",", ""))
        elif rest and _HANDLE.fullmatch(handle):
            organizations.append(Organization(rest, handle))
        elif name:
            organizations.append(Organization(name, name if _HANDLE.fullmatch(name) else ""))
    return count, tuple(organizations)


def _date(
    day: Day, capture: PartialDate | None, where: Span, problems: list[Diagnostic]
) -> PartialDate | None:
    if day.year is None and capture is None:
        return None
    year = day.year or (capture.year if capture else 0)
    date = calendar_date(year, day.month, day.day) if day.day else None
    if date is None:
        problems.append(
            warning("bad-date", f"the calendar has no day {year}-{day.month:02}-{day.day:02}", where)
        )
        return None
    if day.year is not None or capture is None:
        return date
    if date.iso > capture.iso and not date.iso.startswith(capture.iso):
        problems.append(
            warning(
                "date-after-capture",
                f"the date {date.iso[5:]} without a year is later than the page itself, of {capture.iso}",
                where,
                "the paper stays undated; give its date in content/papers/",
            )
        )
        return None
    return msgspec.structs.replace(date, certainty=capture.certainty)
