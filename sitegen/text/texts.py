"""The words of the user interface, in the site's language."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from sitegen.diagnostics import did_you_mean

Catalogue = Mapping[str, str | Mapping[str, str]]  # text, or its plural forms `one` and `other`


class UnknownTextError(LookupError):
    """A template or a planner asks for a text that the catalogue does not have."""

    def __init__(self, key: str, hint: str) -> None:
        super().__init__(f"there is no text '{key}'")
        self.hint = hint


class Texts:
    """Texts by key. A text may have plural forms, and names in braces that values replace.

    >>> texts = Texts("en", {"papers": {"one": "{n} paper", "other": "{n} papers"}, "by": "by {name}"})
    >>> texts("papers", n=1), texts("papers", n=12345), texts("by", name="{n}")
    ('1 paper', '12,345 papers', 'by {n}')
    """

    def __init__(self, language: str, catalogue: Catalogue) -> None:
        self.language = language
        self._catalogue = dict(catalogue)
        primary = language.partition("-")[0].lower()
        self._is_one = _ONE.get(primary, _exactly_one)
        self._separator = _SEPARATORS.get(primary, _NARROW_BLANK)

    @property
    def catalogue(self) -> Catalogue:
        """All texts."""
        return self._catalogue

    def __contains__(self, key: object) -> bool:
        return key in self._catalogue

    def __call__(self, key: str, **values: object) -> str:
        """The text of `key`: `n` chooses the plural form, names in braces are replaced, integers grouped.

        Raises UnknownTextError; a name in braces that has no value stays as it is.
        """
        text = self._catalogue.get(key)
        if text is None:
            raise UnknownTextError(key, did_you_mean(key, self._catalogue))
        if not isinstance(text, str):
            n = values.get("n")
            text = (text.get("one") if isinstance(n, int) and self._is_one(n) else None) or text["other"]
        if not values or "{" not in text:
            return text
        return _NAME.sub(lambda match: self._shown(values.get(match[1], match[0])), text)

    def under(self, prefix: str) -> dict[str, str]:
        """All texts without plural forms whose keys begin so, by the rest of their keys.

        >>> Texts("en", {"map.js.near": "Near", "map.js.far": "Far", "map.title": "Map"}).under("map.js.")
        {'near': 'Near', 'far': 'Far'}
        """
        return {
            key.removeprefix(prefix): text
            for key, text in self._catalogue.items()
            if key.startswith(prefix) and isinstance(text, str)
        }

    def number(self, n: int) -> str:
        r"""The digits of `n` in groups of three, as the language writes them.

        >>> Texts("en", {}).number(12345), Texts("de", {}).number(12345), Texts("fr", {}).number(-1234)
        ('12,345', '12.345', '-1\u202f234')
        """
        return str(n) if -1000 < n < 1000 else f"{n:,}".replace(",", self._separator)

    def _shown(self, value: object) -> str:
        return self.number(value) if type(value) is int else str(value)


_NAME = re.compile(r"\{(\w+)\}")


def _exactly_one(n: int) -> bool:
    return n == 1


def _none_or_one(n: int) -> bool:
    return n in (0, 1)


def _never(n: int) -> bool:
    del n
    return False


# Cardinal plurals and grouping after https://cldr.unicode.org, reduced to two forms; other languages
# distinguish 1 from the rest and group with a narrow blank, which no reader takes for a decimal point.
_ONE: Mapping[str, Callable[[int], bool]] = {
    "fr": _none_or_one,
    "pt": _none_or_one,
    "hi": _none_or_one,
    "id": _never,
    "ja": _never,
    "ko": _never,
    "th": _never,
    "vi": _never,
    "zh": _never,
}
_NARROW_BLANK = "\N{NARROW NO-BREAK SPACE}"
_SEPARATORS: Mapping[str, str] = {
    **dict.fromkeys(("en", "he", "hi", "ja", "ko", "th", "zh"), ","),
    **dict.fromkeys(("da", "de", "el", "es", "id", "it", "nl", "pt", "ro", "tr", "vi"), "."),
}
