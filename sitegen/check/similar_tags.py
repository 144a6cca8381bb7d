"""Two tags differ so little that they are one, most likely.

Passes: `c`, `c-plus-plus` and `c-sharp`; `gan` and `gnn`; `gpt-3` and `gpt-4`. Fails: `multimodal` beside
`multi-modal`; `language model` beside `language models`; `visoin` beside a declared `vision`. One of them as an alias
of the other in content/tags.yaml settles it, or an entry there for each.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sitegen.diagnostics import Diagnostic, warning
from sitegen.text.slug import tag_slug

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sitegen.model.site import Site
    from sitegen.model.tag import Tag


def check(site: Site) -> tuple[Diagnostic, ...]:
    """A warning for every tag that another one equals but for hyphens, case or a plural, at the less settled one;
    and for every undeclared one that is a declared one's name with a letter or two amiss.
    """
    groups: dict[str, list[Tag]] = {}
    for tag in site.library.tags.values():
        groups.setdefault(_key(tag), []).append(tag)
    problems = []
    for group in groups.values():
        if len(group) > 1:
            first, *others = sorted(
                group, key=lambda tag: (not tag.declared, -len(site.by_tag[tag.id]), tag.id)
            )
            problems += [_similar(tag, first) for tag in others]
    twins = {tag.id for group in groups.values() if len(group) > 1 for tag in group}
    problems += [_misspelt(tag, name) for tag, name in misspelt_tags(site) if tag.id not in twins]
    return tuple(problems)


def misspelt_tags(site: Site) -> Iterator[tuple[Tag, str]]:
    """Every undeclared tag that is a slip of the pen from a declared one, with that one's label or alias."""
    tags = site.library.tags.values()
    names = [(tag_slug(name), name) for tag in tags if tag.declared for name in (tag.label, *tag.aliases)]
    for tag in tags:
        if not tag.declared:
            slips = [
                (distance, name)
                for key, name in names
                if (most := _allowed(tag.id, key)) and 0 < (distance := _slips(tag.id, key)) <= most
            ]
            if slips:
                yield tag, min(slips)[1]


def _key(tag: Tag) -> str:
    joined = tag.id.replace("-", "")
    return joined[:-1] if len(joined) > 4 and joined.endswith("s") and not joined.endswith("ss") else joined


def _similar(tag: Tag, kept: Tag) -> Diagnostic:
    return warning(
        "similar-tags",
        f"the tags '{tag.label}' and '{kept.label}' differ very little",
        tag.where,
        f"in content/tags.yaml: `{kept.label}: {{aliases: [{tag.label}]}}`",
    )


def _misspelt(tag: Tag, name: str) -> Diagnostic:
    return warning(
        "similar-tags",
        f"the tag '{tag.label}' is not in content/tags.yaml, and '{name}' is",
        tag.where,
        f"did you mean '{name}'? If not, add `{tag.label}:` to content/tags.yaml",
    )


def _allowed(one: str, other: str) -> int:
    """How many slips two names may be apart and yet be taken for one; none where their numbers differ."""
    shorter = min(len(one), len(other))
    if abs(len(one) - len(other)) > _MOST_SLIPS or _digits(one) != _digits(other):
        return 0
    return _MOST_SLIPS if shorter >= _LONG else 1 if shorter >= _SHORT else 0


_MOST_SLIPS = 2
_LONG, _SHORT = 9, 5  # letters: `gan` and `gnn`, `audio` and `video` are two


def _digits(text: str) -> str:
    return "".join(filter(str.isdigit, text))


def _slips(one: str, other: str) -> int:
    """Letters left out, put in, mistaken, or swapped with a neighbour, at least (optimal string alignment)."""
    before: list[int] = []
    last = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        row = [i]
        for j, wanted in enumerate(other, 1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (letter != wanted))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == wanted:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        before, last = last, row
    return last[-1]
