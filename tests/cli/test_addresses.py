"""`sitegen addresses` on a small project."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from sitegen.cli import program

_DUMP = "content/dumps/a.jsonl"
_FILE = "content/addresses.txt"


@pytest.fixture
def project(tmp_path):
    (tmp_path / "content/dumps").mkdir(parents=True)
    (tmp_path / "content/sitegen.yaml").write_text(
        "title: Shelf\nsources: [dumps/*]\nsearch: false\nrelated: false\n"
    )
    (tmp_path / _DUMP).write_text('{"title": "Sparce Gates", "arxiv": "2401.00010"}\n')
    return tmp_path


def run(project, *args):
    return CliRunner().invoke(program, ["-C", str(project), *args])


def test_what_is_not_remembered_is_said_and_written_only_on_demand(project):
    assert run(project, "addresses").stdout == "sparce-gates arxiv:2401.00010\n"
    assert not (project / _FILE).exists()
    assert run(project, "addresses", "--record").exit_code == 0
    written = (project / _FILE).read_bytes()
    assert written.endswith(b"\nsparce-gates arxiv:2401.00010\n")
    assert run(project, "addresses", "--record").stdout == ""
    assert (project / _FILE).read_bytes() == written


def test_an_address_that_a_mended_title_retires_leads_on(project):
    run(project, "addresses", "--record")
    before = (project / _FILE).read_bytes()
    (project / _DUMP).write_text('{"title": "Sparse Gates", "arxiv": "2401.00010"}\n')
    assert run(project, "build").exit_code == 0
    assert (
        "/papers/sparce-gates.html /papers/sparse-gates.html 301" in (project / "site/_redirects").read_text()
    )
    assert "sparse-gates.html" in (project / "site/papers/sparce-gates.html").read_text()
    assert (project / _FILE).read_bytes() == before
    assert "stale-addresses" in run(project, "check").stdout
