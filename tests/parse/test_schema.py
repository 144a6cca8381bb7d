from __future__ import annotations

import json

import pytest
import yaml
from jsonschema import Draft7Validator

from sitegen.diagnostics import has_errors
from sitegen.parse.collection import COLLECTION, PICK, RULE, SECTION, parse_collection
from sitegen.parse.paper_file import PAPER, parse_paper_file
from sitegen.parse.schema import schemas
from sitegen.parse.settings import SETTINGS, parse_settings
from sitegen.parse.shapes import Shape
from sitegen.parse.tags import TAG, parse_tags

PARSERS = {
    "collection": parse_collection,
    "paper": parse_paper_file,
    "sitegen": lambda file: parse_settings(file, {}),
    "tags": parse_tags,
}
PICKED = {"title": "x", "picks": []}

GOOD = [
    ("collection", {"title": "x"}),
    ("collection", {"$schema": "s.json", "title": 1984, "weight": -3, "updated": "2026-11-21"}),
    ("collection", {"title": "x", "picks": ["a", 2401.5, {"paper": "b", "rating": 5, "status": "read"}]}),
    ("collection", {"title": "x", "picks": [{"paper": {"title": "t", "date": 2024, "authors": 8}}]}),
    (
        "collection",
        {"title": "x", "sections": [{"title": "s", "picks": [{"paper": "b", "start_here": True}]}]},
    ),
    (
        "collection",
        {"title": "x", "smart": {"tags": ["a"], "order": "title", "since": 2020, "exclude": ["x"]}},
    ),
    ("paper", {"title": "x"}),
    ("paper", [{"paper": "x", "links": {"code": "https://x.org/", "pdf": ["https://x.org/a.pdf"]}}]),
    ("paper", [{"title": "x", "links": ["https://x.org/", {"url": "https://x.org/", "kind": "demo"}]}]),
    ("paper", {"title": "x", "date": "2024-03", "authors": ["A", "B"], "arxiv": "2401.00010"}),
    ("sitegen", {"title": "x", "sources": ["a", {"path": "b", "captured": 2025}], "accent": "#aabbcc"}),
    ("sitegen", {"title": "x", "base_url": "https://x.org/a/", "language": "de", "search": False}),
    ("tags", {"LLM": None, "c++": {"aliases": ["cpp"], "match": {"words": ["C++"]}}}),
    ("tags", {"$schema": "s.json"}),
]
BAD = [
    ("collection", {}),
    ("collection", {"titel": "x"}),
    ("collection", {"title": ["x"]}),
    ("collection", {"title": "x", "weight": "3"}),
    ("collection", {"title": "x", "updated": "2026"}),
    ("collection", {"title": "x", "picks": "a, b"}),
    ("collection", {"title": "x", "picks": [{"note": "n"}]}),
    ("collection", {"title": "x", "picks": [{"paper": "b", "rating": 6}]}),
    ("collection", {"title": "x", "picks": [{"paper": "b", "status": "done"}]}),
    ("collection", {"title": "x", "picks": [{"paper": "b", "start_here": "yes"}]}),
    ("collection", {"title": "x", "picks": [{"paper": {"authors": 8}}]}),
    ("collection", {"title": "x", "sections": [{"picks": []}]}),
    ("collection", {"title": "x", "smart": {"order": "best"}}),
    ("paper", "x"),
    ("paper", [{"title": "x", "colour": "red"}]),
    ("paper", [{"title": "x", "links": {"cod": "https://x.org/"}}]),
    ("paper", [{"title": "x", "authors": -1}]),
    ("paper", [{"title": "x", "date": "March 2024"}]),
    ("sitegen", {"title": "x", "accent": "red"}),
    ("sitegen", {"title": "x", "base_url": "https://x.org/?a"}),
    ("sitegen", {"title": "x", "language": "English"}),
    ("sitegen", {"title": "x", "sources": [{"label": "x"}]}),
    ("sitegen", {"title": "x", "page_size": 0}),
    ("tags", {"LLM": "x"}),
    ("tags", {"LLM": {"lable": "x"}}),
]


@pytest.fixture(scope="module")
def validators():
    found = {}
    for name, data in schemas().items():
        schema = json.loads(data)
        Draft7Validator.check_schema(schema)
        found[name.removesuffix(".json")] = Draft7Validator(schema)
    return found


@pytest.mark.parametrize(("name", "value"), GOOD)
def test_what_the_schema_accepts_is_read_without_a_problem(name, value, validators, source):
    assert [error.message for error in validators[name].iter_errors(value)] == []
    assert PARSERS[name](source(yaml.safe_dump(value))).diagnostics == ()


@pytest.mark.parametrize(("name", "value"), BAD)
def test_what_the_schema_refuses_is_an_error_of_the_reader(name, value, validators, source):
    assert not validators[name].is_valid(value)
    assert has_errors(PARSERS[name](source(yaml.safe_dump(value))).diagnostics)


@pytest.mark.parametrize(
    ("shape", "name", "way"),
    [
        (COLLECTION, "collection", []),
        (SECTION, "collection", ["properties", "sections", "items"]),
        (PICK, "collection", ["properties", "picks", "items", "anyOf", 1]),
        (RULE, "collection", ["properties", "smart"]),
        (PAPER, "paper", ["anyOf", 1]),
        (PAPER, "paper", ["anyOf", 0, "items"]),
        (SETTINGS, "sitegen", []),
        (TAG, "tags", ["additionalProperties"]),
    ],
)
def test_the_schema_has_every_field_that_is_read_and_no_other_each_described(shape: Shape, name, way):
    schema = json.loads(schemas()[f"{name}.json"])
    for step in way:
        schema = schema[step]
    properties = {key: value for key, value in schema["properties"].items() if key != "$schema"}
    assert list(properties) == list(shape.by_name)
    assert all(value["description"].endswith((".", "…")) for value in properties.values())
    assert schema["additionalProperties"] is False


def test_schemas_stand_alone_and_are_the_same_every_time():
    assert sorted(schemas()) == ["collection.json", "paper.json", "sitegen.json", "tags.json"]
    assert schemas() == schemas()
    for data in schemas().values():
        assert b'"$ref"' not in data
        assert json.loads(data)["$schema"] == "http://json-schema.org/draft-07/schema#"
