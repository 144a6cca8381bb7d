"""How much code a search loads, as it is published: without comments and indentation, compressed on the way."""

from __future__ import annotations

import gzip
import re
from typing import TYPE_CHECKING

import pytest

from sitegen.build.theme import read_theme
from sitegen.model.source import SourceFile

if TYPE_CHECKING:
    from pathlib import Path

KB = 1024
ENGINE = ("search/client.js", "search/worker.js", "search/engine.js")  # the page's side, and the worker's


@pytest.fixture(scope="module")
def modules(root: Path) -> dict[str, bytes]:
    folder = root / "templates"
    files = [
        SourceFile(f"default/{path.relative_to(folder)}", path.read_bytes(), "")
        for path in folder.rglob("*.js")
        if path.is_file()
    ]
    assets = read_theme(tuple(files))[1]
    return {name.removeprefix("assets/js/").removeprefix("js/"): data for name, (_, data) in assets.items()}


def loaded(modules: dict[str, bytes], *entries: str) -> set[str]:
    """These and what they import at once; what is imported by need is another matter."""
    found: set[str] = set()
    todo = [*entries]
    while todo:
        name = todo.pop()
        if name in found:
            continue
        found.add(name)
        folder = name.rpartition("/")[0]
        imported = re.findall(
            r'(?:^|;)(?:import|export)\b[^;(]*"\./([\w/-]+\.js)"', modules[name].decode(), re.MULTILINE
        )
        todo += [f"{folder}/{each}".lstrip("/") for each in imported]
    return found


def size(modules: dict[str, bytes], names: set[str]) -> int:
    return sum(len(gzip.compress(modules[name], 9)) for name in names)


def test_the_engine_is_small_and_operators_filters_and_slips_load_theirs_when_they_are_met(modules):
    engine = loaded(modules, *ENGINE)
    assert {name.removeprefix("search/") for name in engine} == {
        *("client.js", "mark.js", "words.js", "stemmer.js"),  # what the page loads
        *("worker.js", "engine.js", "blocks.js", "rank.js"),  # and its worker
    }
    assert size(modules, engine) <= 12 * KB


@pytest.mark.parametrize(
    ("page", "most"), [("search-page.js", 16), ("search/panel.js", 16), ("search/list.js", 15)]
)
def test_with_what_draws_the_results_it_is_not_much_more(modules, page, most):
    assert size(modules, loaded(modules, page, *ENGINE)) <= most * KB


def test_what_finds_and_draws_the_first_results_of_a_query_with_compounds_is_small(modules):
    code = loaded(modules, *ENGINE, "search/cards.js", "search/steps.js", "search/together.js")
    assert size(modules, code) <= 14 * KB


def test_all_the_code_of_search_there_is_is_no_more_than_a_picture(modules):
    search = {name for name in modules if name.startswith("search/")}
    assert size(modules, search | {"search-page.js"}) <= 32 * KB
