"""Every language says everything that English says, and fills in the same values."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from sitegen.build import Options, build
from sitegen.model.source import SourceFile
from sitegen.parse.catalogue import parse_catalogue


def catalogue(root: Path, language: str) -> dict[str, object]:
    file = root / "templates" / "languages" / f"{language}.yaml"
    outcome = parse_catalogue(SourceFile(f"templates/languages/{file.name}", file.read_bytes(), ""))
    assert outcome.diagnostics == ()
    return dict(outcome.value)


def names(text: object) -> set[str]:
    return set(re.findall(r"\{(\w+)\}", str(text["other"] if isinstance(text, dict) else text)))


@pytest.mark.parametrize("language", ["de"])
def test_a_language_is_complete_and_fills_in_the_same_values(root: Path, language: str):
    english, other = catalogue(root, "en"), catalogue(root, language)
    assert list(other) == list(english)
    assert {key: names(text) for key, text in other.items()} == {
        key: names(text) for key, text in english.items()
    }
    assert [key for key in english if isinstance(english[key], str) != isinstance(other[key], str)] == []
    assert len(str(other["months"]).split()) == 12


def test_a_site_in_german_speaks_german_and_says_so(tmp_path: Path):
    (tmp_path / "content" / "papers").mkdir(parents=True)
    (tmp_path / "content" / "sitegen.yaml").write_text("title: Leseliste\nlanguage: de\n")
    (tmp_path / "content" / "papers" / "a.yaml").write_text(
        "title: Eine Arbeit\ndate: 2024-03-01\nauthors: 3\n"
    )
    assert build(tmp_path, Options(jobs=1)).published
    page = (tmp_path / "site" / "papers" / "eine-arbeit.html").read_text("utf-8")
    assert '<html lang="de" dir="ltr">' in page
    assert "1. März 2024" in page
    assert "3 Autor*innen" in page
    assert "Zitieren" in page
    assert "Statistik" in page
