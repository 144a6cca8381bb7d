from pathlib import Path

import pytest

from sitegen.model.record import Identifier, Link, Notice, PartialDate
from sitegen.parse.acl_anthology import parse, recognises

SAMPLE = (Path(__file__).parent / "samples" / "acl_anthology" / "2024.yarn.xml").read_text()
PATH = "dumps/2024.yarn.xml"


def read(text):
    outcome = parse(text.encode(), PATH, None)
    return outcome.value.records, outcome.diagnostics


def test_every_field_is_read():
    (first, second, third), problems = read(SAMPLE)
    assert problems == ()
    assert first.title == "Loops of $O(n^2)$ and Scarves"
    assert first.abstract == "We knit $k$ scarves; see https://wool.example/p."
    assert first.authors == ("Ada Wool", "山田太郎", "Knitters")
    assert first.date == PartialDate(2024, 8)
    assert first.venue == "Proceedings of the Yarn Conference"
    assert first.identifiers == (
        Identifier("doi", "10.18653/v1/2024.yarn-long.1"),
        Identifier("acl", "2024.yarn-long.1"),
    )
    assert first.links == (
        Link("page", "https://aclanthology.org/2024.yarn-long.1/"),
        Link("pdf", "https://aclanthology.org/2024.yarn-long.1.pdf"),
        Link("code", "https://github.com/wool-lab/loops"),
        Link("other", "https://wool.example/p"),
    )
    assert second.links[1] == Link("pdf", "https://tea.example/kettles.pdf")
    assert (third.venue, third.date, third.identifiers) == (
        "Short Yarns",
        PartialDate(2024),
        (Identifier("acl", "2024.yarn-short.1"),),
    )
    assert [record.where.line for record in (first, second, third)] == [14, 29, 38]


def test_revisions_and_retractions_are_notices_with_their_day():
    (first, second, third), _ = read(SAMPLE)
    assert first.notices == (Notice("corrected", "A loop was mended.", PartialDate(2024, 9, 1), PATH),)
    assert second.notices == (Notice("retracted", "It leaks.", PartialDate(2025, 1, 2), PATH),)
    assert third.notices == ()


@pytest.mark.parametrize(
    ("collection", "volume", "paper", "identifier"),
    [
        ("P19", "1", "17", "P19-1017"),
        ("W19", "1", "7", "W19-0107"),
        ("D19", "5", "7", "D19-0507"),
        ("D19", "1", "7", "D19-1007"),
        ("2020.acl", "main", "3", "2020.acl-main.3"),
    ],
)
def test_identifiers_of_every_age(collection, volume, paper, identifier):
    text = f'<collection id="{collection}"><volume id="{volume}"><paper id="{paper}"><title>A</title></paper></volume></collection>'
    assert read(text)[0][0].identifiers == (Identifier("acl", identifier),)


def test_a_broken_paper_costs_that_paper():
    text = SAMPLE.replace("<title>Kettles</title>", "<title>Kettles")
    records, problems = read(text)
    assert [record.title for record in records] == ["Loops of $O(n^2)$ and Scarves", "Pots"]
    assert [problem.code for problem in problems] == ["bad-xml"]
    assert problems[0].where.line in range(29, 36)
    assert "Kettles" in problems[0].message


def test_a_collection_is_recognised_by_its_id():
    assert recognises(SAMPLE)
    assert not recognises("<collection><title>Stamps</title></collection>")
