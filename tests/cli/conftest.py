"""Projects that commands are run in."""

from __future__ import annotations

import pytest


@pytest.fixture
def make_project(tmp_path):
    """A function: a folder with these files, texts by path, and the settings of a list that reads its dumps."""

    def make(files):
        for path, text in {
            "content/sitegen.yaml": "title: A list\nsources: [dumps/*]\n",
            **files,
        }.items():
            (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / path).write_text(text)
        return tmp_path

    return make
