"""What a curator's words may point at."""

from __future__ import annotations

import pytest

from sitegen.model.record import Identifier, Link
from sitegen.text.references import identifier_key, link_keys, readings


@pytest.mark.parametrize(
    ("reference", "first"),
    [
        ("2401.00010v2", "arxiv:2401.00010"),
        ("https://arxiv.org/abs/2401.00010", "arxiv:2401.00010"),
        ("10.1145/1.2", "doi:10.1145/1.2"),
        ("https://x.example/a/", "url:x.example/a"),
        (" sparse-gates ", "id:sparse-gates"),
    ],
)
def test_the_strongest_reading_comes_first(reference, first):
    assert readings(reference)[0] == first


def test_every_reference_may_be_an_id_or_a_title_as_well():
    assert readings("Sparse Gates") == ("id:Sparse Gates", "title:sparsegates")
    assert {"id:2401.00010", "title:2401.00010"} <= set(readings("2401.00010"))


def test_an_address_is_first_a_page_of_the_work_and_then_any_link():
    assert readings("https://x.example/a")[:2] == ("url:x.example/a", "link:x.example/a")
    links = (Link("pdf", "https://x.example/a"), Link("code", "https://x.example/b"))
    assert tuple(link_keys(links)) == ("url:x.example/a", "link:x.example/b")


def test_arxivs_own_doi_is_the_arxiv_id_and_versions_do_not_count():
    assert identifier_key(Identifier("doi", "10.48550/arxiv.2401.00010")) == "arxiv:2401.00010"
    assert identifier_key(Identifier("arxiv", "2401.00010", "3")) == "arxiv:2401.00010"
