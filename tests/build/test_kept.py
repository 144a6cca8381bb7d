"""What a process keeps between builds is taken only where all that it came from is equal, and never for a clean build."""

from __future__ import annotations

import gc
from pathlib import Path

from sitegen.build import Kept, Options, build
from sitegen.model.paper import Paper


def test_a_value_is_made_again_when_its_key_is_another_one():
    kept = Kept()
    assert kept.last("a", (1, "x"), lambda: "first") == "first"
    assert kept.last("a", (1, "x"), lambda: "second") == "first"
    assert kept.last("b", (1, "x"), lambda: "other") == "other"
    assert kept.last("a", (2, "x"), lambda: "third") == "third"
    assert kept.last("a", (1, "x"), lambda: "fourth") == "fourth"


def test_values_of_a_generation_that_nobody_asked_for_are_forgotten():
    kept = Kept()
    kept.each("parsed").of("a", lambda: 1)
    assert kept.each("parsed").of("a", lambda: 2) == 1
    kept.each("parsed")
    assert kept.each("parsed").of("a", lambda: 3) == 3


def test_equal_papers_are_the_same_objects_again_and_changed_ones_are_not():
    kept = Kept()
    one, two = Paper(id="a", title="A"), Paper(id="b", title="B")
    assert kept.same_papers((one, two)) == (one, two)
    again = kept.same_papers((Paper(id="a", title="A"), Paper(id="b", title="Bb")))
    assert again[0] is one
    assert again[1].title == "Bb"


def test_an_edit_that_is_taken_back_leaves_no_site_behind(tmp_path: Path):
    (tmp_path / "content").mkdir()
    settings, kept = tmp_path / "content" / "sitegen.yaml", Kept()
    for title, published in (("title: One", True), ("titel: Two", False), ("title: One", True)):
        settings.write_text(f"{title}\n")
        assert build(tmp_path, Options(jobs=1), kept=kept).published is published
    assert kept.loaded is None


def test_nothing_is_kept_that_was_to_be_forgotten():
    kept = Kept()
    kept.last("a", 1, lambda: "first")
    kept.each("parsed").of("a", lambda: 1)
    kept.forget()
    assert kept.last("a", 1, lambda: "second") == "second"
    assert kept.each("parsed").of("a", lambda: 2) == 2


def test_what_a_process_keeps_from_the_collector_is_kept_from_it_by_later_builds(tmp_path: Path):
    (tmp_path / "content").mkdir()
    settings, kept = tmp_path / "content" / "sitegen.yaml", Kept()
    gc.freeze()  # as a preview does, so that no page waits for a collection
    try:
        frozen = gc.get_freeze_count()
        settings.write_text("title: One")
        assert build(tmp_path, Options(jobs=1), kept=kept).published
        assert gc.get_freeze_count() > frozen / 2
    finally:
        gc.unfreeze()
