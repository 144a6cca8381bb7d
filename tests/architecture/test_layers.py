"""Who may import whom is checked by import-linter (`make test`); here stands what it cannot see."""

from __future__ import annotations

import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

HEAVY = ("jinja2", "markdown", "latex2mathml", "lunr", "watchdog", "yaml", "numpy", "nh3")


def test_asking_for_help_imports_none_of_the_heavy_libraries():
    code = f"""
import sys
sys.argv = ["sitegen", "--help"]
from sitegen.cli import main
try:
    main()
except SystemExit:
    pass
print([name for name in {HEAVY!r} if name in sys.modules])
"""
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert said.splitlines()[-1] == "[]"
    assert "Usage:" in said


def test_no_file_is_named_after_nothing_in_particular(root: Path):
    vague = {"utils", "helpers", "common", "core", "manager", "base", "misc"}
    assert [p for p in (root / "sitegen").rglob("*.py") if p.stem in vague] == []


def test_stages_know_neither_the_disk_nor_the_clock_nor_chance(root: Path):
    pure = (
        "splice",
        "parse",
        "merge",
        "curate",
        "relate",
        "liken",
        "check",
        "plan",
        "search",
        "render",
        "text",
        "model",
        "diagnostics",
    )
    world = re.compile(
        r"^\s*(?:import|from) (?:os|pathlib|time|datetime|random|socket|urllib\.request|subprocess|tempfile|shutil|locale)\b"
        r"|(?<![.\w])open\(|\.read_text\(|\.read_bytes\(|\.write_text\(|\.write_bytes\(",
        re.MULTILINE,
    )
    files = [
        f
        for name in pure
        for f in (*(root / "sitegen" / name).rglob("*.py"), *(root / "sitegen").glob(f"{name}.py"))
    ]
    assert len(files) > 20
    touching = {
        str(f.relative_to(root)): found[0].strip()
        for f in files
        if (found := [m[0] for m in world.finditer(f.read_text())])
    }
    assert touching == {}


@pytest.mark.parametrize("name", ["pyproject.toml", "README.md", "Makefile", "LICENSE", "CHANGELOG.md"])
def test_what_people_look_for_first_is_there(root: Path, name: str):
    assert (root / name).is_file()
