"""The index as one build leaves it for the next: what is there, and what of it is dear to find again."""

from __future__ import annotations

import msgspec

from sitegen.search.families import Family
from sitegen.search.reading import Read
from sitegen.search.spellings import Rule

LINES = frozenset({"vocabulary", "endings", "words"})  # families that are lines of words with their numbers


class Index(msgspec.Struct, frozen=True):
    """Of a kind for files: arrays are bytes. Positions of papers are those in `papers`, numbers those in the postings."""

    papers: Read
    starts: bytes  # "Q": where in their stream each paper starts, and the last one ends
    counts: bytes  # "I": how often each of their words is met
    numbering: bytes  # "I": by position, the number
    lengths: list[bytes]  # by field, "I": by number, how many terms
    rules: list[Rule]
    names: list[str]  # of all postings, in JavaScript's order
    totals: bytes  # "I": by name, how many postings
    lines: dict[str, bytes]  # by family of LINES, all of its blocks' lines
    families: dict[str, Family]
