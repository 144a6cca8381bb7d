"""The preview's loop: what open pages are told, and what is served, after each kind of edit."""

from __future__ import annotations

import time
from contextlib import suppress
from urllib.parse import urlsplit

import pytest

from sitegen.build import Options
from sitegen.serve.preview import OUTPUT, serve


def test_an_edit_reaches_every_open_page(run):
    one, other = run.states(), run.states()
    version = next(one)["page"]
    assert next(other)["page"] == version
    run.save("second")
    assert next(one)["page"] == next(other)["page"] != version
    assert "second" in run.get()[1]


def test_the_site_is_served_under_the_path_that_it_is_published_at(run):
    assert run.get("/a/b/")[0] == 200
    assert run.get("/")[0] == 302
    assert run.get("/index.html")[0] == 404


def test_the_published_site_is_left_alone(run, project):
    assert run.get()[0] == 200
    assert sorted(path.name for path in project.iterdir()) == [".sitegen", "content"]


def test_an_error_is_shown_over_the_last_good_page_and_goes_when_it_is_mended(run):
    states = run.states()
    good = next(states)
    run.save("quite wrong")
    bad = next(states)
    assert bad["page"] == good["page"]
    assert bad["problems"] == [
        {
            "place": "content/home.txt:1:7",
            "text": "error: this is wrong [odd]",
            "excerpt": "  1 | quite wrong\n    |       ^^^^^",
            "hint": "hint: make it right",
            "link": "",
            "opens": False,
        }
    ]
    assert "first" in run.get()[1]
    run.save("first")
    assert next(states) == good


def test_when_the_first_build_fails_a_page_waits_for_the_second(project, preview_of):
    (project / "content/home.txt").write_text("wrong")
    with preview_of(project) as run:
        status, page = run.get("/anything")
        assert status == 503
        assert "this is wrong" in page
        states = run.states()
        assert len(next(states)["problems"]) == 1
        run.save("right")
        assert next(states)["problems"] == []
        assert "right" in run.get("/a/b/")[1]


@pytest.mark.parametrize("trouble", ["bug", "disk"])
def test_the_preview_outlives_what_a_build_raises(run, trouble, capfd):
    states = run.states()
    next(states)
    run.save(trouble)
    assert len(next(states)["problems"]) == 1
    run.save("fine again")
    assert next(states)["problems"] == []
    assert ("ZeroDivisionError" in capfd.readouterr().err) == (trouble == "bug")


def test_a_touch_builds_nothing(run):
    states = run.states()
    next(states)
    run.home.touch()
    time.sleep(0.3)  # longer than an edit waits; too short, it proves less, and does not fail
    run.save("second")
    run.until_home_is("second", states)
    assert len(run.reports) == 2


def test_an_edit_during_a_build_is_built_next(run):
    states = run.states()
    next(states)

    def edit_once():
        run.hold = None
        run.save("third")

    run.hold = edit_once
    run.save("second")
    run.until_home_is("third", states)


def test_a_file_that_comes_or_goes_during_the_first_build_is_noticed(project, preview_of):
    """That build is also the one that finds out what the inputs are."""
    (project / "content/old.yaml").write_text("old")
    for edit in (
        lambda: (project / "content/new.yaml").write_text("new"),
        (project / "content/old.yaml").unlink,
    ):
        preview = preview_of(project)

        def edit_once(preview=preview, edit=edit):
            preview.hold = None
            edit()

        preview.hold = edit_once
        with preview as run:
            run.until_count(2)


def test_an_edit_of_a_dump_elsewhere_during_the_build_that_finds_out_about_it_is_noticed(
    project, preview_of, tmp_path_factory
):
    dump = tmp_path_factory.mktemp("elsewhere") / "dump.txt"
    dump.write_text("one")
    preview = preview_of(project)
    preview.others = (dump,)

    def edit_once():
        preview.hold = None
        dump.write_text("two")

    preview.hold = edit_once
    with preview as run:
        run.until_count(2)


def test_many_edits_during_a_build_are_one_build(run, project):
    states = run.states()
    next(states)

    def edit_many():
        run.hold = None
        for number in range(2000):
            (project / f"content/{number}.yaml").write_text(str(number))
        run.save("third")

    run.hold = edit_many
    run.save("second")
    run.until_home_is("third", states)
    run.until_count(3)
    assert len(run.reports) == 3


def test_a_change_of_the_base_path_moves_the_preview(run, project):
    states = run.states()
    next(states)
    (project / "content/sitegen.yaml").write_text("title: T\nbase_url: https://example.org/c/\n")
    assert any(run.get("/c/")[0] == 200 for _ in states)  # one more, where it took long to write
    assert run.get("/a/b/")[0] == 404


def test_the_address_that_is_told_leads_to_the_site_whatever_its_base_path(project, preview_of):
    (project / "content/sitegen.yaml").write_text("title: T\nbase_url: https://example.org/a%20b/\n")
    with preview_of(project) as run:
        assert run.get()[0] == 200


def test_a_taken_port_gives_way_to_the_next(run, project):
    taken = urlsplit(run._url).port
    urls = []

    def opened(url):
        urls.append(url)
        raise KeyboardInterrupt

    with suppress(KeyboardInterrupt):
        serve(
            project,
            Options(output=OUTPUT),
            host="127.0.0.1",
            port=taken,
            opened=opened,
            told=lambda *_: None,
            built=run._build,
        )
    assert urlsplit(urls[0]).port > taken
