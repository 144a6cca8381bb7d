"""`export lunr`: the index for those who load it with lunr itself."""

from __future__ import annotations

import json

import lunr
import pytest
from click.testing import CliRunner
from lunr.index import Index

from sitegen.build import Options, load
from sitegen.cli import program
from sitegen.search.documents import FIELDS, read_documents

COLLECTION = """\
title: Both
picks:
  - paper: A Theory of Everything
    note: Read it for its *second* half.
  - paper: {title: Theories of cooking, authors: [Ada Byron], doi: 10.1000/xyz, tags: [physics]}
    note: Better.
"""
DUMP = """\
{"title": "A theory of everything", "abstract": "It is all $x^2$, and theoretical.", "arxiv": "2401.00010v2"}
{"title": "Cooking for Physicists", "year": 2020, "abstract": "Hot theories, théorie, 理論."}
"""


@pytest.fixture
def project(make_project):
    return make_project(
        {
            "content/collections/both.yaml": COLLECTION,
            "content/tags.yaml": "physics: {label: Physics, aliases: [natural philosophy]}\n",
            "content/dumps/some.jsonl": DUMP,
        }
    )


def exported(project, *more):
    result = CliRunner().invoke(program, ["-C", str(project), "export", "lunr", *more])
    assert result.exit_code == 0, result.output
    return result.stdout


def test_the_index_loads_in_lunr_and_answers_like_one_that_lunr_built_of_the_same_papers(project):
    site = load(project, Options()).site
    assert site is not None
    documents = [
        {"id": paper.id, **dict(zip(FIELDS, document.texts, strict=True))}
        for paper, document in zip(site.newest, read_documents(site, site.newest), strict=True)
    ]
    fields = [{"field_name": name, "boost": boost} for name, boost in FIELDS.items()]
    own = lunr.lunr(ref="id", fields=fields, documents=documents)
    loaded = Index.load(exported(project))
    for query in ("theory", "+theory -cooking", "title:theor*", "tehory~1", "philosophy^3 second", "理論"):
        found = [(match["ref"], match["score"]) for match in loaded.search(query)]
        assert found == [(match["ref"], match["score"]) for match in own.search(query)]
        assert found, query


def test_the_index_of_a_collection_knows_its_papers_alone(project):
    index = json.loads(exported(project, "--collection", "both"))
    assert {name.partition("/")[2] for name, _ in index["fieldVectors"]} == {
        "a-theory-of-everything",
        "theories-of-cooking",
    }


def test_the_index_of_no_papers_loads_too(project):
    for path in ("collections/both.yaml", "dumps/some.jsonl"):
        (project / "content" / path).unlink()
    assert Index.load(exported(project)).search("theory") == []
