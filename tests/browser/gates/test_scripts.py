"""Every script that we publish can be read by a JavaScript engine: what is stripped of it was not needed."""

from __future__ import annotations

import re
import subprocess
from typing import TYPE_CHECKING

import pytest

from sitegen.build.theme import read_theme, without_other_themes
from sitegen.model.settings import Theme
from sitegen.read import read_templates

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("theme", ["default", "catalogue"])
def test_node_reads_every_script_as_it_is_published(theme: str, root: Path, tmp_path: Path):
    files = without_other_themes(read_templates(root).value, Theme(theme)).value
    scripts = {name: data for name, (_, data) in read_theme(files, theme)[1].items() if name.endswith(".js")}
    assert "js/site.js" in scripts
    assert [name for name, data in sorted(scripts.items()) if _mistake(tmp_path, data)] == []


@pytest.mark.parametrize("wrong", [b"let a = `b", b'import { a } from "./a.js";\nlet a;'])
def test_a_script_that_is_broken_is_told(wrong: bytes, tmp_path: Path):
    assert "SyntaxError" in _mistake(tmp_path, wrong)


def _mistake(folder: Path, script: bytes) -> str:
    # Lines may have been joined; `import(` is what any script may do.
    module = re.search(rb"(?:^|[;}])\s*(?:export\b|import\b(?!\s*[(.]))", script, re.MULTILINE)
    file = folder / ("script.mjs" if module else "script.cjs")
    file.write_bytes(script)
    done = subprocess.run(["node", "--check", file], capture_output=True, check=False, text=True)
    return done.stderr if done.returncode else ""
