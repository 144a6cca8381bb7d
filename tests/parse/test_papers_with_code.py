from pathlib import Path

from sitegen.model.record import Identifier, Link, PartialDate
from sitegen.parse import papers_with_code, papers_with_code_links

SAMPLES = Path(__file__).parent / "samples" / "papers_with_code"
PAPERS = (SAMPLES / "papers.json").read_text()
LINKS = (SAMPLES / "links.json").read_text()


def read(parser, text):
    outcome = parser.parse(text.encode(), "dumps/pwc.json", None)
    return outcome.value.records, outcome.diagnostics


def test_every_field_of_a_paper_is_read():
    (first, second), problems = read(papers_with_code, PAPERS)
    assert problems == ()
    assert first.title == "Loops and Scarves"
    assert first.authors == ("Ada Wool", "Bo Needle")
    assert first.date == PartialDate(2024, 3, 1)
    assert first.venue == "yarn-2024-3"
    assert first.identifiers == (
        Identifier("arxiv", "2403.00001"),
        Identifier("arxiv", "2403.00001", "2"),
        Identifier("openreview", "Yarn-Loop01"),
    )
    assert first.links == (
        Link("page", "https://arxiv.org/abs/2403.00001v2"),
        Link("pdf", "https://arxiv.org/pdf/2403.00001v2.pdf"),
    )
    assert first.keywords == ("Knitting", "Weaving")
    assert second.links == (Link("page", "https://paperswithcode.com/paper/kettles"),)
    assert second.identifiers == ()


def test_a_paper_has_all_its_repositories_the_official_ones_first():
    (first, second), problems = read(papers_with_code_links, LINKS)
    assert problems == ()
    assert first.title == "Loops and Scarves"
    assert first.identifiers[0] == Identifier("arxiv", "2403.00001")
    assert [link.url for link in first.links if link.kind == "code"] == [
        "https://github.com/wool-lab/loops",
        "https://github.com/fan/loops-again",
    ]
    assert second.links == (
        Link("page", "https://paperswithcode.com/paper/kettles"),
        Link("code", "https://gitlab.com/tea/kettles"),
    )
    assert [record.where.line for record in (first, second)] == [2, 11]


def test_papers_and_links_are_told_apart():
    assert papers_with_code.recognises(PAPERS)
    assert not papers_with_code.recognises(LINKS)
    assert papers_with_code_links.recognises(LINKS)
    assert not papers_with_code_links.recognises(PAPERS)


def test_a_link_without_a_title_is_reported_with_its_own_text():
    records, problems = read(
        papers_with_code_links, '[{"paper_url": "x", "repo_url": "https://github.com/a/b"}]'
    )
    assert records == ()
    assert [problem.code for problem in problems] == ["no-title"]
    assert "https://github.com/a/b" in problems[0].message
