"""With the stock operators the engine finds what lunr.py finds, with its scores."""

from __future__ import annotations

import random
import re
from itertools import islice
from typing import TYPE_CHECKING, Any

import lunr
import pytest
from searching import Index, indexed, search, site_of
from stock_reference import StockReference

from sitegen.search.documents import FIELDS

if TYPE_CHECKING:
    from collections.abc import Sequence

pytestmark = pytest.mark.browser


ANSWERS = """async ([address, queries, some]) => {
    const { openSearch } = await import("/js/client.js");
    const search = await openSearch(address);
    const part = async (query, offset) => {
        const { total, hits } = await search.search(query, { limit: some, offset, abstracts: false, exact: true });
        return { total, hits: hits.map(({ doc, score }) => [doc, score]) };
    };
    const answers = [];
    for (const query of queries) {
        const first = await part(query, 0);
        const rest = first.total > some ? (await part(query, Math.max(some, first.total - some))).hits : [];
        answers.push([first.total, first.hits, rest]);
    }
    search.close();
    return answers;
}"""
SOME = 10  # of the best, and of the last


@pytest.mark.parametrize("count", [1_000, 10_000])
def test_a_thousand_queries_find_what_lunr_finds_with_its_scores(
    tab, www, real_papers_or_made_up, count, monkeypatch
):
    monkeypatch.setattr(
        "sitegen.search.families._CARDS", count
    )  # in one block: what a card costs is not asked here
    index = indexed(site_of(real_papers_or_made_up(count)), www[0] / f"papers-{count}", www[1])
    reference = StockReference(index.texts)
    queries = some_queries(index, reference.terms, 1_000, letters=5)
    hits = 0
    for query, (total, first, last) in zip(
        queries, tab.evaluate(ANSWERS, [index.address, queries, SOME]), strict=True
    ):
        theirs = reference.search(query)
        assert total == len(theirs), query
        ordered = sorted(theirs.values(), reverse=True)
        for part, expected in ((first, ordered[:SOME]), (last, ordered[len(ordered) - len(last) :])):
            assert [score for _, score in part] == pytest.approx(expected, rel=1e-9, abs=1e-9), query
            own = [theirs[index.order[number]] for number, _ in part]
            assert [score for _, score in part] == pytest.approx(own, rel=1e-9, abs=1e-9), query
            order = [(-score, number) for number, score in part]  # equal scores in the order of their numbers
            assert order == sorted(order), query
        hits += total
    assert hits > 10 * len(queries)  # so many queries that find nothing would prove nothing


def test_what_lunr_finds_is_what_lunr_py_finds(www, made_up, real_papers_or_made_up):
    few = indexed(site_of(real_papers_or_made_up(120)), www[0] / "few", www[1])
    for index, count in ((made_up, 15), (few, 40)):
        reference = StockReference(index.texts)
        own = built_by_lunr(index)
        for query in some_queries(index, reference.terms, count):
            theirs = {match["ref"]: match["score"] for match in own.search(query)}
            assert reference.search(query) == pytest.approx(theirs, rel=1e-9, abs=1e-9), query


def test_made_up_queries_find_what_lunr_py_finds_with_its_scores(tab, made_up, lunrs_own):
    queries = some_queries(made_up, sorted(lunrs_own.inverted_index), 25)
    for query, answer in zip(queries, search(tab, made_up, queries, exact=True), strict=True):
        theirs = {match["ref"]: match["score"] for match in lunrs_own.search(query)}
        ours = {hit["card"]["id"]: hit["score"] for hit in answer["hits"]}
        assert answer["total"] == len(theirs), query
        assert ours == pytest.approx(theirs, rel=1e-9, abs=1e-9), query


@pytest.fixture(scope="module")
def lunrs_own(made_up: Index) -> Any:
    return built_by_lunr(made_up)


def built_by_lunr(index: Index) -> Any:
    fields = [{"field_name": name, "boost": boost} for name, boost in FIELDS.items()]
    documents = [{"id": key, **dict(zip(FIELDS, texts, strict=True))} for key, texts in index.texts.items()]
    return lunr.lunr(ref="id", fields=fields, documents=documents)


def some_queries(index: Index, terms: Sequence[str], count: int, letters: int = 2) -> list[str]:
    """Queries with every operator, from words of the index, words around them, and words that nobody wrote.

    A pattern has so many letters, or what the word has: with two, many match a good part of all papers.
    """
    chance = random.Random(4)
    some = list(islice(index.texts.values(), 200))
    raw = sorted({word for texts in some for text in texts for word in re.findall(r"\w+", text.lower())})

    def word() -> str:
        kind = chance.random()
        if kind < 0.5:
            return chance.choice(raw)
        if kind < 0.8:
            return re.sub(r"[\\:~^*+\s-]", "", chance.choice(terms)) or "key"
        return chance.choice(["the", "of", "zzyzx", "quux9", "and"])

    def typo(text: str) -> str:
        at = chance.randrange(len(text))
        letter = chance.choice("abcdeé")
        swapped = text[:at] + text[at + 1 : at + 2] + text[at] + text[at + 2 :]
        return chance.choice([text[:at] + text[at + 1 :], text[:at] + letter + text[at:], swapped]) or "x"

    def clause() -> str:
        text = word()
        kind = chance.randrange(9)
        at = chance.randrange(len(text) + 1)
        shaped = {
            0: text[: max(letters, at)] + "*",
            1: "*" + text[-max(letters, at) :],
            2: text[: max(letters - 2, at)] + "*" + text[at:][-2:],
            3: typo(text) + "~1",
            4: f"{typo(typo(text))}~2" if chance.random() < 0.05 else f"{text}~1^3",
            5: f"{text}^{chance.randrange(12)}",
        }.get(kind, text)
        field = chance.choice(sorted(FIELDS)) + ":" if chance.random() < 0.25 else ""
        sign = chance.choice(["+", "-", "", "", ""])
        return sign + field + shaped

    return [" ".join(clause() for _ in range(chance.choice([1, 1, 2, 2, 3, 5]))) for _ in range(count)]


@pytest.mark.parametrize(
    "query",
    [
        "",
        "   ",
        "-learning",
        "-learning -model",
        "+the",
        "+zzyzx learning",
        "+learning -zzyzx",
        "learning learning^4 learn",
        "+title:learning +abstract:model",
        "-title:learning abstract:model",
        "title:\\+x learning",
        "pre\\-training pre-training",
        "*",
        "+learning^0",
        "*ing",
        "l*r*n",
        "m*l~1",
        "mod* mod*^2 mod* learning",
        "𝒜𝒜ed",
        "a.s it's",
        "title:  learning",
        "lear ~1",
        "learning\\",
        "c++",
    ],
)
def test_corners_of_the_language_are_lunrs(tab, made_up, lunrs_own, query):
    [answer] = search(tab, made_up, [query], exact=True)
    theirs = {match["ref"]: match["score"] for match in lunrs_own.search(query)}
    assert {hit["card"]["id"]: hit["score"] for hit in answer["hits"]} == pytest.approx(theirs, abs=1e-9)
