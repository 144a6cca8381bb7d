"""Terms: which tag a written word means, and which papers have it."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from msgspec.structs import replace

from sitegen.diagnostics import Diagnostic, did_you_mean, warning
from sitegen.model.tag import Tag
from sitegen.text.slug import tag_slug

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from sitegen.curate.lists import Resolution
    from sitegen.curate.words import Found
    from sitegen.diagnostics import Span
    from sitegen.model.paper import Paper


class Taxonomy:
    """Every tag that is declared or used, and the tag that each way of writing means.

    A written tag means the declared tag with that key, label or alias; else it is a tag of its own, labelled as it was
    first written (by path and line).
    """

    def __init__(
        self, declared: Iterable[Tag], papers: Iterable[Paper], resolved: Iterable[Resolution]
    ) -> None:
        self.problems: list[Diagnostic] = []
        self.declared = tuple(declared)
        tags = {tag.id: tag for tag in self.declared}
        self._meaning = {
            tag_slug(name): tag.id for tag in tags.values() for name in (*tag.aliases, tag.label)
        } | {tag_slug(key): key for key in tags}
        self._ids: dict[str, str] = {}
        resolved = tuple(resolved)
        for text, where in sorted(_written(papers, resolved), key=lambda use: (use[1], use[0])):
            tag = self.id(text)
            if tag not in tags:
                tags[tag] = Tag(id=tag, label=" ".join(text.split()), where=where, declared=False)
        self.tags = {key: tags[key] for key in sorted(tags)}
        for resolution in resolved:
            rule = resolution.collection.rule
            for text in (*rule.tags, *rule.all_tags) if rule else ():
                if rule and self.id(text) not in tags:
                    self.problems.append(self._unknown(text, rule.where))

    def id(self, text: str) -> str:
        """The id of the tag that this text means."""
        if text not in self._ids:
            key = tag_slug(text)
            self._ids[text] = self._meaning.get(key, key)
        return self._ids[text]

    def ids(self, texts: Iterable[str]) -> Iterator[str]:
        """The ids of the tags that these texts mean; blank ones mean none."""
        return (self.id(text) for text in texts if text.strip())

    def patterns(self) -> Iterator[str]:
        """Every word and phrase that the rules of tags look for."""
        for tag in self.tags.values():
            yield from (*tag.rule.words, *tag.rule.title, *tag.rule.unless)

    def family(self, tag: str) -> frozenset[str]:
        """The tag and every tag below it."""
        family = {tag}
        while more := {child.id for child in self.tags.values() if child.parent in family} - family:
            family |= more
        return frozenset(family)

    def _unknown(self, text: str, where: Span) -> Diagnostic:
        known = [name for tag in self.tags.values() for name in (tag.label, *tag.aliases)]
        return warning("unknown-tag", f"no paper has the tag '{text}'", where, did_you_mean(text, known))


def picked_tags(resolved: Iterable[Resolution], taxonomy: Taxonomy) -> dict[str, set[str]]:
    """The ids of the tags that picks gave, by paper."""
    picked: dict[str, set[str]] = {}
    for resolution in resolved:
        for _, picks in resolution.picks:
            for pick, picked_paper in picks:
                if pick.tags:
                    picked.setdefault(picked_paper, set()).update(taxonomy.ids(pick.tags))
    return picked


def tagged(
    papers: Sequence[Paper],
    found: Sequence[Found],
    taxonomy: Taxonomy,
    picked: Mapping[str, AbstractSet[str]],
    known: dict[str, Paper],
) -> tuple[Paper, ...]:
    """The papers with the ids of their tags, sorted: curators', those that were `picked`, and those whose rule fits.

    Of the taxonomy, declared tags alone matter. `known` has, by id, what earlier calls made of the same papers: what is
    equal is the same value again.
    """
    rules = [tag for tag in taxonomy.tags.values() if tag.rule.words or tag.rule.title]
    by_pattern: dict[str, list[Tag]] = {}
    for tag in rules:
        for pattern in (*tag.rule.words, *tag.rule.title):
            by_pattern.setdefault(pattern, []).append(tag)

    @cache
    def fitting(words: Found) -> tuple[str, ...]:
        tags = {
            tag.id
            for pattern in words.anywhere
            for tag in by_pattern.get(pattern, ())
            if _fits(tag, pattern, words)
        }
        return tuple(sorted(tags))

    result = []
    for paper, words in zip(papers, found, strict=True):
        ids = fitting(words)
        if paper.tags or paper.id in picked:
            ids = tuple(sorted({*ids, *taxonomy.ids(paper.tags), *picked.get(paper.id, ())}))
        made = known.get(paper.id)
        if made is None or made.tags != ids:
            made = known[paper.id] = paper if ids == paper.tags else replace(paper, tags=ids)
        result.append(made)
    return tuple(result)


def _fits(tag: Tag, pattern: str, words: Found) -> bool:
    rule = tag.rule
    if not words.anywhere.isdisjoint(rule.unless):
        return False
    return pattern in rule.words or (pattern in rule.title and pattern in words.title)


def _written(papers: Iterable[Paper], resolved: Iterable[Resolution]) -> Iterator[tuple[str, Span]]:
    """Every tag that papers and picks were given, and where."""
    for paper in papers:
        if paper.tags:
            for record in paper.records:
                for text in record.tags:
                    if text.strip():
                        yield text, record.where
    for resolution in resolved:
        for _, picks in resolution.picks:
            for pick, _ in picks:
                for text in pick.tags:
                    if text.strip():
                        yield text, pick.where
