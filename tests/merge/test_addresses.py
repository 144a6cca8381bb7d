"""Ids that papers had lead to them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sitegen.diagnostics import Span
from sitegen.merge import merge
from sitegen.merge.addresses import remembered, unremembered
from sitegen.model.address import Address
from sitegen.model.record import Identifier, Record
from sitegen.model.source import SourceFile
from sitegen.parse.addresses import parse_addresses, write_addresses

_ARXIV = Identifier("arxiv", "2401.00010")


def _record(line, title, **fields):
    return Record(where=Span("d.txt", line), title=title, **fields)


def _file(text):
    return SourceFile("content/addresses.txt", text.encode(), "")


def test_a_title_that_was_mended_keeps_its_old_address():
    before = merge([_record(1, "Sparce Gates", identifiers=(_ARXIV,))]).value
    addresses = remembered(before, ())
    assert addresses == (Address("sparce-gates", "arxiv:2401.00010"),)
    (paper,) = merge([_record(1, "Sparse Gates", identifiers=(_ARXIV,))], addresses).value
    assert (paper.id, paper.aliases) == ("sparse-gates", ("sparce-gates",))
    assert remembered([paper], addresses) == (*addresses, Address("sparse-gates", "arxiv:2401.00010"))


def test_a_newcomer_of_the_same_title_takes_no_address_away():
    old = _record(9, "Sparse Gates", authors=("Grace Hopper",), identifiers=(_ARXIV,))
    new = _record(
        1, "Sparse Gates", authors=("Ada Lovelace",), identifiers=(Identifier("arxiv", "2301.00001"),)
    )
    addresses = remembered(merge([old]).value, ())
    ids = {paper.records[0]: paper.id for paper in merge([old, new], addresses).value}
    assert ids[old] == "sparse-gates"
    assert {paper.records[0]: paper.id for paper in merge([old, new]).value}[new] == "sparse-gates"


def test_the_address_of_a_paper_that_is_gone_waits_for_it_unless_another_takes_it():
    gone = Address("gone", "doi:10.1/x")
    assert remembered([], [gone]) == (gone,)
    papers = merge([_record(1, "Gone")], [gone]).value
    assert remembered(papers, [gone]) == (Address("gone", "title:gone"),)


def test_what_two_branches_remember_is_the_union_of_their_lines():
    one, other = Address("a", "arxiv:2401.00010"), Address("b", "title:b")
    text = write_addresses((one,)).decode() + write_addresses((other, one)).decode()
    assert parse_addresses(_file(text)).value == (one, other)


def test_what_a_conflict_of_git_leaves_is_reported_and_everything_else_read():
    outcome = parse_addresses(_file("<<<<<<< ours\na title:a\n=======\nb title:b\n>>>>>>> theirs\n"))
    assert [address.id for address in outcome.value] == ["a", "b"]
    assert {problem.code for problem in outcome.diagnostics} == {"bad-address"}
    assert {problem.where.line for problem in outcome.diagnostics} == {1, 3, 5}


def test_a_file_that_is_behind_is_told_and_no_file_is_no_complaint():
    papers = merge([_record(1, "One Thing"), _record(2, "Another Thing")]).value
    assert unremembered(papers, ()) == ()
    (problem,) = unremembered(papers, (Address("one-thing", "title:onething"),))
    assert (problem.code, problem.severity) == ("stale-addresses", "warning")
    assert unremembered(papers, remembered(papers, ())) == ()


def test_a_paper_that_gained_an_identifier_is_to_be_remembered_by_it():
    addresses = remembered(merge([_record(1, "Sparse Gates")]).value, ())
    papers = merge([_record(1, "Sparse Gates", identifiers=(_ARXIV,))], addresses).value
    (problem,) = unremembered(papers, addresses)
    assert problem.code == "stale-addresses"
    assert "sparse-gates" in problem.message
    assert unremembered(papers, remembered(papers, addresses)) == ()


@given(st.lists(st.sampled_from(["Sparse Gates", "Deep Kernels", "C++ at 1 5", "?!"]), max_size=4))
def test_what_is_written_is_read_again_and_remembering_twice_adds_nothing(titles):
    papers = merge(_record(line, title) for line, title in enumerate(titles)).value
    addresses = remembered(papers, ())
    assert parse_addresses(_file(write_addresses(addresses).decode())).value == addresses
    assert remembered(merge([r for p in papers for r in p.records], addresses).value, addresses) == addresses
