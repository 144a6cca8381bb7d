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


# Both judges get it beside our pages, and are to complain of it.
WRONG = '<!doctype html><html lang="en"><title>Wrong</title><p><div id="a b"></p><img src=x><b id=c><b id=c>'


@pytest.fixture
def wrong(tmp_path: Path) -> Path:
    (tmp_path / "wrong.html").write_text(WRONG)
    return tmp_path / "wrong.html"


def test_the_nu_checker_finds_no_error_and_no_warning(
    sites: dict[str, Path], catalogue: Path, tool: Callable[[str], Path], wrong: Path
):
    jar = str(tool("vnu-jar/build/dist/vnu.jar"))
    files = [sites["/"], *_of_each_kind(catalogue), wrong]
    said = subprocess.run(
        ["java", "-jar", jar, "--format", "json", "--skip-non-html", "--filterpattern", MISTAKEN, *files],
        capture_output=True,
        check=False,
        text=True,
    ).stderr
    found = [(m["url"], f"{m.get('lastLine')}: {m['message']}") for m in json.loads(said)["messages"]]
    assert [each for each in found if not each[0].endswith("/wrong.html")] == []
    assert any("Duplicate ID" in message for _, message in found)


def test_html_validate_finds_nothing(
    sites: dict[str, Path], catalogue: Path, tool: Callable[[str], Path], wrong: Path, tmp_path: Path
):
    files = [*_of_each_kind(sites["/"]), *_of_each_kind(catalogue), wrong]
    config = tmp_path / "rules.json"
    config.write_text(json.dumps({"root": True, "extends": ["html-validate:recommended"], "rules": RULES}))
    judge = [tool(".bin/html-validate"), "--config", config, "--formatter", "json"]
    # Into a file: it ends before a pipe has taken all that it says.
    with (tmp_path / "said.json").open("w") as said:
        subprocess.run([*judge, *files], stdout=said, check=False)
    found = {
        file["filePath"]: [f"{m['line']}: {m['ruleId']}: {m['message']}" for m in file["messages"]]
        for file in json.loads((tmp_path / "said.json").read_text("utf-8"))
    }
    assert any("no-dup-id" in message for message in found.pop(str(wrong)))
    assert {file: messages for file, messages in found.items() if messages} == {}


def _of_each_kind(site: Path) -> list[Path]:
    paths = {at.partition("?")[0] for kind, at in KINDS.items() if kind != "not found"}
    return [site / path for path in (*sorted(paths), "404.html")]
