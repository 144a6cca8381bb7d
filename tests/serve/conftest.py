"""A small site, and how it is asked, without a socket."""

from __future__ import annotations

import pytest

from sitegen.serve.access import Request
from sitegen.serve.own import own
from sitegen.serve.site import answer
from sitegen.serve.state import State


@pytest.fixture
def state(tmp_path):
    """A site under /a/b/ in tmp_path/site, with a secret beside it and a stranger in it."""
    files = {
        "index.html": "<body>home</body>",
        "404.html": "<body>lost</body>",
        "papers/x.html": '<link href="../assets/0a1b/css/site.css"><body>x</body>',
        "papers/index.html": "<body>papers</body>",
        "papers/x.bib": "@misc{x}",
        "feed.xml": "<feed/>",
        "assets/0a1b/css/site.css": "a{}",
        "assets/0a1b/js/site.js": "1",
        "tags/ä b.html": "<body>ä</body>",
    }
    root = tmp_path / "site"
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text)
    (root / "stranger.html").write_text("not in the manifest")
    (root / ".sitegen.json").write_text("{}")
    (tmp_path / "secret.txt").write_text("secret")
    return State(root=root, base="/a/b/", files={path: f"digest of {text}" for path, text in files.items()})


@pytest.fixture(scope="session")
def get():
    """get(target, state): the answer."""
    ours = own()

    def get(target, state, ours=ours, **headers):
        return answer(Request(target=target, headers=headers), state, ours)

    return get
