"""What `pip install .` installs works anywhere: templates and assets travel inside."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory, root: Path) -> Path:
    """A folder into which the wheel was unpacked, as pip would."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "pip", "wheel", "--quiet", "--disable-pip-version-check", "--no-deps",
         "--no-build-isolation", "--no-index", "--wheel-dir", str(folder), str(root)],
        check=True,
        cwd=folder,
    )  # fmt: skip
    (wheel,) = folder.glob("sitegen-*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "installed")
    return folder / "installed"


def test_the_theme_is_in_the_wheel(installed: Path, root: Path):
    inside = {
        p.relative_to(installed / "sitegen").as_posix()
        for p in (installed / "sitegen" / "templates").rglob("*")
    }
    theme = {p.relative_to(root).as_posix() for p in (root / "templates").rglob("*")}
    assert inside == theme
    assert "templates/base.html" in inside


def test_a_new_list_is_made_and_built_by_the_installed_program(installed: Path, tmp_path: Path):
    def sitegen(*words: str) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "sitegen", *words],
            check=False, capture_output=True, text=True, cwd=tmp_path,
            env=os.environ | {"PYTHONPATH": str(installed), "NO_COLOR": "1"},
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout + done.stderr

    where = "import sitegen; print(sitegen.__file__)"
    seen = subprocess.run([sys.executable, "-c", where], check=True, capture_output=True, text=True, cwd=tmp_path,
                          env=os.environ | {"PYTHONPATH": str(installed)}).stdout  # fmt: skip
    assert Path(seen.strip()).is_relative_to(installed)
    sitegen("init", "my-list")
    assert "warning" not in sitegen("-C", "my-list", "build", "--strict")
    pages = {
        p.relative_to(tmp_path / "my-list" / "site").as_posix()
        for p in (tmp_path / "my-list" / "site").rglob("*.html")
    }
    assert {"index.html", "search.html", "404.html", "collections/index.html", "tags/index.html"} <= pages
    (stylesheet,) = (tmp_path / "my-list" / "site" / "assets").rglob("site.css")
    assert stylesheet.stat().st_size > 1000
