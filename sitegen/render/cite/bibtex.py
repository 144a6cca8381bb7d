"""BibTeX that BibTeX, BibLaTeX and Zotero read: text escaped, a preprint's `eprint` told in both dialects."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sitegen.render.cite.citation import note_text, url_of
from sitegen.text.names import parts_of_name
from sitegen.text.tex import plain, segments
from sitegen.text.tex_names import SYMBOLS
from sitegen.text.untex import has_tex
from sitegen.text.venues import publication_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sitegen.model.paper import Paper
    from sitegen.model.record import Publication


def entry(paper: Paper, note: str = "") -> str:
    """One entry. Its key is the paper's id: unique in the site, and as stable as the page's address.

    Without authors' names there is no `author`: a citation without is valid, an invented one is not.
    """
    said = publication_of(paper)
    fields = "".join(f"  {name} = {value},\n" for name, value in _fields(paper, said, note) if value)
    return f"@{_TYPES[said.kind]}{{{paper.id},\n{fields}}}\n"


_TYPES = {
    "preprint": "misc",
    "article": "article",
    "paper": "inproceedings",
    "chapter": "incollection",
    "book": "book",
    "thesis": "phdthesis",
    "report": "techreport",
}
# The field that names the venue.
_CONTAINERS = {
    "article": "journal",
    "paper": "booktitle",
    "chapter": "booktitle",
    "book": "series",
    "report": "series",
}
_PUBLISHERS = {"thesis": "school", "report": "institution"}


def _fields(paper: Paper, said: Publication, note: str) -> Iterator[tuple[str, str]]:
    yield "title", _braced(_braced(_tex(paper.title)))  # twice: styles keep the capitals
    yield "author", _braced(" and ".join(_name(author) for author in paper.authors))
    yield (
        "organization",
        _braced(" and ".join(_group(organization.name) for organization in paper.organizations)),
    )
    if said.kind in _CONTAINERS:
        yield _CONTAINERS[said.kind], _braced(_text(paper.venue))
    yield "type", "{Thesis}" if said.kind == "thesis" else ""  # of which degree is not known
    yield "volume", _braced(_text(said.volume))
    yield "number", _braced(_text(said.issue))
    yield "pages", _braced(_text(said.pages.replace("\N{EN DASH}", "--")))
    yield _PUBLISHERS.get(said.kind, "publisher"), _braced(_text(said.publisher))
    if paper.published:
        yield "year", _braced(str(paper.published.year))
        yield "month", _MONTHS[paper.published.month]
    arxiv = paper.identifier("arxiv")
    if arxiv:
        yield "eprint", _braced(_verbatim(arxiv))
        yield "archivePrefix", "{arXiv}"
        yield "eprinttype", "{arxiv}"  # Zotero knows this name alone
    yield "doi", _braced(_verbatim(paper.identifier("doi")))
    yield "url", _braced(_verbatim(url_of(paper)))
    yield "annote", _braced(note_text(note or paper.summary, _escaped, _formula))


_MONTHS = ("", "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def _braced(value: str) -> str:
    return value and f"{{{value}}}"


def _name(name: str) -> str:
    """A name as BibTeX divides it: a particle and a suffix by commas, a group in braces, as what it would split."""
    parts = parts_of_name(name)
    if (parts.particle or parts.suffix) and not parts.particle[:1].islower():
        in_order = (f"{parts.particle} {parts.family}".strip(), parts.suffix, parts.given)
        return ", ".join(_text(part) for part in in_order if part)
    escaped = _text(name)
    return f"{{{escaped}}}" if _is_divisible(name) or (parts.literal and " " in escaped) else escaped


def _group(name: str) -> str:
    return f"{{{_text(name)}}}" if _is_divisible(name) else _text(name)


def _is_divisible(name: str) -> bool:
    low = name.lower()  # nearly every name is told off here, without a regular expression
    return ("," in low or "and" in low or "others" in low) and _DIVISIBLE.search(name) is not None


_DIVISIBLE = re.compile(r"(?i),|(?:^|\s)and(?:\s|$)|^\s*others\s*$")


def _tex(text: str) -> str:
    """A title: its words escaped, its formulas as they are."""
    if not has_tex(text):
        return _text(text)
    return " ".join(
        "".join(
            _formula(piece.text) if piece.math else _escaped(piece.text) for piece in segments(text)
        ).split()
    )


def _formula(source: str) -> str:
    """`$…$` where TeX itself would read the formula without surprises; elsewhere its characters, escaped."""
    if (
        _HARMLESS.fullmatch(source)
        and _COMMANDS.issuperset(_COMMAND.findall(source))
        and _is_balanced(source)
    ):
        return f"${source}$"
    return _escaped(plain(f"${source}$"))


# No `\\{`, as BibTeX counts it as a brace; no `^^`, which TeX reads as the code of a character, `\\` perhaps.
_HARMLESS = re.compile(r"(?:\\[A-Za-z]++|\\[,;:! |]|\^(?!\^)|[ -!\"'-[\]_`-}])+")
_COMMAND = re.compile(r"\\([A-Za-z]+)")
_MATHS = (
    "mathcal mathbb mathbf mathrm mathsf mathtt mathit mathscr mathfrak boldsymbol operatorname text textbf textit "
    "textrm textsf texttt frac tfrac dfrac sqrt left right log exp sin cos tan min max arg sup inf lim det dim ker "
    "Pr hat widehat tilde widetilde bar overline dot ddot vec displaystyle limits"
)
_NO_MATHS = ("ie", "eg", "etc", "etal", "item", "par", "newline")
_COMMANDS = frozenset([*SYMBOLS, *_MATHS.split()]).difference(_NO_MATHS)


def _is_balanced(source: str) -> bool:
    depth = 0
    for brace in _BRACE.findall(source):
        depth += 1 if brace == "{" else -1
        if depth < 0:
            return False
    return depth == 0


_BRACE = re.compile("[{}]")


def _text(text: str) -> str:
    return " ".join(_escaped(text).split())


def _escaped(text: str) -> str:
    return text.translate(_ESCAPES) if _SPECIAL.search(text) else text


_SPECIAL = re.compile(r"[\\{}^~%#$&_]")
# Braces by name: BibTeX counts every brace of an entry, escaped or not.
_ESCAPES = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "^": r"\textasciicircum{}",
        "~": r"\textasciitilde{}",
        "%": r"\%",
        "#": r"\#",
        "$": r"\$",
        "&": r"\&",
        "_": r"\_",
    }
)


def _verbatim(text: str) -> str:
    """An address or identifier, which programs read as it stands; what would end the field is percent-encoded."""
    return _UNSAFE.sub(
        lambda match: "".join(f"%{byte:02X}" for byte in match[0].encode(errors="replace")), text
    )


_UNSAFE = re.compile(r'[\x00- "<>\\^`{|}\x7f]')
