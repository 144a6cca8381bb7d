"""HTML that people wrote, reduced to what draws text: an allow-list of elements, attributes and addresses."""

from __future__ import annotations

import functools
import html
import re
from typing import TYPE_CHECKING

import nh3
from markupsafe import Markup

from sitegen.render.mathml import mathml
from sitegen.text.urls import safe_url

if TYPE_CHECKING:
    from collections.abc import Callable


def cleaned(raw: str, root: str, *, article: bool) -> Markup:
    """What may stand on a page of the given HTML; formulas are drawn where `<span data-math>` holds their source.

    Addresses without a scheme lead from the site's root, which `root` leads to.
    """
    clean = _cleaner(root, article=article).clean(raw)
    if _REL in clean:
        clean = _LINK.sub(lambda m: m[0] if _leads_elsewhere(m[1], root) else f"<a{m[1]}>", clean)
    if "<img" in clean:
        clean = _IMAGE_WITHOUT_SOURCE.sub("", clean)
    if "data-math" in clean:
        clean = _PLACED.sub(lambda m: mathml(html.unescape(m[2]), block=m[1] == "block"), clean)
    return Markup(clean)  # noqa: S704 - the sanitiser's output


_REL = 'rel="noopener nofollow"'
_LINK = re.compile(rf'<a((?: [a-z]+="[^"]*")*) {_REL}>')
_ELSEWHERE = re.compile(r' href="(https?://[^"]*)')


def _leads_elsewhere(attributes: str, root: str) -> bool:
    """Whether a link leads to another host; in feeds the site's own addresses begin with the root, too."""
    address = _ELSEWHERE.search(attributes)
    return address is not None and not (root and address[1].startswith(html.escape(root)))


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
        # What is too wide scrolls, with the keyboard, too.
        set_tag_attribute_values={"pre": {"tabindex": "0"}, "table": {"tabindex": "0"}},
        attribute_filter=_attribute_filter(root),
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener nofollow",
    )


_TAGS = frozenset(
    {"a", "abbr", "b", "blockquote", "br", "caption", "cite", "code", "dd", "del", "details", "div", "dl", "dt", "em"}
    | {"figcaption", "figure", "hr", "i", "img", "ins", "kbd", "li", "mark", "ol", "p", "pre", "q", "s", "samp", "small"}
    | {"span", "strong", "sub", "summary", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "u", "ul", "var"}
)  # fmt: skip


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
    return path if path.startswith("#") else root + _TO_ROOT.sub("", path).replace(" ", "%20")


_TO_ROOT = re.compile(r"\A(?:\.{0,2}/)+")  # `/`, `./`, `../../`


_MAIL = re.compile(r"mailto:[^\s<>\"'\\@:?]{1,64}@[^\s<>\"'\\@:?]{1,255}")


def _has_scheme(value: str) -> bool:
    # Browsers drop blanks and controls from addresses, so they are dropped before looking.
    visible = "".join(c for c in value if c.isprintable() and not c.isspace())
    return _SCHEME.match(visible) is not None


_SCHEME = re.compile("[^/?#]*:")
