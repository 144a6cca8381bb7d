"""A server on loopback that shows indices to the engine in a browser."""

from __future__ import annotations

import threading
from functools import partial
from http.server import ThreadingHTTPServer
from typing import TYPE_CHECKING

import pytest
from searching import Index, QuietHandler, indexed, made_up_site

from sitegen.search.documents import FIELDS

if TYPE_CHECKING:
    from collections.abc import Iterator
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
