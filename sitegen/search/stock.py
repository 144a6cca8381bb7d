"""The index as lunr itself writes it, for those who load it with lunr. It is what our index means."""

from __future__ import annotations

import json
import math
from collections import Counter
from typing import TYPE_CHECKING

from lunr import __TARGET_JS_VERSION__

from sitegen.search.postings import transpose

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sitegen.search.postings import Postings
    from sitegen.search.terms import Terms

K1, B = 1.2, 0.75


def stock_index(terms: Terms, references: Sequence[str], fields: Mapping[str, float]) -> bytes:
    """The bytes of `json.dumps(index.serialize())` for lunr.py's index over the same documents.

    `references` are the documents' names, `fields` the fields' boosts by name, both in the order of `terms`.
    """
    return json.dumps(
        {
            "version": __TARGET_JS_VERSION__,
            "fields": list(fields),
            "fieldVectors": _vectors(terms, references, fields),
            "invertedIndex": _inverted(terms, references, fields),
            "pipeline": ["stemmer"],
        }
    ).encode("ascii")


def _inverted(
    terms: Terms, references: Sequence[str], fields: Mapping[str, float]
) -> list[tuple[str, dict[str, object]]]:
    """In code-point order, as lunr.py has it. (lunr.js wants UTF-16 order: they differ beyond U+FFFF.)"""
    postings = _postings(terms)

    def entry(term: int) -> dict[str, object]:
        lists: dict[str, object] = {}
        for field, name in enumerate(fields, term * postings.fields):
            documents = postings.documents[postings.starts[field] : postings.starts[field + 1]]
            lists[name] = {references[document]: {} for document in documents}
        return lists | {"_index": term}

    by_name = sorted((name, term) for term, name in enumerate(terms.names))
    return [(name, entry(term)) for name, term in by_name]


def _postings(terms: Terms) -> Postings:
    return transpose(terms, range(terms.documents), range(len(terms.names)), {})


def _vectors(
    terms: Terms, references: Sequence[str], fields: Mapping[str, float]
) -> list[tuple[str, list[float]]]:
    """The BM25 weight of each term in each cell, rounded to three digits."""
    postings = _postings(terms)
    rarity = [
        _inverse_document_frequency(
            postings.starts[(term + 1) * postings.fields] - postings.starts[term * postings.fields],
            terms.documents,
        )
        for term in range(len(terms.names))
    ]
    lengths = terms.lengths()
    means = [sum(of_field) / (terms.documents or 1) for of_field in lengths]
    vectors = []
    for document, reference in enumerate(references):
        for field, (name, boost) in enumerate(fields.items()):
            vector: list[float] = []
            for term, times in sorted(Counter(terms.cell(document, field)).items()):
                length = lengths[field][document] / means[field]
                weight = rarity[term] * ((K1 + 1) * times) / (K1 * (1 - B + B * length) + times)
                vector += (term, round(weight * boost, 3))
            vectors.append((f"{name}/{reference}", vector))
    return vectors


def _inverse_document_frequency(found: int, documents: int) -> float:
    """As lunr has it: a document counts once for every field that has the term."""
    return math.log(1 + abs((documents - found + 0.5) / (found + 0.5)))
