"""`add`: papers into a hand-written collection."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from sitegen.cli import program

COLLECTION = """\
# Kept by hand.
title: Both   # a comment
picks:
  - 'A Theory of Everything'

# The end.
"""
DUMP = """\
{"title": "A theory of everything", "arxiv": "2401.00010v2"}
{"title": "UL2: Unifying Language Learning Paradigms", "doi": "10.1145/1234567.1234568", "year": 2020}
{"title": "Cooking for Physicists", "url": "https://example.org/cooking"}
{"title": "Cooking for Chemists", "year": 2021}
{"title": "Cooking for Chemists", "year": 1998}
"""


@pytest.fixture
def project(tmp_path):
    for path, text in {
        "content/sitegen.yaml": "title: A list\nsources: [dumps/*]\n",
        "content/collections/both.yaml": COLLECTION,
        "content/dumps/some.jsonl": DUMP,
    }.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text)
    return tmp_path


def add(project, *args):
    return CliRunner().invoke(program, ["-C", str(project), "add", *args])


def kept(project):
    return (project / "content/collections/both.yaml").read_text()


@pytest.mark.parametrize(
    ("wanted", "written"),
    [
        ("10.1145/1234567.1234568", "10.1145/1234567.1234568"),
        ("https://doi.org/10.1145/1234567.1234568", "10.1145/1234567.1234568"),
        ("ul2-unifying-language-learning-paradigms", "ul2-unifying-language-learning-paradigms"),
        ("UL2: unifying…", "UL2: Unifying Language Learning Paradigms"),
        ("unifying paradigms", "UL2: Unifying Language Learning Paradigms"),
        ("UL2: Unifying Langage Learning Paradigms", "UL2: Unifying Language Learning Paradigms"),
        ("https://example.org/cooking", "Cooking for Physicists"),
    ],
)
def test_a_paper_is_found_and_its_line_is_all_that_is_new(project, wanted, written):
    done = add(project, "both", wanted)
    assert done.exit_code == 0, done.output
    assert done.stdout.startswith("content/collections/both.yaml:5: added '")
    assert kept(project) == COLLECTION.replace("g'\n", f"g'\n  - '{written}'\n")


def test_several_are_added_in_their_order_and_one_that_is_there_is_not_doubled(project):
    done = add(project, "both", "Cooking for Physicists", "2401.00010", "unifying", "cooking physicists")
    assert done.exit_code == 0, done.output
    assert (
        "'A theory of everything' (a-theory-of-everything) is there already, content/collections/both.yaml:4"
        in done.stderr
    )
    assert "'Cooking for Physicists' (cooking-for-physicists) is named twice\n" in done.stderr
    assert kept(project).count("Cooking") == 1
    assert done.stdout.splitlines()[0].startswith("content/collections/both.yaml:5: added 'Cooking")


def test_a_note_makes_a_mapping(project):
    assert add(project, "both", "unifying", "--note", "One for all.").exit_code == 0
    assert "  - paper: 'UL2: Unifying Language Learning Paradigms'\n    note: \"One for all.\"\n" in kept(
        project
    )


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        ("Cooking", "'Cooking' may be one of 3 papers:\n  cooking-for-"),
        ("Cooking for Chemists", "may be one of 2 papers:"),
        ("Coking with Fysicists", "near are:\n  cooking-for-physicists  Cooking for Physicists"),
        ("Quantum gravity", "no paper is like 'Quantum gravity'"),
        ("2402.12345", "no dump has '2402.12345'\nhint: describe it in the collection: paper: {title: …, arxiv: 2402.12345}"),
        ("10.5555/1", "doi: 10.5555/1}"),
    ],
)  # fmt: skip
def test_without_one_certain_paper_nothing_is_written(project, wanted, said):
    done = add(project, "both", "unifying", wanted)
    assert done.exit_code == 1
    assert said in done.stderr
    assert kept(project) == COLLECTION


def test_an_unknown_collection_and_a_note_for_two_are_usage(project):
    done = add(project, "bth", "unifying")
    assert (done.exit_code, "did you mean 'both'?" in done.stderr) == (2, True)
    assert add(project, "both", "a", "b", "--note", "x").exit_code == 2


def test_a_file_that_changed_meanwhile_stays(project, monkeypatch):
    from sitegen.write import replace

    def too_late(path, before, after):
        raise replace.ChangedMeanwhileError(path)

    monkeypatch.setattr(replace, "replace_file", too_late)
    done = add(project, "both", "unifying")
    assert (done.exit_code, "was changed meanwhile" in done.stderr) == (1, True)


def test_a_section_is_named_or_the_list_has_none(project):
    done = add(project, "both", "unifying", "--section", "One")
    assert (done.exit_code, "has no section 'One'" in done.stderr) == (1, True)
    assert kept(project) == COLLECTION
