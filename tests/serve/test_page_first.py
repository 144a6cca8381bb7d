"""The pages that are looked at are drawn, and seen, before the rest is."""

from __future__ import annotations

from queue import Queue
from threading import Event

import pytest

from sitegen.serve import builds


@pytest.fixture
def half_way(run):
    """half_way(text): save that, and stop the build when the pages that are looked at are drawn; then `half_way.go_on()`."""
    drawn, go = Event(), Event()

    def hold():
        drawn.set()
        assert go.wait(60)

    def half_way(text):
        run.hold_rest = hold
        run.save(text)
        assert drawn.wait(60)
        run.hold_rest = None

    half_way.go_on = go.set
    yield half_way
    go.set()


def until(states, **wanted):
    return next(state for state in states if all(state[key] == value for key, value in wanted.items()))


def test_a_page_that_is_looked_at_is_there_before_the_site_is(run, half_way):
    states = run.states("/a/b/", all_of_them=True)
    before = next(states)
    half_way("second")
    early = until(states, underWay="Building the rest …")
    assert early["page"] != before["page"]
    assert "second" in run.get("/a/b/")[1]
    assert "first" in run.get("/a/b/other.html")[1]
    half_way.go_on()
    # Its bytes are the same then, so the page is not loaded a second time.
    assert until(states, underWay="")["page"] == early["page"]
    assert "second" in run.get("/a/b/other.html")[1]


def test_the_rest_waits_until_a_page_that_was_drawn_is_there_again(run, monkeypatch):
    monkeypatch.setattr(builds, "_PATIENCE", 600)
    states, at_the_rest = run.states(all_of_them=True), Event()
    next(states)
    run.hold_rest = at_the_rest.set
    run.save("second")
    until(states, underWay="Building the rest …")
    assert not at_the_rest.is_set()
    again = run.states()
    next(again)
    assert at_the_rest.is_set()


def test_the_rest_waits_for_nobody_whose_page_stays_as_it_is(run, project, monkeypatch):
    monkeypatch.setattr(builds, "_PATIENCE", 600)
    states = run.states()
    next(states)
    (project / "content/new.yaml").write_text("of no page")
    run.until_count(2)


def test_each_build_knows_every_page_that_is_open_the_newest_first(run):
    open_pages = [run.states(path) for path in ("/a/b/", "/a/b/other.html", "/a/b/")]
    for states in open_pages:
        next(states)
    run.save("second")
    run.until_home_is("second", states)
    assert run.firsts[-1] == ("index.html", "other.html")


def test_where_there_is_no_page_yet_it_is_asked_for_and_so_is_the_page_that_says_so(run):
    states = run.states("/a/b/collections/new.html")
    next(states)
    run.save("second")
    next(states)
    assert run.firsts[-1] == ("collections/new.html", "404.html")


def test_a_page_that_was_closed_is_not_drawn_first(run):
    states, closed = run.states("/a/b/"), run.states("/a/b/other.html")
    next(states), next(closed)
    closed.close()
    for number in range(50):  # it shows when something is written to it
        run.save(f"edit {number}")
        run.until_home_is(f"edit {number}", states)
        if run.firsts[-1] == ("index.html",):
            break
    assert run.firsts[-1] == ("index.html",)


def test_while_the_first_page_is_drawn_pages_are_told_that_something_happens(run):
    states = run.states(all_of_them=True)
    next(states)
    go = Event()
    run.hold = lambda: go.wait(60)
    run.save("second")
    until(states, underWay="Building …")
    run.hold = None
    go.set()
    until(states, underWay="")


def test_a_problem_goes_when_the_page_that_is_looked_at_is_drawn(run, half_way):
    states = run.states(all_of_them=True)
    next(states)
    run.save("wrong")
    until(states, underWay="")
    half_way("right")
    assert until(states, underWay="Building the rest …")["problems"] == []


def test_a_page_of_a_build_that_fails_later_gives_way_to_the_last_good_one(run, half_way):
    states = run.states(all_of_them=True)
    before = next(states)
    half_way("late")
    assert "late" in run.get("/a/b/")[1]
    half_way.go_on()
    after = until(states, underWay="")
    assert after["page"] == before["page"]
    assert len(after["problems"]) == 1
    assert "first" in run.get("/a/b/")[1]


@pytest.mark.parametrize(
    "query",
    ["", "?page=", "?page=x", "?page=//evil", "?page=/..", "?page=/a%00", "?path=/", "?page=/" + "x" * 3000],
)
def test_who_does_not_say_which_page_it_is_hears_nothing(run, query):
    assert run.get(f"/_sitegen/events{query}")[0] == 400


def test_what_the_first_edit_would_wait_for_is_made_while_somebody_looks_and_nothing_else_is_to_be_done(
    run, monkeypatch
):
    rehearsed = Queue()
    monkeypatch.setattr(builds, "rehearse", lambda project, options, kept, first: rehearsed.put(first))
    states = run.states("/a/b/other.html")
    next(states)
    while rehearsed.get(timeout=120) != ("other.html",):
        pass
    run.save("second")
    run.until_home_is("second", states)


def test_a_preview_outlives_a_rehearsal_that_fails(run, monkeypatch):
    failed = Event()

    def rehearse(*_):
        failed.set()
        raise ZeroDivisionError("deliberate")

    monkeypatch.setattr(builds, "rehearse", rehearse)
    states = run.states("/a/b/other.html")
    next(states)
    assert failed.wait(120)
    run.save("second")
    run.until_home_is("second", states)
