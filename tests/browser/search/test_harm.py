"""When files of the index are not what they should be, or there is no worker."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from searching import indexed, made_up_site, search

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page as Tab

pytestmark = pytest.mark.browser


def harmed(tab: Tab, www: tuple[Path, str], name: str, harm: Any) -> str:
    """What a reader is told when `harm` was done to the search folder."""
    index = indexed(made_up_site(40), www[0] / name, www[1])
    harm(www[0] / name / "search")
    return tab.evaluate(
        """async (address) => {
            const { openSearch } = await import("/js/client.js");
            try { const search = await openSearch(address); await search.search("learning"); return "found"; }
            catch (problem) { return `${problem.constructor.name}: ${problem.message}`; }
        }""",
        index.address,
    )


def _postings(folder: Path) -> Path:
    return next(folder.glob("postings/0.*.bin"))


@pytest.mark.parametrize(
    ("name", "harm", "words"),
    [
        ("missing", lambda folder: _postings(folder).unlink(), "is not there"),
        (
            "truncated",
            lambda folder: _postings(folder).write_bytes(_postings(folder).read_bytes()[:-40]),
            "damaged",
        ),
        ("foreign", lambda folder: _postings(folder).write_bytes(b"<html>Not found</html>"), "damaged"),
        (
            "swapped",
            lambda folder: _postings(folder).write_bytes(next(folder.glob("cards/0.*")).read_bytes()),
            "damaged",
        ),
        ("no-manifest", lambda folder: (folder / "manifest.json").unlink(), "is not there"),
        (
            "html-manifest",
            lambda folder: (folder / "manifest.json").write_text("<html>"),
            "manifest cannot be read",
        ),
        (
            "half-manifest",
            lambda folder: (folder / "manifest.json").write_text('{"format": 2}'),
            "manifest cannot be read",
        ),
        (
            "null-manifest",
            lambda folder: (folder / "manifest.json").write_text("null"),
            "manifest cannot be read",
        ),
        (
            "later-format",
            lambda folder: (folder / "manifest.json").write_text('{"format": 99}'),
            "another version",
        ),
    ],
)
def test_a_missing_or_foreign_file_is_reported_in_words(tab, www, name, harm, words):
    said = harmed(tab, www, name, harm)
    assert said.startswith("Error: ")
    assert words in said


def test_without_workers_the_page_searches_itself(tab, made_up):
    tab.evaluate("() => { window.RealWorker = window.Worker; window.Worker = undefined; }")
    try:
        alone = search(tab, made_up, ["learning models"])
    finally:
        tab.evaluate("() => { window.Worker = window.RealWorker; }")
    assert alone == search(tab, made_up, ["learning models"])


def test_where_the_worker_cannot_be_loaded_the_page_searches_itself(tab, made_up):
    tab.route("**/worker.js", lambda route: route.fulfill(status=404))
    try:
        alone = search(tab, made_up, ["learning models"])
    finally:
        tab.unroute("**/worker.js")
    assert alone == search(tab, made_up, ["learning models"])
