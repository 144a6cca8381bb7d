"""Whatever is asked for, in whatever order: one file changes in the way that was shown, and undoing leads back to every byte."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sitegen.model.source import SourceFile
from sitegen.parse.collection import parse_collection
from sitegen.parse.nodes import compose

SECTIONS = ("Beginnings", "Later", "New")
LISTS = ("attention", "plain", "recent")
TEXTS = st.sampled_from(["", "One.", "Two\n\nparagraphs: #1", "- 'quoted' \"both\"", " yes ", "ä\u200b—"])


KINDS = (
    "add", "remove", "move", "annotate", "describe", "new-section", "describe-section", "move-section", "remove-section", "fix", "settle"
)  # fmt: skip


@st.composite
def wishes(draw, papers):
    paper, collection = draw(st.sampled_from(papers)), draw(st.sampled_from(LISTS))
    section = draw(st.sampled_from(["", *SECTIONS]))
    kind = draw(st.sampled_from(KINDS))
    of_list = {"do": kind, "collection": collection, "paper": paper}
    other = draw(st.sampled_from(papers))
    text = draw(TEXTS)
    of_section = {"do": kind, "collection": "attention", "section": section or "New"}
    return {
        "add": {**of_list, "section": section, "note": text},
        "remove": of_list,
        "move": {**of_list, "section": section, "before": draw(st.sampled_from(["", other]))},
        "annotate": {
            **of_list,
            "note": text,
            "rating": draw(st.integers(0, 5)),
            "tags": draw(st.lists(TEXTS)),
            "start_here": draw(st.booleans()),
        },
        "describe": {"do": kind, "collection": collection, "blurb": text, "description": draw(TEXTS)},
        "describe-section": {**of_section, "title": draw(st.sampled_from(SECTIONS)), "description": text},
        "move-section": {**of_section, "before": draw(st.sampled_from(["", *SECTIONS]))},
        "remove-section": of_section,
        "new-section": {"do": kind, "collection": collection, "title": text or "New"},
        "fix": {"do": kind, "paper": paper, "date": draw(st.sampled_from(["", "2020", "2020-02-30", "x"]))},
        "settle": {"do": kind, "paper": paper, "other": other, "same": draw(st.booleans())},
    }[kind]


def files(project):
    return {path: path.read_bytes() for path in sorted((project / "content").rglob("*.yaml"))}


def problems(path, data):
    file = SourceFile(path.as_posix(), data, "")
    if "collections" in path.parts:
        return [each for each in parse_collection(file).diagnostics if each.severity == "error"]
    return [each for each in compose(file).problems if each.severity == "error"]


@given(st.data())
@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
def test_edits_do_what_they_show_and_are_undone_to_the_byte(asked, data):
    papers = [paper.id for paper in asked.loaded.site.library.papers]
    begun = files(asked.project)
    steps = 0
    for _ in range(6):
        wish = data.draw(wishes(papers))
        status, said = asked("propose", ask=wish)
        before = files(asked.project)
        if status != 200:
            assert status == 422, (wish, said)
            continue
        status, told = asked("confirm", ask=wish, proposal=said["proposal"], seen=said["digest"])
        assert status == 200, (wish, told)
        steps += 1
        after = files(asked.project)
        changed = [path for path in after if before.get(path) != after[path]]
        assert changed == [asked.project / said["path"]]
        assert before.keys() <= after.keys()
        assert problems(changed[0], after[changed[0]]) == []
    for _ in range(steps):
        status, told = asked.walked("undo", asked("overview")[1]["undo"]["name"])
        assert status == 200, told
    assert files(asked.project) == begun
