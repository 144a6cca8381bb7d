"""Markdown that people write: notes, descriptions, free pages. Whatever they write, nothing of it runs."""

from __future__ import annotations

import functools
import re
from hashlib import blake2b
from typing import NamedTuple
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.extensions.footnotes import FootnoteExtension
from markdown.extensions.sane_lists import SaneListExtension
from markdown.extensions.tables import TableExtension
from markdown.inlinepatterns import InlineProcessor
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString
from markupsafe import Markup

from sitegen.render.characters import printable
from sitegen.render.cleaning import cleaned
from sitegen.render.tangle import is_tangled
from sitegen.text.slug import slug

LONGEST = 100_000  # characters


class Prose(NamedTuple):
    """Cleaned HTML, and what was wrong with the Markdown, or ""."""

    html: Markup
    problem: str


@functools.lru_cache(maxsize=4096)
def prose(text: str, root: str, *, article: bool, of: str = "") -> Prose:
    """The Markdown as HTML: tables, footnotes, code, math; raw HTML cleaned.

    Addresses without a scheme lead from the site's root, which `root` leads to (`"../"`). Headings begin at h2 and
    have ids (`section-…`) in an `article`, a page's own text, and at h3 elsewhere.
    Footnotes have ids of their own where two texts of a page are equal, as long as they are `of` different things.
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
        raw = _converted(text, article=article, of=of)
    except Exception:  # noqa: BLE001 - python-markdown raises whatever its input makes it stumble over
        return _as_written(
            text, "this Markdown cannot be converted (is it nested very deeply?): it is shown as written"
        )
    return Prose(cleaned(raw, root, article=article), "")


def _as_written(text: str, problem: str) -> Prose:
    return Prose(Markup("<p>{}</p>\n").format(text), problem)


def _converted(text: str, *, article: bool, of: str) -> str:
    markdown, footnotes = _markdown(article=article)
    markdown.reset()
    footnotes.label = blake2b((of + text).encode(), digest_size=4).hexdigest()
    return markdown.convert(text)


@functools.cache
def _markdown(*, article: bool) -> tuple[Markdown, _Footnotes]:
    footnotes = _Footnotes(BACKLINK_TITLE="", SEPARATOR="-")
    extensions = [
        TableExtension(use_align_attribute=True),
        SaneListExtension(),
        _Fenced(),
        footnotes,
        _Math(),
        _Shape(article=article),
    ]
    return Markdown(extensions=extensions, output_format="html"), footnotes


class _Fenced(Extension):
    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        # After line ends are normal (30), before raw HTML is taken out (20).
        md.preprocessors.register(_Fences(md), "fences", 25)


class _Fences(Preprocessor):
    """Code between fences. Of what stands behind the opening one, `title="x.yaml"` is shown above the code."""

    def run(self, lines: list[str]) -> list[str]:
        bare = [line.rstrip(" ") for line in lines]
        last = {line: number for number, line in enumerate(bare)}  # looking for each would be quadratic
        kept: list[str] = []
        number = 0
        while number < len(lines):
            opening = _FENCE.fullmatch(lines[number])
            if opening and last.get(opening["fence"], 0) > number:
                end = bare.index(opening["fence"], number + 1)
                code = "".join(f"{line}\n" for line in lines[number + 1 : end])
                kept += ["", self._stored(opening["info"], code), ""]
                number = end
            else:
                kept.append(lines[number])
            number += 1
        return kept

    def _stored(self, info: str, code: str) -> str:
        html = Markup("<pre><code>{}</code></pre>").format(code)
        if title := _TITLE.search(info):
            html = Markup("<figure><figcaption>{}</figcaption>{}</figure>").format(title[1], html)
        placeholder: str = self.md.htmlStash.store(html)
        return placeholder


_FENCE = re.compile(r"(?P<fence>`{3,}|~{3,})(?P<info>[^`]*)")
_TITLE = re.compile(r'(?:^|[ ])title="([^"]*)"')


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
        # Some people begin at `#`, some at `##`: their highest heading stands right below the page's own.
        highest = min((int(element.tag[1]) for element in root.iter() if element.tag in _HEADINGS), default=1)
        down = (2 if self._article else 3) - highest
        for element in root.iter():
            tag = element.tag
            if tag in _HEADINGS:
                element.tag = f"h{min(int(tag[1]) + down, 6)}"
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
