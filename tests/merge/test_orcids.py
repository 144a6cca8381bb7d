"""Whose ORCID is whose in a work that several records are about."""

from msgspec.structs import replace

from sitegen.diagnostics import Span
from sitegen.merge import merge
from sitegen.model.record import Identifier, Record

ADA, BO, CY = "0000-0002-1825-0097", "0000-0001-5109-3700", "0000-0002-1694-233X"


def merged(*signed):
    """The one paper of records that say these (name, ORCID) pairs, the first counting first."""
    records = [
        Record(
            where=Span(f"{number}.json", 1),
            title="Sparse Gates",
            identifiers=(Identifier("arxiv", "2401.00010"),),
            authors=tuple(name for name, _ in people),
            orcids=tuple(orcid for _, orcid in people) if any(orcid for _, orcid in people) else (),
        )
        for number, people in enumerate(signed)
    ]
    (paper,) = merge(records).value
    assert merge(reversed(records)).value == (paper,)
    return paper


def test_the_orcids_of_the_record_that_names_the_authors_are_theirs():
    paper = merged([("Ada Wool", ADA), ("Bo Needle", "")])
    assert (paper.authors, paper.orcids) == (("Ada Wool", "Bo Needle"), (ADA, ""))
    assert merged([("Ada Wool", "")]).orcids == ()


def test_another_record_may_know_them_under_the_same_name_or_initials():
    paper = merged(
        [("Ada Wool", ""), ("Bo Needle", ""), ("Cy Kettle", "")],
        [("C. Kettle", CY), ("Needle, Bo", BO)],
    )
    assert paper.orcids == ("", BO, CY)


def test_a_name_that_two_authors_share_is_nobodys_in_particular():
    paper = merged([("Wei Wang", ""), ("Wei Wang", "")], [("Wei Wang", ADA)])
    assert paper.orcids == ()
    assert merged([("Wei Wang", ""), ("Wen Wang", "")], [("W. Wang", ADA)]).orcids == ()


def test_the_first_record_that_knows_one_counts_and_no_orcid_stands_twice():
    paper = merged([("Ada Wool", ADA), ("A Wool Jr.", "")], [("Ada Wool", BO)], [("A. Wool", ADA)])
    assert paper.orcids == (ADA, "")


def test_works_are_not_joined_by_their_authors_orcids():
    one = Record(where=Span("a", 1), title="Gates", authors=("Ada Wool",), orcids=(ADA,))
    assert len(merge([one, replace(one, where=Span("a", 2), title="Kettles")]).value) == 2
