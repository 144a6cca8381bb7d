"""LaTeX math as MathML Core: nothing but elements and attributes that draw formulas."""

from __future__ import annotations

import functools
import html
import re
import unicodedata
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from xml.etree.ElementTree import Element

LONGEST = 2000  # characters; longer sources are shown, not drawn


@functools.lru_cache(maxsize=8192)
def mathml(source: str, *, block: bool = False) -> Markup:
    r"""The expression as `<math>`, its source in `alttext`; where it cannot be drawn, the source itself.

    >>> mathml("x^2")
    Markup('<math alttext="x^2"><msup><mi>x</mi><mn>2</mn></msup></math>')
    >>> mathml(r"\unheardof{x}")
    Markup('<span class="math-source">\\unheardof{x}</span>')
    """
    drawn = "".join(_drawn(source, block=block)) if len(source) <= LONGEST else ""
    if not drawn:
        return Markup('<span class="math-source">{}</span>').format(source)
    display = Markup(' display="block"') if block else ""
    return Markup('<math alttext="{}"{}>{}</math>').format(source, display, Markup(drawn))  # noqa: S704 - from the allow-list


def _drawn(source: str, *, block: bool) -> list[str]:
    # Imported where the first formula is met: it takes longer to load than a small site to render.
    from latex2mathml.converter import Converter

    try:
        converter = Converter(display="block" if block else "inline")
        (row,) = converter.convert_to_element(source)  # `<math>` is a row itself
        return [piece for child in row for piece in _serialised(child, _DEEPEST)]
    except Exception:  # noqa: BLE001 - latex2mathml raises whatever its input makes it stumble over
        return []


class _NotDrawableError(Exception):
    """Something of the source would be left raw, or nested deeper than browsers draw in time."""


_DEEPEST = 64


def _serialised(element: Element, depth: int) -> Iterator[str]:
    text = html.unescape(element.text or "")
    if (text.startswith("\\") and text != "\\") or not depth:
        raise _NotDrawableError
    children = [piece for child in element for piece in _serialised(child, depth - 1)]
    tag = element.tag if element.tag in _ELEMENTS else "mrow"
    if tag == "mrow" and len(element) == 1:
        yield from children  # a group of one: browsers draw the same without it
        return
    yield f"<{tag}{''.join(_attributes(element.attrib))}>"
    if not len(element):
        yield escape(_in_variant(text, element.attrib.get("mathvariant", "")))
    yield from children
    yield f"</{tag}>"


# https://www.w3.org/TR/mathml-core/: without links, events, style, colours and embedded HTML.
_ELEMENTS = frozenset(
    {
        "mfrac",
        "mi",
        "mmultiscripts",
        "mn",
        "mo",
        "mover",
        "mpadded",
        "mphantom",
        "mprescripts",
        "mroot",
        "mrow",
        "ms",
    }
    | {
        "mspace",
        "msqrt",
        "mstyle",
        "msub",
        "msubsup",
        "msup",
        "mtable",
        "mtd",
        "mtext",
        "mtr",
        "munder",
        "munderover",
    }
)
_BOOLEAN = re.compile("true|false")
_LENGTH = re.compile(r"[+-]?[0-9]{0,4}(?:\.[0-9]{1,6})?(?:em|ex|px|pt|mu|cm|mm|in|%)?")
_ATTRIBUTES: Mapping[str, re.Pattern[str]] = {
    **dict.fromkeys(
        ("accent", "accentunder", "displaystyle", "fence", "largeop", "movablelimits", "separator", "stretchy", "symmetric"),
        _BOOLEAN,
    ),
    **dict.fromkeys(
        ("depth", "height", "linethickness", "lspace", "maxsize", "minsize", "rspace", "voffset", "width"), _LENGTH
    ),
    "columnspan": re.compile("[0-9]{1,2}"),
    "form": re.compile("prefix|infix|postfix"),
    "mathvariant": re.compile("normal"),
    "rowspan": re.compile("[0-9]{1,2}"),
    "scriptlevel": re.compile(r"[+-]?[0-9]"),
}  # fmt: skip


def _attributes(given: Mapping[str, str]) -> Iterator[str]:
    for name, value in given.items():
        allowed = _ATTRIBUTES.get(name)
        if allowed is not None and allowed.fullmatch(value):
            yield f' {name}="{value}"'


def _in_variant(text: str, variant: str) -> str:
    """Letters of another alphabet: of `mathvariant` browsers know `normal` alone."""
    alphabet = _ALPHABETS.get(variant)
    return text if alphabet is None else "".join(_letter(c, alphabet) for c in text)


_ALPHABETS: Mapping[
    str, tuple[str, ...]
] = {  # as Unicode names them; the older of these letters are outliers
    "bold": ("MATHEMATICAL BOLD",),
    "bold-italic": ("MATHEMATICAL BOLD ITALIC", "MATHEMATICAL BOLD"),
    "double-struck": ("MATHEMATICAL DOUBLE-STRUCK", "DOUBLE-STRUCK"),
    "fraktur": ("MATHEMATICAL FRAKTUR", "BLACK-LETTER"),
    "bold-fraktur": ("MATHEMATICAL BOLD FRAKTUR",),
    "monospace": ("MATHEMATICAL MONOSPACE",),
    "sans-serif": ("MATHEMATICAL SANS-SERIF",),
    "bold-sans-serif": ("MATHEMATICAL SANS-SERIF BOLD",),
    "script": ("MATHEMATICAL SCRIPT", "SCRIPT"),
    "bold-script": ("MATHEMATICAL BOLD SCRIPT",),
}


@functools.cache
def _letter(letter: str, alphabet: tuple[str, ...]) -> str:
    kind = unicodedata.name(letter, "").removeprefix("LATIN ").removeprefix("GREEK ").replace(" LETTER", "")
    for family in alphabet:
        try:
            return unicodedata.lookup(f"{family} {kind}")
        except KeyError:
            continue
    return letter
