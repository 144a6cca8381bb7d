"""Laws of recording: what is replayed is what was there, whoever recorded it, and it says what happened."""

from itertools import pairwise

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.changes import compare, replay, summary, unrecorded
from sitegen.diagnostics import Span
from sitegen.model.collection import Rule
from sitegen.model.library import Entry, Library, Part, ReadingList
from sitegen.model.paper import Paper
from sitegen.model.record import Identifier, Link, Notice, Record
from sitegen.model.settings import Settings
from sitegen.model.source import SourceFile
from sitegen.parse.change import parse_change, write_change
from sitegen.relate import relate

RULE = Rule(where=Span("content/collections/shelf.yaml", 2))


def paper(name, **fields):
    return Paper(id=name, title=f"About {name}", **fields)


def site(shelf="", *, notes=(), rule=None, papers="abcdefgh", name="shelf"):
    """A site whose one list holds these papers; `papers` are letters, or papers."""
    known = {p.id: p for p in (p if isinstance(p, Paper) else paper(p) for p in papers)}
    entries = tuple(Entry(paper=known[p], note=dict(notes).get(p, "")) for p in shelf)
    lists = ReadingList(
        id=name,
        path=f"content/collections/{name}.yaml",
        title=name.title(),
        rule=rule,
        parts=(Part(id="picks", entries=entries),),
    )
    library = Library(
        settings=Settings(title="x"),
        papers=tuple(known[p] for p in sorted(known)),
        lists=(lists,),
        tags={},
        pages=(),
    )
    return relate(library)


def recorded(*sites, day="2026-11-{:02}"):
    """The recordings of a site that became another, and another."""
    changes = []
    for number, each in enumerate(sites, 1):
        state, _ = replay(changes, each.library.papers)
        change = compare(each, state, day.format(number))
        if change is not None:
            changes.append(change)
    return changes


def happened(*sites):
    _, history = replay(recorded(*sites), sites[-1].library.papers)
    return [(event.kind, event.paper) for event in history.events]


orders = st.lists(st.sampled_from("abcdefgh"), unique=True).map("".join)
noted = st.dictionaries(st.sampled_from("abcdefgh"), st.sampled_from(["One.", "Two."]))
states = st.builds(lambda shelf, notes: site(shelf, notes=notes.items()), orders, noted)


@settings(max_examples=150, deadline=None)
@given(st.lists(states, min_size=1, max_size=5))
def test_what_was_recorded_is_what_is_there_and_there_is_nothing_to_record_twice(sites):
    changes = recorded(*sites)
    last = sites[-1]
    state, _ = replay(changes, last.library.papers)
    assert state.lists["shelf"] == tuple(entry.paper.id for entry in last.library.lists[0].entries)
    assert compare(last, state, "2026-12-01") is None


@settings(max_examples=100, deadline=None)
@given(st.lists(states, min_size=1, max_size=4), st.randoms(use_true_random=False))
def test_the_order_of_the_files_is_of_no_importance_and_a_file_says_all_of_its_recording(sites, random):
    changes = recorded(*sites)
    read = [parse_change(SourceFile("x.json", write_change(change), "")).value for change in changes]
    assert read == changes
    random.shuffle(read)
    papers = sites[-1].library.papers
    assert replay(read, papers) == replay(changes, papers)
    assert replay([*changes, *changes], papers)[0] == replay(changes, papers)[0]


@settings(max_examples=100, deadline=None)
@given(states, states)
def test_only_papers_that_have_to_move_are_called_moved(before, after):
    moved = {paper for kind, paper in happened(before, after) if kind == "moved"}
    old = [e.paper.id for e in before.library.lists[0].entries]
    stays = [
        e.paper.id for e in after.library.lists[0].entries if e.paper.id in old and e.paper.id not in moved
    ]
    assert all(old.index(a) < old.index(b) for a, b in pairwise(stays))


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        (site("abc"), site("abc"), []),
        (site("abc"), site("abcd"), [("added", "d")]),
        (site("abc"), site("dabc"), [("added", "d")]),
        (site("abc"), site("ac"), [("removed", "b")]),
        (site("abcd"), site("dabc"), [("moved", "d")]),
        (site("abc", rule=RULE), site("cbda", rule=RULE), [("added", "d")]),
        (site("ab"), site("ab", notes=[("b", "Why.")]), [("annotated", "b")]),
        (site("ab", notes=[("b", "Why.")]), site("ab", notes=[("b", "How.")]), [("annotated", "b")]),
        (site("ab", notes=[("b", "Why.")]), site("ab"), []),
        (site("ab"), site("abc", notes=[("c", "Why.")]), [("added", "c")]),
        (
            site("ab"),
            site("ab", name="other"),
            [("added", "a"), ("added", "b"), ("removed", "a"), ("removed", "b")],
        ),
    ],
)
def test_what_happens_to_a_list_is_told(before, after, told):
    assert happened(before, after) == told


def a_paper(version="", *, code=False, notice=None):
    record = Record(where=Span("x", 1), title="About a")
    return paper(
        "a",
        identifiers=(Identifier("arxiv", "2401.00001", version),),
        links=(Link("code", "https://code.example/"),) if code else (),
        notices=(Notice(notice),) if notice else (),
        records=(record,),
    )


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        (a_paper("1"), a_paper("2"), ["version"]),
        (a_paper("9"), a_paper("10"), ["version"]),
        (a_paper("2"), a_paper("1"), []),
        (a_paper(), a_paper("3"), []),  # nobody knows whether that is new
        (a_paper(), a_paper(code=True), ["code"]),
        (a_paper(code=True), a_paper(), []),
        (a_paper(), a_paper(notice="retracted"), ["retracted"]),
    ],
)
def test_what_becomes_of_a_paper_is_told_once(before, after, told):
    states = [site("a", papers=[p]) for p in (before, after, after)]
    assert [kind for kind, _ in happened(*states)] == told


def test_a_paper_that_comes_with_code_and_versions_has_got_nothing():
    assert happened(site("", papers="b"), site("", papers=[a_paper("2", code=True), paper("b")])) == []


def test_what_was_there_before_anybody_recorded_did_not_happen():
    assert happened(site("abc")) == []


def test_branches_that_recorded_apart_are_one_history_after_a_merge():
    start = recorded(site("ab"))
    state, _ = replay(start, site("ab").library.papers)
    ours = compare(site("abc"), state, "2026-11-03")
    theirs = compare(site("dab"), state, "2026-11-02")
    both = compare(site("abc"), state, "2026-11-05")  # says again what ours says
    merged = site("dabc")
    state, history = replay([*start, both, ours, theirs], merged.library.papers)
    assert compare(merged, state, "2026-11-06") is None
    assert sorted((e.kind, e.paper, e.day) for e in history.events) == [
        ("added", "c", "2026-11-03"),
        ("added", "d", "2026-11-02"),
    ]


def test_an_id_that_was_retired_is_the_same_paper():
    changes = recorded(site("ab"))
    now = site("cb", papers=[paper("c", aliases=("a",)), *"bdefgh"])
    state, _ = replay(changes, now.library.papers)
    assert compare(now, state, "2026-11-02") is None


def test_a_paper_that_is_gone_keeps_its_title():
    sites = site("ab"), site("abc"), site("ab", papers="ab")
    _, history = replay(recorded(*sites), sites[-1].library.papers)
    assert [(e.kind, e.title) for e in history.events] == [("removed", "About c"), ("added", "About c")]


def test_a_recording_is_as_small_as_what_happened():
    many = [f"paper-with-quite-a-long-title-{n}" for n in range(2000)]
    sites = site(many, papers=many), site([many[7], *many[:7], *many[8:]], papers=many)
    first, second = recorded(*sites)
    assert len(write_change(second)) < 500 < len(write_change(first))


@pytest.mark.parametrize(
    "data", [b"", b"{", b"[]", b'{"day": "2026-13-01", "number": 1}', b'{"day": "2026-11-01"}', b"\xff", b"[" * 100_000,
             b'{"day": "2026-11-01", "number": 1, "facts": {"a": {"version": "x"}}}', b"<<<<<<< HEAD\n"]
)  # fmt: skip
def test_a_damaged_file_is_an_error_and_no_recording(data):
    outcome = parse_change(SourceFile("content/changes/x.json", data, ""))
    assert outcome.value is None
    [problem] = outcome.diagnostics
    assert (problem.severity, problem.code) == ("error", "damaged-changes")


def test_who_records_is_warned_of_what_is_not_recorded_and_nobody_else():
    before, after = site("ab"), site("abc", notes=[("a", "Why.")])
    changes = recorded(before)
    assert unrecorded(before, changes) == ()
    [problem] = unrecorded(after, changes)
    assert "shelf: 1 added, 1 annotated" in problem.message
    assert unrecorded(after, []) == ()


def test_a_recording_is_told_in_words():
    before, after = site("ab", papers="abc"), site("b", papers="bcd")
    changes = recorded(before)
    assert list(summary(changes[0], [], before)) == ["the beginning: 3 papers and 1 list"]
    change = recorded(before, after)[1]
    assert list(summary(change, changes, after)) == [
        "shelf: 1 removed",
        "1 paper new to the site",
        "1 paper gone from the site",
    ]
    retitled = msgspec.structs.replace(change, lists={}, papers=(), lost=())
    assert list(summary(retitled, changes, before)) == ["titles, counts and other small things"]
