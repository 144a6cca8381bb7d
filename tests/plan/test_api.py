import json

import jsonschema
import pytest

from sitegen.model.settings import Settings
from sitegen.plan import plan
from sitegen.plan.api import CHUNK, SCHEMAS
from sitegen.render import Renderer
from sitegen.text.texts import Texts


@pytest.fixture
def files(make_site, texts):
    """The site's files without templates, by path, as a host gives them."""

    def files(*args, **settings):
        renderer = Renderer({}, Settings(title="x"), Texts("en", {}), {})
        return {
            output.path: output.data
            for page in plan(make_site(*args, **settings), texts)
            if not page.template
            for output in renderer.render(page).value
        }

    return files


def checker(files, kind):
    schema = json.loads(files[f"schemas/{kind}.json"])
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def test_every_file_of_the_api_is_what_its_schema_says(files):
    found = files(paper_files=("json",))
    kinds = {
        "site": ["index.json"],
        "papers": ["papers.json"],
        "paper": ["papers/first.json", "papers/second.json", "papers/third.json"],
        "collection": ["collections/curated.json", "collections/smart.json"],
        "tag": ["tags/c-plus-plus.json", "tags/language.json", "tags/unused.json"],
    }
    assert kinds.keys() == SCHEMAS.keys()
    for kind, paths in kinds.items():
        validator = checker(found, kind)
        for path in paths:
            validator.validate(json.loads(found[path]))
    for line in found["papers.jsonl"].splitlines():
        checker(found, "paper").validate(json.loads(line))


def test_a_schema_refuses_what_is_no_such_file(files):
    found = files()
    with pytest.raises(jsonschema.ValidationError):
        checker(found, "paper").validate(json.loads(found["index.json"]))
    assert json.loads(found["schemas/tag.json"])["$id"] == "https://shelf.example/list/schemas/tag.json"
    assert "$id" not in json.loads(files(base_url="")["schemas/tag.json"])


def test_from_the_first_file_every_other_is_found(files):
    found = files()
    base = "https://shelf.example/list/"
    site = json.loads(found["index.json"])
    named = [
        site["papers"],
        *site["schemas"].values(),
        *(each["data"] for each in site["collections"] + site["tags"]),
    ]
    assert {url.removeprefix(base) for url in named} <= found.keys()
    assert all(url.startswith(base) for url in named)


def test_many_papers_are_in_files_of_five_hundred_that_lead_to_each_other(files, make_paper):
    found = files([make_paper(f"p{n:04}") for n in range(2 * CHUNK + 1)], related=False)
    url, seen = "https://shelf.example/list/papers.json", []
    while url:
        part = json.loads(found[url.removeprefix("https://shelf.example/list/")])
        assert part["count"] == 2 * CHUNK + 1
        seen += [paper["id"] for paper in part["papers"]]
        url = part["next"]
    assert seen == [f"p{n:04}" for n in range(2 * CHUNK + 1)]


def test_a_collection_says_what_it_says_about_each_paper(files):
    curated = json.loads(files()["collections/curated.json"])
    assert [section["papers"] for section in curated["sections"]] == [["first"], ["second", "third"]]
    [place] = [p for p in curated["papers"][0]["collections"] if p["collection"] == "curated"]
    assert (place["status"], place["rating"], place["position"]) == ("read", 4, 1)


def test_llms_txt_names_the_lists_and_the_data(files):
    text = files()["llms.txt"].decode()
    assert text.startswith("# Shelf\n")
    assert "- [Curated](collections/curated.md): What to read." in text
    assert "- [papers.jsonl](papers.jsonl)" in text
    assert "(collections/curated.html)" in files(list_files=())["llms.txt"].decode()
