"""content/tags.yaml → the taxonomy: every tag's label, description, aliases, parent and matching rule."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from msgspec.structs import replace

from sitegen.diagnostics import Outcome
from sitegen.model.tag import Tag, TagRule
from sitegen.parse.kinds import Prose, Text
from sitegen.parse.nodes import Document, compose
from sitegen.parse.shapes import Field, Given, ListOf, Made, MapOf, Shape
from sitegen.text.nearest import Nearest
from sitegen.text.slug import tag_slug

if TYPE_CHECKING:
    from yaml import Node

    from sitegen.model.source import SourceFile


def parse_tags(file: SourceFile) -> Outcome[tuple[Tag, ...]]:
    """The tags in the order of the file, parents as ids. Of two tags with one slug the first is kept."""
    document = compose(file)
    entries = None if document.root is None else TAGS.read(document.root, document)
    names = _Names(document)
    declared = [entry for entry in entries or () if names.claim(entry[0], tag_slug(entry[0]), entry[1])]
    # A key is a stronger claim to a name than a label or an alias, wherever in the file it stands.
    tags = tuple(_tag(key, place, given, names) for key, place, given in declared)
    parents = {
        tag.id: given.nodes["parent"]
        for tag, (_, _, given) in zip(tags, declared, strict=True)
        if given is not None and "parent" in given
    }
    tags = tuple(_with_parent(tag, parents.get(tag.id), names) for tag in tags)
    return Outcome(_without_cycles(tags, parents, document), tuple(document.problems))


class _Names:
    """Which tag each name (key, label or alias) means."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.owners: dict[str, tuple[str, str, Node]] = {}  # slug → tag's id, the name as written, its place

    @cached_property
    def nearest(self) -> Nearest:
        return Nearest(name for _, name, _ in self.owners.values())

    def claim(self, name: str, tag: str, place: Node, *, again: bool = False) -> bool:
        """Note that the name means this tag; False, and an error, where it means one already.

        With `again` it may mean this same tag: a label repeats its key.
        """
        owner = self.owners.setdefault(tag_slug(name), (tag, name, place))
        if owner[2] is place or (again and owner[0] == tag):
            return True
        first = self.document.span(owner[2])
        same = f"'{name}'" if name == owner[1] else f"'{name}' and '{owner[1]}'"
        self.document.error(
            "duplicate-tag",
            f"{same} would be two tags with the id '{tag_slug(name)}'; the first is on line {first.line}, "
            f"column {first.column}",
            place,
            "keep one of the two",
        )
        return False


def _tag(key: str, place: Node, given: Given | None, names: _Names) -> Tag:
    tag = tag_slug(key)
    where = names.document.span(place)
    if given is None:
        return Tag(id=tag, label=key, where=where)
    label = given.get("label", key)
    if "label" in given:
        names.claim(label, tag, given.nodes["label"], again=True)
    return Tag(
        id=tag,
        label=label,
        where=where,
        description=given.get("description", ""),
        aliases=tuple(
            alias for alias, at in given.get("aliases", ()) if names.claim(alias, tag, at, again=True)
        ),
        parent=given.get("parent", ""),
        rule=given.get("match", TagRule()),
    )


def _with_parent(tag: Tag, place: Node | None, names: _Names) -> Tag:
    if place is None:
        return tag
    owner = names.owners.get(tag_slug(tag.parent))
    if owner is None:
        names.document.error(
            "unknown-tag",
            f"no tag is called '{tag.parent}'",
            place,
            names.nearest.hint(tag.parent) or "add an entry for it to this file",
        )
    return replace(tag, parent=owner[0] if owner else "")


def _without_cycles(tags: tuple[Tag, ...], parents: dict[str, Node], document: Document) -> tuple[Tag, ...]:
    """The tags; of each circle of parents the first tag loses its own, and is reported."""
    parent_of = {tag.id: tag.parent for tag in tags}
    order = {tag.id: number for number, tag in enumerate(tags)}
    ends: set[str] = set()  # tags from which the way up is known to end
    for tag in tags:
        way: dict[str, None] = {}
        above = tag.id
        while above and above not in ends and above not in way:
            way[above] = None
            above = parent_of[above]
        if above in way:
            circle = list(way)[list(way).index(above) :]
            first = min(circle, key=order.__getitem__)
            turned = circle[circle.index(first) :] + circle[: circle.index(first)]
            shown = " → ".join([*turned[:8], *(["…"] if len(turned) > 8 else []), first])
            document.error(
                "tag-cycle", f"a tag cannot be above itself: {shown}", parents[first], "delete one parent"
            )
            parent_of[first] = ""
        ends.update(way)
    return tuple(replace(tag, parent=parent_of[tag.id]) for tag in tags)


def _with_place(text: str, node: Node, _: Document) -> tuple[str, Node]:
    return text, node


def _given(given: Given, _: Document) -> Given:
    return given


def _rule(given: Given, _: Document) -> TagRule:
    return TagRule(**given)


_RULE = Shape(
    "a rule",
    "Tags papers by their words. Case and hyphens make no difference; `trans*` stands for every word that begins so.",
    (
        Field("words", ListOf(Text()), "Any of these words or phrases in title or abstract."),
        Field("title", ListOf(Text()), "Any of these words or phrases in the title."),
        Field("unless", ListOf(Text()), "None of these in title or abstract."),
    ),
    _rule,
)
TAG = Shape(
    "a tag",
    "A term of the taxonomy.",
    (
        Field("label", Text(), "How readers see it. Default: the key."),
        Field("description", Prose(), "What it means. Markdown."),
        Field("aliases", ListOf(Made(Text(), _with_place)), "Other ways to write it; all mean this tag."),
        Field("parent", Text(), "The broader tag above it, by key, label or alias."),
        Field("match", _RULE, "Words by which papers get this tag by themselves."),
    ),
    _given,
)
TAGS = MapOf("tags", "Tags by the name that picks and papers use.", TAG, may_be_empty=True)
