"""Pairs of records of which it is known whether they are one work: titles are facts, what is done to them is ours."""

from __future__ import annotations

import re
from itertools import cycle, islice
from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from sitegen.diagnostics import Span
from sitegen.model.record import Identifier, PartialDate, Record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence


class Pair(NamedTuple):
    what: str  # the disturbance, or what makes these two works
    one: Record
    other: Record
    same: bool


def pairs_of(titles: Sequence[str], records: Sequence[Record] = ()) -> Iterator[Pair]:
    """Pairs from bare titles, to which invented people and years are given, and from records that have both."""
    known = [*_given_people(titles), *map(_what_counts, records)]
    known = [record for record in known if record.authors and record.date]
    for what, change in SAME.items():
        for record in islice(_changed(known, change), 40):
            yield Pair(what, record[0], _elsewhere(record[1]), same=True)
    for what, change in DIFFERENT.items():
        for record in islice(_changed(known, change), 25):
            yield Pair(what, record[0], _elsewhere(record[1]), same=False)
    for what, one, other in _TWO_WORKS:
        left, right = _given_people([one])[0], _given_people([other])[0]
        yield Pair(what, left, _elsewhere(replace(right, authors=left.authors, date=left.date)), same=False)


def _what_counts(record: Record) -> Record:
    """Without its addresses and its abstract, which would settle everything."""
    return replace(record, links=(), identifiers=(), abstract="")


_PEOPLE = (
    ("Ada Lovelace", "Jan van der Berg", "Grace Hopper"),
    ("Wei Zhang", "Łukasz Müller"),
    ("Emmy Noether",),
    ("Kurt A. Gödel", "Li Wei", "Martin L. King Jr.", "Sofia Kovalevskaya"),
    ("María José Núñez", "Bo Chen"),
)
_OTHERS = ("Srinivasa Ramanujan", "Hedy Lamarr")


def _given_people(titles: Sequence[str]) -> list[Record]:
    years = cycle(range(2014, 2025))
    return [
        Record(where=Span("one.bib", line), title=title, authors=people, date=PartialDate(year))
        for line, (title, people, year) in enumerate(zip(titles, cycle(_PEOPLE), years, strict=False), 1)
    ]


def _changed(
    records: Iterable[Record], change: Callable[[Record], Record | tuple[Record, Record] | None]
) -> Iterator[tuple[Record, Record]]:
    for record in records:
        made = change(record)
        if isinstance(made, tuple):
            yield made
        elif made is not None and made != record:
            yield record, made


def _elsewhere(record: Record) -> Record:
    return replace(record, where=Span("other.ris", 1))


def _title(change: Callable[[str], str]) -> Callable[[Record], Record | None]:
    def changed(record: Record) -> Record | None:
        title = change(record.title)
        return replace(record, title=title) if title != record.title else None

    return changed


def _bare(change: Callable[[Record], Record | None]) -> Callable[[Record], Record | None]:
    """The same of a listing that names nobody."""

    def changed(record: Record) -> Record | None:
        made = change(record)
        return replace(made, authors=(), author_count=len(record.authors)) if made else None

    return changed


def _without_subtitle(record: Record) -> Record | None:
    main, colon, _ = record.title.partition(": ")
    return replace(record, title=main) if colon and len(re.findall(r"\w+", main)) >= 2 else None


def _with_subtitle(record: Record) -> Record | None:
    if re.search(r"[:?!.]", record.title) or len(record.title.split()) < 3:
        return None
    return replace(record, title=f"{record.title}: Theory, Methods and Practice")


def _initialised(name: str) -> str:
    *given, family = name.split()
    return " ".join([*(f"{part[0]}." for part in given), family])


def _swapped(name: str) -> str:
    *given, family = name.split()
    return f"{family}, {' '.join(given)}" if given else name


def _family_first(name: str) -> str:
    *given, family = name.split()
    return f"{family} {' '.join(given)}"


def _people(change: Callable[[str], str], *, years: int = 0) -> Callable[[Record], Record | None]:
    """Names written otherwise, where they have to bear something: a subtitle, or years between the two."""

    def changed(record: Record) -> Record | None:
        assert record.date
        if years:
            date = replace(record.date, year=record.date.year + years)
            return replace(record, authors=tuple(map(change, record.authors)), date=date)
        shorter = _without_subtitle(record)
        return replace(shorter, authors=tuple(map(change, record.authors))) if shorter else None

    return changed


def _abbreviated(title: str) -> str:
    for long, short in _SHORT_FORMS.items():
        title = re.sub(rf"\b{long}\b", short, title, flags=re.IGNORECASE)
    return title


_SHORT_FORMS = {
    "large language models": "LLMs",
    "language models": "LMs",
    "large language model": "LLM",
    "language model": "LM",
    "mixture of experts": "MoE",
    "reinforcement learning": "RL",
    "neural networks": "NNs",
    "convolutional neural networks": "CNNs",
    "natural language processing": "NLP",
    "with": "w/",
    "versus": "vs.",
    "without": "w/o",
}


def _year(by: int) -> Callable[[Record], Record | None]:
    def changed(record: Record) -> Record | None:
        assert record.date
        return replace(record, date=replace(record.date, year=record.date.year + by))

    return changed


def _identified(one: Identifier, other: Identifier) -> Callable[[Record], tuple[Record, Record]]:
    """One identifier under two titles."""

    def changed(record: Record) -> tuple[Record, Record]:
        return (
            replace(record, identifiers=(one,)),
            replace(record, identifiers=(other,), title=f"Towards {record.title.split(': ')[-1]}, Revisited"),
        )

    return changed


def _published(record: Record) -> tuple[Record, Record]:
    assert record.date
    return (
        replace(record, identifiers=(Identifier("doi", "10.21203/rs.3.rs-1/v1"),)),
        replace(
            record,
            identifiers=(Identifier("doi", "10.1038/s1"),),
            date=replace(record.date, year=record.date.year + 1),
        ),
    )


def _abstracts(record: Record) -> tuple[Record, Record]:
    """A new title above the same abstract."""
    text = (
        f"We look at {record.title}, ask what of it holds, and answer with two proofs, three counts and one map. "
        * 2
    )
    main = record.title.split(": ")[0]
    return (
        replace(record, abstract=text, authors=()),
        replace(
            record, abstract=text.replace(" proofs", "  proofs"), authors=(), title=f"{main}: A New Look"
        ),
    )


SAME: Mapping[str, Callable[[Record], Record | tuple[Record, Record] | None]] = {
    "the same again": _bare(lambda record: replace(record, where=Span("two.bib", 1))),
    "TeX braces": _title(lambda title: re.sub(r"\b([A-Z]{2,})\b", r"{\1}", title)),
    "TeX accents": _title(
        lambda title: re.sub(r"é", r"{\\'e}", re.sub("e", "é", title, count=1)).replace("&", r"\&")
    ),
    "TeX emphasis": _title(lambda title: re.sub(r"^(\S+)", r"\\textbf{\1}", title)),
    "TeX mathematics": _title(lambda title: re.sub(r"\b(\d+)\b", r"$\1$", title)),
    "TeX percent": _bare(_title(lambda title: title.replace("%", r"\%").replace("&", r"\&"))),
    "capitals": _title(str.upper),
    "small letters": _title(str.lower),
    "small letters of a listing without names": _bare(_title(str.lower)),
    "capitals of a sentence": _title(str.capitalize),
    "no subtitle": _without_subtitle,
    "a subtitle more": _with_subtitle,
    "a dash before the subtitle": _title(lambda title: title.replace(": ", " — ")),
    "a colon without a blank": _title(lambda title: title.replace(": ", ":")),
    "short forms": _title(_abbreviated),
    "an ampersand": _title(lambda title: title.replace(" and ", " & ")),
    "hyphens gone": _title(lambda title: title.replace("-", " ")),
    "words joined": _title(lambda title: title.replace("Pre-", "Pre").replace("Multi-", "Multi")),
    "other hyphens": _title(lambda title: title.replace("-", "\u2011")),
    "accents": _title(lambda title: title.replace("i", "ï", 1)),
    "accents taken apart": _title(lambda title: title.replace("o", "o\u0308", 1)),
    "curly quotes": _title(lambda title: title.replace("'", "’").replace('"', "”")),
    "ligatures": _title(lambda title: title.replace("fi", "ﬁ").replace("ff", "ﬀ")),
    "blanks": _title(lambda title: title.replace(" ", "  ")),
    "a full stop": _title(lambda title: f"{title}."),
    "a full stop of a listing without names": _bare(_title(lambda title: f"{title}.")),
    "in quotes": _title(lambda title: f"“{title}”"),
    "the year after": _year(1),
    "the year before": _year(-1),
    "the year before, in a listing without names": _bare(_year(-1)),
    "retracted": _title(lambda title: f"RETRACTED: {title}"),
    "a retracted article": _title(lambda title: f"Retracted Article: {title}"),
    "withdrawn": _title(lambda title: f"[Withdrawn] {title}"),
    "family names first, and no subtitle": _people(_swapped),
    "initials, and no subtitle": _people(_initialised),
    "family names first, years later": _people(_swapped, years=4),
    "initials, years later": _people(_initialised, years=4),
    "initials and family names first, years later": _people(lambda n: _swapped(_initialised(n)), years=-3),
    "family names first without a comma, years later": _people(_family_first, years=4),
    "a version of one preprint": _identified(
        Identifier("arxiv", "2401.00010"), Identifier("arxiv", "2401.00010", "3")
    ),
    "a preprint by its DOI": _identified(
        Identifier("arxiv", "2401.00010"), Identifier("doi", "10.48550/arxiv.2401.00010")
    ),
    "a preprint with a DOI of its own, published": _published,
    "one abstract": _abstracts,
}


def _by_others(record: Record) -> Record:
    return replace(record, authors=_OTHERS)


def _swap_word(record: Record) -> Record | None:
    words = record.title.split()
    if len(words) < 4 or ":" in record.title:
        return None
    return replace(record, title=" ".join([*words[:-2], "Upside-Down", words[-1]]))


def _other_subtitle(record: Record) -> tuple[Record, Record] | None:
    main, colon, _ = record.title.partition(": ")
    return (record, replace(record, title=f"{main}: Notes on Its Implementation")) if colon else None


DIFFERENT: Mapping[str, Callable[[Record], Record | tuple[Record, Record] | None]] = {
    "a second one": _title(lambda title: f"{title} 2"),
    "a version in the title": _title(lambda title: f"{title} v2"),
    "1.5": _title(lambda title: re.sub(r"^(\S+?):", r"\1 1.5:", title)),
    "parts, at the end": lambda r: (
        replace(r, title=f"{r.title}, Part I"),
        replace(r, title=f"{r.title}, Part II"),
    ),
    "parts, as subtitles": lambda r: (
        replace(r, title=f"{r.title}: Part I"),
        replace(r, title=f"{r.title}: Part II"),
    ),
    "parts, at the beginning": lambda r: (
        replace(r, title=f"I. {r.title}"),
        replace(r, title=f"II. {r.title}"),
    ),
    "a first part without a number": _title(lambda title: f"{title} II"),
    "an erratum": _title(lambda title: f"Erratum: {title}"),
    "an erratum after": _title(lambda title: f"{title}: Erratum"),
    "a corrigendum": _title(lambda title: f"Corrigendum to “{title}”"),
    "a correction": _title(lambda title: f"Author Correction: {title}"),
    "a reply": _title(lambda title: f"Reply to: {title}"),
    "a reply after": _title(lambda title: f"{title}: A Reply"),
    "a rejoinder": _title(lambda title: f"Rejoinder: {title}"),
    "a comment": _title(lambda title: f"Comment on “{title}”"),
    "a retraction notice": _title(lambda title: f"Retraction Note: {title}"),
    "supplementary material": _title(lambda title: f"{title}: Supplementary Material"),
    "an appendix": _title(lambda title: f"{title} - Appendix"),
    "a technical report": _title(lambda title: f"{title.split(':')[0]} Technical Report"),
    "other people": _by_others,
    "other people, without a subtitle": lambda r: _by_others(s) if (s := _without_subtitle(r)) else None,
    "other people, the year after": lambda r: _by_others(_year(1)(r) or r),
    "a listing without names, five years later": _bare(_year(5)),
    "another word": _swap_word,
    "another subtitle": _other_subtitle,
    "other preprints": lambda r: (
        replace(r, identifiers=(Identifier("arxiv", "2401.00010"),)),
        replace(r, identifiers=(Identifier("arxiv", "2401.00011"),)),
    ),
    "other DOIs": lambda r: (
        replace(r, identifiers=(Identifier("doi", "10.1145/1.1"),)),
        replace(r, identifiers=(Identifier("doi", "10.1145/1.2"),)),
    ),
    "replicated": _title(lambda title: f"[Re] {title}"),
    "revisited": _title(lambda title: f"{title.split(':')[0]} Revisited"),
    "beyond": _title(lambda title: f"Beyond {title}"),
    "a plus more": _title(lambda title: re.sub(r"^(\S+?):", r"\1+:", title)),
}
_TWO_WORKS = (
    ("a version", "Kwai Keye-VL Technical Report", "Kwai Keye-VL 1.5 Technical Report"),
    ("a version", "Qwen2.5 Technical Report", "Qwen2 Technical Report"),
    ("a version", "Qwen2-VL Technical Report", "Qwen2 Technical Report"),
    ("a version", "Llama 2: Open Foundation Models", "Llama: Open Foundation Models"),
    ("a size", "Phi-3 Technical Report", "Phi-3-mini Technical Report"),
    ("a series", "Seed1.5-VL Technical Report", "Seed1.5-Thinking Technical Report"),
    ("a language", "A Study of C", "A Study of C++"),
    ("a language", "Testing Compilers for C#", "Testing Compilers for C"),
    ("a power", "Solving X in $n^2$ Steps", "Solving X in $n^3$ Steps"),
    ("a sign", "On the $l_1$ Norm of Layers", "On the $l_2$ Norm of Layers"),
    ("abbreviations of two things", "Learning LMs from Images", "Learning LLMs from Images"),
    ("a field", "Planning: A Survey", "Planning: A Benchmark"),
    ("a workshop", "Proceedings: Day One", "Proceedings: Day Two"),
)
