"""The tables of what every file may hold, as a page in Markdown: the documentation cannot disagree with the reading."""

from __future__ import annotations

import re
from textwrap import fill
from typing import TYPE_CHECKING, Any, Final

from sitegen.parse.collection import COLLECTION
from sitegen.parse.free_page import PAGE
from sitegen.parse.kinds import Text, Whole
from sitegen.parse.paper_file import PAPERS
from sitegen.parse.settings import SETTINGS
from sitegen.parse.shapes import ByForm, ListOf, Made, MapOf, Shape
from sitegen.parse.sidecar import SIDECAR
from sitegen.parse.tags import TAGS
from sitegen.text.slug import slug

if TYPE_CHECKING:
    from collections.abc import Iterator

_FILES: Final[tuple[tuple[str, str, Any], ...]] = (
    ("Settings", "`content/sitegen.yaml`", SETTINGS),
    ("Collections", "`content/collections/*.yaml`, one file for each", COLLECTION),
    ("Papers", "`content/papers/*.yaml`, each file a mapping or a list of mappings", PAPERS),
    ("Tags", "`content/tags.yaml`, a mapping with a field for every tag, which may be empty", TAGS),
    ("Pages", "`content/pages/*.md` and folders in it, between two lines `---` at the beginning", PAGE),
    ("Sidecars", "`<dump>.meta.yaml`, beside a dump", SIDECAR),
)
_INTRODUCTION: Final = """\
---
title: Every field
description: What every YAML file of a project may hold, field by field.
order: 40
---
`sitegen schema --markdown` prints this page, from the tables by which the files are read: what stands here is what is
accepted. `sitegen schema` writes the same as JSON Schemas, with which an editor completes and checks while you type.

Text needs no quotes unless YAML would see something else in it, as in `"COSMO: a study"`; then the message says so.
A field that nobody knows is an error, with the field that you may have meant.
"""


def reference() -> str:
    """A page in Markdown with every file, every mapping in it, and every field of those."""
    met: dict[
        int, str
    ] = {}  # shapes by identity, and where each is described: one may stand in several fields
    return _INTRODUCTION + "".join(
        f"\n## {heading}\n\n{place}.\n{''.join(_tables(kind, '', met))}" for heading, place, kind in _FILES
    )


def _tables(kind: Any, field: str, met: dict[int, str]) -> Iterator[str]:
    """The fields of the shapes of this kind, each followed by the shapes that are met in it for the first time."""
    for shape in _shapes(kind):
        if id(shape) in met:
            continue
        met[id(shape)] = heading = f"{shape.name[0].upper()}{shape.name[1:]} in {field}"
        if field:
            yield f"\n### {heading}\n\n{_escaped(shape.description)}\n"
        within = [text for each in shape.fields for text in _tables(each.kind, each.name, met)]
        yield "\n"
        for each in shape.fields:
            needed = ", **needed**" if each.required else ""
            about = _escaped(each.description.removesuffix(" Markdown."))
            line = f"* `{each.name}`: {_holds(each.kind, met)}{needed}. {about}"
            yield (
                fill(line, 118, subsequent_indent="  ", break_long_words=False, break_on_hyphens=False) + "\n"
            )
        yield from within


def _shapes(kind: Any) -> Iterator[Shape]:
    """The shapes that a value of this kind may have."""
    if isinstance(kind, Shape):
        yield kind
    elif isinstance(kind, ListOf):
        yield from _shapes(kind.item)
    elif isinstance(kind, MapOf):
        yield from _shapes(kind.value)
    elif isinstance(kind, Made):
        yield from _shapes(kind.kind)
    elif isinstance(kind, ByForm):
        for each in (kind.scalar, kind.sequence, kind.mapping):
            yield from _shapes(each)


def _holds(kind: Any, met: dict[int, str]) -> str:
    """What a field holds, in words, with links to the mappings among it."""
    if isinstance(kind, Shape):
        return f"[{kind.name}](#section-{slug(met[id(kind)])})"
    if isinstance(kind, Made):
        return _holds(kind.kind, met)
    if isinstance(kind, ListOf):
        item = _holds(kind.item, met)
        return f"a list of {item}" if item == Text().words else f"a list, each {item}"
    if isinstance(kind, ByForm):
        if isinstance(kind.scalar, Whole) and kind.scalar.called:
            return kind.scalar.called.rstrip(",")  # speaks of the other form, too
        forms = (kind.scalar, kind.sequence, kind.mapping)
        return ", or ".join(dict.fromkeys(_holds(each, met) for each in forms if each is not None))
    words: str = kind.words
    return words


def _escaped(text: str) -> str:
    """Plain text as Markdown; what stands between backticks is code already."""
    parts = text.split("`")
    parts[::2] = [re.sub(r"[*_\[\]]", r"\\\g<0>", part).replace("<", "&lt;") for part in parts[::2]]
    return "`".join(parts)
