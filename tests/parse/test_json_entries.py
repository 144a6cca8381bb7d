import json

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.parse.claims import Claims
from sitegen.parse.json_entries import LARGEST, entries, read, sample

WORKS = [{"title": f"Yarn {n}", "authors": [{"title": "no work"}], "n": n} for n in range(5)]
LAYOUTS = {
    "compact": json.dumps(WORKS, separators=(",", ":")),
    "spaced": json.dumps(WORKS),
    "indented": json.dumps(WORKS, indent=2),
    "indented by tabs": json.dumps(WORKS, indent="\t"),
    "an object around them": json.dumps({"meta": {"list": [{"a": 1}]}, "results": WORKS, "next": None}),
    "an indented object around them": json.dumps({"meta": {}, "data": WORKS}, indent=2),
    "two objects around them": json.dumps({"status": "ok", "message": {"items": WORKS}}),
    "a line each": "\n".join(map(json.dumps, WORKS)),
    "a line each, and blank ones": "\n\n".join(map(json.dumps, WORKS)) + "\n",
}


class Work(msgspec.Struct):
    title: str = ""
    n: int = 0


def read_all(text):
    claims = Claims("x.json", None)
    works = [(entry.line, work) for entry, work in read(text.encode(), Work, claims)]
    return works, claims.dump("x", ()).diagnostics


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_entries_are_found_whatever_is_around_them(layout):
    works, problems = read_all(LAYOUTS[layout])
    assert [work.title for _, work in works] == [work["title"] for work in WORKS]
    assert problems == ()


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_format_can_be_told_from_every_layout_and_from_its_beginning_alone(layout):
    for text in (LAYOUTS[layout], LAYOUTS[layout][: LAYOUTS[layout].index("Yarn 4")]):
        assert sample(text)[0]["title"] == "Yarn 0"


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_entry_has_its_line(layout):
    text = LAYOUTS[layout]
    lines = text.split("\n")
    for entry in entries(text.encode()):
        assert lines[entry.line - 1].strip()[0] in "[{"
        title = json.loads(entry.data)["title"]
        assert title in "\n".join(lines[entry.line - 1 : entry.line + 1])


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize(
    ("right", "wrong"),
    [('"n": 2', '"n": two'), ('"n": 2', '"n" 2'), ('"Yarn 2",', '"Yarn 2'), ('"n": 2', '"n": 2,')],
)
def test_a_broken_entry_costs_that_entry_and_is_shown(layout, right, wrong):
    text = LAYOUTS[layout]
    right, wrong = (right, wrong) if right in text else (right.replace(" ", "", 1), wrong.replace(" ", "", 1))
    right = right if right in text else '"Yarn 2",'
    works, problems = read_all(text.replace(right, wrong))
    assert [work.title for _, work in works] == ["Yarn 0", "Yarn 1", "Yarn 3", "Yarn 4"]
    assert [problem.code for problem in problems] == ["bad-json"]
    assert "Yarn 2" in problems[0].message
    assert "Yarn 2" in "\n".join(text.split("\n")[problems[0].where.line - 1 :][:2])


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_download_that_breaks_off_keeps_what_it_has(layout):
    text = LAYOUTS[layout]
    works, problems = read_all(text[: text.index("Yarn 4") + 3])
    assert [work.title for _, work in works] == ["Yarn 0", "Yarn 1", "Yarn 2", "Yarn 3"]
    assert [problem.code for problem in problems] == ["bad-json"]


def test_a_single_object_is_one_entry():
    for text in (json.dumps(WORKS[0]), json.dumps(WORKS[0], indent=2)):
        assert [work.title for _, work in read_all(text)[0]] == ["Yarn 0"]
        assert sample(text) == (WORKS[0],)


def test_an_object_with_a_title_is_an_entry_whatever_it_holds():
    text = json.dumps({"title": "Yarn", "data": WORKS})
    assert [work.title for _, work in read_all(text)[0]] == ["Yarn"]
    assert sample(text)[0]["title"] == "Yarn"


def test_an_entry_beyond_measure_is_left_out():
    huge = json.dumps([{"title": "x" * LARGEST}, {"title": "Yarn"}])
    works, problems = read_all(huge)
    assert [work.title for _, work in works] == ["Yarn"]
    assert [problem.code for problem in problems] == ["line-too-long"]
    assert len(problems[0].message) < 300


@pytest.mark.parametrize("text", ["", "  ", "@misc{x,", "<feed>", "Title\n\n{"])
def test_what_is_no_json_has_no_sample(text):
    assert sample(text) == ()


@given(st.lists(st.sampled_from(["[", "]", "{", "}", ",", ":", "\n", " ", '"', '"title"', '"results"', "1", "\\u", "NaN"])))  # fmt: skip
def test_any_text_is_read(parts):
    text = "".join(parts)
    sample(text)
    for begin in ("", "[{", '{"results": [{"title":'):
        read_all(begin + text)
