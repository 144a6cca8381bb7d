"""Several texts in one page of Markdown: what one defines below itself must not be what another refers to."""

from __future__ import annotations

import re


def own_references(markdown: str, suffix: str) -> str:
    r"""The text with `suffix` after the name of every link and footnote that it defines, and wherever it refers to these.

    >>> own_references("See [it][a], [a] and this.[^1]\n\n[a]: https://a.example\n\n[^1]: That.", "7")
    'See [it][a 7], [a][a 7] and this.[^1-7]\n\n[a 7]: https://a.example\n\n[^1-7]: That.'
    """
    names = {" ".join(name.lower().split()) for name in _DEFINITION.findall(markdown)}
    if not names:
        return markdown

    def noted(match: re.Match[str]) -> str:
        return f"[{match[1]}-{suffix}]" if match[1].lower() in names else match[0]

    def renamed(match: re.Match[str]) -> str:
        start, text, name = match["start"] or "", match["text"], match["name"]
        if " ".join((name or text).lower().split()) not in names:
            return match[0]
        if match["colon"]:
            return f"{start}[{text} {suffix}]:"
        return f"{start}[{text}][{name or text} {suffix}]"

    return _REFERENCE.sub(renamed, _FOOTNOTE.sub(noted, markdown))


_DEFINITION = re.compile(r"^ {0,3}\[([^\[\]\n]+)\]:", re.MULTILINE)
_FOOTNOTE = re.compile(r"\[(\^[^\[\]\s]+)\]")
_REFERENCE = re.compile(
    r"(?P<start>^ {0,3})?\[(?P<text>(?!\^)[^\[\]]+)\]"
    r"(?:\[(?P<name>(?!\^)[^\[\]]*)\](?!\()|(?P<colon>(?(start):|(?!)))|(?!\())",
    re.MULTILINE,
)
