"""Our own content, with whatever a site can have and ours has not: so that there is a page of each kind."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from click.testing import CliRunner

from sitegen.cli import program

if TYPE_CHECKING:
    from pathlib import Path

# Pages of authors, and a form that asks for mail.
MORE = """
author_pages: 1
subscribe: {url: "https://mail.example.org/subscribe", field: email}
"""
LATE = "interleaved-data.yaml"  # comes after the first recording


def own_content(root: Path, project: Path) -> None:
    """Copy it to `project`, beside hostile papers, with two recordings of changes and an issue of the digest."""
    content = project / "content"
    shutil.copytree(root / "content", content)
    shutil.copytree(root / "templates", project / "templates")
    with (content / "sitegen.yaml").open("a", encoding="utf-8") as settings:
        settings.write(MORE)
    late = content / "collections" / LATE
    late.unlink()
    _run(project, "changes", "--record", "--day", "2026-02-01")
    shutil.copy(root / "content" / "collections" / LATE, late)
    (content / "dumps").mkdir(exist_ok=True)
    hostile = root / "tests" / "sites" / "titles_from_hell" / "content" / "dumps" / "hell.jsonl"
    shutil.copy(hostile, content / "dumps" / "hell.jsonl")
    _run(project, "changes", "--record", "--day", "2026-02-08")
    _run(project, "digest", "--since", "2026-01-01", "--day", "2026-12-31", "--record")


def _run(project: Path, *command: str) -> None:
    done = CliRunner().invoke(program, ["-q", "-C", str(project), *command])
    assert done.exit_code == 0, done.output
