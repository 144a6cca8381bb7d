"""Markdown that people write: notes, descriptions, free pages. Whatever they write, nothing of it runs."""

from __future__ import annotations

import functools
import html
import re
from hashlib import blake2b
from typing import TYPE_CHECKING, NamedTuple
from xml.etree.ElementTree import Element

import nh3
from markdown import Markdown
from markdown.extensions import Extension
from markdown.extensions.fenced_code import FencedCodeExtension
from markdown.extensions.footnotes import FootnoteExtension
from markdown.extensions.sane_lists import SaneListExtension
from markdown.extensions.tables import TableExtension
from markdown.inlinepatterns import InlineProcessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString
from markupsafe import Markup

from sitegen.render.characters import printable
from sitegen.render.mathml import mathml
from sitegen.render.tangle import is_tangled
from sitegen.text.slug import slug
from sitegen.text.urls import safe_url

if TYPE_CHECKING:
    from collections.abc import Callable

LONGEST = 100_000  # characters


class Prose(NamedTuple):
    """Cleaned HTML, and what was wrong with the Markdown, or ""."""

    html: Markup
    problem: str


@functools.lru_cache(maxsize=4096)
def prose(text: str, root: str, *, article: bool) -> Prose:
    """The Markdown as HTML: tables, footnotes, code, math; raw HTML cleaned.

    Addresses without a scheme lead from the site's root, which `root` leads to (`"../"`). Headings begin at h2 and
    have ids (`section-…`) in an `article`, a page's own text, and at h3 elsewhere.
    """
    text = printable(text)
    if len(text) > LONGEST:
        return _as_written(
            text[:LONGEST], f"this Markdown is longer than {LONGEST:,} characters: the rest is left out"
        )
    if is_tangled(text):
        return _as_written(
            text, "this Markdown has too many open brackets or too long paragraphs: it is shown as written"
        )
    try:
        raw = _converted(text, article=article)
    except Exception:  # noqa: BLE001 - python-markdown raises whatever its input makes it stumble over
        return _as_written(text, "this Markdown is nested too deeply: it is shown as written")
    return Prose(_cleaned(raw, root, article=article), "")


def _as_written(text: str, problem: str) -> Prose:
    return Prose(Markup("<p>{}</p>\n").format(text), problem)


def _converted(text: str, *, article: bool) -> str:
    markdown, footnotes = _markdown(article=article)
    markdown.reset()
    footnotes.label = blake2b(text.encode(), digest_size=4).hexdigest()
    return markdown.convert(text)


@functools.cache
def _markdown(*, article: bool) -> tuple[Markdown, _Footnotes]:
    footnotes = _Footnotes(BACKLINK_TITLE="", SEPARATOR="-")
    extensions = [
        TableExtension(use_align_attribute=True),
        SaneListExtension(),
        FencedCodeExtension(),
        footnotes,
        _Math(),
        _Shape(article=article),
    ]
    return Markdown(extensions=extensions, output_format="html"), footnotes


class _Footnotes(FootnoteExtension):
    """Footnotes with ids that differ between the notes of one page and stay the same between builds."""

    label = ""

    def makeFootnoteId(self, id: str) -> str:  # noqa: A002, N802 - python-markdown's names
        return f"fn-{self.label}-{self._number(id)}"

    def makeFootnoteRefId(self, id: str, found: bool = False) -> str:  # noqa: A002, N802
        return self.unique_ref(f"fnref-{self.label}-{self._number(id)}", found)

    def reset(self) -> None:
        super().reset()
        self._numbers: dict[str, int] = {}

    def _number(self, name: str) -> int:
        return self._numbers.setdefault(name, len(self._numbers) + 1)


class _Math(Extension):
    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        # Before backslash escapes (180) and code (190), which would take formulas apart; it steps over both itself.
        md.inlinePatterns.register(_Formula(_FORMULA, md), "math", 195)
        md.ESCAPED_CHARS = [*md.ESCAPED_CHARS, "$"]


_FORMULA = r"""(?xs)
    (?<!`)(?P<ticks>`++)(?!`).+?(?<!`)(?P=ticks)(?!`)       # code
  | \\\((?P<round>(?:[^\\]|\\[^()])++)\\\)
  | \\\[(?P<square>(?:[^\\]|\\[^\[\]])++)\\\]
  | \\.
  | \$\$(?P<display>(?:[^$\\]|\\.)++)\$\$
  | \$(?![\s$])(?P<inline>(?:[^$\\]|\\.)++)(?<!\s)\$(?![0-9])   # `$5 and $6` is money
"""


class _Formula(InlineProcessor):
    """Puts the source of a formula where neither Markdown nor the cleaning touches it."""

    def __init__(self, pattern: str, md: Markdown) -> None:
        super().__init__(pattern, md)
        self.compiled_re = re.compile(pattern)

    def handleMatch(  # type: ignore[override]  # noqa: N802
        self, m: re.Match[str], data: str
    ) -> tuple[Element | None, int | None, int | None]:
        del data
        kind = m.lastgroup
        if kind is None or kind == "ticks" or not m[kind].strip():
            return None, None, None
        element = Element("span", {"data-math": "block" if kind in {"square", "display"} else "inline"})
        element.text = AtomicString(m[kind].strip())
        return element, m.start(), m.end()


class _Shape(Extension):
    def __init__(self, *, article: bool) -> None:
        super().__init__()
        self._article = article

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        # After inline patterns (20): the text of headings is known; before it is made pretty (10).
        md.treeprocessors.register(_Headings(md, article=self._article), "headings", 15)


class _Headings(Treeprocessor):
    """Headings below those of the page; cells aligned by class, as the page's policy allows no style."""

    def __init__(self, md: Markdown, *, article: bool) -> None:
        super().__init__(md)
        self._article = article

    def run(self, root: Element) -> None:
        taken: dict[str, int] = {}
        for element in root.iter():
            tag = element.tag
            if tag in _HEADINGS:
                element.tag = f"h{min(int(tag[1]) + (1 if self._article else 2), 6)}"
                if self._article:
                    element.set("id", _free(f"section-{slug(''.join(element.itertext()))}", taken))
            elif tag in {"td", "th"} and "align" in element.attrib:
                element.set("class", f"align-{element.attrib.pop('align')}")


_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})


def _free(name: str, taken: dict[str, int]) -> str:
    """The name, or the first of `name-2`, `name-3` … that is free; `taken` counts how often each was wanted."""
    free = name
    while free in taken:
        taken[name] += 1
        free = f"{name}-{taken[name]}"
    taken[free] = 1
    return free


def _cleaned(raw: str, root: str, *, article: bool) -> Markup:
    clean = _cleaner(root, article=article).clean(raw)
    clean = clean.replace(f"<a {_REL}>", "<a>")  # the address was refused
    if "<img" in clean:
        clean = _IMAGE_WITHOUT_SOURCE.sub("", clean)
    if "data-math" in clean:
        clean = _PLACED.sub(lambda m: mathml(html.unescape(m[2]), block=m[1] == "block"), clean)
    return Markup(clean)  # noqa: S704 - the sanitiser's output


_REL = 'rel="noopener nofollow"'
_IMAGE_WITHOUT_SOURCE = re.compile(
    r'<img(?=[\s>])(?![^<>"]*(?:"[^"]*"[^<>"]*)*?\ssrc=")[^<>"]*+(?:"[^"]*"[^<>"]*+)*+>'
)
# No attribute can hold this: the cleaner escapes quotes in attributes and `<` in text.
_PLACED = re.compile(r'<span data-math="(inline|block)">([^<]*)</span>')


@functools.lru_cache(maxsize=64)
def _cleaner(root: str, *, article: bool) -> nh3.Cleaner:
    headings = {f"h{level}" for level in range(2 if article else 3, 7)}
    return nh3.Cleaner(
        tags=_TAGS | headings,
        clean_content_tags={
            "script",
            "style",
            "svg",
            "math",
            "iframe",
            "template",
            "noscript",
            "title",
            "textarea",
        },
        attributes={
            "a": {"href", "title", "id", "class"},
            "abbr": {"title"},
            "img": {"src", "alt", "title", "width", "height"},
            "div": {"class"},
            "li": {"id"},
            "ol": {"start"},
            "sup": {"id"},
            "td": {"class"},
            "th": {"class"},
            **({heading: {"id"} for heading in headings} if article else {}),
        },
        tag_attribute_values={"span": {"data-math": {"inline", "block"}}},
        attribute_filter=_attribute_filter(root),
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener nofollow",
    )


_TAGS = frozenset(
    {
        "a",
        "abbr",
        "b",
        "blockquote",
        "br",
        "caption",
        "cite",
        "code",
        "dd",
        "del",
        "details",
        "div",
        "dl",
        "dt",
        "em",
    }
    | {
        "figcaption",
        "figure",
        "hr",
        "i",
        "img",
        "ins",
        "kbd",
        "li",
        "mark",
        "ol",
        "p",
        "pre",
        "q",
        "s",
        "samp",
        "small",
    }
    | {
        "span",
        "strong",
        "sub",
        "summary",
        "sup",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "u",
        "ul",
        "var",
    }
)


def _attribute_filter(root: str) -> Callable[[str, str, str], str | None]:
    def kept(_: str, name: str, value: str) -> str | None:
        if name == "href":
            return _address(value, root)
        if name == "src":
            return None if _has_scheme(value) else _address(value, root)
        if name == "id":
            return value if _OUR_ID.fullmatch(value) else None
        if name == "class":
            return value if value in _OUR_CLASSES else None
        if name in {"width", "height", "start"}:
            return value if value.isascii() and value.isdigit() and len(value) < 6 else None
        return value or (None if name == "title" else "")

    return kept


_OUR_ID = re.compile(r"fn(?:ref[0-9]*)?-[0-9a-f]{8}-[0-9]+|section-[a-z0-9-]+")
_OUR_CLASSES = frozenset(
    {"footnote", "footnote-ref", "footnote-backref", "align-left", "align-center", "align-right"}
)


def _address(value: str, root: str) -> str | None:
    """A safe address: http(s), mailto, a fragment, or a path from the site's root; else None."""
    if _has_scheme(value):
        if value.startswith("mailto:"):
            return value if _MAIL.fullmatch(value) else None
        return safe_url(value)
    path = "".join(c for c in value if c.isprintable()).strip()
    if "\\" in path or path.startswith("//"):
        return None
    return path if path.startswith("#") else root + path.lstrip("/").replace(" ", "%20")


_MAIL = re.compile(r"mailto:[^\s<>\"'\\@:?]{1,64}@[^\s<>\"'\\@:?]{1,255}")


def _has_scheme(value: str) -> bool:
    # Browsers drop blanks and controls from addresses, so they are dropped before looking.
    visible = "".join(c for c in value if c.isprintable() and not c.isspace())
    return _SCHEME.match(visible) is not None


_SCHEME = re.compile("[^/?#]*:")
