"""What lunr.py finds, found sooner: its scoring transcribed over lists of documents by term.

lunr.py multiplies the query's vector with that of every document, a quarter of a second for each query on 1,000
papers. This reads the same index, `stock_index`, which other tests hold to lunr.py's own bytes; parses queries and
expands edits with lunr.py itself; and adds up the products term by term, as lunr.py's Index.query and Vector do.
"""

from __future__ import annotations

import json
import re
from math import sqrt
from typing import TYPE_CHECKING

from lunr.query import Clause, Query, QueryPresence
from lunr.query_parser import QueryParser
from lunr.stemmer import stemmer
from lunr.token import Token
from lunr.token_set import TokenSet
from lunr.token_set_builder import TokenSetBuilder

from sitegen.search.documents import FIELDS
from sitegen.search.stock import stock_index
from sitegen.search.terms import read_terms

if TYPE_CHECKING:
    from collections.abc import Mapping


class StockReference:
    """lunr's index of texts by id, each in the order of FIELDS."""

    def __init__(self, texts: Mapping[str, tuple[str, ...]]) -> None:
        index = json.loads(stock_index(read_terms(texts.values(), len(FIELDS)), [*texts], FIELDS))
        self._everything = set(texts)
        self._number = {term: entry["_index"] for term, entry in index["invertedIndex"]}
        self._lines = "\n".join(self._number)
        self._weights: dict[str, dict[int, dict[str, float]]] = {field: {} for field in FIELDS}
        for name, vector in index["fieldVectors"]:
            field, _, document = name.partition("/")
            of_field = self._weights[field]
            for term, weight in zip(vector[::2], vector[1::2], strict=True):
                of_field.setdefault(term, {})[document] = weight
        automaton = TokenSetBuilder()
        for term in self._number:
            automaton.insert(term)
        automaton.finish()
        self._automaton = automaton.root

    @property
    def terms(self) -> list[str]:
        return [*self._number]

    def search(self, text: str) -> dict[str, float]:
        """Scores by id."""
        query = Query([*FIELDS])
        QueryParser(text, query).parse()
        boosts: dict[str, dict[int, float]] = {field: {} for field in FIELDS}
        found: set[str] = set()
        required: list[set[str]] = []
        prohibited: set[str] = set()
        for clause in query.clauses:
            matches: set[str] = set()
            for number in self._expanded(clause):
                for field in clause.fields:
                    matches.update(self._weights[field].get(number, ()))
                    if clause.presence != QueryPresence.PROHIBITED:
                        boosts[field][number] = boosts[field].get(number, 0) + clause.boost
            if clause.presence == QueryPresence.PROHIBITED:
                prohibited |= matches
            else:
                found |= matches
            if clause.presence == QueryPresence.REQUIRED:
                required.append(matches)
        if query.clauses and query.is_negated():
            found = self._everything
        scores = dict.fromkeys(found.intersection(*required) - prohibited, 0.0)
        for field, vector in boosts.items():
            length = sqrt(sum(boost * boost for boost in vector.values()))
            for number, boost in vector.items():
                for document, weight in self._weights[field].get(number, {}).items():
                    if length and document in scores:
                        scores[document] += weight * boost / length
        return scores

    def _expanded(self, clause: Clause) -> list[int]:
        term = stemmer(Token(clause.term)).string if clause.use_pipeline else clause.term
        if clause.edit_distance:
            meant = TokenSet.from_clause(Clause(term=term, edit_distance=clause.edit_distance))
            return [self._number[each] for each in self._automaton.intersect(meant).to_list()]
        if "*" in term:
            pattern = r".*".join(
                map(re.escape, term.split("*"))
            )  # a term may hold blanks that lunr does not split at
            return [self._number[each] for each in re.findall(f"^{pattern}$", self._lines, re.MULTILINE)]
        return [self._number[term]] if term in self._number else []
