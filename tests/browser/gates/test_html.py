"""The HTML is valid: the Nu HTML checker on every file of our own site, html-validate on every kind of page."""

from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING

import pytest
from kinds import KINDS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

pytestmark = pytest.mark.browser

# Nu takes 'self' for the folder of the file that it reads, and data blocks for scripts.
MISTAKEN = "(Resource|Inline script) violates Content Security Policy.*"


RULES = {
    "doctype-style": ["error", {"style": "lowercase"}],
    "valid-id": ["error", {"relaxed": True}],  # ids of the frame have a dot: those of content never do
    "aria-label-misuse": ["error", {"allowAnyNamable": True}],  # a list may have a name
    "no-trailing-whitespace": "off",  # RIS ends with a blank, and is shown as it is
    "text-content": "off",  # what is in a template gets its words from a script; axe looks at that
    "wcag/h32": "off",  # filters answer at once: there is nothing to send
}


def test_the_nu_checker_finds_no_error_and_no_warning(sites: dict[str, Path], tool: Callable[[str], Path]):
    jar = str(tool("vnu-jar/build/dist/vnu.jar"))
    said = subprocess.run(
        ["java", "-jar", jar, "--format", "json", "--skip-non-html", "--filterpattern", MISTAKEN, sites["/"]],
        capture_output=True,
        check=False,
        text=True,
    ).stderr
    assert [f"{m['url']}:{m.get('lastLine')}: {m['message']}" for m in json.loads(said)["messages"]] == []


def test_html_validate_finds_nothing(sites: dict[str, Path], tool: Callable[[str], Path], tmp_path: Path):
    site = sites["/"]
    files = {site / at.partition("?")[0] for kind, at in KINDS.items() if kind != "not found"}
    config = tmp_path / "rules.json"
    config.write_text(json.dumps({"root": True, "extends": ["html-validate:recommended"], "rules": RULES}))
    judge = [tool(".bin/html-validate"), "--config", config, "--formatter", "json"]
    # Into a file: it ends before a pipe has taken all that it says.
    with (tmp_path / "said.json").open("w") as said:
        subprocess.run([*judge, *files, site / "404.html"], stdout=said, check=False)
    found = json.loads((tmp_path / "said.json").read_text("utf-8"))
    assert [
        f"{file['filePath']}:{m['line']}: {m['ruleId']}: {m['message']}"
        for file in found
        for m in file["messages"]
    ] == []
