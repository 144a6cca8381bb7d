"""A preview with the editor, and a page of it whose console has nothing to complain of."""

from __future__ import annotations

from contextlib import closing

import pytest
from editing import FILES, Desk, Preview


@pytest.fixture
def files():
    """What is there when the preview begins; a test may have others."""
    return FILES


@pytest.fixture
def project(tmp_path, files):
    for path, text in files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text)
    return tmp_path


@pytest.fixture
def preview(project):
    with closing(Preview(project, "--edit")) as preview:
        yield preview


@pytest.fixture
def desk(browser, preview):
    context = browser.new_context(viewport={"width": 1000, "height": 900})
    page = context.new_page()
    complaints = []
    # A refusal is an answer, which the console of this browser calls an error.
    page.on(
        "console",
        lambda m: complaints.append(m.text) if m.type == "error" and "status of 4" not in m.text else None,
    )
    page.on("pageerror", lambda problem: complaints.append(str(problem)))
    yield Desk(page, preview)
    assert complaints == []
    context.close()
