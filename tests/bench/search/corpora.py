"""What the engines are asked: papers, known items of them, and Cranfield's questions."""

from __future__ import annotations

import json
import random
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lunr.stop_word_filter import WORDS

from tests.bench.papers import SHARED, lines

if TYPE_CHECKING:
    from collections.abc import Sequence

ROOT = Path(__file__).resolve().parents[3]
_CRANFIELD = SHARED / "corpora" / "cranfield"


def some_papers(count: int) -> list[dict[str, Any]]:
    """The papers of the file; beyond them, again with disturbed titles."""
    return [json.loads(line) for line in lines(count)]


def known_items(papers: Sequence[dict[str, Any]], seed: int, count: int = 500) -> list[dict[str, Any]]:
    """Queries of which one paper is the answer: { at, plain, typo, prefix }."""
    chance = random.Random(seed)
    items = []
    for at in chance.sample(range(len(papers)), len(papers)):
        words = list(
            dict.fromkeys(w for w in re.findall(r"[a-z]{4,}", papers[at]["title"].lower()) if w not in WORDS)
        )
        if len(words) < 3:
            continue
        plain = chance.sample(words, 3)
        slip = list(plain)
        chosen = chance.randrange(3)
        slip[chosen] = _edited(slip[chosen], chance)
        unfinished = [*plain[:2], plain[2][: max(3, len(plain[2]) // 2)]]
        items.append(
            {"at": at, "plain": " ".join(plain), "typo": " ".join(slip), "prefix": " ".join(unfinished)}
        )
        if len(items) == count:
            break
    return items


def _edited(word: str, chance: random.Random) -> str:
    at, letter = chance.randrange(len(word)), chance.choice("abcdefghijklmnopqrstuvwxyz")
    swap = min(at, len(word) - 2)
    return chance.choice(
        [
            word[:at] + word[at + 1 :],
            word[:at] + letter + word[at:],
            word[:at] + (letter if letter != word[at] else "x") + word[at + 1 :],
            word[:swap] + word[swap + 1] + word[swap] + word[swap + 2 :],
        ]
    )


def cranfield() -> tuple[list[tuple[str, str]], list[str], list[dict[int, int]]]:
    """(title, text) of the documents; questions; for each the gains of documents: 5 - code, those without one apart."""
    documents = []
    for part in _parts((_CRANFIELD / "cran.all.1400").read_text(), r"^\.I \d+\n"):
        fields = dict(re.findall(r"^\.([TABW])\n(.*?)(?=^\.[TABW]\n|\Z)", part, re.MULTILINE | re.DOTALL))
        title, text = (" ".join(fields.get(key, "").split()) for key in "TW")
        documents.append((title, text.removeprefix(title).strip()))
    questions = [
        " ".join(part.split()) for part in _parts((_CRANFIELD / "cran.qry").read_text(), r"^\.I \d+\n\.W\n")
    ]
    gains: list[dict[int, int]] = [{} for _ in questions]
    for line in (_CRANFIELD / "cranqrel").read_text().splitlines():
        question, document, code = map(int, line.split())
        if code > 0:
            gains[question - 1][document - 1] = 5 - code
    return documents, questions, gains


def _parts(text: str, beginning: str) -> list[str]:
    return re.split(beginning, text, flags=re.MULTILINE)[1:]
