"""A server on loopback that shows indices to the engine in a browser."""

from __future__ import annotations

import json
import lzma
import random
import threading
from functools import partial
from http.server import ThreadingHTTPServer
from itertools import accumulate, islice
from typing import TYPE_CHECKING

import pytest
from searching import Index, QuietHandler, indexed, made_up_site

from sitegen.model.paper import Paper
from sitegen.search.documents import FIELDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Page as Tab


@pytest.fixture(scope="module")
def www(tmp_path_factory, root) -> Iterator[tuple[Path, str]]:
    """A folder, and the address at which a server on loopback shows it."""
    folder = tmp_path_factory.mktemp("www")
    (folder / "js").symlink_to(root / "templates/assets/js/search")
    (folder / "page.html").write_text("<!doctype html><title>Search</title>")
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(QuietHandler, directory=folder)) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield folder, f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def tab(www, browser) -> Iterator[Tab]:
    tab = browser.new_page()
    tab.goto(www[1] + "page.html")
    yield tab
    tab.close()


@pytest.fixture(scope="module")
def made_up(www) -> Iterator[Index]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(FIELDS, "title", 2.5)  # boosts are lunr's, too
        yield indexed(made_up_site(320), www[0] / "made-up", www[1])


@pytest.fixture(scope="module")
def real_papers_or_made_up(real_corpus: Path) -> Callable[[int], tuple[Paper, ...]]:
    """Real papers where they are at hand; as many of made-up words where not."""
    return partial(_real_papers, real_corpus) if real_corpus.is_file() else _made_up_papers


def _real_papers(corpus: Path, count: int) -> tuple[Paper, ...]:
    with lzma.open(corpus) as lines:
        rows = [json.loads(line) for line in islice(lines, count)]
    return tuple(
        Paper(
            id=f"paper-{number}",
            title=row["title"],
            abstract=row["abstract"],
            authors=tuple(row.get("authors", ())),
            tags=("llm",) if "language" in row["abstract"] else (),
        )
        for number, row in enumerate(rows)
    )


def _made_up_papers(count: int) -> tuple[Paper, ...]:
    """Words as unevenly common as those of people."""
    chance = random.Random(20261121)
    syllables = [
        first + then for first in "bdfgklmnprstvz" for then in ("a", "e", "i", "o", "u", "an", "er", "ing")
    ]
    made = ["".join(chance.choices(syllables, k=chance.choice((1, 2, 2, 3, 3, 4)))) for _ in range(40_000)]
    shares = list(accumulate(1 / (rank + 3) for rank in range(len(made))))

    def text(most: int) -> str:
        return " ".join(chance.choices(made, cum_weights=shares, k=chance.randrange(most // 2, most)))

    return tuple(
        Paper(id=f"paper-{number}", title=text(12), abstract=text(200), authors=(text(4),))
        for number in range(count)
    )
