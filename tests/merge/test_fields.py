"""What is believed about a work, and which record it was taken from."""

from __future__ import annotations

from sitegen.diagnostics import Span
from sitegen.merge import merge
from sitegen.model.paper import Paper
from sitegen.model.record import Identifier, Link, Organization, PartialDate, Record, Signal

_TITLE = "Sparse Gates for Small Machines"


def _record(line: int, title: str = _TITLE, **fields) -> Record:
    return Record(where=Span("d.txt", line), title=title, **fields)


def _merged(*records: Record) -> Paper:
    (paper,) = merge(records).value
    return paper


def _source(paper: Paper, field: str) -> list[int]:
    return [paper.records[position].where.line for name, position in paper.provenance if name == field]


def test_a_curators_word_counts_first():
    listing = _record(1, abstract="Long " * 50, identifiers=(Identifier("doi", "10.1/x"),), venue="Journal")
    curated = _record(2, "Sparse gates for small machines", curated=True, summary="Mine.", venue="ICML")
    paper = _merged(listing, curated)
    assert (paper.title, paper.venue, paper.summary) == (curated.title, "ICML", "Mine.")
    assert paper.abstract == listing.abstract
    assert [_source(paper, f) for f in ("title", "venue", "summary", "abstract")] == [[2], [2], [2], [1]]


def test_then_identifiers_then_metadata_then_length():
    identified = _record(3, "SPARSE GATES for small machines", identifiers=(Identifier("doi", "10.1/x"),))
    dated = _record(2, "Sparse Gates For Small Machines", date=PartialDate(2020), abstract="a")
    longest = _record(1, abstract="the longest of all")
    assert _merged(longest, dated, identified).title == identified.title
    assert _merged(longest, dated).abstract == "a"
    assert _merged(longest, _record(4, abstract="short")).abstract == longest.abstract


def test_an_exact_date_goes_before_an_inferred_one_and_a_precise_one_before_a_vague_one():
    inferred = _record(1, date=PartialDate(2024, 3, 1, "inferred"))
    vague = _record(2, date=PartialDate(2024))
    precise = _record(3, date=PartialDate(2024, 4, 2))
    later = _record(4, date=PartialDate(2024, 5, 9))
    assert _merged(inferred, vague).date == vague.date
    assert _merged(inferred, vague, later, precise).date == precise.date
    assert _merged(precise, _record(5, curated=True, date=PartialDate(2023))).date == PartialDate(2023)


def test_the_longest_list_of_authors_is_taken_and_counted():
    paper = _merged(_record(1, authors=("A",)), _record(2, authors=("A", "B")), _record(3, author_count=9))
    assert (paper.authors, paper.author_count, _source(paper, "authors")) == (("A", "B"), 2, [2])


def test_without_names_the_largest_count_is_taken():
    paper = _merged(_record(1, author_count=3), _record(2, author_count=4))
    assert (paper.authors, paper.author_count) == ((), 4)


def test_content_papers_is_believed_before_a_definition_in_a_pick():
    def said(path: str, title: str, **fields) -> Record:
        return Record(where=Span(path, 1), title=title, curated=True, **fields)

    in_place = said(
        "content/collections/c.yaml",
        "Sparse Gates for small machines",
        date=PartialDate(2017, 6, 12),
        authors=("A", "B", "C"),
        venue="NIPS",
    )
    filed = said("content/papers/x.yaml", _TITLE, date=PartialDate(2018), authors=("A", "B"), venue="NeurIPS")
    paper = _merged(in_place, filed)
    assert (paper.title, paper.date, paper.venue) == (_TITLE, PartialDate(2018), "NeurIPS")
    assert paper.authors == ("A", "B")


def test_a_curators_count_of_authors_goes_before_a_larger_one():
    paper = _merged(_record(1, author_count=9), _record(2, author_count=8, curated=True))
    assert (paper.author_count, _source(paper, "author_count")) == (8, [2])


def test_lists_are_united_and_every_item_stands_once():
    one = _record(
        1,
        identifiers=(Identifier("arxiv", "2401.00010", "1"),),
        links=(Link("code", "https://github.com/a/b"), Link("page", "https://x.example/p")),
        organizations=(Organization("NVIDIA"),),
        keywords=("Gates",),
    )
    two = _record(
        2,
        curated=True,
        identifiers=(Identifier("arxiv", "2401.00010", "2"), Identifier("doi", "10.1/x")),
        links=(Link("code", "https://www.github.com/A/b/"), Link("other", "https://x.example/p")),
        organizations=(Organization("Nvidia", "nvidia"), Organization("MIT")),
        keywords=("gates", "sparsity"),
    )
    paper = _merged(one, two)
    assert paper.identifiers == two.identifiers
    assert paper.links == two.links
    assert paper.organizations == two.organizations
    assert paper.keywords == ("gates", "sparsity")
    assert _source(paper, "links") == [1, 2]


def test_signals_are_every_reading_oldest_first_undated_last():
    early = Signal("comments", 2, PartialDate(2025, 11, 3), "a.txt")
    late = Signal("comments", 7, PartialDate(2025, 12, 9), "b.txt")
    undated = Signal("comments", 1, None, "c.txt")
    paper = _merged(_record(1, signals=(undated, late)), _record(2, signals=(early, late)))
    assert paper.signals == (early, late, undated)


def test_a_single_record_is_taken_as_it_is_and_needs_no_provenance():
    record = _record(1, authors=("A", "B"), abstract="x", tags=("t",))
    paper = _merged(record)
    assert (paper.authors, paper.author_count, paper.abstract, paper.tags) == (record.authors, 2, "x", ("t",))
    assert (paper.records, paper.provenance, paper.reasons) == ((record,), (), ())
